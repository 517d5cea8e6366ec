"""Reasons: every figure of the lead's sentence follows from two rows; participants see the positive list only."""

import re
from fractions import Fraction
from itertools import product
from math import floor

import pytest

from pairs import matching
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import EVEN, NOTHING, example_people, problem, someone

MIXED = {"directorate": -2, "site": 3, "days": 1, "wishes": 2, "interests": 1, "theme": 1, "seniority": -1}
_FIGURES = {
    "score": r" score (\d+) of 100: ",
    "points": r": (\d+) points?(?=[;.])",
    "days": r"(\d+) of (\d+) working days? in common",
    "wishes": r"offers (\d+) of (\d+) wish(?:es)? of",
    "interests": r"(\d+) of (\d+) interests? shared",
    "seniority": r"levels of seniority (\d) and (\d), (\d) apart",
    "missing": r"counted as (50) of (100)",
}


@pytest.fixture(scope="module")
def told():
    asked = problem(example_people(), weights=MIXED)
    table = matching.prepare(asked)
    return asked, [
        (a, b, matching.explain(table, a.key, b.key))
        for a, b in product([p for p in asked.people if p.side == "a"], [p for p in asked.people if p.side == "b"])
    ]


def test_every_figure_follows_from_the_two_rows(told):
    asked, explanations = told
    for a, b, found in explanations:
        sentence = found.sentence
        for name, expected in _figures_of(asked, a, b).items():
            said = re.findall(_FIGURES[name], sentence)
            assert said == expected, (name, sentence)
            sentence = re.sub(_FIGURES[name], "", sentence)
        assert not re.search(r"\d", sentence), sentence


def test_the_sentence_names_both_and_what_they_share(told):
    for a, b, found in told[1]:
        assert a.name in found.sentence
        assert b.name in found.sentence
        for shared in {*a.interests} & {*b.interests} | {*a.sites} & {*b.sites}:
            assert shared in found.sentence


def test_two_different_pairs_never_get_the_same_sentence(told):
    sentences = [found.sentence for _, _, found in told[1]]
    assert len(set(sentences)) == len(sentences) == 19 * 17


def test_namesakes_with_the_same_answers_are_told_apart():
    people = [someone("a1"), someone("b1", name="Sam Lee"), someone("b2", name="sam lee")]
    table = matching.prepare(problem(people))
    sentences = {matching.explain(table, "a1", key).sentence for key in ("b1", "b2")}
    assert len(sentences) == 2
    assert all("@trust.example" in sentence for sentence in sentences)


def test_the_parts_add_up_to_the_score(told):
    for _, _, found in told[1]:
        assert sum(part.points for part in found.parts) == found.score
        assert [part.criterion for part in found.parts] == list(matching.CRITERIA)


def test_a_missing_answer_counts_fifty_and_the_sentence_says_whose():
    people = [someone("a", sites=("x",)), someone("b")]
    found = matching.explain(matching.prepare(problem(people, weights=NOTHING | {"site": 1})), "b", "a")
    assert (found.a, found.score, found.parts[0].missing) == ("a", 50, True)
    assert found.sentence == "Dr A and Dr B score 50 of 100: site not given by Dr B, counted as 50 of 100: 50 points."


def test_participants_read_the_positive_list_only():
    answers = {
        "directorates": ("stroke",),
        "level": 3,
        "sites": ("setting:1",),
        "days": (0, 1, 4),
        "interests": ("flow", "safety"),
        "themes": ("letters",),
        "words": {"setting:1": "St Mary's", "k": "the bed meeting"},
    }
    people = [someone("a", wants=("k",), **answers), someone("b", offers=("k",), **answers)]
    found = matching.explain(matching.prepare(problem(people, weights=EVEN)), "a", "b")
    assert found.positive == (
        "You both work at St Mary's",
        "You both work on Monday, Tuesday and Friday",
        "Dr B offers “the bed meeting”, which Dr A would like to see",
        "You share an interest in flow and safety",
        "You both want to improve “letters”",
    )


def test_participants_read_nothing_about_what_is_unlike_or_weighs_nothing(told):
    table = matching.prepare(problem([someone("a", sites=("x",)), someone("b", sites=("y",), days=(1,))]))
    assert matching.explain(table, "a", "b").positive == ()
    different = problem([someone("a", sites=("x",)), someone("b", sites=("x",))], weights=NOTHING | {"site": -3})
    assert matching.explain(matching.prepare(different), "a", "b").positive == ()
    for _, _, found in told[1]:
        unlisted = r"\d|score|points|different|in common|not given|both in |senior|counted"
        assert not re.search(unlisted, " ".join(found.positive))
        assert len(found.positive) <= 6


def test_two_people_of_one_side_have_no_explanation():
    table = matching.prepare(problem([someone("a1"), someone("a2")]))
    with pytest.raises(matching.ProblemRefused, match="both doctors"):
        matching.explain(table, "a1", "a2")
    with pytest.raises(matching.UnknownPerson):
        matching.explain(table, "a1", "zz")


def _figures_of(asked, a, b):
    """What the sentence must say, as findall gives it, worked out from the two people alone."""
    days, interests = {*a.days} & {*b.days}, {*a.interests} & {*b.interests}
    figures = {
        "score": [str(oracle.score(asked, a, b))],
        "points": [str(points) for points in _points(asked, a, b)],
        "days": [(str(len(days)), str(min(len(a.days), len(b.days))))] if a.days and b.days else [],
        "wishes": [
            (str(len({*wisher.wants} & {*giver.offers})), str(len(wisher.wants)))
            for wisher, giver in ((a, b), (b, a))
            if wisher.wants and giver.offers
        ],
        "interests": [(str(len(interests)), str(len({*a.interests, *b.interests})))]
        if a.interests and b.interests
        else [],
        "seniority": [(str(a.level), str(b.level), str(abs(a.level - b.level)))] if a.level and b.level else [],
    }
    fields = ("directorates", "sites", "days", "interests", "themes", "level")
    silent = sum(not getattr(a, field) or not getattr(b, field) for field in fields)
    silent += sum(not wisher.wants or not giver.offers for wisher, giver in ((a, b), (b, a)))
    return figures | {"missing": [("50", "100")] * silent}


def _points(asked, a, b):
    """Largest remainder, with fractions."""
    divisor = sum(abs(weight) for weight in asked.weights.values())
    exact = [Fraction(abs(w) * oracle.h(k, w, a, b), divisor) for k, w in asked.weights.items()]
    points = [floor(value) for value in exact]
    while sum(points) < oracle.score(asked, a, b):
        k = max(range(len(exact)), key=lambda k: (exact[k] - points[k], -k))
        points[k] += 1
    return points
