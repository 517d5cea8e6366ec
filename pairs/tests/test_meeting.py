"""Partners, and nobody else, arrange their first meeting; each change is told once to each of them."""

from datetime import UTC, date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts import actions as cohort_actions
from elements import clock
from elements.registry import kind_named
from pairs import actions
from pairs.actions.meeting_news import CALLED_OFF, SET
from pairs.models import FirstMeeting, Membership, Pair
from pairs.tests.worlds import arranged, person
from reminders.choices import State
from reminders.models import Message

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 5)
OTHER_DAY = date(2027, 3, 9)


def three(two):
    """A third joins the two: another doctor."""
    _, pair, _, _ = two
    third = person(pair.cohort, "a", 9)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    return third


def told(kind) -> list[tuple]:
    """(who, sequence, to whom answers go) of each message of a kind, in the order of posting and of names."""
    rows = Message.objects.filter(kind=kind).select_related("recipient")
    found = [(row.recipient.name, row.ref["sequence"], row.reply_to) for row in rows]
    return sorted(found, key=lambda each: (each[1], each[0]))


def wanted(kind) -> list[tuple]:
    """(who, sequence) of those that would still be sent."""
    rows = Message.objects.filter(kind=kind).select_related("recipient")
    found = [(r.recipient.name, r.ref["sequence"]) for r in rows if kind_named(kind).wanted(r.ref, r.recipient)]
    return sorted(found, key=lambda each: (each[1], each[0]))


def went(kind) -> None:
    """What waits of a kind has been sent."""
    Message.objects.filter(kind=kind, state=State.QUEUED).update(state=State.SENT, sent_at=timezone.now())


def test_each_member_is_told_once_also_who_arranged_it(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    both = [(doctor.name, 1, manager.user.email), (manager.name, 1, doctor.user.email)]
    assert told(SET) == both
    assert set(Message.objects.filter(kind=SET).values_list("scope", flat=True)) == {pair.cohort_id}
    assert list(AuditRecord.objects.filter(did__contains="first meeting").values_list("did", "by")) == [
        ("arranged a first meeting", doctor.user_id)
    ]


@pytest.mark.parametrize("hour", [time(14), time(1, 30)])
def test_saving_without_a_change_says_nothing_also_from_an_older_page(hour, two):
    """Half past one comes twice on that day."""
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, date(2027, 10, 31), hour)
    arranged(pair, manager.user, date(2027, 10, 31), hour)
    arranged(pair, manager.user, date(2027, 10, 31), hour, seen="0")
    assert (FirstMeeting.objects.get().sequence, len(told(SET))) == (1, 2)


@pytest.mark.parametrize("change", [{"day": OTHER_DAY}, {"hour": time(15)}, {"minutes": 30}, {"place": "Garden"}])
def test_a_change_of_day_hour_length_or_place_is_told_and_the_older_news_is_not_sent(change, two):
    _, pair, doctor, manager = two
    first = arranged(pair, doctor.user)
    second = arranged(pair, manager.user, **change)
    assert (first.pk, second.sequence, second.set_by) == (second.pk, 2, manager.user)
    assert [(who, number) for who, number, _ in told(SET)] == [
        (doctor.name, 1),
        (manager.name, 1),
        (doctor.name, 2),
        (manager.name, 2),
    ]
    assert wanted(SET) == [(doctor.name, 2), (manager.name, 2)]


def test_who_saves_from_a_page_that_is_no_longer_true_is_told_what_is_true_now(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, seen="0")
    with pytest.raises(actions.MeetingHasChanged, match="it is on Friday 5 March 2027, 2pm to 3pm"):
        arranged(pair, manager.user, OTHER_DAY, seen="0")
    assert len(told(SET)) == 2
    arranged(pair, manager.user, OTHER_DAY, seen="1")
    with pytest.raises(actions.MeetingHasChanged, match="it is on Tuesday 9 March 2027"):
        actions.call_off_meeting(pair=pair, by=doctor.user, now=timezone.now(), seen="1")
    actions.call_off_meeting(pair=pair, by=doctor.user, now=timezone.now(), seen="2")
    with pytest.raises(actions.MeetingHasChanged, match="it is called off"):
        arranged(pair, manager.user, OTHER_DAY, hour=time(9), seen="2")


def test_calling_off_tells_both_once_and_a_second_time_nobody(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    went(SET)
    for by in (manager, manager, doctor):
        actions.call_off_meeting(pair=pair, by=by.user, now=timezone.now())
    meeting = FirstMeeting.objects.get()
    assert (meeting.called_off, meeting.sequence, meeting.set_by) == (True, 2, manager.user)
    assert told(CALLED_OFF) == [(doctor.name, 2, manager.user.email), (manager.name, 2, doctor.user.email)]
    assert (wanted(SET), wanted(CALLED_OFF)) == ([], [(doctor.name, 2), (manager.name, 2)])


def test_what_is_arranged_again_replaces_the_news_that_it_is_off(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    went(SET)
    actions.call_off_meeting(pair=pair, by=doctor.user, now=timezone.now())
    assert arranged(pair, manager.user).sequence == 3
    assert (wanted(SET), wanted(CALLED_OFF)) == ([(doctor.name, 3), (manager.name, 3)], [])


def test_nobody_else_arranges_it_or_calls_it_off(two):
    lead, pair, doctor, _ = two
    stranger = Membership.objects.exclude(pair=pair).first().participant
    arranged(pair, doctor.user)
    for by in (lead, stranger.user):
        with pytest.raises(actions.IsNoPartner):
            arranged(pair, by, OTHER_DAY)
        with pytest.raises(actions.IsNoPartner):
            actions.call_off_meeting(pair=pair, by=by, now=timezone.now())
    assert FirstMeeting.objects.get().sequence == 1


def test_partners_who_do_not_know_of_each_other_yet_arrange_nothing(two):
    _, pair, doctor, _ = two
    with pytest.raises(actions.IsNoPartner):
        arranged(pair, doctor.user, now=pair.shown_from - timedelta(minutes=5))


def test_what_begins_now_or_is_over_is_neither_arranged_nor_called_off(two):
    _, pair, doctor, _ = two
    with pytest.raises(actions.MeetingIsPast):
        arranged(pair, doctor.user, DAY, now=clock.at(DAY, time(14)))
    meeting = arranged(pair, doctor.user, DAY)
    with pytest.raises(actions.MeetingIsPast):
        actions.call_off_meeting(pair=pair, by=doctor.user, now=meeting.starts_at)
    assert told(CALLED_OFF) == []


def test_a_pause_changes_nothing_about_it(two):
    lead, pair, doctor, manager = two
    arranged(pair, doctor.user)
    actions.pause_pair(pair=pair, on=DAY, by=lead)
    assert not FirstMeeting.objects.get().called_off
    assert (told(CALLED_OFF), wanted(SET)) == ([], [(doctor.name, 1), (manager.name, 1)])


def ended(lead, pair, doctor):
    actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)


def withdrawn(lead, pair, doctor):
    cohort_actions.withdraw_participant(participant=doctor, by=lead)


@pytest.mark.parametrize("end", [ended, withdrawn])
def test_when_a_pair_ends_its_meeting_is_off_for_both_and_both_are_told_although_it_has_ended(end, two):
    lead, pair, doctor, manager = two
    arranged(pair, doctor.user)
    went(SET)
    end(lead, pair, doctor)
    assert FirstMeeting.objects.get().called_off
    assert told(CALLED_OFF) == [(doctor.name, 2, manager.user.email), (manager.name, 2, doctor.user.email)]
    assert (wanted(SET), wanted(CALLED_OFF)) == ([], [(doctor.name, 2), (manager.name, 2)])
    with pytest.raises(actions.PairHasEnded):
        arranged(pair, doctor.user, OTHER_DAY)


def test_a_pair_that_has_met_or_arranged_nothing_ends_without_a_message(two):
    lead, pair, doctor, _ = two
    begun = timezone.now() - timedelta(hours=3)
    Pair.objects.filter(pk=pair.pk).update(shown_from=begun - timedelta(days=9))
    given = {"starts_at": begun, "ends_at": begun + timedelta(hours=1), "now": begun - timedelta(days=1)}
    actions.set_meeting(pair=pair, by=doctor.user, place="", **given)
    for each in Pair.objects.all():
        actions.end_pair(pair=each, kind="finished", on=timezone.localdate(), by=lead)
    assert (told(CALLED_OFF), FirstMeeting.objects.get().called_off) == ([], False)


def test_when_one_of_three_leaves_it_is_off_for_all_and_who_left_never_reads_the_next_date(two):
    lead, pair, doctor, manager = two
    third = three(two)
    arranged(pair, doctor.user)
    went(SET)
    cohort_actions.withdraw_participant(participant=third, by=lead)
    assert [who for who, _, _ in told(CALLED_OFF)] == [doctor.name, third.name, manager.name]
    arranged(pair, manager.user, OTHER_DAY, place="Garden")
    assert wanted(SET) == [(doctor.name, 3), (manager.name, 3)]
    assert wanted(CALLED_OFF) == [(third.name, 2)]
    letter, kind = Message.objects.get(kind=CALLED_OFF, recipient=third.user), kind_named(CALLED_OFF)
    event, facts = kind.event(letter.ref, third.user), kind.context(letter.ref, third.user)
    assert (event.sequence, event.cancelled, event.place) == (2, True, "")
    assert clock.span(event.starts_at, event.ends_at) == facts["when"] == "Friday 5 March 2027, 2pm to 3pm"
    assert facts["partners"] == f"{doctor.name} and {manager.name}"
    assert "/pairs/" not in facts["next"]


def test_the_database_lets_no_meeting_end_before_it_begins_and_no_pair_have_two(two):
    _, pair, _, _ = two
    starts_at = clock.at(DAY).astimezone(UTC)
    row = {"pair": pair, "starts_at": starts_at, "changed_at": starts_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstMeeting.objects.create(**row, ends_at=starts_at)
    FirstMeeting.objects.create(**row, ends_at=starts_at + timedelta(minutes=30))
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstMeeting.objects.create(**row, ends_at=starts_at + timedelta(minutes=30))
