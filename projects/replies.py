"""How long requests for support wait, and how soon leads reply: in working days, in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from elements import clock
from elements.contract import Attention, Door
from elements.working_time import working_days
from projects.models import Project, SupportRequest

SLUG = "projects"
PATIENCE = 5  # working days, after which leads are reminded
A_PAGE = 25
LATELY = 10  # of what was answered
COUNTED = 500  # of the replies, the latest


def in_words(days: float) -> str:
    """ "within 1 working day", "within 2.5 working days"; what is true of none at a weekend too."""
    return f"within {in_days(days)}" if days else "before the next working day"


def in_days(days: float) -> str:
    """ "1 working day", "2.5 working days"."""
    return f"{days:g} working day{'' if days == 1 else 's'}"


@dataclass(frozen=True)
class Line:
    """One request as a list shows it."""

    support: SupportRequest
    owners: list[str]
    on: date

    @property
    def asked_on(self) -> date:
        return clock.local(self.support.asked_at).date()

    @property
    def age(self) -> str:
        """How long it has waited, or waited until it was answered."""
        answered = self.support.answered_at
        until = clock.local(answered).date() if answered else self.on
        days, is_same = working_days(self.asked_on, until), self.asked_on == until
        if answered:
            none = "answered the same day" if is_same else "answered before the next working day"
            return f"answered after {in_days(days)}" if days else none
        none = "which is today" if is_same else "and no working day has gone by since"
        return f"waiting for {in_days(days)}" if days else none

    @property
    def colour(self) -> str:
        return {"open": "red" if self.is_late else "blue", "answered": "green", "no": "grey"}.get(
            self.support.state, "green"
        )

    @property
    def is_late(self) -> bool:
        return self.support.answered_at is None and working_days(self.asked_on, self.on) > PATIENCE


@dataclass(frozen=True)
class Queue:
    """What the projects of a cohort ask of this lead."""

    cohort: object
    reader: object
    on: date
    number: object = None  # of the page, as asked for

    @property
    def _asked(self):
        return SupportRequest.objects.led_by(self.reader).filter(cohort=self.cohort)

    @cached_property
    def page(self) -> Page:
        waiting = self._asked.waiting().select_related("project").order_by("asked_at", "pk")
        return Paginator(waiting, A_PAGE).get_page(self.number)

    @cached_property
    def lately(self) -> list[SupportRequest]:
        found = self._asked.exclude(answered_at=None).select_related("project").order_by("-answered_at", "pk")
        return list(found[:LATELY])

    @cached_property
    def _owners(self) -> dict:
        shown = {each.project_id for each in [*self.page, *self.lately]}
        return {each.pk: owners(each) for each in Project.objects.filter(pk__in=shown).with_people()}

    @property
    def waiting_lines(self) -> list[Line]:
        return [Line(each, self._owners[each.project_id], self.on) for each in self.page]

    @property
    def answered_lines(self) -> list[Line]:
        return [Line(each, self._owners[each.project_id], self.on) for each in self.lately]

    @property
    def reply_time(self) -> str:
        """A sentence with the median over the requests that a lead answered."""
        moments = self._asked.replied().order_by("-answered_at").values_list("asked_at", "answered_at")
        return replied(_days(moments[:COUNTED]))


def _days(moments: Iterable[tuple]) -> list[tuple[date, date]]:
    """The days of moments of asking and answering."""
    return [(clock.local(asked).date(), clock.local(told).date()) for asked, told in moments]


def replied(days: list[tuple[date, date]]) -> str:
    """ "Half of the 7 requests that were answered so far had their first answer within 2 working days."; "" of none."""
    if not days:
        return ""
    typical = median(working_days(asked, told) for asked, told in days)
    if len(days) == 1:
        after = f"after {in_days(typical)}" if typical else in_words(0)
        return f"The one request that was answered so far had its first answer {after}."
    return f"Half of the {len(days)} requests that were answered so far had their first answer {in_words(typical)}."


def owners(project: Project) -> list[str]:
    return [each.participant.name for each in project.everybody if each.part == "owner"]


def lines_of(project: Project, *, user, on: date) -> list[Line]:
    """The requests of one project, as far as this person may see them."""
    found = SupportRequest.objects.visible_to(user).filter(project=project)[:100]
    return [Line(each, [], on) for each in found]


def waited(days: int, number: int) -> str:
    """ "The oldest has waited for 3 working days."; of the only one "It has waited …"."""
    which = "It" if number == 1 else "The oldest"
    return f"{which} has waited for {in_days(days)}." if days else f"{which} was asked less than a working day ago."


def attention(*, cohorts, on: date, viewer) -> Iterator[Attention]:
    """Requests that wait for this lead, by cohort, with how long, and how soon others were answered. One query."""
    known = {cohort.pk: cohort for cohort in cohorts}
    if not known:
        return
    asked = SupportRequest.objects.led_by(viewer).filter(cohort__in=known)
    waiting, told = defaultdict(list), defaultdict(list)
    # All that wait, and of each cohort as many answers as are reckoned with: a table of years is not read for a median.
    latest = Window(
        RowNumber(), partition_by=[F("cohort"), Q(answered_at=None)], order_by=F("answered_at").desc(nulls_last=True)
    )
    rows = (asked.waiting() | asked.replied()).order_by().annotate(turn=latest)
    rows = rows.filter(Q(answered_at=None) | Q(turn__lte=COUNTED)).values_list("cohort", "asked_at", "answered_at")
    for pk, asked_at, answered_at in rows:
        (told[pk] if answered_at else waiting[pk]).append((asked_at, answered_at or asked_at))
    for pk, moments in waiting.items():
        words = "requests for support waiting" if len(moments) != 1 else "request for support waiting"
        oldest = min(day for day, _ in _days(moments))
        said = [waited(working_days(oldest, on), len(moments)), replied(_days(told[pk]))]
        url = reverse("support_queue", args=[pk])
        yield Attention(known[pk], words, len(moments), url, 35, hint=" ".join(filter(None, said)))


def doors(*, viewer, cohort) -> Iterator[Door]:
    if cohort is not None and SLUG not in cohort.elements_off and viewer.has_perm("projects.see_portfolio", cohort):
        hint = "What projects ask of their leads, and how soon it is answered"
        yield Door("Support asked for", reverse("support_queue", args=[cohort.pk]), "cohort", hint, 47)
