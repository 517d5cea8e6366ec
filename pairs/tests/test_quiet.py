"""Pairs without contact: partners are asked twice, then a lead sees them and may ring."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cohorts.models import Cohort, Participant
from cohorts.tests.factories import LeadFactory, OrganisationFactory
from elements import clock, timeline
from elements.keys import as_written
from elements.registry import kind_named
from pairs import actions
from pairs.element import Hall
from pairs.models import FirstMeeting, Membership, Pair
from pairs.quiet import QUIET, concerns, counted_days, in_words, watched
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, published, shown
from reminders.choices import State
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message, Nudge

TOLD = date(2027, 2, 10)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LIMIT = timedelta(days=35)  # the cohort meets every 28 days
QUIET_ON = TOLD + LIMIT


@pytest.fixture
def told(two):
    """The two alone, told on 10 February."""
    lead, pair, doctor, manager = two
    Pair.objects.exclude(pk=pair.pk).delete()
    Pair.objects.update(shown_from=clock.at(TOLD, time(15)))
    pair.refresh_from_db()
    return lead, pair, doctor, manager


def asked(on) -> list[str]:
    return sorted(each.to.name for each in Hall().reminders(on=on) if each.kind == QUIET)


def kinds() -> set[str]:
    return {each.kind for each in Hall().reminders(on=clock.today())}


def seen(on) -> list[int]:
    found = concerns(Pair.objects.all(), cohorts=Cohort.objects.all(), on=on)
    return [len(found.quiet), len(found.unmet), len(found.undated)]


DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(first=DAYS, last=DAYS)
def test_days_are_counted_without_those_of_august(first, last):
    one_by_one = [first + DAY * n for n in range(1, (last - first).days + 1)]
    assert counted_days(first, last) == sum(day.month != 8 for day in one_by_one)


@pytest.mark.django_db
def test_partners_are_asked_when_the_rhythm_and_a_week_are_over_twice_a_week_apart(told):
    _, pair, doctor, manager = told
    days = {}
    for number in range(40):
        on = QUIET_ON - 2 * DAY + number * DAY
        compose_due(now=clock.at(on, time(8, 59)))
        compose_due(now=clock.at(on))
        Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=clock.at(on))
    for nudge in Nudge.objects.filter(kind=QUIET).select_related("message__recipient"):
        days.setdefault(nudge.message.recipient, []).append((nudge.on, nudge.about))
    twice = [(QUIET_ON, f"{pair.pk}:{TOLD}"), (QUIET_ON + WEEK, f"{pair.pk}:{TOLD}")]
    assert days == {doctor.user: twice, manager.user: twice}


@pytest.mark.django_db
def test_silence_is_counted_from_the_last_contact_of_any_kind_and_a_new_one_is_asked_about_anew(told, room):
    _, pair, doctor, manager = told
    room.says(pair, TOLD + 20 * DAY)
    assert asked(QUIET_ON) == []
    [first, second] = [each for each in Hall().reminders(on=QUIET_ON + 20 * DAY) if each.kind == QUIET]
    assert {first.to, second.to} == {doctor.user, manager.user}
    assert first.about == f"{pair.pk}:{TOLD + 20 * DAY}"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_what_did_not_take_place_is_no_contact(told, room, state):
    _, pair, _, _ = told
    room.says(pair, TOLD + 20 * DAY, state=state, is_contact=False)
    assert len(asked(QUIET_ON)) == 2


@pytest.mark.django_db
def test_a_first_meeting_in_the_past_is_no_contact_by_itself(told):
    _, pair, _, _ = told
    at = clock.at(TOLD + 20 * DAY)
    FirstMeeting.objects.create(pair=pair, starts_at=at, ends_at=at + timedelta(hours=1), changed_at=at)
    [found] = watched(Pair.objects.all(), on=QUIET_ON)
    assert (found.last, found.since, found.is_quiet) == (None, TOLD, True)


@pytest.mark.django_db
def test_nobody_is_asked_for_a_next_day_that_is_planned_for_the_week(told, room):
    _, pair, _, _ = told
    room.says(pair, QUIET_ON + WEEK, state="planned", is_contact=False)
    assert [len(asked(on)) for on in (QUIET_ON - DAY, QUIET_ON)] == [0, 0]
    room.entries.clear()
    room.says(pair, QUIET_ON + WEEK + DAY, state="planned", is_contact=False)
    assert len(asked(QUIET_ON)) == 2


@pytest.mark.django_db
def test_days_of_august_are_left_out(told):
    Pair.objects.update(shown_from=clock.at(date(2027, 7, 20)))
    last_of_silence = date(2027, 7, 20) + LIMIT + timedelta(days=31)
    assert [len(asked(on)) for on in (last_of_silence - DAY, last_of_silence)] == [0, 2]


@pytest.mark.django_db
def test_a_paused_pair_is_left_in_peace_and_begins_afresh(told):
    lead, pair, _, _ = told
    actions.pause_pair(pair=pair, on=TOLD, by=lead)
    assert asked(QUIET_ON) == []
    assert seen(QUIET_ON + 3 * WEEK) == [0, 0, 0]
    actions.resume_pair(pair=pair, on=TOLD + 30 * DAY, by=lead)
    assert [len(asked(TOLD + 30 * DAY + LIMIT + more * DAY)) for more in (-1, 0)] == [0, 2]


@pytest.mark.django_db
def test_who_has_ended_or_is_not_told_yet_or_is_past_the_end_is_not_asked(told):
    lead, pair, _, manager = told
    Cohort.objects.update(ends_on=QUIET_ON)
    assert [len(asked(on)) for on in (QUIET_ON, QUIET_ON + DAY)] == [2, 0]
    Pair.objects.update(shown_from=clock.at(QUIET_ON + DAY, time(0)))
    assert watched(Pair.objects.all(), on=QUIET_ON) == []
    Pair.objects.update(shown_from=clock.at(TOLD))
    Membership.objects.filter(participant=manager).update(until=QUIET_ON)
    assert len(asked(QUIET_ON)) == 1
    actions.end_pair(pair=pair, kind="moved", on=QUIET_ON, by=lead)
    assert asked(QUIET_ON) == []


@pytest.mark.django_db
def test_what_is_asked_is_withdrawn_when_they_have_met(told, room, monkeypatch):
    _, pair, doctor, manager = told
    room.says(pair, TOLD)
    monkeypatch.setattr(clock, "today", lambda: QUIET_ON)
    ref = {"pair": str(pair.pk), "since": TOLD.isoformat()}
    assert [each.ref for each in Hall().reminders(on=QUIET_ON) if each.kind == QUIET] == [ref, ref]
    message = Message(kind=QUIET, key=QUIET, recipient=doctor.user, ref=ref, scope=pair.cohort_id)
    wanted = kind_named(QUIET).wanted
    assert wanted(message.ref, doctor.user)
    assert not wanted(message.ref, LeadFactory().user)
    email = compose(message, kind_named(QUIET)).email
    assert email.subject == f"When do you and {manager.name} meet next?"
    assert "since Wednesday 10 February 2027, that is for 5 weeks." in email.body
    room.says(pair, QUIET_ON)
    assert not wanted(message.ref, doctor.user)


@pytest.mark.django_db
def test_a_lead_sees_it_two_weeks_after_the_first_request(told):
    _, _, _, _ = told
    for_lead = QUIET_ON + 2 * WEEK
    assert [seen(on)[0] for on in (for_lead - DAY, for_lead)] == [0, 1]


@pytest.mark.django_db
def test_a_pair_that_has_not_met_by_its_day_is_seen_until_anything_says_that_they_met(told, room):
    _, pair, _, _ = told
    by = pair.first_meeting_by
    assert [seen(on)[1] for on in (by, by + DAY)] == [0, 1]
    room.says(pair, by - DAY)
    assert seen(by + DAY)[1] == 0


@pytest.mark.django_db
def test_whoever_met_without_a_first_meeting_is_asked_for_none(told, room, client):
    _, pair, doctor, _ = told
    Pair.objects.update(shown_from=timezone.now() - timedelta(days=20))
    client.force_login(doctor.user)
    assert "pairs.meeting_missing" in kinds()
    assert seen(clock.today())[2] == 1
    assert "Agree when you meet first" in text_of(client.get("/"))
    kind, ref = kind_named("pairs.meeting_missing"), {"pair": str(pair.pk)}
    assert kind.wanted(ref, doctor.user)
    room.says(pair, clock.today() - DAY)
    assert not kind.wanted(ref, doctor.user)
    assert "pairs.meeting_missing" not in kinds()
    assert seen(clock.today())[2] == 0
    assert "Agree when you meet first" not in text_of(client.get("/"))


@pytest.fixture
def silent(db, monkeypatch):
    """Three pairs: quiet, quiet with a phone of one, and unmet; it is the day on which leads see them."""
    cohort, lead, doctors, _ = cohort_of(3, 3)
    shown(published(cohort, lead))
    Pair.objects.update(shown_from=clock.at(TOLD))
    monkeypatch.setattr(clock, "today", lambda: QUIET_ON + 2 * WEEK)
    return cohort, lead, doctors


@pytest.mark.django_db
def test_a_lead_finds_how_long_and_rings_or_writes(silent, client, room):
    cohort, lead, doctors = silent
    Participant.objects.filter(pk=doctors[0].pk).update(phone="07700 900123")
    lately = Pair.objects.get(memberships__participant=doctors[1])
    room.says(lately, QUIET_ON)
    client.force_login(lead)
    home = client.get("/").content.decode()
    page = reverse("quiet_list", args=[cohort.pk])
    for state, words in (
        ("quiet", "Pairs that have gone quiet"),
        ("unmet", "Pairs that have not met by the day for it"),
    ):
        assert f'<a href="{page}?state={state}">{words}: 2</a>' in home
        listed = client.get(reverse("pair_list", args=[cohort.pk]), {"state": state})
        assert listed.context["page_obj"].paginator.count == 2
    answer = client.get(page)
    assert "Quiet for 7 weeks . No contact entered yet." in text_of(answer)
    assert 'href="tel:07700900123"' in answer.content.decode()
    assert f'href="mailto:{doctors[0].user.email}"' in answer.content.decode()
    assert f"Ring 07700 900123 Write to {doctors[0].user.email}" in text_of(answer)
    both = Pair.objects.get(memberships__participant=doctors[0]).memberships.all()
    assert f'href="mailto:{",".join(each.participant.user.email for each in both)}"' in answer.content.decode()
    assert doctors[1].name not in text_of(answer)
    assert "To meet by Monday 15 February 2027" in text_of(client.get(page, {"state": "unmet"}))


@pytest.mark.django_db
def test_a_lead_of_one_organisation_reaches_its_people_alone(silent, client):
    cohort, _, doctors = silent
    own = OrganisationFactory()
    Participant.objects.filter(pk=doctors[0].pk).update(organisation=own)
    client.force_login(LeadFactory(cohort=cohort, organisation=own).user)
    text = client.get(reverse("quiet_list", args=[cohort.pk])).content.decode()
    partner = Pair.objects.get(memberships__participant=doctors[0]).memberships.exclude(participant=doctors[0]).get()
    assert f"{doctors[0].name} and somebody of another organisation" in text
    assert [words for words in (partner.participant.name, partner.participant.user.email) if words in text] == []
    assert doctors[1].name not in text


@pytest.mark.django_db
def test_few_pairs_and_many_cost_the_same_queries(client, room, monkeypatch, django_assert_max_num_queries):
    numbers = []
    for size in (1, 20):
        cohort, lead, _, _ = cohort_of(size, size)
        shown(published(cohort, lead))
        Pair.objects.filter(cohort=cohort).update(shown_from=clock.at(TOLD))
        monkeypatch.setattr(clock, "today", lambda: QUIET_ON + 2 * WEEK)
        client.force_login(lead)
        page, home = reverse("quiet_list", args=[cohort.pk]), "/"
        client.get(page)
        with django_assert_max_num_queries(12) as queries:
            assert len(client.get(page).context["page_obj"]) == size
        with django_assert_max_num_queries(24) as at_home:
            client.get(home)
        with django_assert_max_num_queries(11) as of_reminders:  # of them five of the rooms' timelines
            list(Hall().reminders(on=QUIET_ON))
        numbers.append((len(queries), len(at_home), len(of_reminders)))
        monkeypatch.setattr(clock, "today", timezone.localdate)
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(("days", "words"), [(1, "1 day"), (6, "6 days"), (7, "1 week"), (50, "7 weeks")])
def test_silence_is_said_in_weeks(days, words):
    assert in_words(days) == words


@pytest.mark.django_db
def test_silence_begins_with_the_launch_for_whoever_was_told_before_it_and_is_said_in_whole_weeks(told):
    _, pair, _, _ = told
    launch = TOLD + 9 * DAY
    Cohort.objects.filter(pk=pair.cohort_id).update(starts_on=launch)
    [found] = watched(Pair.objects.all(), on=launch + 46 * DAY)
    assert (found.since, found.days, in_words(found.days)) == (launch, 46, "6 weeks")
    assert [len(asked(launch + LIMIT - more * DAY)) for more in (1, 0)] == [0, 2]
    for_lead = launch + LIMIT + 2 * WEEK
    assert [seen(on)[0] for on in (for_lead - DAY, for_lead)] == [0, 1]


@pytest.mark.django_db
def test_what_the_database_reckons_is_what_the_timeline_says(told, room):
    """Each element answers for itself; an element without a query of its own is read off its timeline."""
    _, pair, _, _ = told
    on = TOLD + 20 * DAY
    room.says(pair, TOLD, TOLD + 3 * DAY, on + DAY)
    room.says(pair, on + 9 * DAY, on + 4 * DAY, TOLD - DAY, state="planned", is_contact=False)
    room.says(pair, on + 2 * DAY, state="cancelled", is_contact=False)
    at = clock.at(on + 6 * DAY)
    FirstMeeting.objects.create(pair=pair, starts_at=at, ends_at=at + timedelta(hours=1), changed_at=at)
    pairs, cohorts = Pair.objects.all(), Cohort.objects.all()
    assert timeline.contacts(pairs, cohorts=cohorts, on=on) == {as_written(pair.pk): (TOLD + 3 * DAY, on + 4 * DAY)}
    room.entries.clear()
    assert timeline.contacts(pairs, cohorts=cohorts, on=on) == {as_written(pair.pk): (None, on + 6 * DAY)}
    FirstMeeting.objects.update(called_off=True)
    assert timeline.contacts(pairs, cohorts=cohorts, on=on) == {}


@pytest.mark.django_db
def test_a_cohort_that_switched_a_room_off_does_not_ask_it(told, room):
    _, pair, _, _ = told
    room.says(pair, TOLD)
    Cohort.objects.filter(pk=pair.cohort_id).update(elements_off=[room.slug])
    assert timeline.contacts(Pair.objects.all(), cohorts=Cohort.objects.all(), on=TOLD) == {}
    assert room.asked == 0


@pytest.mark.django_db
def test_leads_pages_make_no_entry_of_what_pairs_did(silent, client, monkeypatch):
    cohort, lead, _ = silent
    monkeypatch.setattr(timeline, "of", lambda *given, **more: pytest.fail("entries were made"))
    client.force_login(lead)
    for page in (reverse("quiet_list", args=[cohort.pk]), reverse("cohort_detail", args=[cohort.pk]), "/"):
        assert client.get(page).status_code == 200
