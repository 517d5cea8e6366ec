"""What the pages of a run show: kept words first, the bench only where the reader asks for more."""

from dataclasses import dataclass, field, replace

from django.db.models import prefetch_related_objects

from cohorts.models import Participant
from elements.links import links_to
from pairs import matching
from pairs.calling import called
from pairs.choices import Aim, Criterion, RunState, rules_named
from pairs.discretion import HELD_BACK, OwnPart, concerns, is_rule_between_others, own_part
from pairs.models import Proposal, Run
from pairs.reasons import aims, shortages
from pairs.standing import gone, paired_of
from pairs.workings import Workings

SHOWN_LEFT_OVER = 20
LABELS = dict(Criterion.choices)
MARKS = (("is_locked", "purple", "Locked"), ("by_hand", "orange", "By hand"), ("third_id", "blue", "Trio"))
CANNOT_BE_PAIRED = ("red", "Cannot be paired")


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
    """A proposal as the page shows it: `people` are (address, name), `parts` of its score (label, words).

    `gone` are sentences about those who can no longer be paired. The override is held back from one of the two.
    """

    proposal: Proposal
    people: list[tuple[str, str]] = field(default_factory=list)
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
        *others, last = [name for _, name in self.people]
        return f"{', '.join(others)} and {last}"

    @property
    def score(self) -> int:
        return self.proposal.score

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What is special about it: (colour, words)."""
        return [mark for name, *mark in MARKS if getattr(self.proposal, name)]

    @property
    def gone_mark(self) -> list[tuple[str, str]]:
        return [CANNOT_BE_PAIRED] if self.gone else []


def run_page(run: Run, page, *, user) -> dict:
    """The parts of a run's page around one page of proposals."""
    own = own_part(user, run.cohort)
    if own.reader:  # a reason against a rule is read with the addresses of those whom it may be about
        prefetch_related_objects([person for each in page if each.override for person in each.people], "user")
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
        "now": as_it_stands(run) if thirds and "aims" in run.notes else None,
        "weights": [(criterion.label, run.weights.get(criterion, 0)) for criterion in Criterion],
        "is_draft": run.state == RunState.DRAFT,
        "is_review": run.state == RunState.REVIEW,
    }


def _paired_of(run: Run, keys) -> frozenset | None:
    """Who of these people (primary keys) has a partner at present; None where a run is published or put aside."""
    return paired_of(keys) if run.state in (RunState.DRAFT, RunState.REVIEW) else None


def _shown(proposal: Proposal, own: OwnPart, names=None, paired: frozenset | None = None, link=None) -> Shown:
    people = [person for person in (proposal.a, proposal.third, proposal.b) if person]
    names, link = names or called(people), link or links_to("run_person", proposal.run_id)
    return Shown(
        proposal,
        [(link(person.pk), names[person.pk]) for person in people],
        "; ".join(person.role_title or "Job title not given" for person in people),
        [(LABELS[part["criterion"]], _points(part)) for part in proposal.reasons.get("parts", [])],
        own.override(proposal.override, people),
        [f"{names[person.pk]} {words}." for person in people if (words := gone(person, paired))],
    )


def _points(part: dict) -> str:
    return f"{part['points']} point{'' if part['points'] == 1 else 's'}: {part['words']}"


def left_over_of(run: Run, *, user, own=None, thirds=None, only: int | None = None, paired=None) -> list[Waiting]:
    """The people of a run without a partner in it, with the reason of each; `only` the first few."""
    own = own_part(user, run.cohort) if own is None else own
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
    words = {
        each["person"]: HELD_BACK
        if concerns(own.keys, each["keys"]) or own.is_named_in(each["words"])
        else each["words"]
        for each in kept or []
    }
    mine = own.keys.intersection(run.notes["people"])
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


def _trios(run: Run, waiting: list[Waiting], own: OwnPart, paired: frozenset) -> list[Trio]:
    """The kept proposals of trios whose pair still stands; none that may be about the reader."""
    people = [each.participant for each in waiting if not each.gone]
    free = {str(person.pk) for person in people if not own.is_about(person)}
    wanted = [trio for trio in run.notes.get("trios", []) if trio["newcomer"] in free]
    if not wanted:
        return []
    standing = run.proposals.filter(third=None, a__in=[trio["a"] for trio in wanted]).select_related(
        "a__user", "b__user"
    )
    by_people = {
        (str(proposal.a_id), str(proposal.b_id)): proposal
        for proposal in standing
        if not any(gone(person, paired) for person in proposal.people) and not own.is_about(*proposal.people)
    }
    return [
        Trio(trio["newcomer"], by_people[trio["a"], trio["b"]], trio["words"])
        for trio in wanted
        if (trio["a"], trio["b"]) in by_people
    ]


def aims_of(run: Run) -> list[dict]:
    """The three aims side by side, worked out now if the run is too large to have kept them."""
    return _named(run.notes["aims"] if "aims" in run.notes else aims(Workings(run).table))


def as_it_stands(run: Run) -> dict | None:
    """The worst score and the total after a lead's hand; None for a run that is as it was found."""
    proposals = run.proposals.order_by("score")
    if not proposals.filter(by_hand=True).exists():
        return None
    workings = Workings(run)
    return {"worst": proposals.values_list("score", flat=True).first(), "total": workings.total(workings.groups())}


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
    own, key = own_part(user, run.cohort), str(participant.pk)
    proposal = next(
        (each for each in run.proposals.with_people() if participant.pk in {person.pk for person in each.people}), None
    )
    found = {"proposal": proposal and _shown(proposal, own), "why_not": "", "other": None, "can_lock": False}
    if own.is_about(participant):
        return {**found, "why_not": HELD_BACK}
    workings = Workings(run)
    answer = matching.why_not(workings.table, workings.solution, key)
    other = Participant.objects.filter(pk=answer.other).select_related("user").first() if answer.other else None
    mine = own.keys.intersection(workings.names)
    if (other and own.is_about(other)) or (mine and not is_rule_between_others(workings.table, answer, own=mine)):
        return {**found, "why_not": HELD_BACK}
    sides = {participant.side: participant, other.side: other} if other else {}
    return {
        **found,
        "why_not": answer.words,
        "other": other,
        "can_lock": answer.kind != "rule" and other,
        "sides": sides,
    }
