"""How a pairing goes: named, for the leads, and for nobody in the pair."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.models import Participant
from cohorts.tests.factories import LeadFactory, OrganisationFactory
from elements import clock
from elements.registry import kind_named
from pairs import actions
from pairs.choices import Point
from pairs.element import Hall
from pairs.looking_back import middle_of, pulse_points
from pairs.models import Membership, Pair, Pulse
from pairs.pulses import ASKED, for_leads
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, published, shown
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message

pytestmark = pytest.mark.django_db
TOLD = date(2027, 2, 10)
DAY = timedelta(days=1)
MONTH = TOLD + 30 * DAY
SECRET = "Quillfeather"
TYPED = {"met_enough": "2", "works_for_me": "1", "wants_call": "yes", "is_not_working": "on", "words": SECRET}


def say(pair, by, **more) -> Pulse:
    said = {"met_enough": 2, "works_for_me": 1, "wants_call": True, "words": SECRET, "point": Point.MONTH, **more}
    return actions.say_how_it_goes(pair=pair, by=by.user, now=timezone.now(), **said)


def pages(pulse) -> list[str]:
    return [reverse("pulse_list", args=[pulse.cohort_id]), pulse.get_absolute_url()]


def attention(cohort, viewer=None) -> dict[str, int]:
    viewer = viewer or LeadFactory(cohort=cohort).user
    told = Hall().attention(cohorts=[cohort], on=clock.today(), viewer=viewer)
    return {each.label: each.count for each in told}


IN_TOUCH = "people who would like a lead to be in touch about their pair"


def test_a_partner_tells_it_and_reads_who_sees_it(client, two):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    here = reverse("pulse_edit", args=[pair.pk])
    text = text_of(client.get(here))
    assert f"{manager.name} cannot see them, nor can a lead who is in your pair." in text
    assert "no part of the evaluation" in text
    done = text_of(client.post(here, TYPED, follow=True))
    assert "The leads of your cohort can read it, and nobody else." in done
    pulse = Pulse.objects.get()
    assert (pulse.participant, pulse.point, pulse.met_enough, pulse.works_for_me) == (doctor, "month", 2, 1)
    assert (pulse.wants_call, pulse.is_not_working, pulse.words) == (True, True, SECRET)
    form = client.get(here).context["form"]
    assert (form["words"].value(), form["wants_call"].value()) == (SECRET, "yes")


def test_who_tells_it_early_reads_on_which_day_it_is_asked_for(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    due = pulse_points(pair, pair.cohort)[Point.MONTH]
    early = text_of(client.get(reverse("pulse_edit", args=[pair.pk])))
    assert f"We ask for this on {clock.in_full(due)}." in early
    assert "After a month" not in early
    Pair.objects.filter(pk=pair.pk).update(shown_from=pair.shown_from - timedelta(days=30))
    asked = text_of(client.get(reverse("pulse_edit", args=[pair.pk])))
    assert "After a month: you and" in asked
    assert "We ask for this on" not in asked


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"met_enough": ""}, "Choose how far you agree that we have met as often as we meant to"),
        ({"works_for_me": "6"}, "Choose how far you agree that this pairing is working for me"),
        ({"wants_call": ""}, "Choose whether you would like a call"),
        ({"words": "x" * 2001}, "must be 2,000 characters or fewer"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(given, said, client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    answer = client.post(reverse("pulse_edit", args=[pair.pk]), TYPED | given)
    assert said in text_of(answer)
    assert answer.context["form"]["words"].value() == {**TYPED, **given}["words"]
    assert not Pulse.objects.exists()


def test_no_partner_and_nobody_else_but_leads_finds_it(client, two):
    lead, pair, doctor, manager = two
    pulse = say(pair, doctor)
    stranger = Membership.objects.exclude(pair=pair).first().participant
    found = {}
    for reader in (lead, doctor.user, manager.user, stranger.user):
        client.force_login(reader)
        found[reader] = [client.get(url).status_code for url in pages(pulse)]
    others = [403, 404]
    assert found == {lead: [200, 200], doctor.user: others, manager.user: others, stranger.user: others}
    client.force_login(manager.user)
    for url in ("/", pair.get_absolute_url(), reverse("pulse_edit", args=[pair.pk])):
        assert SECRET not in client.get(url).content.decode()
    assert SECRET not in str(list(AuditRecord.objects.values()))


@pytest.mark.parametrize("who", ["herself", "partner", "former partner"])
def test_a_lead_who_is_or_was_in_the_pair_never_sees_what_was_said_in_it(client, two, who):
    _, pair, doctor, manager = two
    own, other = say(pair, doctor), Pair.objects.exclude(pk=pair.pk).get()
    theirs = say(other, other.memberships.first().participant)
    reader = doctor if who == "herself" else manager
    LeadFactory(cohort=pair.cohort, user=reader.user)
    if who == "former partner":
        Membership.objects.filter(participant=manager).update(until=clock.today())
    client.force_login(reader.user)
    listed = client.get(pages(own)[0]).context["page_obj"]
    assert [pulse.pk for pulse in listed] == [theirs.pk]
    assert client.get(own.get_absolute_url()).status_code == 404
    assert client.post(reverse("pulse_hear", args=[own.pk])).status_code == 404
    assert attention(pair.cohort, reader.user)[IN_TOUCH] == 1, "the other pair's alone"
    assert attention(pair.cohort)[IN_TOUCH] == 2, "another lead hears of both"


def test_words_that_name_a_lead_who_takes_part_are_kept_from_her(client, two):
    _, pair, doctor, _ = two
    other = Pair.objects.exclude(pk=pair.pk).get()
    reader = other.memberships.first().participant
    LeadFactory(cohort=pair.cohort, user=reader.user)
    pulse = say(pair, doctor, words=f"Please not {reader.name}, {SECRET}")
    client.force_login(reader.user)
    assert SECRET not in text_of(client.get(pulse.get_absolute_url()))


def test_a_lead_of_one_organisation_reads_what_its_people_said(client, two):
    _, pair, doctor, manager = two
    own = OrganisationFactory()
    Participant.objects.filter(pk=doctor.pk).update(organisation=own)
    hers, others = say(pair, doctor), say(pair, manager)
    client.force_login(LeadFactory(cohort=pair.cohort, organisation=own).user)
    assert [pulse.pk for pulse in client.get(pages(hers)[0]).context["page_obj"]] == [hers.pk]
    assert [client.get(pulse.get_absolute_url()).status_code for pulse in (hers, others)] == [200, 404]
    assert "End this pair" not in text_of(client.get(hers.get_absolute_url()))


def test_it_is_not_working_opens_the_way_to_another_partner_until_a_lead_was_in_touch(client, two):
    lead, pair, doctor, manager = two
    say(pair, manager, wants_call=False)
    pulse = say(pair, doctor, wants_call=False, is_not_working=True)
    client.force_login(lead)
    home = client.get("/").content.decode()
    assert f'<a href="{pages(pulse)[0]}">{IN_TOUCH.capitalize()}: 1</a>' in home
    listed = client.get(pages(pulse)[0])
    assert next(iter(listed.context["page_obj"])).pk == pulse.pk
    assert "Not working" in text_of(listed)
    page = client.get(pulse.get_absolute_url())
    assert "It isn't working" in text_of(page)
    assert SECRET in text_of(page)
    ways = [reverse("pair_end", args=[pair.pk]), reverse("pair_create", args=[pair.cohort_id])]
    assert [f'href="{way}"' in page.content.decode() for way in ways] == [True, True]
    assert "Noted" in text_of(client.post(reverse("pulse_hear", args=[pulse.pk]), follow=True))
    assert IN_TOUCH not in attention(pair.cohort)
    say(pair, doctor, wants_call=False, is_not_working=True)
    assert IN_TOUCH not in attention(pair.cohort)
    say(pair, doctor, wants_call=True, is_not_working=True)
    assert attention(pair.cohort)[IN_TOUCH] == 1
    actions.end_pair(pair=pair, kind="no_match", on=clock.today(), by=lead)
    assert attention(pair.cohort)[IN_TOUCH] == 1, "until a lead says so; that the pair has ended says nothing of it"
    client.post(reverse("pulse_hear", args=[pulse.pk]))
    assert IN_TOUCH not in attention(pair.cohort)


def test_the_list_says_both_what_does_not_work_and_that_a_call_is_wanted(client, two):
    lead, pair, doctor, _ = two
    client.force_login(lead)
    for is_not_working, wants_call in [(True, True), (True, False), (False, True)]:
        pulse = say(pair, doctor, wants_call=wants_call, is_not_working=is_not_working)
        listed = text_of(client.get(pages(pulse)[0]))
        assert ("Not working" in listed, "Would like a call" in listed) == (is_not_working, wants_call)


def test_only_present_partners_say_it(two):
    lead, pair, doctor, manager = two
    Membership.objects.filter(participant=manager).update(until=clock.today())
    with pytest.raises(actions.IsNoPartner):
        say(pair, manager)
    actions.end_pair(pair=pair, kind="other", on=clock.today(), by=lead)
    with pytest.raises(actions.PairHasEnded):
        say(pair, doctor)


# When it is asked for


@pytest.fixture
def told(two):
    """The two alone, told on 10 February."""
    lead, pair, doctor, manager = two
    Pair.objects.exclude(pk=pair.pk).delete()
    Pair.objects.update(shown_from=clock.at(TOLD))
    pair.refresh_from_db()
    return lead, pair, doctor, manager


def asked(on) -> list[str]:
    return sorted(each.to.name for each in Hall().reminders(on=on) if each.kind == ASKED)


def test_what_is_asked_for_stands_once_on_the_pairs_page(client, told):
    _, pair, doctor, _ = told
    here = f'href="{reverse("pulse_edit", args=[pair.pk])}"'
    client.force_login(doctor.user)
    for days in (1, 30):
        Pair.objects.update(shown_from=timezone.now() - days * DAY)
        assert client.get(pair.get_absolute_url()).content.decode().count(here) == 1


def test_it_is_asked_a_month_after_they_were_told_and_half_way_for_six_weeks(told):
    _, pair, _, _ = told
    middle = middle_of(pair.cohort)
    days = [MONTH - DAY, MONTH, MONTH + 41 * DAY, MONTH + 42 * DAY, middle - DAY, middle, middle + 41 * DAY]
    assert [len(asked(on)) for on in [*days, middle + 42 * DAY]] == [0, 2, 2, 0, 0, 2, 2, 0]


def test_whoever_has_answered_is_asked_no_more_until_the_next_point(told):
    _, pair, doctor, manager = told
    actions.say_how_it_goes(
        pair=pair, point=Point.MONTH, met_enough=5, works_for_me=5, by=doctor.user, now=clock.at(MONTH)
    )
    assert asked(MONTH) == [manager.name]
    assert len(asked(middle_of(pair.cohort))) == 2


def test_a_pair_made_late_is_asked_after_a_month_alone_and_not_after_the_end(told):
    _, pair, _, _ = told
    pair.shown_from = clock.at(middle_of(pair.cohort) - 30 * DAY)
    assert list(pulse_points(pair, pair.cohort)) == ["month"]
    Pair.objects.update(shown_from=clock.at(pair.cohort.ends_on - 30 * DAY))
    assert [len(asked(pair.cohort.ends_on + n * DAY)) for n in (0, 1)] == [2, 0]


def test_nobody_is_asked_of_a_paused_pair(told):
    lead, pair, _, _ = told
    actions.pause_pair(pair=pair, on=TOLD, by=lead)
    assert asked(MONTH) == []


def test_the_message_leads_to_three_questions_and_is_withdrawn_when_answered(told, room, monkeypatch):
    _, pair, doctor, manager = told
    room.says(pair, MONTH)
    given = {"pair": pair, "rhythm": "Monthly", "goals": ["One", "Two"], "now": clock.at(TOLD)}
    actions.write_agreement(by=doctor.user, sign=True, **given)
    actions.sign_agreement(pair=pair, by=manager.user, now=clock.at(TOLD))
    compose_due(now=clock.at(MONTH))
    monkeypatch.setattr(clock, "today", lambda: MONTH)
    message = Message.objects.get(kind=ASKED, recipient=doctor.user)
    email = compose(message, kind_named(ASKED)).email
    assert email.subject == f"How is it going with {manager.name}? Three questions"
    assert f"next={reverse('pulse_edit', args=[pair.pk])}".replace("/", "%2F") in email.body
    assert kind_named(ASKED).wanted(message.ref, doctor.user)
    actions.say_how_it_goes(
        pair=pair, point=Point.MONTH, met_enough=5, works_for_me=5, by=doctor.user, now=clock.at(MONTH)
    )
    assert not kind_named(ASKED).wanted(message.ref, doctor.user)
    assert kind_named(ASKED).wanted(message.ref, manager.user)


def test_few_answers_and_many_cost_the_same_queries(client, django_assert_max_num_queries):
    numbers = []
    for size in (1, 20):
        cohort, lead, _, _ = cohort_of(size, size)
        shown(published(cohort, lead))
        for member in Membership.objects.filter(cohort=cohort).select_related("pair", "participant__user"):
            pulse = say(member.pair, member.participant)
        client.force_login(lead)
        client.get(pages(pulse)[0])
        with django_assert_max_num_queries(10) as queries:
            assert len(client.get(pages(pulse)[0]).context["page_obj"]) == 2 * size
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


@pytest.mark.django_db(transaction=True)
def test_what_must_never_be_the_database_refuses(two):
    _, pair, doctor, _ = two
    say(pair, doctor)
    elsewhere, _, (stranger, *_), _ = cohort_of(1, 1)
    row = {"cohort": pair.cohort, "pair": pair, "participant": doctor, "said_at": timezone.now()}
    scale = {"met_enough": 3, "works_for_me": 3}
    for wrong in (
        {"point": Point.MONTH, **scale},
        {"point": Point.END, **scale},
        {"point": Point.MIDDLE, "met_enough": 0, "works_for_me": 3},
        {"point": Point.MIDDLE, "met_enough": 3, "works_for_me": 6},
        {"point": Point.MIDDLE, **scale, "participant": stranger},
        {"point": Point.MIDDLE, **scale, "cohort": elsewhere},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pulse.objects.create(**row | wrong)


def test_what_was_asked_stands_first_until_a_lead_was_in_touch_even_if_the_pair_has_ended(two):
    lead, pair, doctor, manager = two
    asked = say(pair, doctor)
    newer = say(pair, manager, wants_call=False)
    actions.end_pair(pair=pair, kind="other", on=clock.today(), by=lead)
    assert list(for_leads(lead, pair.cohort)) == [asked, newer]
    actions.hear_pulse(pulse=asked, by=lead, now=timezone.now())
    assert list(for_leads(lead, pair.cohort)) == [newer, asked]


@pytest.mark.sqlite
def test_the_leads_list_is_read_in_the_order_of_its_index(two):
    lead, pair, _, _ = two
    listed = for_leads(lead, pair.cohort).explain()
    assert "USING INDEX pulse_asking_first" in listed
    assert "TEMP B-TREE" not in listed, "thousands would be sorted for a page of fifty"
