"""Whether two met: who is asked when, and the link that can say yes and nothing else."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cohorts.models import Participant
from cohorts.tests.factories import UserFactory
from conversations import actions, questions
from conversations.choices import State
from conversations.element import Conversations
from conversations.models import Conversation, MeetingQuestion
from conversations.talks_due import DID_YOU_MEET, SOON
from conversations.tests.factories import DAY, asked, held, planned, typed, typed_today
from elements import clock
from elements.registry import kind_named
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests.rooms import Room, moved_in
from pairs.tests.test_views import text_of
from pairs.tests.worlds import arranged
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message, Nudge
from reminders.tests.days import told_in

pytestmark = pytest.mark.django_db
EVE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
OVER = "This link is no longer in use"


@pytest.fixture
def long_told(two):
    """The pair, told of each other a month ago, in a cohort that begins ten days before `DAY`."""
    _, pair, _, _ = two
    pair.cohort.starts_on, pair.cohort.ends_on = DAY - timedelta(days=10), DAY + timedelta(days=400)
    pair.cohort.save()
    Pair.objects.update(shown_from=timezone.now() - timedelta(days=30))
    Pair.objects.exclude(pk=pair.pk).update(paused_on=DAY)
    pair.refresh_from_db()
    return two


def posted(kind) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def wanted(kind) -> list[str]:
    rows = Message.objects.filter(kind=kind).select_related("recipient")
    return sorted(row.recipient.name for row in rows if kind_named(kind).wanted(row.ref, row.recipient))


def yielded(kind, on) -> list:
    return [each for each in Conversations().reminders(on=on) if each.kind == kind]


# The day before


def test_both_hear_of_it_at_nine_the_day_before_and_once(long_told):
    _, pair, doctor, manager = long_told
    planned(pair, doctor.user)
    compose_due(now=clock.at(EVE, time(8, 59)))
    assert posted(SOON) == []
    for now in (clock.at(EVE), clock.at(EVE, time(12)), clock.at(DAY)):
        compose_due(now=now)
    assert posted(SOON) == wanted(SOON) == [doctor.name, manager.name]
    actions.call_off_conversation(conversation=Conversation.objects.get(), by=doctor.user, now=timezone.now())
    assert wanted(SOON) == []
    assert yielded(SOON, DAY) == []


def test_what_is_moved_is_announced_anew(long_told):
    _, pair, doctor, _ = long_told
    conversation = planned(pair, doctor.user)
    compose_due(now=clock.at(EVE))
    starts_at = clock.at(DAY, time(16))
    actions.move_conversation(
        conversation=conversation,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        by=doctor.user,
        now=timezone.now(),
    )
    assert wanted(SOON) == []
    compose_due(now=clock.at(EVE, time(13)))
    assert len(wanted(SOON)) == 2


# When it is asked


def test_both_are_asked_the_day_after_a_conversation_that_nobody_confirmed(long_told):
    _, pair, doctor, manager = long_told
    planned(pair, doctor.user)
    compose_due(now=clock.at(DAY, time(18)))
    assert posted(DID_YOU_MEET) == []
    for now in (clock.at(AFTER), clock.at(AFTER, time(12)), clock.at(AFTER + timedelta(days=1))):
        compose_due(now=now)
    assert posted(DID_YOU_MEET) == wanted(DID_YOU_MEET) == [doctor.name, manager.name]
    compose_due(now=clock.at(AFTER + timedelta(days=7)))
    assert len(posted(DID_YOU_MEET)) == 4
    assert yielded(DID_YOU_MEET, DAY + timedelta(days=15)) == []


@pytest.mark.parametrize("answer", ["held", "called off", "moved", "paused", "ended", "left"])
def test_nobody_is_asked_any_more_when_it_is_clear_or_the_pair_does_not_go_on(answer, long_told):
    lead, pair, doctor, manager = long_told
    conversation = planned(pair, doctor.user)
    compose_due(now=clock.at(AFTER))
    assert len(wanted(DID_YOU_MEET)) == 2
    later = clock.at(AFTER, time(10))
    if answer == "held":
        held(pair, manager.user, DAY, now=later)
    elif answer == "called off":
        actions.call_off_conversation(conversation=conversation, by=doctor.user, now=later)
    elif answer == "moved":
        starts_at = clock.at(AFTER, time(16))
        ends_at = starts_at + timedelta(hours=1)
        actions.move_conversation(
            conversation=conversation, starts_at=starts_at, ends_at=ends_at, by=doctor.user, now=later
        )
    elif answer == "paused":
        pair_actions.pause_pair(pair=pair, on=AFTER, by=lead)
    elif answer == "ended":
        pair_actions.end_pair(pair=pair, kind="other", on=AFTER, by=lead)
    else:
        Membership.objects.filter(participant=doctor).update(since=DAY, until=AFTER)
    left = [manager.name] if answer == "left" else []
    assert wanted(DID_YOU_MEET) == left
    assert sorted(each.to.name for each in yielded(DID_YOU_MEET, AFTER)) == left


def test_a_first_meeting_is_asked_about_the_day_after_until_somebody_says_that_it_took_place(long_told):
    _, pair, doctor, manager = long_told
    arranged(pair, doctor.user, DAY)
    assert yielded(DID_YOU_MEET, DAY) == []
    assert [each.to for each in yielded(DID_YOU_MEET, AFTER)] == [doctor.user, manager.user]
    assert yielded(DID_YOU_MEET, DAY + timedelta(days=15)) == []
    held(pair, doctor.user, DAY, now=clock.at(AFTER))
    assert yielded(DID_YOU_MEET, AFTER) == []


def test_when_the_rhythm_has_run_out_it_is_asked_once_and_again_after_another(long_told):
    _, pair, doctor, _ = long_told
    held(pair, doctor.user, DAY, now=clock.at(DAY, time(18)))
    days = [number for number in range(70) if yielded(DID_YOU_MEET, DAY + timedelta(days=number))]
    assert days == [*range(28, 35), *range(56, 63)]
    for number in range(24, 70):
        compose_due(now=clock.at(DAY + timedelta(days=number)))
    asked_on = sorted(set(Nudge.objects.filter(kind=DID_YOU_MEET).values_list("on", flat=True)))
    assert [(on - DAY).days for on in asked_on] == [28, 56]


def test_the_rhythm_is_the_cohorts_own_and_nothing_is_asked_while_something_is_planned(long_told):
    _, pair, doctor, _ = long_told
    held(pair, doctor.user, DAY, now=clock.at(DAY, time(18)))
    pair.cohort.meets_every = 14
    pair.cohort.save()
    on = DAY + timedelta(days=14)
    assert len(yielded(DID_YOU_MEET, on)) == 2
    planned(pair, doctor.user, DAY + timedelta(days=40))
    assert yielded(DID_YOU_MEET, on) == []


def test_nobody_is_asked_after_the_cohort_nor_before_it(long_told):
    _, pair, doctor, _ = long_told
    held(pair, doctor.user, DAY, now=clock.at(DAY, time(18)))
    pair.cohort.ends_on = DAY + timedelta(days=20)
    pair.cohort.save()
    assert yielded(DID_YOU_MEET, DAY + timedelta(days=28)) == []


def test_the_questions_of_a_day_take_as_many_queries_for_one_pair_as_for_more(long_told, django_assert_num_queries):
    _, pair, doctor, _ = long_told
    planned(pair, doctor.user, DAY)
    with django_assert_num_queries(3):
        list(Conversations().reminders(on=AFTER))
    Pair.objects.update(paused_on=None)
    other = Pair.objects.exclude(pk=pair.pk).get()
    planned(other, other.memberships.first().participant.user, DAY)
    with django_assert_num_queries(3):
        assert len(list(Conversations().reminders(on=AFTER))) == 4


def test_a_week_at_once_is_what_each_of_its_days_is_by_itself(long_told):
    _, pair, doctor, _ = long_told
    held(pair, doctor.user, DAY - timedelta(days=60), now=clock.at(DAY - timedelta(days=60), time(18)))
    planned(pair, doctor.user, DAY + timedelta(days=3))
    planned(pair, doctor.user, DAY + timedelta(days=9))
    told = told_in(Conversations(), DAY - timedelta(days=40), 80)
    assert min(told[SOON], told[DID_YOU_MEET]) > 20


# What it says


def mail(person, kind=DID_YOU_MEET):
    return compose(Message.objects.get(kind=kind, recipient=person.user), kind_named(kind)).email


def test_the_message_names_the_day_and_brings_a_link_that_stands_nowhere_else(long_told, settings):
    _, pair, doctor, manager = long_told
    planned(pair, doctor.user)
    compose_due(now=clock.at(AFTER))
    email = mail(doctor)
    question = MeetingQuestion.objects.get()
    token = questions.token_of(question)
    assert email.subject == f"Did you meet {manager.name}?"
    assert f"You were to meet {manager.name} on Friday 5 March 2027." in email.body
    assert f"{settings.SITE_URL}/met/{question.pk}/{token}/" in email.body
    assert (question.participant, question.suggests_on) == (doctor, DAY)
    stored = str(list(Message.objects.values())) + str(list(MeetingQuestion.objects.values()))
    assert token not in stored
    mail(doctor)
    assert MeetingQuestion.objects.count() == 1, "composing it again asks nothing new"
    mail(manager)
    assert MeetingQuestion.objects.count() == 2


def test_it_goes_alone_and_no_lead_reads_it(long_told, client):
    lead, pair, doctor, _ = long_told
    planned(pair, doctor.user)
    compose_due(now=clock.at(AFTER))
    kind = kind_named(DID_YOU_MEET)
    assert (kind.secret, kind.is_editable, kind.has_wording) == (True, False, False)
    assert set(Message.objects.filter(key__startswith="nudge:").values_list("kind", flat=True)) == {DID_YOU_MEET}
    client.force_login(lead)
    message = Message.objects.filter(kind=DID_YOU_MEET).first()
    assert client.get(reverse("post_detail", args=[pair.cohort_id, message.pk])).status_code == 404
    assert not MeetingQuestion.objects.exists()


def test_every_link_of_it_leads_to_this_house(long_told, settings):
    _, pair, doctor, _ = long_told
    planned(pair, doctor.user)
    compose_due(now=clock.at(AFTER))
    email = mail(doctor)
    said = email.body + email.alternatives[0].content
    assert said.count("/met/") == said.count(f"{settings.SITE_URL}/met/") > 1


# The link


@pytest.fixture
def link(two):
    """(pair, doctor, manager, question, address), asked of the doctor today."""
    _, pair, doctor, manager = two
    question = asked(pair, doctor)
    return pair, doctor, manager, question, address_of(question)


def address_of(question) -> str:
    return reverse("we_met", args=[question.pk, questions.token_of(question)])


def press(address, **more):
    return Client().post(address, {**typed_today(), "minutes": "45", **more}, follow=True)


def test_two_steps_from_the_link_lead_to_the_confirmation(link, client):
    pair, _, manager, _, address = link
    page = client.get(address)
    assert page.status_code == 200
    assert "Did you and your partner meet?" in text_of(page)
    assert manager.name not in page.content.decode()
    done = client.post(address, {**typed_today(), "minutes": "45"}, follow=True)
    kept = Conversation.objects.get()
    assert (kept.pair, kept.state, kept.falls_on, kept.minutes) == (pair, State.HELD, clock.today(), 45)
    assert f"You met on {clock.in_full(clock.today())}." in text_of(done)
    assert reverse("conversation_edit", args=[kept.pk]) in done.content.decode()
    assert done.wsgi_request.user.is_anonymous


def test_it_suggests_the_day_and_the_length_that_were_planned(two, client):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user, minutes=90)
    question = asked(pair, doctor, suggests_on=clock.today() - timedelta(days=1), planned=conversation)
    page = client.get(address_of(question)).content.decode()
    assert f'id="id_day_0" inputmode="numeric" autocomplete="off" value="{question.suggests_on.day}"' in page
    assert 'value="90" checked' in page


def test_scanners_change_nothing(link):
    _, _, _, question, address = link
    for _ in range(20):
        assert Client().get(address).status_code == 200
        assert Client().head(address).status_code == 200
    assert Client().post(address, {}).status_code == 200, "an empty sending is answered with the page"
    question.refresh_from_db()
    assert question.answered_at is None
    assert not Conversation.objects.exists()


def test_a_sending_without_its_token_of_the_form_is_refused(link):
    *_, address = link
    assert Client(enforce_csrf_checks=True).post(address, typed_today()).status_code == 403
    assert not Conversation.objects.exists()


def test_pressed_twice_it_records_once_and_both_partners_record_one(link):
    pair, _, manager, _, address = link
    for _ in range(2):
        assert "Recorded" in text_of(press(address))
    assert "Recorded" in text_of(press(address_of(asked(pair, manager)), minutes="90"))
    kept = Conversation.objects.get()
    assert (kept.state, kept.minutes) == (State.HELD, 45)
    assert MeetingQuestion.objects.filter(recorded=kept).count() == 2


@pytest.mark.parametrize("asks", ["planned", "first", "rhythm"])
def test_the_other_partners_link_says_that_it_is_recorded_and_lets_her_say_another_day(two, asks):
    """Of what the first one said it shows the day alone."""
    _, pair, doctor, manager = two
    was_on, before = clock.today() - timedelta(days=1), clock.today() - timedelta(days=9)
    more = {} if asks == "rhythm" else {"suggests_on": was_on}
    if asks == "planned":
        more["planned"] = begun(planned(pair, doctor.user), ago=timedelta(days=1))
    first, second = (address_of(asked(pair, each, about=asks, **more)) for each in (doctor, manager))
    held(pair, doctor.user, clock.today() - timedelta(days=90), summary="Long ago")
    assert "Did you and your partner meet?" in text_of(Client().get(second))
    day = before if asks == "first" else was_on
    press(first, **typed(f"{day.day} {day.month} {day.year}"))
    Conversation.objects.filter(falls_on=day).update(summary="Quillfeather")
    page = Client().get(second)
    assert f"Already recorded for {clock.in_full(day)}" in text_of(page)
    said = page.content.decode()
    assert not [words for words in ("Quillfeather", doctor.name, manager.name, "Did you and") if words in said]
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    assert 'id="id_day_0" inputmode="numeric" autocomplete="off">' in said, "no day stands in the boxes"
    assert "Recorded You met on" in text_of(press(second))
    days = Conversation.objects.held().filter(falls_on__gte=before)
    assert set(days.values_list("falls_on", flat=True)) == {day, clock.today()}


def begun(conversation, ago=timedelta(days=2)):
    """The same conversation, as if its hour had come so long ago."""
    starts_at = timezone.now() - ago
    ends_at, day = starts_at + timedelta(hours=1), clock.local(starts_at).date()
    Conversation.objects.filter(pk=conversation.pk).update(starts_at=starts_at, ends_at=ends_at, falls_on=day)
    return Conversation.objects.get(pk=conversation.pk)


def test_it_confirms_what_was_planned_also_for_another_day(two):
    _, pair, doctor, _ = two
    conversation = begun(planned(pair, doctor.user))
    press(address_of(asked(pair, doctor, planned=conversation, suggests_on=conversation.falls_on)))
    kept = Conversation.objects.get()
    assert (kept.pk, kept.state, kept.starts_at) == (conversation.pk, State.HELD, None)


def test_what_was_moved_into_the_time_to_come_stays_planned(two):
    _, pair, doctor, _ = two
    conversation = planned(pair, doctor.user)
    press(address_of(asked(pair, doctor, planned=conversation, suggests_on=clock.today())))
    found = {each.pk: each.state for each in Conversation.objects.all()}
    assert found.pop(conversation.pk) == State.PLANNED
    assert list(found.values()) == [State.HELD]


def test_after_a_corrected_address_the_old_link_is_dead(two):
    _, pair, doctor, _ = two
    address = address_of(asked(pair, doctor))
    Participant.objects.filter(pk=doctor.pk).update(user=UserFactory())
    assert "no longer in use" in Client().get(address).content.decode()


def test_a_signed_in_readers_page_bears_no_seal_with_its_address(two, client):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    page = client.get(address_of(asked(pair, doctor))).content.decode()
    assert "We met" in page
    assert "kept_for" not in page


def test_the_day_alone_is_needed_and_lies_in_the_past(link):
    *_, address = link
    tomorrow = clock.today() + timedelta(days=1)
    page = press(address, **typed(f"{tomorrow.day} {tomorrow.month} {tomorrow.year}"))
    assert "Enter a day that has come" in text_of(page)
    assert not Conversation.objects.exists()
    press(address, minutes="")
    assert Conversation.objects.get().minutes is None


def is_over(address) -> bool:
    """Whether the address says the same plain page to GET and POST, and records nothing."""
    before = Conversation.objects.count()
    answers = [Client().get(address), Client().post(address, {**typed_today(), "minutes": "45"})]
    assert Conversation.objects.count() == before
    return all(answer.status_code == 404 and OVER in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("place", [0, 31, 63])
def test_a_link_that_is_wrong_by_one_letter_opens_nothing(place, link):
    _, _, _, question, _ = link
    token = questions.token_of(question)
    other = "0" if token[place] != "0" else "1"
    assert is_over(reverse("we_met", args=[question.pk, token[:place] + other + token[place + 1 :]]))


def test_links_of_another_row_or_another_purpose_open_nothing(link, settings):
    pair, _, manager, question, _ = link
    theirs = questions.token_of(asked(pair, manager))
    value = f"{question.pk}:{question.participant_id}:{question.nonce}"
    foreign = [
        salted_hmac(purpose, value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
        for purpose in ("reminders.feed", "reminders.sealing", "conversations.we_meet", "")
    ]
    for token in (theirs, *foreign, question.nonce, "x", "ü" * 64):
        assert is_over(reverse("we_met", args=[question.pk, token])), token
    assert is_over(reverse("we_met", args=[pair.pk, theirs]))


def test_a_link_lives_fourteen_days(two):
    _, pair, doctor, _ = two
    for days, over in ((13, False), (14, False), (15, True)):
        question = asked(pair, doctor, on=clock.today() - timedelta(days=days), about=f"rhythm-{days}")
        opened = questions.opened(question_id=question.pk, token=questions.token_of(question), on=clock.today())
        assert (opened is None) is over, days
    assert is_over(address_of(question))


def test_a_link_ends_with_the_pair_the_membership_and_the_account(two):
    lead, pair, doctor, manager = two
    address = address_of(asked(pair, doctor))
    doctor.user.is_active = False
    doctor.user.save()
    assert is_over(address)
    doctor.user.is_active = True
    doctor.user.save()
    assert Client().get(address).status_code == 200
    Membership.objects.filter(participant=doctor).update(until=clock.today())
    assert is_over(address)
    Membership.objects.filter(participant=doctor).update(until=None)
    other = address_of(asked(pair, manager))
    pair_actions.end_pair(pair=pair, kind="other", on=clock.today(), by=lead)
    assert is_over(address)
    assert is_over(other)


def test_a_link_of_an_older_key_opens_while_that_key_is_honoured(link, settings):
    *_, address = link
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    assert Client().get(address).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert is_over(address)


def test_no_cache_keeps_the_page_and_no_other_house_learns_its_address(link):
    *_, address = link
    page, over = Client().get(address), Client().get(address[:-2] + "x/")
    assert page["Referrer-Policy"] == "same-origin"
    done = press(address)
    for answer in (page, done, over):
        assert answer["Cache-Control"] == "no-store"
    assert done["Referrer-Policy"] == over["Referrer-Policy"] == "no-referrer"


def test_a_conversation_that_is_removed_can_be_recorded_again_by_the_link(link):
    _, doctor, _, _, address = link
    press(address)
    actions.remove_conversation(conversation=Conversation.objects.get(), by=doctor.user, now=timezone.now())
    assert "Did you and your partner meet?" in text_of(Client().get(address))
    press(address)
    assert Conversation.objects.held().count() == 1


# The task list


def labels(people, on) -> dict:
    return {
        step.participant.name: (step.label, step.url) for step in Conversations().next_steps(participants=people, on=on)
    }


def test_the_task_list_says_what_is_next(long_told, django_assert_num_queries):
    _, pair, doctor, manager = long_told
    both = [doctor, manager]
    assert labels(both, EVE) == {}, "the hall asks for the first meeting"
    held(pair, doctor.user, EVE, now=clock.at(DAY))
    plan = ("Plan your next conversation", reverse("conversation_plan", args=[pair.pk]))
    assert labels(both, DAY) == {doctor.name: plan, manager.name: plan}
    ahead = planned(pair, doctor.user, date(2027, 3, 20))
    line = ("Conversation on Saturday 20 March 2027, 2pm to 3pm", ahead.get_absolute_url())
    with django_assert_num_queries(1):
        assert labels(both, DAY) == {doctor.name: line, manager.name: line}
    asks = ("Did you talk on Saturday 20 March 2027, 2pm to 3pm?", reverse("conversation_edit", args=[ahead.pk]))
    assert labels([doctor], date(2027, 3, 21)) == {doctor.name: asks}
    Pair.objects.filter(pk=pair.pk).update(paused_on=DAY)
    assert labels(both, DAY) == {}


def test_a_first_meeting_that_is_over_is_asked_about_in_the_list_and_on_the_page(long_told, client):
    _, pair, doctor, _ = long_told
    arranged(pair, doctor.user, DAY)
    address = f"{reverse('conversation_log', args=[pair.pk])}?day=2027-03-05"
    assert labels([doctor], AFTER) == {doctor.name: ("Did you meet on Friday 5 March 2027?", address)}
    client.force_login(doctor.user)
    page = client.get(address).content.decode()
    assert 'id="id_day_2" inputmode="numeric" autocomplete="off" value="2027"' in page
    assert client.get(address.replace("2027-03-05", "nonsense")).status_code == 200


# A visit says it too


@pytest.mark.parametrize(("later", "is_asked"), [(-1, True), (0, False), (1, False)])
def test_a_visit_on_the_day_of_the_first_meeting_or_since_is_an_answer(long_told, monkeypatch, later, is_asked):
    _, pair, doctor, manager = long_told
    arranged(pair, doctor.user, DAY)
    compose_due(now=clock.at(AFTER))
    assert wanted(DID_YOU_MEET) == [doctor.name, manager.name]
    room, on = moved_in(monkeypatch, Room()), AFTER + timedelta(days=1)
    room.says(pair, DAY + timedelta(days=later))
    monkeypatch.setattr(clock, "today", lambda: on)
    assert bool(yielded(DID_YOU_MEET, on)) is is_asked
    assert bool(wanted(DID_YOU_MEET)) is is_asked
