"""What goes out about a first meeting, read back by another library than the one that wrote it."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cohorts import actions as cohort_actions
from elements import calendar, clock
from elements.registry import kind_named
from pairs import actions
from pairs.actions.meeting_news import CALLED_OFF, SET
from pairs.element import Hall
from pairs.first_meetings import SOON
from pairs.models import Membership, Pair
from pairs.tests.worlds import arranged, person
from reminders import delivery, outbox
from reminders.choices import State
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message

pytestmark = pytest.mark.django_db
DAY, OTHER_DAY = date(2027, 3, 5), date(2027, 3, 9)


def letter(kind, to, sequence) -> Message:
    return Message.objects.get(kind=kind, recipient=to.user, ref__sequence=sequence)


def mail(kind, to, sequence):
    return compose(letter(kind, to, sequence), kind_named(kind)).email


def file_of(kind, to, sequence):
    """The calendar that goes with a message; the part for Outlook and the attachment are the same."""
    email = mail(kind, to, sequence)
    [(_, file, _)] = email.attachments
    [other] = [part for part in email.alternatives if part.mimetype.startswith("text/calendar")]
    assert other.content.encode() == file
    read = vobject.readOne(file.decode())
    assert other.mimetype == f"text/calendar; method={read.method.value}"
    return read


def called_off(pair, by):
    return actions.call_off_meeting(pair=pair, by=by, now=timezone.now())


def test_set_moved_and_called_off_are_one_entry_of_the_calendar(two):
    _, pair, doctor, manager = two
    meeting = arranged(pair, doctor.user)
    files = [file_of(SET, manager, 1)]
    arranged(pair, manager.user, OTHER_DAY)
    files.append(file_of(SET, manager, 2))
    called_off(pair, doctor.user)
    files.append(file_of(CALLED_OFF, manager, 3))
    assert [file.method.value for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {file.vevent.uid.value for file in files} == {f"first-meeting-{meeting.pk}@pairedlearning"}
    assert [file.vevent.sequence.value for file in files] == ["1", "2", "3"]
    assert [file.vevent.status.value for file in files] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [file.vevent.dtstart.value.date() for file in files] == [DAY, OTHER_DAY, OTHER_DAY]
    assert {file.vevent.summary.value for file in files} == {f"First meeting with {doctor.name}"}


def test_each_reads_of_the_other_and_is_the_only_one_invited(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    for me, other in ((doctor, manager), (manager, doctor)):
        event = file_of(SET, me, 1).vevent
        assert event.summary.value == f"First meeting with {other.name}"
        assert [guest.value for guest in event.attendee_list] == [f"mailto:{me.user.email}"]
        assert event.location.value == "Canteen, North"
        assert other.user.email not in event.serialize()


def test_nothing_that_anybody_wrote_of_themselves_is_in_it(two):
    _, pair, doctor, manager = two
    canary = "Quillfeather"
    for each in (doctor, manager):
        each.statement = each.biography = each.adjustments = each.idea = canary
        each.save()
    arranged(pair, doctor.user)
    called_off(pair, doctor.user)
    for kind, number in ((SET, 1), (CALLED_OFF, 2)):
        assert canary not in json.dumps(str(mail(kind, manager, number).message()))


@pytest.mark.parametrize(
    ("day", "hour", "offset", "utc"),
    [
        (date(2027, 3, 27), time(14), 0, datetime(2027, 3, 27, 14, tzinfo=UTC)),
        (date(2027, 3, 28), time(14), 1, datetime(2027, 3, 28, 13, tzinfo=UTC)),
        (date(2027, 10, 30), time(14), 1, datetime(2027, 10, 30, 13, tzinfo=UTC)),
        (date(2027, 10, 31), time(14), 0, datetime(2027, 10, 31, 14, tzinfo=UTC)),
    ],
)
def test_the_hour_is_right_on_both_sides_of_the_clock_changes(day, hour, offset, utc, two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, day, hour)
    starts = file_of(SET, manager, 1).vevent.dtstart
    assert starts.value.utcoffset() == timedelta(hours=offset)
    assert starts.value.astimezone(UTC) == utc
    assert starts.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/London"]


def test_across_the_end_of_summer_time_an_hour_lasts_an_hour(two):
    _, pair, doctor, manager = two
    meeting = arranged(pair, doctor.user, date(2027, 10, 31), time(1, 30))
    assert meeting.when == "Sunday 31 October 2027, 1:30am BST to 1:30am GMT"
    assert "1:30am BST to 1:30am GMT" in mail(SET, manager, 1).subject
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=1)


def test_the_words_say_who_did_what_and_answers_go_to_the_partner(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    mine, theirs = mail(SET, doctor, 1), mail(SET, manager, 1)
    assert mine.subject == f"Your first meeting with {manager.name}: Friday 5 March 2027, 2pm to 3pm"
    assert "You have arranged your first meeting." in mine.body
    assert f"{doctor.name} has arranged your first meeting." in theirs.body
    assert "Where: Canteen, North" in theirs.body
    assert (mine.reply_to, theirs.reply_to) == ([manager.user.email], [doctor.user.email])
    called_off(pair, manager.user)
    off = mail(CALLED_OFF, doctor, 2)
    assert off.subject == f"Called off: your first meeting with {manager.name}, Friday 5 March 2027, 2pm to 3pm"
    assert f"{manager.name} has called off your first meeting." in off.body
    assert f"next={reverse('meeting_edit', args=[pair.pk]).replace('/', '%2F')}" in off.body


def test_a_date_is_new_to_who_heard_of_none_and_changed_to_who_did(two):
    _, pair, doctor, manager = two

    def subjects(number) -> list[bool]:
        return [mail(SET, each, number).subject.startswith("Changed: ") for each in (doctor, manager)]

    arranged(pair, doctor.user)
    went(letter(SET, manager, 1))
    arranged(pair, doctor.user, OTHER_DAY)
    assert subjects(2) == [False, True]
    called_off(pair, doctor.user)
    went(letter(CALLED_OFF, manager, 3))
    arranged(pair, doctor.user)
    assert subjects(4) == [False, False]


def test_a_date_that_is_sent_again_is_as_new_as_it_was(two):
    lead, pair, doctor, manager = two
    arranged(pair, doctor.user)
    first = letter(SET, manager, 1)
    went(first)
    first.refresh_from_db()
    with transaction.atomic():
        again = outbox.send_again(message=first, by=lead)
    assert compose(again, kind_named(SET)).email.subject.startswith("Your first meeting with ")


def went(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=timezone.now())


def test_who_withdraws_is_not_told_to_have_called_it_off(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    cohort_actions.withdraw_participant(participant=doctor, by=doctor.user)
    for each in (doctor, manager):
        assert "Your first meeting is called off." in mail(CALLED_OFF, each, 2).body


def test_when_a_pair_ends_nobody_is_named_and_no_page_is_offered(two):
    lead, pair, doctor, manager = two
    arranged(pair, doctor.user)
    actions.end_pair(pair=pair, kind="no_time", on=timezone.localdate(), by=lead, reason="Quillfeather")
    said = mail(CALLED_OFF, doctor, 2).body
    assert "Your first meeting is called off." in said
    assert manager.name in said
    assert "/pairs/" not in said
    assert [words for words in (lead.name, "Quillfeather", "no time", "ended") if words in said] == []
    assert file_of(CALLED_OFF, doctor, 2).method.value == "CANCEL"


def is_off_told(to, sequence) -> bool:
    row = letter(CALLED_OFF, to, sequence)
    return kind_named(CALLED_OFF).wanted(row.ref, row.recipient)


def test_nobody_hears_that_off_is_what_they_never_heard_of(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    called_off(pair, doctor.user)
    Message.objects.exclude(kind__in=(SET, CALLED_OFF)).delete()
    delivery.send_round()
    assert set(Message.objects.values_list("state", flat=True)) == {State.CANCELLED}
    arranged(pair, doctor.user)
    went(letter(SET, manager, 3))
    called_off(pair, doctor.user)
    assert [is_off_told(each, 4) for each in (doctor, manager)] == [False, True]
    went(letter(CALLED_OFF, manager, 4))
    arranged(pair, doctor.user)
    called_off(pair, doctor.user)
    assert not is_off_told(manager, 6)


@pytest.mark.parametrize("state", [State.UNKNOWN, State.TRANSMITTING, State.CLAIMED])
def test_whoever_may_have_the_date_hears_that_it_is_off(two, state):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    in_hand = {"claimed_by": "x", "claimed_at": timezone.now()} if state != State.UNKNOWN else {}
    Message.objects.filter(kind=SET).update(state=state, **in_hand)
    called_off(pair, doctor.user)
    assert is_off_told(manager, 2)


def test_whoever_was_reminded_of_a_date_hears_that_it_is_off(two):
    _, pair, doctor, manager = two
    meeting = arranged(pair, doctor.user)
    Message.objects.filter(kind=SET).update(state=State.FAILED)
    compose_due(now=meeting.starts_at - timedelta(hours=20))
    went(Message.objects.get(kind=SOON, recipient=manager.user))
    called_off(pair, doctor.user)
    assert [is_off_told(each, 2) for each in (doctor, manager)] == [False, True]


def test_a_place_cannot_break_the_file_or_the_message(two):
    _, pair, doctor, manager = two
    place = "Room 1; floor 2, left\nATTENDEE:mailto:spy@trust.example {{ name }} <b>" + "ü" * 60
    arranged(pair, doctor.user, place=place)
    event = file_of(SET, manager, 1).vevent
    assert event.location.value == place
    assert [guest.value for guest in event.attendee_list] == [f"mailto:{manager.user.email}"]
    email = mail(SET, manager, 1)
    assert "{{ name }}" in email.body
    assert "<b>" not in email.alternatives[0].content
    [(_, file, _)] = email.attachments
    assert max(map(len, file.split(b"\r\n"))) <= 75


def test_a_persons_calendar_holds_their_own_first_meetings_in_one_query(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    beside = Pair.objects.exclude(pk=pair.pk).get()
    other = beside.memberships.first().participant
    meeting = arranged(pair, doctor.user)
    arranged(beside, other.user)
    hall = Hall()

    def feed(user) -> list[tuple]:
        with django_assert_num_queries(1):
            return [(event.uid, event.summary, event.cancelled) for event in hall.calendar(users=[user])]

    uid = f"first-meeting-{meeting.pk}@pairedlearning"
    assert feed(doctor.user) == [(uid, f"First meeting with {manager.name}", False)]
    assert feed(lead) == []
    third = person(pair.cohort, "a", 9)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    assert feed(third.user) == [(uid, f"First meeting with {doctor.name} and {manager.name}", False)]
    file = vobject.readOne(calendar.feed(hall.calendar(users=[third.user]), name="Mine").decode())
    assert file.vevent.dtstart.value == clock.at(DAY, time(14))
    called_off(pair, doctor.user)
    assert feed(manager.user) == [(uid, f"First meeting with {doctor.name} and {third.name}", True)]
    Membership.objects.filter(participant=third).update(until=DAY)
    assert feed(third.user) == []
