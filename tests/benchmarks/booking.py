"""Booking one session that everybody wants, against a bare loop that locks its row and inserts a numbered seat."""

import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from statistics import median

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import actions
from bookings.models import Booking, Seat, Session
from cohorts.choices import Side, State
from cohorts.models import Participant
from cohorts.tests.factories import CohortFactory, LeadFactory, UserFactory
from surgeries.actions import publish_surgeries
from tests.benchmarks.bare import bare_booking, bare_client
from tests.benchmarks.turns import against, asked, cpu

BOOKED, HELD, ROUNDS, CLIENTS = 100, 800, 5, 50


def rows():
    """A booking, beside none and beside many, over HTTP, and what a full session costs who does not want to wait."""
    return [*booking(), *growing(), over_http(), refusing()]


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

    def surgeries(self):
        """The next two; those before them are over, so that everybody may book again."""
        Session.objects.filter(cohort=self.cohort).update(
            starts_at=self.now - timedelta(hours=2), ends_at=self.now - timedelta(hours=1)
        )
        days = [self.now + timedelta(days=days) for days in (30, 31)]
        times = [(day, day + timedelta(hours=2)) for day in days]
        given = {"hosts": [self.lead], "place": "Room 1", "capacity": 100, "by": self.lead, "now": self.now}
        return publish_surgeries(cohort=self.cohort, times=times, **given)

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
    for each in people:
        bare_booking(session.pk, each, hot.now)


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


def over_http():
    """A press of "book" with all that is around it, in CPU: sign-in, what she may bring to it, her question, redirect.

    Each person presses once, and has no other booking ahead.
    """
    hot, turns = Hot(), []
    people = [each.user for each in hot.people[:CLIENTS]]
    ours, barely = [client_of(each) for each in people], [bare_client(each) for each in people]
    for client in ours:
        client.get("/")  # the session is marked as seen, as that of anybody who has the page before her
    for _ in range(ROUNDS + 1):
        mine, other = hot.surgeries()
        turns.append(
            (
                cpu(partial(press, ours, reverse("surgery_book", args=[mine.pk]))),
                cpu(partial(press, barely, reverse("bare_book", "tests.benchmarks.bare", args=[other.pk]))),
            )
        )
    mine, bare = (median(column) / CLIENTS for column in zip(*turns[1:], strict=True))
    return against(f"booking over HTTP, {CLIENTS} clients", mine, bare, 2)


def client_of(user) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def press(clients, page: str) -> None:
    for client in clients:
        assert client.post(page, {"words": "Where to begin?"}).status_code == 302


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
