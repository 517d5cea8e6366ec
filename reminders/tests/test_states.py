"""The table of states is whole, and the database refuses what must never be."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from reminders.choices import IN_HAND, LIVE, TRANSITIONS, TRIES, State
from reminders.models import Message

NOON = datetime(2027, 1, 6, 12, tzinfo=UTC)


def test_every_state_is_in_the_table():
    assert set(TRANSITIONS) == set(State)


def test_the_ways_are_those_of_the_design():
    assert {(a.value, b.value) for a, following in TRANSITIONS.items() for b in following} == {
        ("queued", "claimed"),
        ("queued", "held"),
        ("queued", "cancelled"),
        ("held", "queued"),
        ("held", "cancelled"),
        ("claimed", "transmitting"),
        ("claimed", "cancelled"),
        ("claimed", "queued"),
        ("claimed", "failed"),
        ("transmitting", "sent"),
        ("transmitting", "queued"),
        ("transmitting", "failed"),
        ("transmitting", "unknown"),
    }


def test_every_state_is_reached_and_ends_are_ends():
    reached, ahead = set(), [State.QUEUED]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += TRANSITIONS[state]
    assert reached == set(State)
    assert {state for state in State if not TRANSITIONS[state]} == set(State) - LIVE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": State.SENT, "sent_at": None},
        {"state": State.SENT, "sent_at": NOON, "sealed": "a code"},
        {"state": State.UNKNOWN, "sealed": "a code"},
        {"state": State.FAILED, "sealed": "a code"},
        {"state": State.CANCELLED, "sealed": "a code"},
        {"state": State.CLAIMED},
        {"state": State.TRANSMITTING},
        {"state": State.QUEUED, "claimed_at": NOON},
        {"state": State.SENT, "sent_at": NOON, "claimed_by": "somebody"},
        {"attempts": TRIES + 1},
        {"to_addr": ""},
    ],
)
def test_the_database_refuses(wrong):
    right = {"key": "k", "kind": "trial.told", "to_addr": "a@trust.example", "message_id": f"<{uuid.uuid4()}@x>"}
    Message.objects.create(**right)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**{**right, "key": "l", "message_id": "<l@x>", **wrong})


@pytest.mark.django_db
@pytest.mark.parametrize("twice", ["key", "message_id"])
def test_a_key_and_a_message_id_exist_once(twice):
    first = {"key": "k", "kind": "trial.told", "to_addr": "a@trust.example", "message_id": "<k@x>"}
    Message.objects.create(**first)
    second = {**first, "key": "l", "message_id": "<l@x>", twice: first[twice]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**second)


def test_a_message_in_hand_is_live():
    assert IN_HAND < LIVE
