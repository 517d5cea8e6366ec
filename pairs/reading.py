"""What the pages of a run show: kept words first, the bench only where the reader asks for more."""

from dataclasses import dataclass, field, replace

from cohorts.exclusions import reader_of
from cohorts.models import Participant
from elements.links import links_to
from pairs import matching
from pairs.calling import called
from pairs.choices import Aim, Criterion, RunState, rules_named
from pairs.discretion import HELD_BACK, concerns, is_rule_between_others, own_keys
from pairs.models import Proposal, Run
from pairs.reasons import aims, shortages
from pairs.standing import gone, paired_of
from pairs.workings import Workings

SHOWN_LEFT_OVER = 20
LABELS = dict(Criterion.choices)


@dataclass(frozen=True)
class Waiting:
    """Somebody left over, and why."""

    participant: Participant
    words: str
    gone: str = ""  # why this person can no longer be paired
    called: str = ""


@dataclass(frozen=True)
class Trio:
    """A trio that the lead may confirm."""

    newcomer: str
    proposal: Proposal
    words: str


@dataclass(frozen=True)
class Shown:
    """A proposal as the page shows it: `people` are (address, name, what follows), `parts` of its score (label, words).

    `gone` are sentences about those who can no longer be paired. The override is held back from one of the two.
    """

    proposal: Proposal
    people: list[tuple[str, str, str]] = field(default_factory=list)
    jobs: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    override: str = ""
    gone: list[str] = field(default_factory=list)

    @property
    def rule(self) -> str:
        """The rules that the override was written against, in a word each."""
        return rules_named(self.proposal.overridden)

    @property
    def names(self) -> str:
        return f"{self.proposal.a.name} and {self.proposal.b.name}"


def run_page(run: Run, page, *, user) -> dict:
    """The parts of a run's page around one page of proposals."""
    own = own_keys(user, run.cohort)
    by_hand = run.proposals.filter(by_hand=True).order_by()  # a trio is always made by hand
    thirds = list(by_hand.values_list("third", flat=True))
    placed = [person for proposal in page for person in proposal.people]
    trios = [trio[each] for trio in run.notes.get("trios", []) for each in "ab"]
    asked = [*(person.pk for person in placed), *run.notes["left_over"][: SHOWN_LEFT_OVER + len(thirds)], *trios]
    paired = _paired_of(run, asked)
    waiting = left_over_of(run, user=user, own=own, thirds=thirds, only=SHOWN_LEFT_OVER, paired=paired)
    names = called([*placed, *(each.participant for each in waiting)])
    waiting = [replace(each, called=names[each.participant.pk]) for each in waiting]
    link = links_to("run_person", run.pk)
    return {
        "run": run,
        "shown": [_shown(proposal, own, names, paired, link) for proposal in page],
        "by_hand": len(thirds),
        "waiting": waiting,
        "waiting_count": len(set(run.notes["left_over"]) - {str(pk) for pk in thirds}),
        "trio_count": sum(pk is not None for pk in thirds),
        "pair_count": page.paginator.count - sum(pk is not None for pk in thirds),
        "trios": _trios(run, waiting, own, paired) if run.state == RunState.DRAFT else [],
        "aims": _named(run.notes["aims"]) if "aims" in run.notes else None,
        "weights": [(criterion.label, run.weights.get(criterion, 0)) for criterion in Criterion],
        "is_draft": run.state == RunState.DRAFT,
        "is_review": run.state == RunState.REVIEW,
    }


def _paired_of(run: Run, keys) -> frozenset | None:
    """Who of these people (primary keys) has a partner at present; None where a run is published or put aside."""
    return paired_of(keys) if run.state in (RunState.DRAFT, RunState.REVIEW) else None


def _shown(proposal: Proposal, own, names=None, paired: frozenset | None = None, link=None) -> Shown:
    people = [person for person in (proposal.a, proposal.third, proposal.b) if person]
    names, link = names or called(people), link or links_to("run_person", proposal.run_id)
    between = [", "] * (len(people) - 2) + [" and ", ""]
    return Shown(
        proposal,
        [(link(person.pk), names[person.pk], after) for person, after in zip(people, between, strict=True)],
        "; ".join(person.role_title or "Job title not given" for person in people),
        [(LABELS[part["criterion"]], _points(part)) for part in proposal.reasons.get("parts", [])],
        "" if concerns(own, (str(person.pk) for person in people)) else proposal.override,
        [f"{names[person.pk]} {words}." for person in people if (words := gone(person, paired))],
    )


def _points(part: dict) -> str:
    return f"{part['points']} point{'' if part['points'] == 1 else 's'}: {part['words']}"


def left_over_of(run: Run, *, user, own=None, thirds=None, only: int | None = None, paired=None) -> list[Waiting]:
    """The people of a run without a partner in it, with the reason of each; `only` the first few."""
    own = own_keys(user, run.cohort) if own is None else own
    if thirds is None:
        thirds = run.proposals.exclude(third=None).values_list("third", flat=True)
    joined = {str(pk) for pk in thirds if pk}
    keys = [key for key in run.notes["left_over"] if key not in joined][:only]
    if not keys:
        return []
    kept = run.notes.get("shortages")
    if kept is None and only is None:
        workings = Workings(run)
        kept = shortages(workings.table, workings.solution)
    words = {each["person"]: HELD_BACK if concerns(own, each["keys"]) else each["words"] for each in kept or []}
    mine = own.intersection(run.notes["people"])
    people = Participant.objects.select_related("user").in_bulk([*keys, *mine])
    found = {str(pk): person for pk, person in people.items()}
    sides = {found[key].side for key in mine if key in found}
    # What is said of the side that she faces says by silence, too, whom she may be paired with.
    words |= {key: HELD_BACK for key in keys if sides and key in found and found[key].side not in sides}
    paired = _paired_of(run, keys) if paired is None else paired
    names = called(found[key] for key in keys if key in found)
    return [
        Waiting(found[key], words.get(key, ""), gone(found[key], paired), names[found[key].pk])
        for key in keys
        if key in found
    ]


def _trios(run: Run, waiting: list[Waiting], own, paired: frozenset) -> list[Trio]:
    """The kept proposals of trios whose pair still stands; none that the reader is part of."""
    free = {str(each.participant.pk) for each in waiting if not each.gone}
    wanted = [trio for trio in run.notes.get("trios", []) if trio["newcomer"] in free]
    wanted = [trio for trio in wanted if not concerns(own, (trio["newcomer"], trio["a"], trio["b"]))]
    if not wanted:
        return []
    standing = run.proposals.filter(third=None, a__in=[trio["a"] for trio in wanted]).select_related("a", "b")
    by_people = {
        (str(proposal.a_id), str(proposal.b_id)): proposal
        for proposal in standing
        if not any(gone(person, paired) for person in proposal.people)
    }
    return [
        Trio(trio["newcomer"], by_people[trio["a"], trio["b"]], trio["words"])
        for trio in wanted
        if (trio["a"], trio["b"]) in by_people
    ]


def aims_of(run: Run) -> list[dict]:
    """The three aims side by side, worked out now if the run is too large to have kept them."""
    return _named(run.notes["aims"] if "aims" in run.notes else aims(Workings(run).table))


def _named(results: list[dict]) -> list[dict]:
    return [
        {
            **result,
            "label": Aim(result["aim"]).label,
            "same_pairs": [Aim(aim).label for aim in result["same_pairs"]],
            "same_figures": [Aim(aim).label for aim in result["same_figures"] if aim not in result["same_pairs"]],
        }
        for result in results
    ]


def person_of_run(run: Run, participant: Participant, *, user) -> dict:
    """Why this person's partner, and why not the best other one; nothing about a reader who takes part herself."""
    own, key = own_keys(user, run.cohort), str(participant.pk)
    proposal = next(
        (each for each in run.proposals.with_people() if participant.pk in {person.pk for person in each.people}), None
    )
    found = {"proposal": proposal and _shown(proposal, own), "why_not": "", "other": None, "can_lock": False}
    if concerns(own, [key]):
        return {**found, "why_not": HELD_BACK}
    workings = Workings(run)
    answer = matching.why_not(workings.table, workings.solution, key)
    if mine := own.intersection(workings.names):
        reader = reader_of(user, run.cohort)
        if not is_rule_between_others(workings.table, answer, own=mine, reader=reader):
            return {**found, "why_not": HELD_BACK}
    other = Participant.objects.filter(pk=answer.other).first() if answer.other else None
    sides = {participant.side: participant, other.side: other} if other else {}
    return {
        **found,
        "why_not": answer.words,
        "other": other,
        "can_lock": answer.kind != "rule" and other,
        "sides": sides,
    }


def compared(run: Run, other: Run) -> dict:
    """Two runs side by side as they were solved: who moves, who gains or loses."""
    first, second = Workings(run), Workings(other)
    comparison = matching.compare(first.solution, second.solution)
    names = first.names | second.names
    return {
        "other": other,
        "figures": [
            (each, result.pairs, result.worst)
            for each, result in zip((run, other), (comparison.before, comparison.after), strict=True)
        ],
        "moves": [
            {
                "name": names[move.key],
                "before": names.get(move.before, "nobody"),
                "after": names.get(move.after, "nobody"),
                "score_before": move.score_before,
                "score_after": move.score_after,
                "gain": move.gain,
            }
            for move in comparison.moves
        ],
        "gained": len(comparison.gained),
        "lost": len(comparison.lost),
    }
