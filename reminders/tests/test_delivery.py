"""What is due goes out once, what is not wanted does not, and what stands in the way stops nobody."""

import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from cohorts.tests.factories import UserFactory
from reminders import delivery, outbox
from reminders.choices import SEALED_FOR, TRIES, State
from reminders.models import LocalLetter, Message
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]


def post(key="one", kind="trial.told", to="a@trust.example", **given) -> Message:
    return outbox.post(kind=kind, to=to, ref=given.pop("ref", {}), key=key, **given)


def state(key="one") -> str:
    return Message.objects.get(key=key).state


def in_hand(key: str, where: State, minutes: float, **columns) -> None:
    """As a sender left it that died so many minutes ago."""
    Message.objects.filter(key=key).update(
        state=where, claimed_by="gone", claimed_at=Now() - timedelta(minutes=minutes), **columns
    )


def test_a_message_goes_to_one_person_as_text_and_html_with_links_to_the_site(settings):
    settings.SITE_URL = "https://pairs.trust.example"
    post(to=UserFactory(name="Ann & Co", email="ann@trust.example"), reply_to=["b@x.example", "c@x.example"])
    assert delivery.send_round() == 1
    letter = LocalLetter.objects.get()
    assert (letter.to_addr, letter.reply_to) == ("ann@trust.example", "b@x.example, c@x.example")
    assert letter.subject == "News for Ann & Co"
    assert letter.text == "Dear Ann & Co,\nread https://pairs.trust.example/news/ & answer.\n"
    assert letter.html == '<p>Dear Ann &amp; Co, <a href="https://pairs.trust.example/news/">read</a></p>'
    sent = Message.objects.get()
    assert (sent.state, sent.attempts, sent.claimed_by, sent.last_error) == (State.SENT, 1, "", "")


def test_a_person_is_written_to_at_the_address_of_the_day():
    person = UserFactory(email="old@trust.example")
    post(to=person)
    person.email = "new@trust.example"
    person.save()
    delivery.send_round()
    assert LocalLetter.objects.get().to_addr == Message.objects.get().to_addr == "new@trust.example"


def test_whether_it_is_wanted_is_asked_again_at_sending():
    post(ref={"about": "visit-7"})
    trial.NOT_WANTED.add("visit-7")
    delivery.send_round()
    assert state() == State.CANCELLED
    assert not LocalLetter.objects.exists()


def test_one_poisoned_message_in_a_hundred_stops_nobody():
    for n in range(100):
        post(key=f"k{n:03}", kind="trial.broken" if n == 50 else "trial.told")
    delivery.send_round()
    assert LocalLetter.objects.count() == 99
    assert list(Message.objects.filter(state=State.FAILED).values_list("key", "kind")) == [("k050", "trial.broken")]
    assert "UnicodeEncodeError" in Message.objects.get(key="k050").last_error


def test_a_kind_that_is_gone_fails_its_row_alone():
    post()
    post(key="two")
    Message.objects.filter(key="one").update(kind="trial.forgotten")
    delivery.send_round()
    assert (state("one"), state("two")) == (State.FAILED, State.SENT)


def test_what_waits_or_is_held_back_does_not_go():
    post(not_before=timedelta(minutes=10))
    outbox.hold(message=post(key="two"), by=UserFactory())
    assert delivery.send_round() == 0
    Message.objects.filter(key="one").update(next_at=Now())
    assert delivery.send_round() == 1
    assert (state("one"), state("two")) == (State.SENT, State.HELD)


def test_urgent_ones_go_first():
    for n in range(3):
        post(key=f"k{n}")
    post(key="code", kind="trial.pressing")
    delivery.send_round()
    assert LocalLetter.objects.order_by("sent_at", "id").first().subject == "A promise"


def test_a_claim_is_one_persons_and_leaves_when_the_lease_does():
    post()
    first = delivery.claim("first")
    assert delivery.claim("second") is None
    in_hand("one", State.CLAIMED, 4)
    delivery.sweep()
    assert state() == State.CLAIMED
    in_hand("one", State.CLAIMED, 6)
    delivery.sweep()
    assert delivery.claim("second").pk == first.pk
    assert delivery.deliver(first, delivery.carrier())  # the first one wakes up and finds that it is late
    assert (state(), LocalLetter.objects.count()) == (State.CLAIMED, 0)


@pytest.mark.parametrize(
    ("kind", "attempts", "becomes"),
    [
        ("trial.told", 1, State.UNKNOWN),
        ("trial.told", TRIES, State.UNKNOWN),
        ("trial.promised", 1, State.QUEUED),
        ("trial.promised", TRIES, State.FAILED),
    ],
)
def test_a_sender_that_died_while_sending(kind, attempts, becomes):
    name = post(kind=kind).message_id
    in_hand("one", State.TRANSMITTING, 4, attempts=attempts)
    delivery.sweep()
    assert state() == State.TRANSMITTING
    in_hand("one", State.TRANSMITTING, 6, attempts=attempts)
    delivery.sweep()
    assert (state(), Message.objects.get().message_id) == (becomes, name)


def test_a_secret_that_waited_too_long_is_dropped_with_its_text():
    with_code = outbox.post_sealed(kind="trial.pressing", to="a@x.example", texts={"name": "1234"}, key="code")
    Message.objects.filter(pk=with_code.pk).update(expires_at=Now() - timedelta(seconds=1))
    assert delivery.send_round() == 0
    with_code.refresh_from_db()
    assert (with_code.state, with_code.sealed) == (State.CANCELLED, "")
    assert timedelta(minutes=10) == SEALED_FOR


def test_only_a_few_letters_are_kept_in_the_mailbox(monkeypatch):
    monkeypatch.setattr("reminders.carriers.LETTERS_KEPT", 3)
    for n in range(5):
        post(key=f"k{n}", to=f"a{n}@x.example")
    delivery.send_round()
    assert LocalLetter.objects.count() == 3


def test_an_idle_round_asks_three_questions_and_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(3):
        delivery.send_round()


def test_senders_take_what_is_due_in_the_order_of_due():
    """The claim is written out by hand: it must mean what `due()` means, whatever a row looks like."""
    dealt = random.Random(7)  # noqa: S311 - a fixed draw
    for n in range(60):
        post(key=f"k{n}", kind=dealt.choice(["trial.told", "trial.pressing"]))
        Message.objects.filter(key=f"k{n}").update(
            state=dealt.choice([State.QUEUED, State.QUEUED, State.QUEUED, State.HELD]),
            next_at=Now() + timedelta(minutes=dealt.choice([-9, -5, -5, 5])),
            expires_at=dealt.choice([None, Now() - timedelta(minutes=1), Now() + timedelta(minutes=1)]),
        )
    due = list(Message.objects.due().values_list("key", flat=True))
    assert 10 < len(due) < 40
    waiting = Message.objects.exclude(key__in=due).first()
    assert delivery.claim("me", waiting.pk) is None
    taken = [delivery.claim("me").key for _ in due]
    assert (taken, delivery.claim("me")) == (due, None)


def test_a_claimed_message_is_as_it_stands_now_and_costs_one_change(django_assert_num_queries):
    person, pk = UserFactory(), uuid.uuid4()
    kept = post(to=person, ref={"pair": pk}, reply_to="b@x.example")
    with django_assert_num_queries(2):
        taken = delivery.claim("me")
        assert taken.recipient == person
    kept.refresh_from_db()
    columns = [field.attname for field in Message._meta.concrete_fields]
    assert {name: getattr(taken, name) for name in columns} == {name: getattr(kept, name) for name in columns}
    assert (taken.state, taken.claimed_by, taken.ref) == (State.CLAIMED, "me", {"pair": str(pk)})


def test_a_sender_that_lost_its_message_while_sending_does_not_say_sent():
    post(kind="trial.promised")
    mine = delivery.claim("first")
    delivery.transmit(mine, 1)
    in_hand("one", State.TRANSMITTING, 6)
    delivery.sweep()
    theirs = delivery.claim("second")
    delivery.transmit(theirs, 2)
    assert not delivery.sent(mine, mine.to_addr)
    assert not delivery.transmit(mine, 3)
    assert Message.objects.values_list("state", "claimed_by").get() == (State.TRANSMITTING, "second")
    assert delivery.sent(theirs, theirs.to_addr)


def test_an_idle_round_looks_at_no_message_that_is_done():
    """Each question is answered by an index that holds only rows with something ahead."""
    plans = [rows.order_by().explain() for rows in (Message.objects.stuck(), Message.objects.overdue())]
    indexes = ["message_in_hand", "message_expiring"]
    if connection.vendor == "sqlite":  # PostgreSQL reads the whole of a table as small as a test's
        assert all(f"USING INDEX {index}" in plan for plan, index in zip(plans, indexes, strict=True)), plans
