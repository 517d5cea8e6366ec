"""What workshops say of people and cohorts to the rest of the house."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from bookings.choices import WAS_THERE, SessionState
from bookings.models import Attendee
from cohorts.choices import RoleKind
from cohorts.rules import roles_of
from elements import clock
from elements.contract import Attention, Door, RecordLine, Row, Stage, Step
from workshops.asking import to_be_asked
from workshops.attended import attended_by
from workshops.choices import KIND
from workshops.models import CatchUp, Meeting, Need, Workshop

ELEMENT = "Workshops"
SOON = timedelta(days=45)  # how long before a date people are asked to choose one
NEEDS_SOON = timedelta(days=30)


def is_used(cohort) -> bool:
    return KIND not in cohort.elements_off


def doors(*, viewer, pair, cohort) -> Iterator[Door]:
    if cohort is not None and viewer.has_perm("workshops.run_series", cohort):
        url = reverse("workshop_list", args=[cohort.pk])
        yield Door("Workshops", url, "cohort", "The series, its dates, registers and feedback", 47)
    if pair is not None and is_used(pair.cohort) and _is_member(viewer, pair):
        url = reverse("workshop_list", args=[pair.cohort_id])
        yield Door("Workshops", url, "pair", "Dates, what there is to read, your places", 50)

    if pair is None and cohort is None and any(role.kind == RoleKind.FACILITATOR for role in roles_of(viewer)):
        yield Door("Workshops that you run", reverse("hosted_list"), "home", "Who comes, registers, feedback", 15)


def _is_member(viewer, pair) -> bool:
    """Belongs to a pair read `with_members()` now. No queries."""
    return any(each.participant.user_id == viewer.pk and each.until is None for each in pair.everybody)


def next_steps(*, participants, on: date) -> Iterator[Step]:
    """What is to be said afterwards and beforehand, and a date to choose; what is booked the sessions say themselves.

    Five queries, whatever the number of people.
    """
    people = {each.pk: each for each in participants if is_used(each.cohort)}
    if not people:
        return
    for asked in to_be_asked(people, on=on):
        meeting = asked.meeting
        label = f"Say what you thought: {meeting.workshop.title}"
        url = reverse("feedback_give", args=[meeting.pk])
        yield Step(
            people[asked.participant_id], label, url, "Without your name", due_on=meeting.feedback_until, order=22
        )
    yield from _to_choose(people, on)
    yield from _to_want(people, on)


def _to_choose(people: dict, on: date) -> Iterator[Step]:
    """Workshops with a date to come for which somebody has no place yet, the first date first."""
    cohorts = {each.cohort_id for each in people.values()}
    ahead = Meeting.objects.standing().filter(
        cohort__in=cohorts,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=timezone.now(),
        session__starts_at__lt=clock.at(on + SOON, time(0)),
    )
    first = {}
    for meeting in ahead.select_related("session", "workshop").order_by("session__starts_at", "pk"):
        first.setdefault(meeting.workshop_id, meeting)
    if not first:
        return
    known = dict(Meeting.objects.filter(workshop__in=first).values_list("session", "workshop"))
    lines = Attendee.objects.live().filter(participant__in=people, session__in=known)
    settled = {
        (participant, known[session])
        for participant, session, attendance in lines.values_list("participant", "session", "attendance")
        if not attendance or attendance in WAS_THERE
    }
    for participant in people.values():
        if participant.state != "accepted":
            continue
        for turn, (key, meeting) in enumerate(first.items()):
            if meeting.cohort_id == participant.cohort_id and (participant.pk, key) not in settled:
                url, when = reverse("workshop_detail", args=[key]), meeting.session.when
                yield Step(participant, f"Choose a date: {meeting.workshop.title}", url, when, order=26 + min(turn, 3))


def _to_want(people: dict, on: date) -> Iterator[Step]:
    cohorts = {each.cohort_id for each in people.values()}
    asked = Workshop.objects.filter(cohort__in=cohorts, needs_until__range=(on, on + NEEDS_SOON)).order_by(
        "needs_until", "place", "pk"
    )
    workshops = list(asked)
    said = set()
    if workshops:
        rows = Need.objects.filter(workshop__in=workshops, participant__in=people)
        said = set(rows.values_list("participant", "workshop"))
    for participant in people.values():
        for workshop in workshops:
            is_hers = workshop.cohort_id == participant.cohort_id and participant.state == "accepted"
            if is_hers and (participant.pk, workshop.pk) not in said:
                label, url = f"What do you want from “{workshop.title}”?", reverse("need_say", args=[workshop.pk])
                yield Step(participant, label, url, "Two questions", "optional", workshop.needs_until, 46)


def attention(*, cohorts, on: date) -> Iterator[Attention]:
    """Registers that are not taken, and workshops without a date; two queries."""
    used = {cohort.pk: cohort for cohort in cohorts if is_used(cohort)}
    if not used:
        return
    past = Q(session__state=SessionState.PLANNED, session__ends_at__lt=timezone.now()) | Q(
        session__state=SessionState.HELD, session__attendees__is_live=True, session__attendees__attendance=""
    )
    rows = Meeting.objects.filter(past, cohort__in=used).order_by().values_list("cohort")
    untaken = dict(rows.annotate(number=Count("pk", distinct=True)))
    standing = Meeting.objects.standing().order_by().values("workshop")
    rows = Workshop.objects.filter(cohort__in=used).exclude(pk__in=standing).order_by().values_list("cohort")
    undated = dict(rows.annotate(number=Count("pk")))
    for key, cohort in used.items():
        url = reverse("workshop_list", args=[key])
        yield Attention(cohort, "workshops of which the register is not finished", untaken.get(key, 0), url, 30)
        if on <= cohort.ends_on:
            yield Attention(cohort, "workshops without a date", undated.get(key, 0), url, 62)


def stages(*, cohort, on: date) -> Iterator[Stage]:
    """One line: how many of the series have taken place. One query."""
    rows = Meeting.objects.standing().filter(cohort=cohort).order_by("session__starts_at")
    dates = list(rows.values_list("session__starts_at", "workshop"))
    if not dates:
        if cohort.workshops_planned:
            url, hint = reverse("workshop_list", args=[cohort.pk]), f"{cohort.workshops_planned} are planned"
            yield Stage("Workshops", "not yet started", url=url, hint=hint, order=55)
        return
    days = [clock.local(moment).date() for moment, _ in dates]
    done = {workshop for (_, workshop), day in zip(dates, days, strict=True) if day < on}
    number = len({workshop for _, workshop in dates})
    state = "completed" if days[-1] < on else "in progress" if days[0] <= on else "not yet started"
    hint = f"{len(done)} of {number} have taken place"
    yield Stage("Workshops", state, days[0], days[-1], reverse("workshop_list", args=[cohort.pk]), hint, 55)


def record(*, participant) -> Iterator[RecordLine]:
    """Workshops with the minutes that somebody was really there, and those that she caught up with; three queries."""
    for each in attended_by(participant):
        yield RecordLine(ELEMENT, each.on, each.title, each.remark, each.minutes)
    caught_up = CatchUp.objects.filter(participant=participant).order_by("done_on", "pk")
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
