"""Surgeries on pages that show other things as well: doors, the pair's page, the task list."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, Subquery, UUIDField
from django.urls import reverse

from bookings.choices import BookingState, SessionState
from bookings.models import Attendee
from cohorts.choices import State
from cohorts.models import Participant
from elements import clock
from elements.contract import Door, Panel, Step
from pairs.rules import is_partner
from surgeries.models import KIND, Surgery, Topic

SHOWN = 3  # on a pair's page


def is_used(cohort) -> bool:
    return KIND not in cohort.elements_off


def doors(*, viewer, pair, cohort) -> Iterator[Door]:
    """No queries."""
    if pair is not None and is_used(pair.cohort) and is_partner(viewer, pair):
        mine = next(each.participant for each in pair.everybody if each.participant.user_id == viewer.pk)
        hint = "Talk over a project with your leads, alone or together"
        yield Door("Design surgeries", reverse("surgery_coming", args=[mine.pk]), "pair", hint, 54)
    if cohort is not None and viewer.has_perm("surgeries.see_surgeries", cohort):
        hint = "Drop-in hours and bookable times, with what people want to discuss"
        yield Door("Design surgeries", reverse("surgery_list", args=[cohort.pk]), "cohort", hint, 52)


def panels(*, pair, viewer, now: datetime) -> Iterator[Panel]:
    """What the two have booked; one query."""
    if not is_used(pair.cohort) or not is_partner(viewer, pair):
        return
    mine = next(each.participant for each in pair.everybody if each.participant.user_id == viewer.pk)
    ahead = Attendee.objects.booked().filter(
        participant=mine, session__kind=KIND, session__state=SessionState.PLANNED, session__ends_at__gt=now
    )
    coming = list(ahead.select_related("session").order_by("session__starts_at", "pk")[:SHOWN])
    if coming:
        shown = {"coming": coming, "me": mine}
        yield Panel("surgeries/_in_hand.html", shown, 45)


def next_steps(*, participants, on: date) -> Iterator[Step]:
    """To say what to discuss, of a surgery that is booked; else that one could be booked. One query.

    For those who take part: nobody else can book.
    """
    known = {each.pk: each for each in participants if each.state == State.ACCEPTED and is_used(each.cohort)}
    if not known:
        return
    now = clock.at(on, time(0))
    ahead = Surgery.objects.to_come(now).filter(cohort=OuterRef("cohort"), session__taken__lt=F("session__capacity"))
    ahead = ahead.filter(Q(session__opens_at=None) | Q(session__opens_at__lte=now), session__starts_at__gt=now)
    mine = Attendee.objects.live().filter(
        participant=OuterRef("pk"),
        session__kind=KIND,
        session__state=SessionState.PLANNED,
        session__ends_at__gt=now,
    )
    words = Topic.objects.filter(booking=OuterRef("booking")).exclude(words="")
    silent = mine.filter(~Exists(words), booking__state=BookingState.BOOKED, booking__is_walk_in=False)
    silent = silent.order_by("session__starts_at", "pk")
    found = Participant.objects.filter(pk__in=known).order_by("pk")
    rows = found.annotate(
        silent=Subquery(silent.values("booking")[:1], output_field=UUIDField()),
        silent_at=Subquery(silent.values("session__starts_at")[:1]),
        has_one=Exists(mine),
        next=Subquery(ahead.values("pk")[:1], output_field=UUIDField()),
        next_at=Subquery(ahead.values("session__starts_at")[:1]),
    ).values_list("pk", "silent", "silent_at", "has_one", "next", "next_at")
    for pk, booking, silent_at, has_one, surgery, starts_at in rows:
        if booking:
            day = clock.local(silent_at).date()
            url = reverse("place_question", args=[booking])
            hint = f"Design surgery on {clock.in_full(day)}. Its hosts read it before the day."
            yield Step(known[pk], "Say what you want to discuss", url, hint, due_on=day, order=42)
        elif surgery and not has_one:
            hint = f"The next with a place is on {clock.in_full(clock.local(starts_at).date())}."
            url = reverse("surgery_coming", args=[pk])
            yield Step(known[pk], "Talk over your project in a design surgery", url, hint, "optional", order=70)
