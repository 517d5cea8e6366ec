"""Conversations as partners log them: the day alone is needed, a note has one reader, access follows membership."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.choices import Side
from conversations import actions
from conversations.choices import State
from conversations.element import Conversations
from conversations.models import Conversation, Note
from conversations.talk import Talk
from conversations.tests.factories import DAY, held, planned, typed_today
from elements import clock, timeline
from pairs import actions as pair_actions
from pairs.models import FirstMeeting, Membership, Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import person
from projects.models import Action

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather"


def days_ago(number) -> date:
    return clock.today() - timedelta(days=number)


def change(conversation, by, **more):
    seen = more.pop("seen", "")
    talk = Talk(**{"falls_on": conversation.falls_on, **more})
    return actions.change_conversation(conversation=conversation, talk=talk, by=by, now=timezone.now(), seen=seen)


def remove(conversation, by):
    actions.remove_conversation(conversation=conversation, by=by, now=timezone.now())


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def typed_of(day: date, **more) -> dict[str, str]:
    return typed_today(**more) | boxes("day", day)


def end(pair, lead):
    pair_actions.end_pair(pair=pair, kind="other", on=clock.today(), by=lead)


# Logging


def test_the_day_alone_is_enough_and_it_is_today_unless_somebody_says_otherwise(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    address = reverse("conversation_log", args=[pair.pk])
    page = client.get(address).content.decode()
    assert f'name="day_0" id="id_day_0" inputmode="numeric" autocomplete="off" value="{clock.today().day}"' in page
    said = client.post(address, {**typed_today()}, follow=True)
    assert f"Saved: you talked on {clock.in_full(clock.today())}." in text_of(said)
    kept = Conversation.objects.get()
    assert (kept.state, kept.falls_on, kept.minutes, kept.way) == (State.HELD, clock.today(), None, "")


def test_everything_that_can_be_said_is_kept(two, client):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    tomorrow = clock.today() + timedelta(days=1)
    next_day = clock.today() + timedelta(days=20)
    sent = typed_today(
        minutes="45",
        way="call",
        prompts=["week"],
        more_prompts=["money"],
        summary="We spoke of rotas",
        note=CANARY,
        next_hour="2pm",
        **boxes("next_day", next_day),
    )
    sent |= {"deeds-0-words": "Send the rota", "deeds-0-owner": str(manager.pk), **boxes("deeds-0-due_on", tomorrow)}
    answer = client.post(reverse("conversation_log", args=[pair.pk]), sent)
    kept = Conversation.objects.held().get()
    assert answer["Location"] == kept.get_absolute_url()
    assert (kept.minutes, kept.way, kept.prompts, kept.summary) == (45, "call", ["week", "money"], "We spoke of rotas")
    assert [(note.author, note.words) for note in Note.objects.all()] == [(doctor, CANARY)]
    action = Action.objects.get()
    assert (action.owner, action.words, action.due_on) == (manager, "Send the rota", tomorrow)
    assert (action.said_in, action.said_on) == (kept.pk, kept.falls_on)
    assert Conversation.objects.planned().get().falls_on == next_day
    page = text_of(client.get(kept.get_absolute_url()))
    for words in ("Walk me through your week", "We spoke of rotas", "Send the rota", CANARY, "Only you can read this"):
        assert words in page
    assert f"You and {manager.name} can read this" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day_2": "2040"}, "Enter a day that has come. You can plan a conversation that is ahead"),
        ({"day_2": "2020"}, "Enter a day from"),
        ({"day_0": "", "day_1": "", "day_2": ""}, "Enter the day"),
        ({"next_hour": "2pm"}, "Enter the day of your next conversation"),
        (boxes("next_day", DAY), "Enter a start time of your next conversation, like 2pm"),
        ({"next_hour": "2pm", **boxes("next_day", date(2020, 1, 1))}, "Enter a day and time that are still to come"),
        ({"next_hour": "2pm", **boxes("next_day", date(2040, 1, 1))}, "Enter a day up to"),
        ({"prompts": "invented"}, "Choose from these questions"),
        (boxes("deeds-0-due_on", DAY), "Enter what is to be done"),
        ({"deeds-0-words": "x" * 301, "deeds-0-owner": ""}, "must be 300 characters or fewer"),
        ({"deeds-0-words": "Send it", "deeds-0-owner": ""}, "Choose who does it"),
        ({"deeds-0-words": "Send it", "deeds-0-owner": "somebody"}, "Choose who does it"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, sentence, two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    page = client.post(reverse("conversation_log", args=[pair.pk]), {**typed_today(summary="Kept words"), **wrong})
    assert sentence in text_of(page)
    assert "Kept words" in text_of(page)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("page", ["conversation_log", "conversation_edit"])
def test_a_next_day_in_the_way_of_something_is_asked_about_once_and_named(page, two, client):
    _, pair, doctor, manager = two
    next_day = clock.today() + timedelta(days=20)
    planned(pair, manager.user, next_day)
    about = pair if page == "conversation_log" else held(pair, doctor.user)
    client.force_login(doctor.user)
    address = reverse(page, args=[about.pk])
    sent = typed_today(next_hour="2:30pm", summary="Kept words", **boxes("next_day", next_day))
    asked = client.post(address, sent)
    when = f"{clock.in_full(next_day)}, 2pm to 3pm"
    assert f"You both already have a conversation at that time: {when}. Choose another time" in text_of(asked)
    assert "Kept words" in text_of(asked)
    assert Conversation.objects.planned().count() == 1
    [(mark, _)] = asked.context["form"].fields["all_the_same"].choices
    assert f'value="{mark}"' in asked.content.decode()
    said = text_of(client.post(address, {**sent, "all_the_same": mark}, follow=True))
    when = f"{clock.in_full(next_day)}, 2:30pm to 3:30pm"
    assert f"Your next conversation is planned for {when}; you both get it by email." in said
    assert Conversation.objects.planned().count() == 2


def test_another_action_is_asked_for_without_saving(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    sent = {**typed_today(summary="Kept words"), "deeds-0-words": "First", "deeds-add": "1"}
    page = text_of(client.post(reverse("conversation_log", args=[pair.pk]), sent))
    assert "Action 2" in page
    assert "Kept words" in page
    assert not Conversation.objects.exists()


def test_a_cohort_without_projects_agrees_on_no_actions(two, client):
    _, pair, doctor, _ = two
    pair.cohort.elements_off = ["projects"]
    pair.cohort.save()
    client.force_login(doctor.user)
    address = reverse("conversation_log", args=[pair.pk])
    assert "What you agreed to do" not in text_of(client.get(address))
    assert client.post(address, typed_today()).status_code == 302


def test_one_day_counts_once_whoever_logs_it(two, client):
    _, pair, doctor, manager = two
    first = held(pair, doctor.user)
    with pytest.raises(actions.HeldAlready):
        held(pair, manager.user)
    client.force_login(manager.user)
    page = client.post(reverse("conversation_log", args=[pair.pk]), typed_today())
    assert "You have logged a conversation on" in text_of(page)
    assert first.get_absolute_url() in page.content.decode()


def test_a_button_pressed_twice_logs_once_and_other_words_are_not_lost(two, client):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    address = reverse("conversation_log", args=[pair.pk])
    sent = typed_today(minutes="45", prompts=["week"], summary="Of rotas", note=CANARY, next_hour="2pm")
    sent |= boxes("next_day", clock.today() + timedelta(days=20))
    sent |= {"deeds-0-words": "Send the rota", "deeds-0-owner": str(manager.pk)}
    answers = [client.post(address, sent) for _ in range(2)]
    kept = Conversation.objects.held().get()
    assert [answer.url for answer in answers] == [kept.get_absolute_url()] * 2
    assert (Action.objects.count(), Note.objects.count(), Conversation.objects.planned().count()) == (1, 1, 1)
    others = [
        {"summary": "Of lists"},
        {"note": "Something else"},
        {"minutes": "60"},
        {"prompts": []},
        {"deeds-0-words": "Send the list"},
        {"next_hour": "4pm"},
    ]
    for other in others:
        page = client.post(address, {**sent, **other})
        assert "You have logged a conversation on" in text_of(page), other
        assert all(str(words) in page.content.decode() for words in other.values() if words)
    client.force_login(manager.user)
    assert client.post(address, typed_today()).status_code == 200  # the partner is told, as before


def test_what_was_planned_for_that_day_took_place(two):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user)
    held(pair, doctor.user, DAY, now=clock.at(DAY) + timedelta(hours=10), minutes=30)
    kept = Conversation.objects.get()
    assert (kept.pk, kept.state, kept.minutes, kept.starts_at) == (
        conversation.pk,
        State.HELD,
        30,
        conversation.starts_at,
    )


def test_what_took_place_on_another_day_has_no_hours_any_more(two):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user)
    talk = Talk(falls_on=DAY + timedelta(days=1))
    now = clock.at(DAY + timedelta(days=2))
    actions.change_conversation(conversation=conversation, talk=talk, by=doctor.user, now=now)
    kept = Conversation.objects.get()
    assert (kept.falls_on, kept.starts_at, kept.ends_at) == (talk.falls_on, None, None)


def test_what_is_still_to_come_cannot_be_logged(two, client):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user)
    with pytest.raises(actions.IsToCome):
        held(pair, doctor.user, clock.today() + timedelta(days=1))
    client.force_login(doctor.user)
    said = client.get(reverse("conversation_edit", args=[conversation.pk]), follow=True)
    assert "This conversation is still to come." in text_of(said)


def test_only_partners_log(two):
    lead, pair, _, _ = two
    other = Pair.objects.exclude(pk=pair.pk).get().memberships.first().participant
    for by in (lead, other.user):
        with pytest.raises(actions.IsNoPartner):
            held(pair, by)


# Putting right


def test_either_partner_puts_right_and_who_saw_something_else_is_told(two, client):
    _, pair, doctor, manager = two
    conversation = held(pair, doctor.user, summary="First")
    change(conversation, manager.user, summary="Second")
    client.force_login(doctor.user)
    address = reverse("conversation_edit", args=[conversation.pk])
    page = client.post(address, typed_today(summary="Third", seen="1"))
    assert "This conversation was changed while you had this page open" in text_of(page)
    assert "Second" in text_of(page)
    assert "Third" in text_of(page)
    assert Conversation.objects.get().summary == "Second"
    client.post(address, typed_today(summary="Third", seen="2"))
    assert Conversation.objects.get().summary == "Third"


def test_a_conversation_logged_by_mistake_goes_and_what_was_agreed_stays(two, client):
    _, pair, doctor, _ = two
    conversation = held(pair, doctor.user, note="Mine")
    client.force_login(doctor.user)
    address = reverse("conversation_remove", args=[conversation.pk])
    assert "Remove this conversation?" in text_of(client.get(address))
    assert client.post(address)["Location"] == reverse("conversation_list", args=[pair.pk])
    assert not Conversation.objects.exists()
    assert client.get(conversation.get_absolute_url()).status_code == 404


def test_removing_leaves_the_other_her_note_and_nothing_else(two, client):
    _, pair, doctor, manager = two
    conversation = held(pair, doctor.user, summary="Shared")
    actions.write_note(conversation=conversation, words=CANARY, by=manager.user)
    remove(conversation, doctor.user)
    client.force_login(doctor.user)
    assert client.get(conversation.get_absolute_url()).status_code == 404
    client.force_login(manager.user)
    page = text_of(client.get(conversation.get_absolute_url()))
    assert CANARY in page
    assert "Shared" not in page
    assert client.get(reverse("conversation_edit", args=[conversation.pk])).status_code == 403
    assert not Conversation.objects.held().exists()
    assert client.post(reverse("note_edit", args=[conversation.pk]), {"note": ""})["Location"] == reverse("home")
    assert not Conversation.objects.exists()


# Notes


def test_a_note_has_one_reader(two, client):
    lead, pair, doctor, manager = two
    conversation = held(pair, doctor.user, note=CANARY)
    pages = [
        pair.get_absolute_url(),
        conversation.get_absolute_url(),
        reverse("conversation_list", args=[pair.pk]),
        reverse("conversation_edit", args=[conversation.pk]),
        reverse("note_edit", args=[conversation.pk]),
        reverse("home"),
    ]
    for reader in (manager.user, lead):
        client.force_login(reader)
        for page in pages:
            assert CANARY not in client.get(page).content.decode(), page
    client.force_login(doctor.user)
    assert CANARY in client.get(conversation.get_absolute_url()).content.decode()
    assert list(Note.objects.visible_to(manager.user)) == []


def test_each_keeps_a_note_of_her_own_and_changes_no_other(two, client):
    _, pair, doctor, manager = two
    conversation = held(pair, doctor.user, note="Of the doctor")
    client.force_login(manager.user)
    client.post(reverse("note_edit", args=[conversation.pk]), {"note": "Of the manager"})
    assert set(Note.objects.values_list("author", "words")) == {
        (doctor.pk, "Of the doctor"),
        (manager.pk, "Of the manager"),
    }
    change(conversation, manager.user, note="")
    assert list(Note.objects.values_list("author", flat=True)) == [doctor.pk]


def test_no_lead_reads_in_the_record_that_a_note_was_kept(two):
    _, pair, doctor, _ = two
    held(pair, doctor.user, note=CANARY)
    [line] = AuditRecord.objects.filter(did="kept a private note")
    assert (line.scope, line.subject_kind) == (None, "conversations.note")


def test_a_stranger_keeps_no_note(two):
    lead, pair, doctor, _ = two
    conversation = held(pair, doctor.user)
    with pytest.raises(actions.IsNotAuthor):
        actions.write_note(conversation=conversation, words="Mine", by=lead)


def test_a_draft_of_a_note_is_put_back_to_its_writer_alone(two, client):
    _, pair, doctor, manager = two
    address = reverse("conversation_log", args=[pair.pk])
    client.force_login(doctor.user)
    sent = {"page": address, "texts": {"note": CANARY, "summary": "Half a summary"}}
    client.post(reverse("draft_keep"), sent, content_type="application/json")
    page = text_of(client.get(address))
    assert CANARY in page
    assert "We saved what you typed" in page
    client.force_login(manager.user)
    assert CANARY not in text_of(client.get(address))


# Access


def test_a_former_partner_keeps_what_lies_within_her_time_and_loses_the_rest(two, client):
    lead, pair, doctor, manager = two
    before, after = held(pair, doctor.user, days_ago(3), summary="Then"), held(pair, manager.user, summary="Later")
    Membership.objects.filter(participant=doctor).update(since=days_ago(9), until=days_ago(1))
    client.force_login(doctor.user)
    assert "Then" in text_of(client.get(before.get_absolute_url()))
    assert client.get(after.get_absolute_url()).status_code == 404
    assert client.get(reverse("conversation_edit", args=[before.pk])).status_code == 403
    assert client.post(reverse("note_edit", args=[before.pk]), {"note": "Still mine"}).status_code == 302
    assert client.get(reverse("conversation_list", args=[pair.pk])).status_code == 404
    client.force_login(lead)
    assert client.get(before.get_absolute_url()).status_code == 404


def test_who_comes_into_the_pair_later_reads_what_is_dated_since_and_the_first_two_all(two, client):
    _, pair, doctor, manager = two
    third = person(pair.cohort, Side.A, 7)
    Membership.objects.filter(pair=pair).update(since=days_ago(20))
    Pair.objects.filter(pk=pair.pk).update(started_on=days_ago(20))
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=days_ago(2))
    long_ago = held(pair, doctor.user, days_ago(30), summary="Before we were a pair")
    before = held(pair, doctor.user, days_ago(3), summary="Then", minutes=30)
    on_the_day = held(pair, doctor.user, days_ago(2), summary="With her")
    seen = Conversation.objects.visible_to(third.user)
    assert list(seen) == [on_the_day]
    for reader in (doctor, manager):
        assert set(Conversation.objects.visible_to(reader.user)) == {long_ago, before, on_the_day}
    assert [(each[0], bool(each[-1])) for each in told(pair, third.user)] == [
        (days_ago(2), True),
        (days_ago(3), False),
        (days_ago(30), False),
    ]
    assert [line.on for line in Conversations().record(participant=third)] == [days_ago(2)]
    on_the_day.delete()
    client.force_login(third.user)
    assert client.get(before.get_absolute_url()).status_code == 404
    for page in (pair.get_absolute_url(), reverse("conversation_list", args=[pair.pk])):
        shown = client.get(page).content.decode()
        assert "Then" not in shown
        assert before.get_absolute_url() not in shown
    # She was not there: what she would log of those days she could not read herself.
    page = client.post(reverse("conversation_log", args=[pair.pk]), typed_of(days_ago(5)))
    assert f"Enter a day from {clock.in_full(days_ago(2))} on" in text_of(page)


def test_who_comes_later_is_not_asked_about_a_day_before(two):
    _, pair, doctor, _ = two
    third = person(pair.cohort, Side.A, 7)
    conversation = planned(pair, doctor.user)
    back = clock.at(days_ago(3))
    times = {"starts_at": back, "ends_at": back + timedelta(hours=1), "falls_on": days_ago(3)}
    Conversation.objects.filter(pk=conversation.pk).update(**times)
    Pair.objects.update(started_on=days_ago(20))
    Membership.objects.filter(pair=pair).update(since=days_ago(20))
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=days_ago(2))
    steps = {
        each.participant: each.url
        for each in Conversations().next_steps(participants=[doctor, third], on=clock.today())
    }
    address = reverse("conversation_edit", args=[conversation.pk])
    assert steps.pop(doctor) == address
    assert address not in steps.values()
    asked = [each.to for each in Conversations().reminders(on=clock.today()) if each.ref.get("planned")]
    assert doctor.user in asked
    assert third.user not in asked


def test_who_comes_later_is_not_asked_about_a_first_meeting_before(two, client):
    _, pair, doctor, _ = two
    third = person(pair.cohort, Side.A, 7)
    at = clock.at(days_ago(3))
    FirstMeeting.objects.create(pair=pair, starts_at=at, ends_at=at + timedelta(hours=1), changed_at=at)
    Pair.objects.update(started_on=days_ago(20), shown_from=clock.at(days_ago(20)))
    Membership.objects.filter(pair=pair).update(since=days_ago(20))
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=days_ago(2))
    steps = Conversations().next_steps(participants=[doctor, third], on=clock.today())
    assert {each.participant: "Did you meet" in each.label for each in steps} == {doctor: True, third: False}
    asked = {each.to for each in Conversations().reminders(on=clock.today()) if each.ref.get("about") == "first"}
    assert doctor.user in asked
    assert third.user not in asked
    for who, is_asked in ((doctor, True), (third, False)):
        client.force_login(who.user)
        page = client.get(reverse("conversation_list", args=[pair.pk])).content.decode()
        assert ("did you meet?" in page) == is_asked


def test_who_left_before_the_pair_was_shown_sees_nothing(two):
    _, pair, doctor, manager = two
    held(pair, manager.user)
    Membership.objects.filter(participant=doctor).update(until=clock.today(), told=False)
    assert list(Conversation.objects.visible_to(doctor.user)) == []


def test_a_lead_who_is_a_partner_is_a_partner(two, client):
    _, pair, doctor, _ = two
    conversation = held(pair, doctor.user, summary="Shared")
    pair.cohort.roles.create(user=doctor.user, kind="lead")
    client.force_login(doctor.user)
    assert "Shared" in text_of(client.get(conversation.get_absolute_url()))


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_asks_as_often_for_few_as_for_many(number, two, client, django_assert_num_queries):
    _, pair, doctor, _ = two
    rows = [
        Conversation(pair=pair, state=State.HELD, falls_on=days_ago(at), changed_at=timezone.now(), minutes=30)
        for at in range(number)
    ]
    Conversation.objects.bulk_create(rows)
    client.force_login(doctor.user)
    address = reverse("conversation_list", args=[pair.pk])
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)


# What the room hands down


def told(pair, viewer):
    return [
        (each.on, each.state, each.is_contact, each.minutes, each.url)
        for each in timeline.of([pair], viewer=viewer)[pair.pk]
    ]


def test_the_timeline_says_when_they_talked_and_where_to_read_it_to_partners_alone(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    spoken = held(pair, doctor.user, days_ago(2), minutes=40, summary=CANARY)
    ahead = planned(pair, doctor.user)
    assert told(pair, doctor.user) == [
        (DAY, "planned", False, None, ahead.get_absolute_url()),
        (days_ago(2), "done", True, 40, spoken.get_absolute_url()),
    ]
    for viewer in (lead, None):
        assert {each[-1] for each in told(pair, viewer)} == {""}
    with django_assert_num_queries(1):
        assert len(list(Conversations().timeline(pairs=[pair], viewer=doctor.user))) == 2
    assert timeline.last_contacts([pair], on=clock.today()) == {pair.pk: days_ago(2)}


def test_ones_own_record_holds_days_minutes_and_the_partner(two, django_assert_num_queries):
    _, pair, doctor, manager = two
    held(pair, doctor.user, days_ago(2), minutes=40)
    held(pair, doctor.user, days_ago(1))
    planned(pair, doctor.user)
    with django_assert_num_queries(1):
        lines = list(Conversations().record(participant=doctor))
    assert [(line.on, line.label, line.role, line.minutes) for line in lines] == [
        (days_ago(2), f"Conversation with {manager.name}", "partner", 40),
        (days_ago(1), f"Conversation with {manager.name}", "partner", None),
    ]


def test_the_page_of_a_pair_shows_the_next_and_the_last(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    assert "Next Nothing planned Last None recorded yet" in text_of(client.get(pair.get_absolute_url()))
    held(pair, doctor.user, days_ago(2))
    planned(pair, doctor.user)
    page = text_of(client.get(pair.get_absolute_url()))
    assert f"Next Friday 5 March 2027, 2pm to 3pm Last {clock.in_full(days_ago(2))}" in page
    assert all(door in page for door in ("Plan a conversation", "Log a conversation", "Your conversations"))


# The database


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.PLANNED},
        {"state": State.CALLED_OFF},
        {"minutes": 0},
        {"minutes": 1441},
        {"starts_at": clock.at(DAY)},
        {"starts_at": clock.at(DAY), "ends_at": clock.at(DAY)},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong, two):
    _, pair, _, _ = two
    given = {"pair": pair, "state": State.HELD, "falls_on": DAY, "changed_at": timezone.now()}
    Conversation.objects.create(**{**given, "falls_on": DAY - timedelta(days=1)})
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.create(**given | wrong)


def test_the_database_refuses_two_of_a_day_two_notes_of_one_and_a_note_of_nothing(two):
    _, pair, doctor, manager = two
    conversation = held(pair, doctor.user, note="Mine")
    given = {"pair": pair, "state": State.HELD, "falls_on": conversation.falls_on, "changed_at": timezone.now()}
    for wrong in (
        lambda: Conversation.objects.create(**given),
        lambda: Note.objects.create(conversation=conversation, author=doctor, words="Again"),
        lambda: Note.objects.create(conversation=conversation, author=manager, words=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
