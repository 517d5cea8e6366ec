"""A planned conversation: arranged, moved, called off; in the calendar, the post and on the page."""

from datetime import UTC, date, time, timedelta

import pytest
import vobject
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts import actions as cohort_actions
from conversations import actions
from conversations.actions.news import CALLED_OFF, PLANNED
from conversations.choices import State
from conversations.element import Conversations
from conversations.models import Conversation
from conversations.tests.factories import DAY, held, planned
from elements import calendar, clock
from elements.registry import kind_named
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import person
from pairs.tests.worlds import typed as typed_when
from reminders.composing import compose
from reminders.models import Message

pytestmark = pytest.mark.django_db
OTHER_DAY = date(2027, 3, 9)


def moved(conversation, by, day=OTHER_DAY, hour=time(14), **more):
    starts_at = clock.at(day, hour)
    given = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "place": conversation.place}
    return actions.move_conversation(conversation=conversation, by=by, **{"now": timezone.now(), **given, **more})


def off(conversation, by, **more):
    return actions.call_off_conversation(conversation=conversation, by=by, now=timezone.now(), **more)


def letter(kind, to, sequence) -> Message:
    return Message.objects.get(kind=kind, recipient=to.user, ref__sequence=sequence)


def mail(kind, to, sequence):
    return compose(letter(kind, to, sequence), kind_named(kind)).email


def file_of(kind, to, sequence):
    [(_, file, _)] = mail(kind, to, sequence).attachments
    return vobject.readOne(file.decode())


def posted(kind) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def wanted(kind) -> list[str]:
    rows = Message.objects.filter(kind=kind).select_related("recipient")
    return sorted(row.recipient.name for row in rows if kind_named(kind).wanted(row.ref, row.recipient))


def test_planned_moved_and_called_off_are_one_entry_of_the_calendar(two):
    _, pair, doctor, manager = two
    conversation = planned(pair, doctor.user)
    files = [file_of(PLANNED, manager, 1)]
    moved(conversation, manager.user)
    files.append(file_of(PLANNED, manager, 2))
    off(conversation, doctor.user)
    files.append(file_of(CALLED_OFF, manager, 3))
    assert [file.method.value for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {file.vevent.uid.value for file in files} == {f"conversation-{conversation.pk}@pairedlearning"}
    assert [file.vevent.sequence.value for file in files] == ["1", "2", "3"]
    assert [file.vevent.dtstart.value.date() for file in files] == [DAY, OTHER_DAY, OTHER_DAY]
    assert {file.vevent.summary.value for file in files} == {f"Conversation with {doctor.name}"}


def test_both_are_written_to_and_answers_go_to_the_other(two):
    _, pair, doctor, manager = two
    planned(pair, doctor.user)
    assert posted(PLANNED) == wanted(PLANNED) == [doctor.name, manager.name]
    assert letter(PLANNED, doctor, 1).reply_to == manager.user.email
    assert mail(PLANNED, manager, 1).subject.startswith(f"Your conversation with {doctor.name}: Friday 5 March 2027")


def test_the_hour_is_right_on_both_sides_of_a_clock_change(two):
    _, pair, doctor, manager = two
    for number, (day, utc) in enumerate(((date(2027, 3, 27), 14), (date(2027, 3, 28), 13)), 1):
        conversation = planned(pair, doctor.user, day)
        row = Message.objects.get(kind=PLANNED, recipient=manager.user, ref__conversation=str(conversation.pk))
        [(_, file, _)] = compose(row, kind_named(PLANNED)).email.attachments
        starts = vobject.readOne(file.decode()).vevent.dtstart.value
        assert starts.astimezone(UTC).hour == utc, number
        assert conversation.falls_on == day


def test_the_same_twice_is_one_conversation_and_one_letter_each(two):
    _, pair, doctor, manager = two
    assert planned(pair, doctor.user) == planned(pair, manager.user)
    assert len(posted(PLANNED)) == 2


def test_without_a_change_nothing_is_sent(two):
    _, pair, doctor, manager = two
    conversation = planned(pair, doctor.user)
    moved(conversation, manager.user, DAY)
    assert (Conversation.objects.get().sequence, len(posted(PLANNED))) == (1, 2)


def test_who_saw_something_else_is_told_and_may_send_again(two):
    _, pair, doctor, manager = two
    conversation = planned(pair, doctor.user)
    moved(conversation, doctor.user)
    with pytest.raises(actions.ConversationHasChanged, match="it is on Tuesday 9 March 2027"):
        moved(conversation, manager.user, date(2027, 3, 12), seen="1")
    moved(conversation, manager.user, date(2027, 3, 12), seen="2")


def test_only_partners_plan_and_only_for_a_time_to_come(two):
    lead, pair, doctor, _ = two
    other = Pair.objects.exclude(pk=pair.pk).get().memberships.first().participant
    for by in (lead, other.user):
        with pytest.raises(actions.IsNoPartner):
            planned(pair, by)
    with pytest.raises(actions.ConversationIsPast):
        planned(pair, doctor.user, DAY, now=clock.at(DAY, time(14)))
    Pair.objects.filter(pk=pair.pk).update(shown_from=timezone.now() + timedelta(minutes=1))
    with pytest.raises(actions.IsNoPartner):
        planned(pair, doctor.user)


def test_what_is_past_is_called_off_without_a_letter(two):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user)
    actions.call_off_conversation(conversation=conversation, by=doctor.user, now=clock.at(DAY, time(15)))
    assert Conversation.objects.get().state == State.CALLED_OFF
    assert posted(CALLED_OFF) == []


def test_who_never_heard_of_it_hears_of_no_end(two):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user)
    Message.objects.filter(kind=PLANNED).update(state="cancelled")
    off(conversation, doctor.user)
    assert (len(posted(CALLED_OFF)), wanted(CALLED_OFF)) == (2, [])


def test_the_end_of_a_pair_calls_off_what_is_ahead_and_leaves_what_was_held(two):
    lead, pair, doctor, manager = two
    planned(pair, doctor.user)
    kept = held(pair, doctor.user)
    Message.objects.filter(kind=PLANNED).update(state="sent", sent_at=timezone.now())
    pair_actions.end_pair(pair=pair, kind="other", on=clock.today(), by=lead)
    assert [each.state for each in Conversation.objects.exclude(pk=kept.pk)] == [State.CALLED_OFF]
    assert posted(CALLED_OFF) == wanted(CALLED_OFF) == [doctor.name, manager.name]
    assert f"ask the leads of {pair.cohort.programme.name}" in mail(CALLED_OFF, manager, 2).body
    assert file_of(CALLED_OFF, manager, 2).method.value == "CANCEL"


def test_a_withdrawal_calls_it_off_for_both(two):
    lead, pair, doctor, manager = two
    planned(pair, doctor.user)
    cohort_actions.withdraw_participant(participant=doctor, by=lead)
    assert Conversation.objects.get().state == State.CALLED_OFF
    assert posted(CALLED_OFF) == [doctor.name, manager.name]


def test_somebody_leaves_a_trio_and_all_three_hear_that_it_is_off(two):
    lead, pair, doctor, manager = two
    third = person(pair.cohort, doctor.side, 9)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    planned(pair, doctor.user)
    cohort_actions.withdraw_participant(participant=third, by=lead)
    assert posted(CALLED_OFF) == sorted([doctor.name, manager.name, third.name])
    assert not Pair.objects.get(pk=pair.pk).ended_on


def test_the_private_calendar_has_it_until_it_is_off(two, django_assert_num_queries):
    _, pair, doctor, manager = two
    conversation = planned(pair, doctor.user)
    planned(pair, doctor.user, OTHER_DAY)
    with django_assert_num_queries(1):
        events = list(Conversations().calendar(users=[doctor.user]))
    assert {event.summary for event in events} == {f"Conversation with {manager.name}"}
    off(conversation, doctor.user)
    file = calendar.feed(Conversations().calendar(users=[doctor.user]), name="Paired Learning").decode()
    assert file.count("BEGIN:VEVENT") == 1
    assert list(Conversations().calendar(users=[two[0]])) == []


def test_no_text_of_anybody_is_in_the_post_or_the_record(two):
    _, pair, doctor, manager = two
    canary = "Quillfeather"
    held(pair, doctor.user, summary=canary, note=canary)
    conversation = planned(pair, doctor.user)
    off(conversation, doctor.user)
    for kind, number in ((PLANNED, 1), (CALLED_OFF, 2)):
        assert canary not in str(mail(kind, manager, number).message())
    assert canary not in "".join(AuditRecord.objects.values_list("did", flat=True))


# The pages


def test_a_partner_plans_moves_and_calls_off_on_the_pages(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    said = client.post(reverse("conversation_plan", args=[pair.pk]), {**typed_when(), "way": "video"}, follow=True)
    assert "You talk on Friday 5 March 2027, 2pm to 3pm." in text_of(said)
    conversation = Conversation.objects.get()
    assert (conversation.way, conversation.place) == ("video", "Canteen, North")
    address = reverse("conversation_move", args=[conversation.pk])
    said = client.post(address, {**typed_when(hour="4pm"), "seen": "1"}, follow=True)
    assert "You talk on Friday 5 March 2027, 4pm to 5pm." in text_of(said)
    said = client.post(reverse("conversation_call_off", args=[conversation.pk]), {"seen": "2"}, follow=True)
    assert "The conversation is called off." in text_of(said)
    for name in ("conversation_call_off", "conversation_move"):
        assert client.get(reverse(name, args=[conversation.pk])).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hour": "2"}, "Do you mean 2am or 2pm? Enter the start time with am or pm"),
        ({"day": "5 3 2020"}, "Enter a day that is still to come"),
        ({"day": "5 3 2040"}, "Enter a day up to"),
        ({"day": "28 3 2027", "hour": "1:30am"}, "The clocks go forward then."),
        ({"minutes": "7"}, "Choose how long you meet"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, sentence, two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    page = client.post(reverse("conversation_plan", args=[pair.pk]), typed_when(**wrong))
    assert sentence in text_of(page)
    assert "Canteen, North" in page.content.decode()
    assert not Conversation.objects.exists()


def test_an_invented_way_is_refused(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    page = client.post(reverse("conversation_plan", args=[pair.pk]), {**typed_when(), "way": "pigeon"})
    assert "Choose how you talk, or leave it open" in text_of(page)


def test_who_plans_to_talk_is_not_asked_for_a_first_meeting_besides_and_finds_the_pair_from_home(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    home = client.get("/")
    assert "Agree when you meet first" in text_of(home)
    assert f'href="{pair.get_absolute_url()}">Your pair’s page</a>' in home.content.decode()
    conversation = planned(pair, doctor.user)
    shown = text_of(client.get("/"))
    assert "Agree when you meet first" not in shown
    assert "Conversation on Friday 5 March 2027, 2pm to 3pm You can move it or call it off. Planned" in shown
    off(conversation, doctor.user)
    assert "Agree when you meet first" in text_of(client.get("/"))
