"""Why this pair: the score, its parts, one sentence for the lead, reasons for the participants."""

from dataclasses import dataclass

from pairs.matching.facts import fact, reasons
from pairs.matching.problem import CRITERIA
from pairs.matching.refusals import ProblemRefused
from pairs.matching.rules import counted
from pairs.matching.table import contribution, refusal


@dataclass(frozen=True)
class Part:
    """One weighted criterion: agreement g (0..100), weight, its whole points of S, whether an answer was missing."""

    criterion: str
    g: int
    weight: int
    points: int
    missing: bool
    words: str


@dataclass(frozen=True)
class Explanation:
    """The lead's view (score, parts, sentence) and the participants' view (positive) of one pair.

    ``parts`` are the criteria that weigh something; their points add up to ``score``. Empty when nothing is
    weighted: the score is then 50 for everybody.
    """

    a: str
    b: str
    score: int
    parts: tuple[Part, ...]
    sentence: str
    positive: tuple[str, ...]


def explain(table, one, other):
    """The Explanation of two people of opposite sides, given in either order.

    Raises UnknownPerson, ProblemRefused (both of one side).
    """
    cell = table.cell(one, other)
    if cell is None:
        raise ProblemRefused("; ".join(refusal(table, one, other)) + ".")
    a, b = table.a[cell[0]], table.b[cell[1]]
    score = table.score(int(table.totals[cell]))
    parts = _parts(table, cell, score, a, b)
    return Explanation(
        a=a.key,
        b=b.key,
        score=score,
        parts=parts,
        sentence=_sentence(f"{table.names[a.key]} and {table.names[b.key]}", score, parts),
        positive=tuple(
            words
            for criterion in CRITERIA
            if table.problem.weights[criterion] > 0
            for words in reasons(criterion, a, b)
        ),
    )


def shares(amounts, total, divisor):
    """Whole numbers near ``amounts[k] / divisor`` that add up to ``total``, by largest remainder.

    Equal remainders are served in the order given. ``total`` is sum(amounts) / divisor, rounded.
    """
    whole = [amount // divisor for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda k: (-(amounts[k] % divisor), k))
    for k in order[: total - sum(whole)]:
        whole[k] += 1
    return whole


def _parts(table, cell, score, a, b):
    weights = {criterion: weight for criterion in CRITERIA if (weight := table.problem.weights[criterion])}
    found = {criterion: table.agreements[criterion].between(*cell) for criterion in weights}
    amounts = [contribution(weight, found[criterion][0]) for criterion, weight in weights.items()]
    points = shares(amounts, score, table.weight_sum) if weights else []
    return tuple(
        Part(
            criterion=criterion,
            g=found[criterion][0],
            weight=weight,
            points=part,
            missing=found[criterion][1],
            words=fact(criterion, a, b, table.names),
        )
        for (criterion, weight), part in zip(weights.items(), points, strict=True)
    )


def _sentence(called, score, parts):
    if not parts:
        return f"{called} score {score} of 100, like everybody: no criteria are weighted."
    clauses = "; ".join(
        f"{part.words}{' (different preferred)' if part.weight < 0 else ''}: {counted(part.points, 'point', 'points')}"
        for part in parts
    )
    return f"{called} score {score} of 100: {clauses}."
