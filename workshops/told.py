"""What workshops say of people and cohorts to the rest of the house."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DateField, DateTimeField, Exists, F, OuterRef, Sum, Value
from django.urls import reverse

from bookings.choices import WAS_THERE, Attendance, SessionState
from bookings.models import Attendee
from bookings.querysets import lacks_a_host
from cohorts.choices import HOSTS, RoleKind, State
from cohorts.rules import roles_of
from elements import clock
from elements.contract import Attention, Door, RecordLine, Row, Stage, Step
from elements.house import is_switched_off
from pairs.partners import parting
from pairs.rules import is_partner
from workshops.asking import to_be_asked
from workshops.attended import attended_by
from workshops.choices import KIND
from workshops.models import CatchUp, Meeting, Need, Workshop
from workshops.querysets import TAKES_PART

ELEMENT = "Workshops"
SOON = timedelta(days=45)  # how long before a date people are asked to choose one
NEEDS_SOON = timedelta(days=30)
HINT = "Dates, what there is to read, your places"


def doors(*, viewer, pair, cohort) -> Iterator[Door]:
    if cohort is not None and viewer.has_perm("workshops.run_series", cohort):
        url = reverse("workshop_list", args=[cohort.pk])
        yield Door("Workshops", url, "cohort", "The series, its dates, registers and feedback", 55)
    if cohort is not None and pair is None:
        yield Door("Workshops", reverse("workshop_list", args=[cohort.pk]), "part", HINT, 50)
    if pair is not None:
        url = reverse("workshop_list", args=[pair.cohort_id])
        if not is_switched_off(KIND, pair) and is_partner(viewer, pair):
            yield Door("Workshops", url, "pair", HINT, 50)
        elif (left := parting(pair, viewer)) and left.me.state in TAKES_PART:
            yield Door("Workshops", url, "kept", "What there is to read, and your certificate", 60)
    if pair is None and cohort is None and any(role.kind == RoleKind.FACILITATOR for role in roles_of(viewer)):
        yield Door("Workshops that you run", reverse("hosted_list"), "home", "Who comes, registers, feedback", 15)


FEEDBACK, CHOOSE, WANT = "feedback", "choose", "want"


def next_steps(*, participants, on: date, now: datetime) -> Iterator[Step]:
    """What is to be said afterwards and beforehand, and a date to choose; what is booked the sessions say themselves.

    One query, whatever the number of people.
    """
    people = {each.pk: each for each in participants if not is_switched_off(KIND, each)}
    if not people:
        return
    rows = _to_say(people, on).union(_to_choose(people, on, now), _to_want(people, on), all=True)
    turns = Counter()
    for whose, what, key, workshop, title, last, starts_at, ends_at in sorted(rows, key=_by_time):
        participant = people[whose]
        if what == FEEDBACK:
            url = reverse("feedback_give", args=[key])
            yield Step(participant, f"Say what you thought: {title}", url, "Without your name", due_on=last, order=22)
        elif what == WANT:
            label, url = f"What do you want from “{title}”?", reverse("need_say", args=[workshop])
            yield Step(participant, label, url, "Two questions", "optional", last, 46)
        elif turns[whose, workshop] == 0:
            turns[whose, workshop], turns[whose] = 1, turns[whose] + 1
            url, when = reverse("workshop_detail", args=[workshop]), clock.span(starts_at, ends_at)
            yield Step(participant, f"Choose a date: {title}", url, when, order=25 + min(turns[whose], 4))


def _by_time(row: tuple) -> tuple:
    """The next date of each workshop first."""
    *_, title, last, starts_at, _ = row
    return starts_at.timestamp() if starts_at else 0, last or date.max, title


NO_DAY, NO_MOMENT = Value(None, DateField()), Value(None, DateTimeField())


def _to_say(people: dict, on: date):
    """Of those who were there and have not said what they thought."""
    mine = to_be_asked(people, on=on).select_related(None).order_by()
    return mine.values_list(
        "participant",
        Value(FEEDBACK),
        "meeting",
        "meeting__workshop",
        "meeting__workshop__title",
        "meeting__feedback_until",
        NO_MOMENT,
        NO_MOMENT,
    )


def _to_choose(people: dict, on: date, now: datetime):
    """Dates to come of workshops in which somebody has no place on any date, and was at none."""
    of_workshop = Meeting.objects.filter(workshop=OuterRef(OuterRef("workshop"))).order_by().values("session")
    settled = Attendee.objects.live().filter(participant=OuterRef("whose"), session__in=of_workshop)
    settled = settled.exclude(attendance__in=[Attendance.APOLOGIES, Attendance.ABSENT])
    ahead = Meeting.objects.filter(
        cohort__participants__in=people,
        cohort__participants__state=State.ACCEPTED,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=now,
        session__starts_at__lt=clock.at(on + SOON, time(0)),
    )
    open_ones = ahead.annotate(whose=F("cohort__participants")).filter(~Exists(settled)).order_by()
    return open_ones.values_list(
        "whose",
        Value(CHOOSE),
        "session",
        "workshop",
        "workshop__title",
        NO_DAY,
        "session__starts_at",
        "session__ends_at",
    )


def _to_want(people: dict, on: date):
    """Workshops of which people are asked soon what they want, and have not said."""
    said = Need.objects.filter(workshop=OuterRef("pk"), participant=OuterRef("whose"))
    asked = Workshop.objects.filter(
        cohort__participants__in=people,
        cohort__participants__state=State.ACCEPTED,
        needs_until__range=(on, on + NEEDS_SOON),
    )
    open_ones = asked.annotate(whose=F("cohort__participants")).filter(~Exists(said)).order_by()
    return open_ones.values_list("whose", Value(WANT), "pk", "pk", "title", "needs_until", NO_MOMENT, NO_MOMENT)


def attention(*, cohorts, on: date) -> Iterator[Attention]:
    """Registers with a gap, from the day after as in the letter, dates without a facilitator, workshops without a date.

    One query.
    """
    used = {cohort.pk: cohort for cohort in cohorts if not is_switched_off(KIND, cohort)}
    if not used:
        return
    past = Meeting.objects.untaken().filter(session__ends_at__lt=clock.at(on, time(0)), cohort__in=used)
    untaken = past.order_by().values_list("cohort", Value("register"))
    standing = Meeting.objects.standing().order_by().values("workshop")
    undated = Workshop.objects.filter(cohort__in=used).exclude(pk__in=standing).order_by()
    ahead = {"session__state": SessionState.PLANNED, "session__starts_at__gte": clock.at(on, time(0))}
    unhosted = Meeting.objects.filter(lacks_a_host(HOSTS), cohort__in=used, **ahead).order_by()
    rows = untaken.annotate(number=Count("pk", distinct=True)).union(
        undated.values_list("cohort", Value("date")).annotate(number=Count("pk")),
        unhosted.values_list("cohort", Value("host")).annotate(number=Count("pk")),
        all=True,
    )
    found = {(cohort, lacks): number for cohort, lacks, number in rows}
    for key, cohort in used.items():
        url, number = reverse("workshop_list", args=[key]), found.get((key, "register"), 0)
        yield Attention(cohort, "workshops of which the register is not finished", number, url, 30)
        number, hint = found.get((key, "host"), 0), "Nobody runs them, or somebody who is no facilitator any more."
        yield Attention(cohort, "dates of workshops without a facilitator", number, url, 28, hint)
        if on <= cohort.ends_on:
            yield Attention(cohort, "workshops without a date", found.get((key, "date"), 0), url, 62)


def stages(*, cohort, on: date) -> Iterator[Stage]:
    """One line: how many of the series have taken place. One query.

    None without a date: letters to rotas wait for a timetable that stands, and some cohorts never set one.
    """
    rows = Meeting.objects.standing().filter(cohort=cohort).order_by("session__starts_at")
    dates = list(rows.values_list("session__starts_at", "workshop"))
    if not dates:
        return
    days = [clock.local(moment).date() for moment, _ in dates]
    done = {workshop for (_, workshop), day in zip(dates, days, strict=True) if day < on}
    number = len({workshop for _, workshop in dates})
    state = "completed" if days[-1] < on else "in progress" if days[0] <= on else "not yet started"
    hint = f"{len(done)} of {number} have taken place"
    yield Stage("Workshops", state, days[0], days[-1], reverse("workshop_list", args=[cohort.pk]), hint, 55)


def record(*, participant, now: datetime) -> Iterator[RecordLine]:
    """Workshops with the minutes that somebody was really there, and those that she caught up with; three queries."""
    for each in attended_by(participant, now=now):
        yield RecordLine(ELEMENT, each.on, each.title, each.remark, each.minutes)
    dates = Meeting.objects.filter(workshop=OuterRef(OuterRef("workshop"))).order_by().values("session")
    there = Attendee.objects.booked().filter(
        participant=participant, session__in=dates, attendance__in=sorted(WAS_THERE)
    )  # as a register said later
    caught_up = CatchUp.objects.filter(~Exists(there), participant=participant).order_by("done_on", "pk")
    for day, title in caught_up.values_list("done_on", "workshop__title"):
        yield RecordLine(ELEMENT, day, title, "caught up afterwards")


def measures(*, cohorts) -> dict:
    """How many workshops each person was at, and for how many minutes. One query."""
    there = Attendee.objects.booked().filter(
        cohort__in=[each.pk for each in cohorts], session__kind=KIND, attendance__in=sorted(WAS_THERE)
    )
    rows = there.order_by().values_list("participant").annotate(number=Count("pk"), minutes=Sum("minutes"))
    return {key: {"workshops": number, "minutes in workshops": minutes} for key, number, minutes in rows}


def everything_about(*, user) -> Iterator[Row]:
    """What she said she wants, and what she caught up with. Registers the sessions tell of; two queries."""
    for key, title, number, words in Need.objects.filter(participant__user=user).values_list(
        "pk", "workshop__title", "confidence", "words"
    ):
        yield Row(ELEMENT, "workshops.need", str(key), f"What I want from “{title}”", words)
        yield Row(ELEMENT, "workshops.need", str(key), f"How confident I was about “{title}”", str(number))
    rows = CatchUp.objects.filter(participant__user=user).values_list("pk", "workshop__title")
    for key, title in rows:
        yield Row(ELEMENT, "workshops.catchup", str(key), f"Caught up with “{title}”")
