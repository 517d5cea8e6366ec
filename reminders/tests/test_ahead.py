"""What is said to come is what comes: `ahead` against `compose_due`, run through the days that it speaks of."""

import random
import uuid
from datetime import date, time, timedelta

import pytest

from accounts.models import User
from elements import clock
from elements.contract import Reminder
from reminders import actions
from reminders.choices import DIGEST, State
from reminders.due import ahead, compose_due
from reminders.models import BadAddress, Message, Nudge
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
DAY = date(2027, 3, 25)  # the clocks change on the Sunday after it
NINE = clock.at(DAY)
SCOPES = [uuid.UUID(int=1), uuid.UUID(int=2)]
DAYS = 7


@pytest.fixture
def people():
    return [User.objects.create(email=f"p{n}@trust.example", name=f"P {n}") for n in range(5)]


@pytest.fixture
def yielded():
    """What the trial room yields, changed by the tests: each thing once, and due as its own times say."""
    return trial.DUE


def reminder(to, about, kind="trial.soon", at=NINE, scope=SCOPES[0], **more) -> Reminder:
    return Reminder(kind=kind, to=to, about=about, at=at, ref={"about": about}, scope=scope, **more)


def said(now, days=DAYS) -> list[tuple]:
    return sorted((each.on, each.kind, str(each.to.pk), each.key, each.scope) for each in ahead(now=now, days=days))


def really(now, days=DAYS) -> list[tuple]:
    """Run the clock through the days, every quarter of an hour; whatever is written is sent."""
    known = set(Message.objects.values_list("key", flat=True))
    first, found = clock.local(now).date(), []
    end = clock.at(first + timedelta(days=days), time())
    while now < end:
        compose_due(now=now)
        fresh = Message.objects.exclude(key__in=known)
        on = clock.local(now).date()
        found += [(on, one.kind, str(one.recipient_id), one.key, one.scope) for one in fresh]
        known |= {one.key for one in fresh}
        Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=now)
        now += timedelta(minutes=15)
    return sorted(found)


def history(people, now, dealt) -> None:
    """Requests of the last weeks, messages of this morning, an address that refuses, somebody who hears nothing."""
    for number in range(6):
        person, on = dealt.choice(people), DAY - timedelta(days=dealt.randrange(12))
        message = Message.objects.create(
            key=f"nudge:{on.isoformat()}:{person.pk}:{number}" if dealt.random() < 0.5 else f"old:{number}",
            kind="trial.asked_for",
            recipient=person,
            to_addr=person.email,
            message_id=str(number),
            state=State.SENT,
            sent_at=now,
        )
        Nudge.objects.create(message=message, kind="trial.asked_for", about=f"thing:{number % 3}", on=on)
    BadAddress.objects.create(address=people[0].email, why="550")
    actions.choose(person=people[1], muted=["trial.soon"], quiet_from=time(20), quiet_until=time(7), by=people[1])


@pytest.mark.parametrize("seed", range(8))
def test_what_is_said_to_come_is_what_comes(people, yielded, alone, seed):
    dealt = random.Random(seed)  # noqa: S311 - a fixed draw
    now = clock.at(DAY, time(dealt.randrange(24), 30))
    history(people, now, dealt)
    for number in range(40):
        at = clock.at(DAY + timedelta(days=dealt.randrange(-2, DAYS + 1)), time(dealt.randrange(24)))
        until = at + timedelta(hours=dealt.choice([3, 30, 300])) if dealt.random() < 0.5 else None
        is_nudge = dealt.random() < 0.6
        one = reminder(
            dealt.choice(people),
            f"thing:{number}" if is_nudge else f"visit:{number % 9}",
            kind="trial.asked_for" if is_nudge else "trial.soon",
            at=at,
            until=until,
            order=dealt.randrange(3),
            scope=dealt.choice(SCOPES),
        )
        yielded.append(one)
    compose_due(now=now - timedelta(hours=1))  # something is in the outbox already
    foreseen = said(now)
    assert foreseen == really(now)
    assert len(foreseen) > 5
    assert {DIGEST, "trial.asked_for", "trial.soon"} >= {kind for _, kind, *_ in foreseen}


def test_several_requests_of_one_day_are_one_message(people, yielded):
    yielded += [reminder(people[0], f"thing:{n}", kind="trial.asked_for") for n in range(3)]
    [coming] = ahead(now=clock.at(DAY, time(8)), days=1)
    assert (coming.kind, coming.to, coming.scope) == (DIGEST, people[0], SCOPES[0])


def test_it_writes_nothing(people, yielded):
    yielded += [reminder(people[0], "thing", kind="trial.asked_for"), reminder(people[0], "visit")]
    assert len(ahead(now=clock.at(DAY, time(8)), days=DAYS)) == 2
    assert not Message.objects.exists()
    assert not Nudge.objects.exists()


def test_as_many_queries_for_many_people_as_for_one(people, yielded, alone, django_assert_num_queries):
    """What the other elements ask is theirs to count."""
    for wanted in (people[:1], people):
        yielded[:] = [reminder(to, "thing", kind="trial.asked_for") for to in wanted]
        with django_assert_num_queries(5):  # muted, history, addresses that refuse, the days' keys, all keys
            ahead(now=clock.at(DAY, time(8)), days=DAYS)


@pytest.mark.parametrize("days", [0, 8, -1])
def test_it_does_not_look_further_than_a_request_is_repeated(days):
    with pytest.raises(ValueError, match="From one to 7 days"):
        ahead(now=clock.at(DAY), days=days)


def test_each_element_is_asked_once_for_all_the_days(people, monkeypatch):
    asked = []
    monkeypatch.setattr(trial.Trial, "reminders", lambda self, **days: asked.append(days) or [])
    ahead(now=clock.at(DAY, time(8)), days=DAYS)
    compose_due(now=NINE)
    assert asked == [{"on": DAY, "until": DAY + timedelta(days=DAYS - 1)}, {"on": DAY, "until": DAY}]


def test_what_was_asked_for_on_an_earlier_day_is_asked_for_again_at_nine(people, yielded):
    """An element yields a request once, from the moment when it is due first; other messages are caught up at once."""
    two_days_ago = clock.at(DAY - timedelta(days=2), time(17))
    yielded += [reminder(people[0], "thing", kind="trial.asked_for", at=two_days_ago)]
    assert compose_due(now=NINE - timedelta(minutes=1)) == 0
    yielded += [reminder(people[0], "visit", at=two_days_ago)]
    assert compose_due(now=NINE - timedelta(minutes=1)) == 1
    assert compose_due(now=NINE) == 1
