"""The series and one workshop, as their pages show them to whoever looks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch

from bookings.entries import Part
from bookings.models import Booking
from cohorts.models import Cohort, Participant
from elements import clock, diary
from elements.refusals import IsGone
from workshops.asking import to_be_asked
from workshops.choices import When
from workshops.dates import Date, Standing, dates_of, standings
from workshops.models import Material, Meeting, Need, Workshop
from workshops.proposed import Proposed, proposed_dates
from workshops.querysets import TAKES_PART


def own_part(cohort: Cohort, user) -> Participant | None:
    """As whom somebody takes part in the cohort, or did to the end."""
    return Participant.objects.own(user).filter(cohort=cohort, state__in=TAKES_PART).select_related("cohort").first()


@dataclass(frozen=True)
class Line:
    """One workshop of the list: its dates, and how the reader stands with it if she takes part; to leads, what dates
    are proposed.
    """

    workshop: Workshop
    dates: list[Date]
    mine: Standing | None
    proposed: list[Proposed]


@dataclass(frozen=True)
class Series:
    """What the page of the series shows."""

    lines: list[Line]
    me: Participant | None
    may_plan: bool
    runs: bool

    @property
    def has_attended(self) -> bool:
        return bool(self.number_there)

    @property
    def lacks_dates(self) -> bool:
        return any(all(date.is_off for date in line.dates) for line in self.lines)

    @property
    def number_proposed(self) -> int:
        return sum(len(line.proposed) for line in self.lines)

    @property
    def number_there(self) -> int:
        """Those that are over: the certificate knows no others."""
        there = (line.mine.was_there for line in self.lines if line.mine)
        return sum(1 for date in there if date and date.is_past)


def series_of(cohort: Cohort, user, *, now: datetime) -> Series:
    workshops = list(Workshop.objects.visible_to(user).filter(cohort=cohort))
    me = own_part(cohort, user)
    mine = standings(workshops, me, now) if me else {}
    dates = {key: list(standing.dates) for key, standing in mine.items()} or dates_of(workshops, None, now)
    may_plan, proposed = user.has_perm("workshops.plan_series", cohort), defaultdict(list)
    for each in proposed_dates(cohort, now=now) if may_plan else ():
        proposed[each.row.workshop_id].append(each)
    return Series(
        [Line(each, dates.get(each.pk, []), mine.get(each.pk), proposed[each.pk]) for each in workshops],
        me,
        may_plan=may_plan,
        runs=user.has_perm("workshops.run_series", cohort),
    )


def with_materials(cohort: Cohort, user) -> list[Workshop]:
    """The workshops for which there is something to read, each with that. Two queries."""
    materials = Prefetch("materials", Material.objects.without_content())
    found = Workshop.objects.visible_to(user).filter(cohort=cohort).prefetch_related(materials)
    return [each for each in found if each.materials.all()]


@dataclass(frozen=True)
class WorkshopPage:
    """One workshop as somebody sees it: `me` and `mine` are None for whoever does not take part."""

    me: Participant | None
    mine: Standing | None
    dates: list[Date]
    before: list[Material]
    after: list[Material]
    may_plan: bool
    may_bring: bool
    runs: bool
    asks_needs: bool
    has_said: bool
    feedback: Meeting | None  # the date about which the reader can still say what she thought
    has_feedback: bool  # people are asked, or were


def workshop_page(workshop: Workshop, user, *, now: datetime) -> WorkshopPage:
    on = clock.local(now).date()
    materials = list(Material.objects.filter(workshop=workshop).without_content())
    me = own_part(workshop.cohort, user)
    mine = standings([workshop], me, now)[workshop.pk] if me else None
    dates = list(mine.dates) if mine else dates_of([workshop], None, now)[workshop.pk]
    runs = user.has_perm("workshops.run_workshop", workshop)
    return WorkshopPage(
        me=me,
        mine=mine,
        dates=dates,
        before=[each for each in materials if each.when == When.BEFORE],
        after=[each for each in materials if each.when == When.AFTER],
        may_plan=user.has_perm("workshops.plan_series", workshop),
        may_bring=user.has_perm("workshops.bring_materials", workshop),
        runs=runs,
        asks_needs=workshop.asks_needs(on),
        has_said=bool(me) and Need.objects.filter(workshop=workshop, participant=me).exists(),
        feedback=_to_say(workshop, me, on) if me else None,
        has_feedback=workshop.asks_feedback or any(each.meeting.feedback_until for each in dates),
    )


def _to_say(workshop: Workshop, me: Participant, on) -> Meeting | None:
    """The date of which this person may still say what she thought, and has not."""
    asked = to_be_asked([me], on=on).filter(meeting__workshop=workshop).first()
    return asked.meeting if asked else None


def without_date(cohort: Cohort, user, *, sent: set[str]) -> list[Workshop]:
    """The workshops of a cohort of which no date stands, and those of which a form that was `sent` says a day."""
    standing = Meeting.objects.standing().filter(workshop=OuterRef("pk")).order_by()
    rows = Workshop.objects.visible_to(user).filter(cohort=cohort).with_cohort()
    return [each for each in rows.annotate(is_dated=Exists(standing)) if not each.is_dated or each.pk.hex in sent]


def last_day(workshop: Workshop) -> date | None:
    """The day of its last date, None without one. One query."""
    last = Meeting.objects.standing().filter(workshop=workshop).select_related("session").last()
    return last.session.day if last else None


def last_date(workshop: Workshop) -> Meeting | None:
    """The last date of a workshop that stands: another one is mostly like it."""
    dates = Meeting.objects.standing().filter(workshop=workshop).select_related("session")
    return dates.order_by("session__starts_at", "pk").last()


def own_booking(meeting: Meeting, user) -> Booking:
    """What somebody asked for at this date and stands. Raises IsGone where it is over."""
    mine = Booking.objects.live().filter(session=meeting.pk, attendees__participant__user=user)
    found = mine.select_related("session").first()
    if found is None:
        raise IsGone("You have no place here and wait for none.")
    return found


def content_of(material: Material) -> Material | None:
    """The row with its file."""
    return Material.objects.filter(pk=material.pk).first()


@dataclass(frozen=True)
class MeetingPage:
    """One date as somebody sees it."""

    date: Date
    me: Participant | None
    mine: Standing | None
    looks_after: bool
    may_plan: bool
    others: list[Date]  # other dates of the same workshop to which one can change

    @property
    def can_book(self) -> bool:
        """Whether there is a button for a place, or for the waiting list."""
        return (
            self.me is not None
            and self.me.state == "accepted"
            and self.date.is_ahead
            and not self.date.session.has_begun(self.date.now)
            and not self.date.has
            and not (self.mine and self.mine.was_there)
        )

    @property
    def can_check_in(self) -> bool:
        """Whether it is the day and not over, and nothing is said of her yet."""
        today = clock.local(self.date.now).date() == self.date.session.day
        return today and self.date.is_ahead and self.date.has == "booked" and self.me is not None


def meeting_page(meeting: Meeting, user, *, now: datetime) -> MeetingPage:
    me = own_part(meeting.cohort, user)
    mine = standings([meeting.workshop], me, now)[meeting.workshop_id] if me else None
    dates = mine.dates if mine else dates_of([meeting.workshop], None, now)[meeting.workshop_id]
    date = next(each for each in dates if each.meeting.pk == meeting.pk)
    return MeetingPage(
        date,
        me,
        mine,
        looks_after=user.has_perm("workshops.look_after_meeting", meeting),
        may_plan=user.has_perm("workshops.plan_series", meeting),
        others=[each for each in dates if each.is_ahead and each.meeting.pk != meeting.pk],
    )


def in_her_way(page: MeetingPage, *, user) -> list[str]:
    """What else somebody has then who can book a place on this date or has asked for one, as lines of a list.

    Her places on other dates of the workshop are left out: of those she keeps one. Each element is asked.
    """
    date = page.date
    if date.session.has_begun(date.now) or not (page.can_book or date.can_cancel):
        return []
    but = [Part.of_booking(each.mine.booking_id).uid for each in page.mine.dates if each.mine]
    hours = {"starts_at": date.session.starts_at, "ends_at": date.session.ends_at}
    return diary.told_of_way(diary.of([user])[user.pk], **hours, but=but)
