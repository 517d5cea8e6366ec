"""What goes out about a visit, read back by another library than the one that wrote it."""

from datetime import date

import pytest
import vobject
from django.utils import timezone

from elements.registry import kind_named
from pairs import actions as pair_actions
from reminders.choices import State
from reminders.composing import compose
from reminders.models import Message
from shadowing import actions
from shadowing.actions.visit_news import AGREED, CALLED_OFF, MOVED, PROPOSED
from shadowing.tests.worlds import agreed, moments, offered
from shadowing.visit_letters import KINDS

pytestmark = pytest.mark.django_db
NOW = timezone.now
TYPED = "Quillfeather"


def row(kind, to, **more) -> Message:
    return Message.objects.filter(kind=kind, recipient=to.user, **more).latest("created_at")


def mail(kind, to, **more):
    return compose(row(kind, to, **more), kind_named(kind)).email


def is_wanted(kind, to, **more) -> bool:
    found = row(kind, to, **more)
    return kind_named(kind).wanted(found.ref, found.recipient)


def file_of(kind, to, **more):
    [(_, file, _)] = mail(kind, to, **more).attachments
    return vobject.readOne(file.decode())


def sent() -> None:
    Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=NOW())


def call_off(visit, by):
    return actions.call_off_visit(visit=visit, reason="illness", by=by.user, now=NOW())


def moved(visit, by, day=date(2027, 3, 9)):
    return actions.change_visit(
        visit=visit, by=by.user, now=NOW(), setting=visit.setting, site=visit.site, **moments(day)
    )


def test_agreed_moved_and_called_off_are_one_entry_of_the_calendar(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    files = [file_of(AGREED, doctor)]
    visit = moved(visit, manager)
    files.append(file_of(MOVED, doctor))
    sent()
    call_off(visit, doctor)
    files.append(file_of(CALLED_OFF, doctor))
    assert [file.method.value for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {file.vevent.uid.value for file in files} == {f"visit-{visit.pk}@pairedlearning"}
    numbers = [int(file.vevent.sequence.value) for file in files]
    assert numbers == sorted(set(numbers))
    assert [file.vevent.dtstart.value.date() for file in files] == [
        date(2027, 3, 5),
        date(2027, 3, 9),
        date(2027, 3, 9),
    ]
    assert {file.vevent.summary.value for file in files} == {
        f"You visit {manager.name}: Finance and performance meeting"
    }
    assert file_of(AGREED, manager).vevent.summary.value.startswith(f"{doctor.name} visits you")


def test_nothing_that_anybody_typed_is_in_a_mail_but_place_and_time(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager, setting=None, setting_words=f"The {TYPED} round", flags="CP", site="Ward 7")
    visit = actions.accept_visit(visit=visit, by=manager.user, now=NOW())
    visit = actions.prepare_visit(visit=visit, by=doctor.user, now=NOW(), objectives=TYPED)
    visit = actions.prepare_visit(visit=visit, by=manager.user, now=NOW(), notice=TYPED, dress=TYPED, contact=TYPED)
    for person in (doctor, manager):
        person.statement = person.biography = person.adjustments = TYPED
        person.save()
    ref = {"visit": str(visit.pk), "sequence": visit.sequence, "starts": int(visit.starts_at.timestamp())}
    said = []
    for kind in KINDS:
        facts = kind.context(ref, doctor.user)
        assert set(facts) >= {placeholder.name for placeholder in kind.placeholders}, kind.name
        said.append(str(facts))
        if kind.event and (entry := kind.event(ref, doctor.user)):
            said.append(str(entry))
    sent()
    call_off(visit, doctor)
    said += [mail(CALLED_OFF, manager).message().as_string(), mail(AGREED, manager).message().as_string()]
    assert "Ward 7" in said[0]
    assert not [text for text in said if TYPED in text]
    assert "illness" not in said[-2].lower()


def test_every_kind_says_why_and_only_the_cancellation_is_sent_at_least_once():
    assert [kind.name for kind in KINDS if kind.at_least_once] == [CALLED_OFF]
    assert all(kind.why and kind.confided for kind in KINDS)
    for kind in KINDS:
        if kind.nudge:
            assert "link" in {placeholder.name for placeholder in kind.placeholders}


def test_a_proposal_says_in_plain_words_who_would_visit_whom(two):
    _, pair, doctor, manager = two
    offered(pair, doctor, manager)
    assert f"{doctor.name} would like to visit you." in mail(PROPOSED, manager).body
    offered(pair, doctor, manager, by=manager)
    assert f"{manager.name} suggests that you visit their work." in mail(PROPOSED, doctor).body


def test_a_proposal_that_was_changed_answered_or_withdrawn_is_not_sent(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    assert is_wanted(PROPOSED, manager)
    first = row(PROPOSED, manager)
    visit = moved(visit, doctor)
    assert not kind_named(PROPOSED).wanted(first.ref, first.recipient)
    assert is_wanted(PROPOSED, manager)
    visit = moved(visit, manager, date(2027, 3, 10))
    assert is_wanted(PROPOSED, doctor)
    assert not is_wanted(PROPOSED, manager)
    actions.accept_visit(visit=visit, by=doctor.user, now=NOW())
    assert not is_wanted(PROPOSED, doctor)


def test_what_is_off_is_said_to_who_had_heard_of_it(two):
    _, pair, doctor, manager = two
    call_off(offered(pair, doctor, manager), doctor)
    assert not is_wanted(CALLED_OFF, manager)  # the proposal had not gone out
    visit = offered(pair, doctor, manager)
    sent()
    call_off(visit, doctor)
    assert is_wanted(CALLED_OFF, manager)
    assert mail(CALLED_OFF, manager).attachments == []  # it never stood in a calendar
    declined = offered(pair, doctor, manager)
    call_off(declined, manager)
    assert is_wanted(CALLED_OFF, doctor, ref__visit=str(declined.pk))  # who proposed it knows of it


def test_the_mail_says_whether_it_is_declined_taken_back_or_called_off(two):
    _, pair, doctor, manager = two
    when = "Friday 5 March 2027, 2pm to 4pm"
    visit = offered(pair, doctor, manager)
    sent()
    call_off(visit, manager)
    declined = mail(CALLED_OFF, doctor)
    assert declined.subject == f"Declined: your visit to {manager.name}, {when}"
    assert f"{manager.name} has said no to what you suggested: your visit to {manager.name}." in declined.body
    visit = offered(pair, doctor, manager)
    sent()
    call_off(visit, doctor)
    taken_back = mail(CALLED_OFF, manager)
    assert taken_back.subject == f"Taken back: the visit of {doctor.name} to you, {when}"
    assert f"{doctor.name} suggested the visit of {doctor.name} to you, and has taken that back." in taken_back.body
    visit = agreed(pair, doctor, manager)
    sent()
    call_off(visit, manager)
    assert mail(CALLED_OFF, doctor).subject == f"Called off: your visit to {manager.name}, {when}"
    visit = agreed(pair, doctor, manager)
    sent()
    actions.put_off_visit(visit=visit, reason="rota", by=manager.user, now=NOW())
    assert mail(CALLED_OFF, doctor).subject == f"Put off: your visit to {manager.name}, {when}"


def test_a_proposal_of_a_pair_that_ends_is_called_off_and_not_declined(two):
    lead, pair, doctor, manager = two
    offered(pair, doctor, manager)
    sent()
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    for person in (doctor, manager):
        assert mail(CALLED_OFF, person).subject.startswith("Called off: ")


def test_when_a_pair_ends_both_hear_that_the_visit_is_off(two):
    lead, pair, doctor, manager = two
    agreed(pair, doctor, manager)
    sent()
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    for person in (doctor, manager):
        assert is_wanted(CALLED_OFF, person)
        email = mail(CALLED_OFF, person)
        assert "ask the leads of" in email.body
        assert file_of(CALLED_OFF, person).method.value == "CANCEL"


def test_what_was_agreed_is_not_sent_to_who_has_left(two):
    lead, pair, doctor, manager = two
    agreed(pair, doctor, manager)
    assert is_wanted(AGREED, doctor)
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    assert not is_wanted(AGREED, doctor)


def test_the_newest_alone_is_sent(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    first = row(AGREED, doctor)
    visit = moved(visit, manager)
    assert not kind_named(AGREED).wanted(first.ref, first.recipient)
    second = row(MOVED, doctor)
    moved(visit, manager, date(2027, 3, 10))
    assert not kind_named(MOVED).wanted(second.ref, second.recipient)
    assert is_wanted(MOVED, doctor)
