"""Booking one session that everybody wants, against a bare loop that locks its row and inserts a numbered seat."""

import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from statistics import median

from django.db import transaction
from django.utils import timezone

from accounts import audit
from bookings import actions
from bookings.actions import news
from bookings.models import Attendee, Booking, Seat, Session
from cohorts.choices import Side, State
from cohorts.models import Participant
from cohorts.tests.factories import CohortFactory, LeadFactory, UserFactory
from reminders import outbox
from tests.benchmarks.turns import against, asked

BOOKED, HELD, ROUNDS = 100, 800, 5


def rows():
    """A booking beside none and beside many, and what a full session costs whoever does not want to wait."""
    return [*booking(), *growing(), refusing()]


class Hot:
    """A session with as many places as there can be, and people who want one."""

    def __init__(self):
        self.cohort = CohortFactory()
        self.lead, self.now = LeadFactory(cohort=self.cohort).user, timezone.now()
        people = [UserFactory() for _ in range(BOOKED * (ROUNDS + 2))]
        self.people = Participant.objects.bulk_create(
            Participant(cohort=self.cohort, user=each, side=Side.A, state=State.ACCEPTED, name=each.name)
            for each in people
        )

    def session(self, capacity=1000):
        starts_at = self.now + timedelta(days=30)
        return actions.plan_session(
            cohort=self.cohort,
            kind="bench",
            title="Hot",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            capacity=capacity,
            by=self.lead,
            now=self.now,
        )

    def book(self, session, people):
        for each in people:
            actions.book(session=session, party=[each], by=each.user, now=self.now)

    def fill(self, session, number):
        """So many places are taken already, by somebody."""
        booking = Booking.objects.create(
            session=session,
            cohort=self.cohort,
            state="booked",
            line=session.lines + 1,
            needs=number,
            asked_at=self.now,
            booked_at=self.now,
        )
        Seat.objects.bulk_create(Seat(session=session, booking=booking, number=each + 1) for each in range(number))
        Session.objects.filter(pk=session.pk).update(taken=number, lines=session.lines + 1)


def bare(session, booking, first):
    """Each in a transaction of its own: lock the row, insert a numbered seat, and nothing that anybody could read."""
    for number in range(first, first + BOOKED):
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=session.pk)
            Seat.objects.create(session=session, booking=booking, number=number)


def bare_rows(hot, session, people):
    """The same rows as a booking writes, one after the other under the lock, and no rule asked."""
    for place, each in enumerate(people, start=1):
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=session.pk)
            booking = Booking.objects.create(
                session=session,
                cohort=hot.cohort,
                by=each.user,
                state="booked",
                line=place,
                needs=1,
                asked_at=hot.now,
                booked_at=hot.now,
            )
            Attendee.objects.create(booking=booking, session=session, cohort=hot.cohort, participant=each)
            Seat.objects.create(session=session, booking=booking, number=place)
            Session.objects.filter(pk=session.pk).update(taken=place, lines=place)
            audit.record(by=each.user, did="booked a place", on=booking, scope=hot.cohort.pk)
            ref = {"session": session.pk, "booking": booking.pk, "sequence": 0}
            letter = outbox.Letter(to=each.user, key=f"bare:{booking.pk}", ref=ref)
            outbox.post_all(kind=news.BOOKED, letters=[letter], scope=hot.cohort.pk, are_new=True)


def booking():
    """By the clock, with the commit, since that is what the next in the line waits for."""
    hot, turns = Hot(), []
    for number in range(ROUNDS + 1):
        people = hot.people[number * BOOKED : (number + 1) * BOOKED]
        barely = hot.session()
        hot.fill(barely, 1)
        turns.append(
            (
                seconds(partial(hot.book, hot.session(), people)),
                seconds(partial(bare, barely, barely.bookings.get(), 2)),
                seconds(partial(bare_rows, hot, hot.session(), people)),
            )
        )
    # The first turn loads what later ones find loaded.
    ours, seats, rows = (median(column) / BOOKED for column in zip(*turns[1:], strict=True))
    return [
        against("booking one hot session, against a numbered seat alone", ours, seats, 2),
        against("booking one hot session, against writing the same rows", ours, rows, None),
    ]


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def growing():
    """The same beside many bookings: it takes as long, and asks as much."""
    hot, turns, asked_for = Hot(), [], []
    for number in range(ROUNDS):
        people = hot.people[number * BOOKED : (number + 1) * BOOKED]
        empty, full = hot.session(), hot.session()
        hot.fill(full, HELD)
        with asked() as few:
            hot.book(empty, people)
        with asked() as many:
            hot.book(full, people)
        turns.append((many.seconds, few.seconds))
        asked_for.append((many.number, few.number))
    many, few = (median(column) / BOOKED for column in zip(*turns, strict=True))
    statements, before = asked_for[-1]
    return [
        against(f"booking beside {HELD} bookings against beside none, SQL", many, few, 1.2),
        against(f"booking beside {HELD} bookings, statements", statements / BOOKED, before / BOOKED, 1),
    ]


def refusing():
    """Who does not wait is told by one read that it is full."""
    hot = Hot()
    session = hot.session(capacity=1)
    hot.book(session, hot.people[:1])
    person = hot.people[1]
    with asked() as seen, suppress(actions.IsFull):
        actions.book(session=session, party=[person], by=person.user, now=hot.now, waits=False)
    locks = sum("FOR UPDATE" in sql or sql.startswith(("INSERT", "UPDATE")) for sql in seen.statements)
    return against("a full session refused, statements that lock or write", locks, 1, 0)
