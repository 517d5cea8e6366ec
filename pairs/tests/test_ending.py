"""Before a pair ends a lead reads what is called off; after it each who was in it finds what stays hers."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.actions import withdraw_participant
from cohorts.models import Cohort, Participant
from elements import clock
from elements.contract import Step
from pairs import actions, ending
from pairs.choices import EndKind
from pairs.models import FirstMeeting, Lock, Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import arranged, person, published, shown
from reminders import delivery
from reminders.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = {"kind": "no_time", "reason": "Quillfeather is tired of it"}


def end(pair, lead):
    return actions.end_pair(pair=pair, on=clock.today(), by=lead, **WHY)


def has_begun() -> None:
    """Details are asked about no more: of the house itself nothing is left to do."""
    Cohort.objects.update(starts_on=clock.today() - DAY)


@pytest.fixture
def told(two):
    """Two with a first meeting ahead, of which both have heard."""
    lead, pair, doctor, manager = two
    arranged(pair, doctor.user)
    Message.objects.update(next_at=timezone.now() - DAY)
    delivery.send_round()
    return lead, pair, doctor, manager


def test_a_lead_reads_what_is_called_off_and_who_hears_before_anything_is_done(client, told):
    lead, pair, doctor, manager = told
    client.force_login(lead)
    url = reverse("pair_end", args=[pair.pk])
    rows = Message.objects.count(), AuditRecord.objects.count()
    answer = client.post(url, WHY)
    text = text_of(answer)
    assert "End this pair now? Nothing is saved yet." in text
    assert "1 first meeting: Friday 5 March 2027, 2pm" in text
    assert f"{doctor.name} and {manager.name} get 2 messages about these dates" in text
    assert "There is no Undo" in text
    assert "Canteen" not in text
    assert (Message.objects.count(), AuditRecord.objects.count()) == rows
    assert not FirstMeeting.objects.get().called_off
    assert Pair.objects.live().filter(pk=pair.pk).exists()
    yes = {**WHY, "shown": answer.context["yes"].mark, "send": "1"}
    assert "The pair has ended. Please write to both yourself." in text_of(client.post(url, yes, follow=True))
    assert Pair.objects.get(pk=pair.pk).end_reason == WHY["reason"]
    assert Message.objects.filter(kind="pairs.meeting_called_off").count() == 2


def test_the_yes_is_to_what_was_read_and_the_reason_can_be_changed(client, two):
    lead, pair, doctor, _ = two
    client.force_login(lead)
    url = reverse("pair_end", args=[pair.pk])
    answer = client.post(url, WHY)
    assert "They have no dates ahead." in text_of(answer)
    assert "Nobody gets a message about a date." in text_of(answer)
    arranged(pair, doctor.user)
    again = client.post(url, {**WHY, "shown": answer.context["yes"].mark, "send": "1"})
    assert "have changed since you read them" in text_of(again)
    assert Pair.objects.live().filter(pk=pair.pk).exists()
    assert WHY["reason"] in client.post(url, {**WHY, "change": "1"}).content.decode()
    end(pair, lead)
    assert "This pair has ended." in text_of(client.post(url, WHY, follow=True))


def test_home_says_kindly_that_the_pair_has_ended_and_leads_to_what_stays(client, room, two):
    lead, pair, doctor, manager = two
    room.says(pair, clock.today() - 2 * DAY)
    client.force_login(doctor.user)
    assert "has ended" not in text_of(client.get("/"))
    end(pair, lead)
    home = client.get("/")
    text = text_of(home)
    assert f"Your pair with {manager.name} has ended , on {clock.in_full(clock.today())}" in text
    assert "The leads will be in touch with you" in text
    assert f"Ask your lead: {lead.email}" in text
    assert not re.search("Quillfeather|no time|There was", text)
    kept = reverse("kept_list", args=[doctor.pk])
    links = re.findall(r'href="(/(?:participants|people)/[^"]+)"', home.content.decode())
    assert {kept, reverse("record", args=[doctor.pk]), reverse("reflection_list", args=[doctor.pk])} <= set(links)
    assert [client.get(link).status_code for link in links] == [200] * len(links)
    page = client.get(kept)
    assert 'href="/talk/"' in page.content.decode()
    assert f"You and {manager.name} were partners until" in text_of(page)


@pytest.mark.parametrize("kind", EndKind.values)
def test_home_closes_with_the_programme_and_tells_no_other_kind_of_end(client, two, kind):
    lead, pair, doctor, _ = two
    has_begun()
    actions.end_pair(pair=pair, kind=kind, reason="", on=clock.today(), by=lead)
    client.force_login(doctor.user)
    text = text_of(client.get("/"))
    is_finished = kind == EndKind.FINISHED
    assert ("The programme has come to its end. Nothing more is expected of you" in text) == is_finished
    assert ("Thank you for taking part" in text) == is_finished
    assert ("about what comes next" in text) != is_finished
    assert is_finished or EndKind(kind).label not in text


def test_the_old_address_of_the_pair_leads_who_was_in_it_to_what_stays_hers(client, two):
    lead, pair, doctor, _ = two
    client.force_login(doctor.user)
    assert client.get(pair.get_absolute_url()).status_code == 200
    end(pair, lead)
    answer = client.get(pair.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, reverse("kept_list", args=[doctor.pk]))
    stranger = Participant.objects.exclude(pk__in=pair.memberships.values("participant")).first()
    client.force_login(stranger.user)
    assert client.get(pair.get_absolute_url()).status_code == 404
    client.force_login(lead)
    assert client.get(pair.get_absolute_url()).status_code == 200


def test_the_address_of_a_pair_that_she_never_was_told_of_leads_nowhere(client, two):
    lead, pair, doctor, _ = two
    Pair.objects.update(shown_from=timezone.now() + DAY)
    end(pair, lead)
    Pair.objects.update(shown_from=timezone.now() - DAY)
    client.force_login(doctor.user)
    assert client.get(pair.get_absolute_url()).status_code == 404


def test_what_is_dated_after_the_end_is_not_kept(client, room, two):
    lead, pair, doctor, _ = two
    end(pair, lead)
    room.says(pair, clock.today() + DAY)
    client.force_login(doctor.user)
    assert "/talk/" not in client.get(reverse("kept_list", args=[doctor.pk])).content.decode()


def test_who_left_before_she_was_told_reads_of_no_end(client, two):
    lead, pair, doctor, _ = two
    Pair.objects.update(shown_from=timezone.now() + DAY)
    end(pair, lead)
    Pair.objects.update(shown_from=timezone.now() - DAY)
    client.force_login(doctor.user)
    assert "has ended" not in text_of(client.get("/"))


def test_who_is_paired_anew_reads_of_the_new_pair_and_keeps_the_way_to_the_old(client, two):
    lead, pair, doctor, manager = two
    end(pair, lead)
    other = Participant.objects.filter(cohort=pair.cohort, side="b").exclude(pk=manager.pk).get()
    end(Pair.objects.get(memberships__participant=other), lead)
    Lock.objects.all().delete()
    actions.lock(cohort=pair.cohort, a=doctor, b=other, by=lead)
    shown(published(pair.cohort, lead))
    client.force_login(doctor.user)
    text = text_of(client.get("/"))
    assert "has ended" not in text
    assert f"Your partner {other.name}" in text
    assert f"What stays yours of your earlier pair with {manager.name}" in text


def test_a_letter_that_somebody_else_causes_meanwhile_is_not_of_this_ending(client, told, monkeypatch):
    """On PostgreSQL what another transaction commits shows at once: here it is written while the pair is ended."""
    lead, pair, _, _ = told
    done = actions.end_pair

    def ends_while_others_write(**given):
        done(**given)
        other = Message.objects.filter(kind="pairs.meeting_called_off").first()
        other.pk, other.key, other.message_id = uuid.uuid4(), "somebody else's", "<else@pairs.example>"
        other.save(force_insert=True)

    monkeypatch.setattr(ending, "end_pair", ends_while_others_write)
    found = ending.ending_of(Pair.objects.with_members().get(pk=pair.pk), kind="no_time", on=clock.today(), by=lead)
    assert found.messages == 2


def test_the_example_shows_the_way_on_of_a_pair_that_has_ended(client, told):
    lead, pair, _, _ = told
    client.force_login(lead)
    text = text_of(client.post(reverse("pair_end", args=[pair.pk]), WHY))
    assert f"ask the leads of {pair.cohort.programme.name}" in text
    assert "Your first meeting is called off." in text
    assert "Agree on another day" not in text


def test_who_had_a_partner_is_not_told_to_wait_as_if_there_had_been_none(client, two):
    lead, pair, doctor, _ = two
    has_begun()
    client.force_login(doctor.user)
    end(pair, lead)
    text = text_of(client.get("/"))
    assert "Nothing more is expected of you" in text
    assert "We write to you when pairs are published" not in text


def test_the_news_stands_above_what_is_open_and_does_not_say_that_nothing_is(client, room, two):
    lead, pair, doctor, manager = two
    client.force_login(doctor.user)
    end(pair, lead)
    text = text_of(client.get("/"))
    news = f"Your pair with {manager.name} has ended"
    assert "Write what you agreed" in text
    assert text.index(news) < text.index("What is next") < text.index("What stays yours")
    assert "What you learnt together stays yours. What is still open for you stands below." in text
    assert "Nothing more is expected of you" not in text


@pytest.mark.parametrize("state", ["to do", "planned", "optional", "waiting", "done"])
def test_nothing_is_expected_only_where_nothing_is_open(client, room, two, monkeypatch, state):
    lead, pair, doctor, _ = two
    has_begun()
    monkeypatch.setattr(type(room), "next_steps", lambda self, **asked: [Step(doctor, "A thing", state=state)])
    client.force_login(doctor.user)
    end(pair, lead)
    is_open = state in {"to do", "planned"}
    assert ("Nothing more is expected of you" in text_of(client.get("/"))) != is_open


def test_who_withdrew_finds_what_stays_hers_and_nothing_to_do(client, two):
    lead, _, doctor, manager = two
    client.force_login(doctor.user)
    withdraw_participant(participant=doctor, by=lead)
    home = client.get("/")
    text = text_of(home)
    assert f"Your pair with {manager.name} has ended" in text
    assert "If you have a question, write to the leads." in text
    assert f"Ask your lead: {lead.email}" in text
    assert "What is next" not in text
    assert "You have no part in a programme yet" not in text
    links = re.findall(r'href="(/(?:participants|people)/[^"]+)"', home.content.decode())
    assert reverse("kept_list", args=[doctor.pk]) in links
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_who_withdrew_without_a_partner_has_no_part_any_more(client, two):
    lead, pair, *_ = two
    alone = person(pair.cohort, "a", 9)
    client.force_login(alone.user)
    withdraw_participant(participant=alone, by=lead)
    assert "You have no part in a programme yet" in text_of(client.get("/"))


def test_what_was_called_off_they_did_not_do_together(client, room, two):
    lead, pair, doctor, _ = two
    room.says(pair, clock.today() - 2 * DAY, state="cancelled", is_contact=False)
    end(pair, lead)
    client.force_login(doctor.user)
    text = text_of(client.get(reverse("kept_list", args=[doctor.pk])))
    assert "Nothing was entered of what you did together" in text
    assert "Called off" not in text
