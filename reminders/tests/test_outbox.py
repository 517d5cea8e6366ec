"""A message exists if and only if the change does, once per key, and holds ids only."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditRecord
from cohorts.tests.factories import UserFactory
from reminders import outbox
from reminders.choices import IN_HAND, LIVE, State
from reminders.models import Message
from reminders.outbox import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]


def post(**changed) -> Message:
    given = {"kind": "trial.told", "to": "a@trust.example", "ref": {}, "key": "one"}
    return outbox.post(**{**given, **changed})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_posted():
    with pytest.raises(outbox.PostedOutsideTransaction):
        post()
    assert not Message.objects.exists()


def test_a_change_that_fails_leaves_no_message():
    def change_that_fails():
        with transaction.atomic():
            post()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert not Message.objects.exists()


def test_the_same_key_is_one_row_and_the_first_stays():
    first = post(ref={"pair": 1})
    assert post(ref={"pair": 2}) == first
    assert [row.ref for row in Message.objects.all()] == [{"pair": 1}]


@pytest.mark.parametrize("ref", [{"why": "she is tired"}, {"text": ["one", "two words"]}, {"x": "a\nb"}, {"x": 0.5}])
def test_a_reference_with_text_is_refused(ref):
    with pytest.raises(outbox.RefHoldsMoreThanIds):
        post(ref=ref)


def test_ids_of_all_kinds_are_kept():
    pk = uuid.uuid4()
    assert post(ref={"pair": pk, "day": "2027-01-06", "members": [1, 2]}).ref == {
        "pair": str(pk),
        "day": "2027-01-06",
        "members": [1, 2],
    }


@pytest.mark.parametrize("address", ["a@x.example\nBcc: b@x.example", "a@x.example, b@x.example", "", "nobody"])
def test_what_is_not_one_plain_address_is_refused(address):
    with pytest.raises(ValidationError):
        post(to=address)
    with pytest.raises(ValidationError):
        post(reply_to=address or "x")


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        post(kind="trial.never_heard_of")


def test_not_before_is_a_moment_or_a_wait_by_the_database():
    moment = datetime(2027, 1, 6, 12, tzinfo=UTC)
    assert post(not_before=moment).next_at == moment
    waiting = post(key="two", not_before=timedelta(minutes=10))
    assert waiting.next_at - waiting.created_at == timedelta(minutes=10)
    assert not Message.objects.due().exists()


def test_many_are_posted_in_queries_by_the_batch_not_by_the_letter():
    def queries_for(letters: int, name: str) -> int:
        people = [Letter(to=f"{name}{n}@x.example", key=f"{name}{n}") for n in range(letters)]
        with CaptureQueriesContext(connection) as asked:
            assert outbox.post_all(kind="trial.told", letters=people) == letters
        return len(asked)

    assert queries_for(1, "a") == 2
    batch = queries_for(outbox.AT_ONCE, "b")
    assert batch <= outbox.AT_ONCE / 25  # SQLite takes no more than 999 values a statement
    assert queries_for(4 * outbox.AT_ONCE, "c") <= 4 * batch
    known = [Letter(to="b@x.example", key="b1"), Letter(to="b@x.example", key="new")]
    assert outbox.post_all(kind="trial.told", letters=known) == 1


def test_a_lead_holds_releases_and_cancels_and_each_is_on_record():
    lead, scope = UserFactory(), uuid.uuid4()
    message = post(scope=scope)
    assert outbox.hold(message=message, by=lead).state == State.HELD
    assert not Message.objects.due().exists()
    assert outbox.release(message=message, by=lead).state == State.QUEUED
    assert outbox.cancel(message=message, by=lead).state == State.CANCELLED
    done = AuditRecord.objects.filter(by=lead, scope=scope).order_by("id").values_list("did", flat=True)
    assert list(done) == ["held a message back", "released a message", "cancelled a message"]


@pytest.mark.parametrize("action", [outbox.hold, outbox.release, outbox.cancel])
def test_a_sender_that_was_faster_wins(action):
    message = post()
    sent = Message.objects.filter(pk=message.pk)
    sent.update(state=State.SENT, sent_at=message.created_at)
    with pytest.raises(outbox.CannotMove):
        action(message=message, by=UserFactory())
    assert sent.get().state == State.SENT


def test_undo_takes_all_or_nothing():
    lead = UserFactory()
    for n in range(3):
        post(key=f"run7:{n}")
    post(key="run8:0")
    assert outbox.cancel_keys(prefix="run7:", by=lead) == 3
    assert Message.objects.get(key="run8:0").state == State.QUEUED

    post(key="run8:1")
    Message.objects.filter(key="run8:0").update(state=State.SENT, sent_at=datetime(2027, 1, 6, tzinfo=UTC))
    with pytest.raises(outbox.TooLateToCancel), transaction.atomic():
        outbox.cancel_keys(prefix="run8:", by=lead)
    assert Message.objects.get(key="run8:1").state == State.QUEUED


def test_sending_again_makes_a_new_row_and_the_old_one_keeps_its_state():
    lead, partner = UserFactory(), UserFactory()
    old = post(to=partner, ref={"pair": 5}, reply_to=lead)
    Message.objects.update(state=State.UNKNOWN)
    old.refresh_from_db()
    first = outbox.send_again(message=old, by=lead)
    assert (first.key, first.ref, first.recipient, first.reply_to) == ("one:again:1", {"pair": 5}, partner, lead.email)
    assert first.message_id != old.message_id
    Message.objects.filter(pk=first.pk).update(state=State.FAILED)
    first.refresh_from_db()
    assert outbox.send_again(message=first, by=lead).key == "one:again:2"
    assert Message.objects.get(pk=old.pk).state == State.UNKNOWN


def test_what_waits_is_not_sent_again_and_a_secret_never():
    with pytest.raises(outbox.CannotMove):
        outbox.send_again(message=post(), by=UserFactory())
    secret = post(kind="trial.hidden", key="two")
    Message.objects.filter(pk=secret.pk).update(state=State.FAILED)
    secret.refresh_from_db()
    with pytest.raises(outbox.IsSecret):
        outbox.send_again(message=secret, by=UserFactory())


@pytest.mark.parametrize("state", sorted(LIVE))
def test_pressing_twice_sends_again_once(state):
    lead, old = UserFactory(), post()
    Message.objects.update(state=State.FAILED)
    old.refresh_from_db()
    again = outbox.send_again(message=old, by=lead)
    in_hand = {"claimed_by": "sender", "claimed_at": Now()} if state in IN_HAND else {}
    Message.objects.filter(pk=again.pk).update(state=state, **in_hand)
    with pytest.raises(outbox.CannotMove, match="waiting to be sent again already"):
        outbox.send_again(message=old, by=lead)
    assert Message.objects.count() == 2
    Message.objects.filter(pk=again.pk).update(state=State.UNKNOWN, claimed_by="", claimed_at=None)
    assert outbox.send_again(message=old, by=lead).key == "one:again:2"


def test_a_kind_that_is_gone_is_not_sent_again():
    message = post()
    Message.objects.update(kind="trial.forgotten", state=State.FAILED)
    message.refresh_from_db()
    with pytest.raises(outbox.CannotMove, match="no longer sent"):
        outbox.send_again(message=message, by=UserFactory())
