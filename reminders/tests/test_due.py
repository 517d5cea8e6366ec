"""What elements yield is written once, nudges at most once a day, and what is switched off or quiet waits."""

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import F

from accounts.models import User
from elements import clock, registry
from elements.contract import Reminder
from reminders import actions, delivery, outbox
from reminders import due as due_module
from reminders.choices import DIGEST, State
from reminders.due import compose_due
from reminders.models import BadAddress, LocalLetter, Message, Nudge
from reminders.nudges import day_key
from reminders.preferences import Wishes
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
DAY = date(2027, 3, 3)
NINE = clock.at(DAY)
SCOPE = uuid.uuid4()


@pytest.fixture
def ann():
    return User.objects.create(email="ann@trust.example", name="Ann")


@pytest.fixture
def bob():
    return User.objects.create(email="bob@trust.example", name="Bob")


def due(to, about="visit:1", kind="trial.soon", at=NINE, **more) -> Reminder:
    reminder = Reminder(kind=kind, to=to, about=about, at=at, ref={"about": about}, scope=SCOPE, **more)
    trial.DUE.append(reminder)
    return reminder


def nudge(to, about="thing:1", **more) -> Reminder:
    return due(to, about=about, kind="trial.asked_for", **more)


def sent() -> None:
    Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=NINE)


def test_a_reminder_is_written_at_its_time_and_once(ann, bob):
    due(ann), due(bob)
    assert compose_due(now=NINE - timedelta(minutes=1)) == 0
    assert compose_due(now=NINE) == 2
    assert compose_due(now=NINE + timedelta(minutes=1)) == 0
    assert compose_due(now=NINE + timedelta(days=3)) == 0
    assert set(Message.objects.values_list("kind", "recipient", "scope")) == {
        ("trial.soon", ann.pk, SCOPE),
        ("trial.soon", bob.pk, SCOPE),
    }


def test_what_is_moved_is_announced_anew(ann):
    due(ann, about="visit:1:2027-03-04")
    compose_due(now=NINE)
    trial.DUE.clear()
    due(ann, about="visit:1:2027-03-09")
    assert compose_due(now=NINE) == 1


def test_a_missed_day_is_caught_up_only_while_it_helps(ann, bob):
    due(ann, until=NINE + timedelta(hours=20))
    due(bob, until=NINE + timedelta(hours=40))
    assert compose_due(now=NINE + timedelta(hours=26)) == 1
    assert Message.objects.get().recipient == bob
    assert Message.objects.get().expires_at == NINE + timedelta(hours=40)


def test_an_idle_minute_writes_nothing_and_opens_no_transaction(ann, django_assert_num_queries, monkeypatch):
    """What the other elements ask is theirs to count."""
    monkeypatch.setattr("reminders.due.all_elements", lambda: [registry._elements["trial"]])
    due(ann)
    compose_due(now=NINE)
    with django_assert_num_queries(3) as asked:  # what is muted, which keys are there, addresses that refuse
        compose_due(now=NINE)
    assert not any("SAVEPOINT" in each["sql"] or "BEGIN" in each["sql"] for each in asked.captured_queries)


def test_a_room_that_fails_stops_no_other(ann, monkeypatch, caplog):
    due(ann)
    monkeypatch.setattr("reminders.element.PostRoom.reminders", lambda self, on: 1 / 0)
    assert compose_due(now=NINE) == 1
    assert "The reminders of reminders are missing." in caplog.text


def test_one_request_a_day_whatever_there_is_to_do(ann, bob):
    nudge(ann), nudge(ann, about="thing:2", order=10), nudge(bob)
    assert compose_due(now=NINE) == 2
    assert compose_due(now=NINE + timedelta(hours=5)) == 0
    both = Message.objects.get(recipient=ann)
    assert both.kind == DIGEST
    assert [each.about for each in both.nudges.all()] == ["thing:2", "thing:1"]
    assert Message.objects.get(recipient=bob).kind == "trial.asked_for"


def test_a_request_that_comes_up_later_the_same_day_waits_for_the_next(ann):
    nudge(ann)
    compose_due(now=NINE)
    nudge(ann, about="thing:2")
    assert compose_due(now=NINE + timedelta(hours=5)) == 0
    assert compose_due(now=NINE + timedelta(days=1)) == 1
    assert Message.objects.get(key__startswith="nudge:2027-03-04").nudges.get().about == "thing:2"


def test_two_cohorts_never_share_a_message(ann):
    nudge(ann), nudge(ann, about="thing:2")
    trial.DUE[1] = Reminder(kind="trial.asked_for", to=ann, about="thing:2", at=NINE, scope=uuid.uuid4(), order=60)
    compose_due(now=NINE)
    assert Message.objects.get().nudges.get().about == "thing:1"


def test_what_leads_may_only_count_never_travels_with_anything_else(ann, bob):
    for person, order in ((ann, 10), (bob, 90)):
        due(person, about="wave:1", kind="trial.questionnaire", order=order)
        nudge(person), nudge(person, about="thing:2")
    compose_due(now=NINE)
    kinds = {message.recipient: message.kind for message in Message.objects.all()}
    assert kinds == {ann: "trial.questionnaire", bob: DIGEST}
    assert [each.about for each in Message.objects.get(recipient=bob).nudges.all()] == ["thing:1", "thing:2"]


def test_somebody_is_asked_twice_a_week_apart_and_then_no_more(ann):
    nudge(ann)
    asked_on = []
    for days in range(40):
        if compose_due(now=NINE + timedelta(days=days)):
            asked_on.append(days)
        sent()
    assert asked_on == [0, 7]


def test_a_request_that_never_went_out_is_made_again(ann):
    """It failed both times: nobody has been asked, so that nobody is called unanswered."""
    nudge(ann)
    for days in range(15):
        compose_due(now=NINE + timedelta(days=days))
        Message.objects.filter(state=State.QUEUED).update(state=State.FAILED)
    assert sorted(Nudge.objects.values_list("on", flat=True)) == [DAY + timedelta(days=n) for n in (0, 7, 14)]
    assert list(Nudge.objects.unanswered(kinds=["trial.asked_for"], on=DAY + timedelta(days=60))) == []


def test_what_may_have_arrived_was_asked(ann):
    """The line broke after the text was handed over: probably it is there, and five more would be a nuisance."""
    nudge(ann)
    asked_on = []
    for days in range(40):
        if compose_due(now=NINE + timedelta(days=days)):
            asked_on.append(days)
        Message.objects.filter(state=State.QUEUED).update(state=State.UNKNOWN)
    assert asked_on == [0, 7]
    assert len(Nudge.objects.unanswered(kinds=["trial.asked_for"], on=DAY + timedelta(days=40))) == 1


def test_two_who_saw_different_things_at_once_make_one_message_that_asks_for_what_its_writer_saw(ann):
    one, other = nudge(ann), nudge(ann, about="thing:2")
    key = day_key(on=DAY, person=ann)
    due_module._write_day({key: [one]}, DAY)
    due_module._write_day({key: [one, other]}, DAY)
    assert [each.about for each in Message.objects.get().nudges.all()] == ["thing:1"]


def test_who_has_not_answered_two_is_found_a_week_after_the_second(ann):
    nudge(ann)
    for days in (0, 7):
        compose_due(now=NINE + timedelta(days=days))
        sent()
    asked = Nudge.objects.unanswered(kinds=["trial.asked_for"], on=DAY + timedelta(days=13))
    assert list(asked) == []
    [found] = Nudge.objects.unanswered(kinds=["trial.asked_for"], on=DAY + timedelta(days=14))
    assert (found["kind"], found["about"], found["message__recipient"], found["message__scope"]) == (
        "trial.asked_for",
        "thing:1",
        ann.pk,
        SCOPE,
    )


def test_what_is_switched_off_is_not_written(ann, bob):
    actions.choose(person=ann, muted=["trial.soon"], quiet_from=time(20), quiet_until=time(7), by=ann)
    due(ann), due(bob), nudge(ann)
    assert compose_due(now=NINE) == 2
    assert set(Message.objects.values_list("recipient", "kind")) == {
        (bob.pk, "trial.soon"),
        (ann.pk, "trial.asked_for"),
    }


def test_nobody_is_asked_at_an_address_that_refuses_mail(ann):
    BadAddress.objects.create(address=ann.email, why="550")
    nudge(ann)
    assert compose_due(now=NINE) == 0


ALL_DAY = {"quiet_from": time(0), "quiet_until": time(0)}


def round_of(person, now=None, **wishes):
    """One round of sending, with these choices."""
    actions.choose(person=person, **{"muted": [], **ALL_DAY, **wishes}, by=person)
    return delivery.send_round()


def waiting(person, kind="trial.soon", about="visit:1"):
    due(person, about=about, kind=kind)
    compose_due(now=NINE)
    Message.objects.update(expires_at=None)


def test_what_is_switched_off_after_it_was_written_is_not_sent(ann):
    waiting(ann)
    round_of(ann, muted=["trial.soon"])
    message = Message.objects.get()
    assert (message.state, message.last_error) == (State.CANCELLED, "Switched off by the person.")


def test_in_quiet_hours_a_reminder_waits_for_their_end_and_a_code_does_not(ann):
    hour = datetime.now(tz=clock.LONDON).time()
    begins = (datetime.combine(DAY, hour) - timedelta(hours=1)).time()
    ends = (datetime.combine(DAY, hour) + timedelta(hours=2)).time().replace(minute=0, second=0, microsecond=0)
    waiting(ann)
    outbox.post_sealed(kind="reminders.account_message", to=ann, texts={"subject": "Code", "text": "1"}, key="code")
    round_of(ann, quiet_from=begins, quiet_until=ends)
    reminder = Message.objects.get(kind="trial.soon")
    assert (reminder.state, reminder.attempts) == (State.QUEUED, 0)
    assert clock.local(reminder.next_at).replace(second=0, microsecond=0).time() == ends
    assert Message.objects.get(kind="reminders.account_message").state == State.SENT


@pytest.mark.parametrize(
    ("quiet", "now", "ends"),
    [
        ((time(20), time(7)), (DAY, time(21)), (DAY + timedelta(days=1), time(7))),
        ((time(20), time(7)), (DAY, time(6, 59)), (DAY, time(7))),
        ((time(20), time(7)), (DAY, time(7)), None),
        ((time(20), time(7)), (DAY, time(19, 59)), None),
        ((time(9), time(17)), (DAY, time(9)), (DAY, time(17))),
        ((time(9), time(17)), (DAY, time(17)), None),
        ((time(9), time(9)), (DAY, time(9)), None),
        # On the Sunday on which the hour from 01:00 to 02:00 is missing, "until 1am" ends where that hour would begin.
        ((time(20), time(1)), (date(2027, 3, 28), time(0, 30)), (date(2027, 3, 28), time(2))),
    ],
)
def test_when_quiet_hours_end(quiet, now, ends):
    found = Wishes(frozenset(), *quiet).quiet_ends(clock.at(*now))
    assert found == (clock.at(*ends) if ends else None)


def test_a_digest_says_what_is_left_and_leads_to_each(ann):
    nudge(ann, about="thing:1"), nudge(ann, about="thing:2"), nudge(ann, about="thing:3")
    compose_due(now=NINE)
    trial.NOT_WANTED.add("thing:1")
    actions.choose(person=ann, muted=[], by=ann, **ALL_DAY)
    Message.objects.update(expires_at=None, next_at=F("created_at"))
    delivery.send_round()
    letter = LocalLetter.objects.get()
    assert letter.subject == "Please do thing:2 and 1 more"
    assert "Please do thing:3:\nhttp://localhost:8000/there/" in letter.text
    assert "thing:1" not in letter.text
    assert "Change what you hear of, and when:\nhttp://localhost:8000/messages/" in letter.text
    assert '<a href="http://localhost:8000/messages/">' in letter.html


@pytest.mark.parametrize(("done", "sentence"), [(0, "There are 2 things to do:"), (1, "There is one thing to do:")])
def test_a_digest_counts_what_is_left(ann, done, sentence):
    nudge(ann, about="thing:1"), nudge(ann, about="thing:2")
    compose_due(now=NINE)
    trial.NOT_WANTED.update({"thing:1"} if done else ())
    Message.objects.update(expires_at=None, next_at=F("created_at"))
    actions.choose(person=ann, muted=[], by=ann, **ALL_DAY)
    delivery.send_round()
    letter = LocalLetter.objects.get()
    assert letter.text.startswith(f"{sentence}\n\n")
    assert "more than one thing" not in letter.text
    assert letter.subject == ("Please do thing:2" if done else "Please do thing:1 and 1 more")


@pytest.mark.parametrize("where", ["wanted", "context"])
@pytest.mark.parametrize("broken", [1, 2])
def test_one_that_cannot_be_told_takes_no_other_with_it(ann, monkeypatch, where, broken):
    """Where it is the only one, the message fails, and a lead sees that it did."""
    nudge(ann, about="thing:1"), nudge(ann, about="thing:2")
    compose_due(now=NINE)
    kind = registry.kind_named("trial.asked_for")
    usual = getattr(kind, where)

    def fails(ref, to):
        if ref["about"] in {f"thing:{number}" for number in range(1, broken + 1)}:
            raise AttributeError("everybody")
        return usual(ref, to)

    monkeypatch.setattr("reminders.nudges.kind_named", lambda name: replace(kind, **{where: fails}))
    Message.objects.update(expires_at=None, next_at=F("created_at"))
    actions.choose(person=ann, muted=[], by=ann, **ALL_DAY)
    delivery.send_round()
    if broken == 1:
        assert LocalLetter.objects.get().subject == "Please do thing:2"
    else:
        assert (Message.objects.get().state, LocalLetter.objects.count()) == (State.FAILED, 0)


def test_a_digest_of_nothing_is_not_sent(ann):
    nudge(ann, about="thing:1"), nudge(ann, about="thing:2")
    compose_due(now=NINE)
    trial.NOT_WANTED.update({"thing:1", "thing:2"})
    Message.objects.update(expires_at=None)
    delivery.send_round()
    assert Message.objects.get().state == State.CANCELLED


def test_a_request_too_late_for_its_day_is_dropped_and_was_never_made(ann):
    nudge(ann)
    compose_due(now=NINE)
    Message.objects.update(expires_at=NINE - timedelta(days=300))
    delivery.send_round()
    assert Message.objects.get().state == State.CANCELLED
    assert not Nudge.objects.exists()
    assert compose_due(now=NINE + timedelta(days=1)) == 1
