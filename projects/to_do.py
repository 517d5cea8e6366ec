"""What stands on task lists: what people said that they would do, open cycles, and reviews that they are asked for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, Exists, IntegerField, OuterRef, Q, Subquery, UUIDField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse

from elements import clock
from elements.contract import Step
from projects.choices import OPEN_STATES, MilestoneState, Part
from projects.due import A_TEST, SLUG, WORDS, open_step
from projects.models import Cycle, Involvement, Review, ReviewRequest
from projects.reading import still_to_do

AHEAD = timedelta(days=7)  # what is due by then stands on the task list
ON_A_LIST = 6  # of each kind, for one person


def next_steps(*, participants, on: date) -> Iterator[Step]:
    """What these people said that they would do, due within a week, cycles of which study or act is open, and reviews
    that they were asked for, and what is still to be written for the showcase.

    One query: each kind stands in a table of its own, and one question is asked of all.
    """
    known = {each.pk: each for each in participants if SLUG not in each.cohort.elements_off}
    if not known:
        return
    told: dict = defaultdict(int)
    rows = _agreed(known, on + AHEAD).union(_tested(known, on), _to_review(known), _to_tell(known), all=True)
    for row in sorted((Line(*row) for row in rows), key=lambda line: (line.kind, line.due_on or line.starts_on or on)):
        step = STEPS[row.kind](row, known, on)
        if step and told[row.person, row.kind] < ON_A_LIST:
            told[row.person, row.kind] += 1
            yield step


AGREED, TESTED, TO_REVIEW, TO_TELL = range(4)  # in the order in which they are told


class Line(NamedTuple):
    """A row of one table: of an action `due_on`, of a cycle its number and days, of a milestone who owns it (`whose`)
    and since when a review is asked for (`starts_on`).
    """

    kind: int
    person: UUID
    words: str
    whose: str
    key: UUID
    project: UUID | None
    pair: UUID | None
    due_on: date | None
    number: int | None
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    studied_on: date | None


DAYS = ("starts_on", "ends_on", "done_on", "studied_on")


def _said(value, field):
    """A column that is the same in all rows of one table."""
    return Value(value, output_field=field())


def _agreed(known: dict, until: date):
    """Of actions, as lines."""
    found = still_to_do(known, until=until).order_by()
    said = (_said(AGREED, IntegerField), "owner_id", "words", _said("", CharField), "pk", "project_id", "pair_id")
    return found.values_list(*said, "due_on", _said(None, IntegerField), *(_said(None, DateField) for _ in DAYS))


def _tested(known: dict, on: date):
    """Of open cycles, as lines of their owners."""
    rows = Involvement.objects.filter(
        Q(project__ended_on=None) & _open_cycles(on), participant__in=known, part=Part.OWNER, until=None
    )
    said = (_said(TESTED, IntegerField), "participant_id", "project__title", _said("", CharField))
    return rows.order_by().values_list(
        *said,
        "project__cycles__pk",
        "project_id",
        _said(None, UUIDField),
        _said(None, DateField),
        "project__cycles__number",
        *(f"project__cycles__{name}" for name in DAYS),
    )


def _to_review(known: dict):
    """Of milestones that a critical friend is asked to review and has not, as her lines."""
    written = Review.objects.filter(milestone=OuterRef("milestone"), friend=OuterRef("friend__participant"))
    rows = ReviewRequest.objects.filter(
        ~Exists(written),
        milestone__state__in=[*OPEN_STATES, MilestoneState.REACHED],
        milestone__project__ended_on=None,
        friend__participant__in=known,
        friend__part=Part.FRIEND,
        friend__until=None,
    )
    owners = Involvement.objects.filter(project=OuterRef("milestone__project"), part=Part.OWNER, until=None)
    said = (_said(TO_REVIEW, IntegerField), "friend__participant_id", "milestone__title")
    return rows.order_by().values_list(
        *said,
        Subquery(owners.order_by("since", "pk").values("participant__name")[:1]),
        "milestone_id",
        "milestone__project_id",
        _said(None, UUIDField),
        _said(None, DateField),
        _said(None, IntegerField),
        TruncDate("asked_at"),
        *(_said(None, DateField) for _ in DAYS[1:]),
    )


def _to_tell(known: dict):
    """Of projects that are on the programme of the showcase and say nothing there yet, as lines of their owners."""
    rows = Involvement.objects.filter(
        participant__in=known, part=Part.OWNER, until=None, project__place__isnull=False, project__abstract=""
    )
    said = (_said(TO_TELL, IntegerField), "participant_id", "project__title", _said("", CharField), "project_id")
    return rows.order_by().values_list(
        *said,
        "project_id",
        _said(None, UUIDField),
        _said(None, DateField),
        _said(None, IntegerField),
        *(_said(None, DateField) for _ in DAYS),
    )


def _agreed_step(line: Line, known: dict, on: date) -> Step:
    """With the address where it is ticked: the page of its project, or the list of its pair."""
    url = reverse("action_list", args=[line.pair]) if line.pair else ""
    if line.project:
        url = reverse("project_detail", args=[line.project])
    hint = "You said that you would do this. It is overdue." if line.due_on and line.due_on < on else ""
    return Step(known[line.person], line.words, url, hint, due_on=line.due_on, order=40)


def _cycle_step(line: Line, known: dict, on: date) -> Step | None:
    cycle = Cycle(pk=line.key, number=line.number, **{name: getattr(line, name) for name in DAYS})
    name, since = open_step(cycle, on) or ("", on)
    if not name:
        return None
    words, page = WORDS["do" if name == "study" and cycle.done_on is None else name]
    label, url = words.format(number=cycle.number), reverse(page, args=[cycle.pk])
    return Step(known[line.person], label, url, line.words, due_on=since if name == "study" else None, order=38)


def _open_cycles(on: date) -> Q:
    """The same as `open_step` asks of each row, of the cycles of a project."""
    of = "project__cycles__"
    ready = Q(**{f"{of}ends_on__lte": on}) | Q(**{f"{of}ends_on": None, f"{of}starts_on__lte": on - A_TEST})
    return Q(**{f"{of}acted_on": None, f"{of}number__isnull": False}) & (
        Q(**{f"{of}studied_on__isnull": False}) | ready
    )


def _review_step(line: Line, known: dict, on: date) -> Step:
    whose = f" of {line.whose}’s project" if line.whose else ""
    hint = f"You were asked for it on {clock.in_full(line.starts_on)}"
    url = reverse("review_create", args=[line.key])
    return Step(known[line.person], f"Review “{line.words}”{whose}", url, hint, order=39)


def _told_step(line: Line, known: dict, on: date) -> Step:
    label = f"Write the abstract of “{line.words}” for the showcase"
    hint = "Your leads have put it on the programme. It is read there once it has an abstract"
    return Step(known[line.person], label, reverse("project_showcase_edit", args=[line.key]), hint, order=42)


STEPS = {AGREED: _agreed_step, TESTED: _cycle_step, TO_REVIEW: _review_step, TO_TELL: _told_step}
