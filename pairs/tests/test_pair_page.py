"""The page of a pair, put together from all elements: what partners find on it, and what leads do."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cohorts.actions.states import withdraw_participant
from cohorts.tests.factories import LeadFactory
from elements import clock
from elements.contract import Entry
from pairs import actions
from pairs.history import A_PAGE, FEW, page_of
from pairs.models import FirstMeeting, Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import arranged
from pairs.who_sees import WHO_SEES

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def page(client, two):
    """Reads the pair's page as somebody; gives the answer."""

    def read(user, **query):
        client.force_login(user)
        return client.get(two[1].get_absolute_url(), query)

    return read


def test_partners_read_what_is_next_and_what_took_place_with_links(page, room, two):
    _, pair, doctor, _ = two
    today = clock.today()
    room.says(pair, today + 9 * DAY, today + 2 * DAY, state="planned", is_contact=False)
    room.says(pair, today - 3 * DAY, minutes=90)
    room.says(pair, today - 5 * DAY, state="planned", is_contact=False)
    answer = page(doctor.user)
    text = text_of(answer)
    assert f"Talk : {clock.in_full(today + 2 * DAY)}" in text
    assert re.search(rf"Took place.*{re.escape(clock.in_full(today - 5 * DAY))} Was planned", text)
    assert f"{clock.in_full(today - 3 * DAY)}, 1 hour 30 minutes Took place" in text
    assert "Agree when you meet first" not in text
    assert "Write what you agreed" in text
    assert "Plan a talk" in text
    assert "Hours each way" in text
    assert answer.content.decode().count('href="/talk/"') == 5


def test_on_the_partners_page_come_first_what_is_next_and_what_they_can_do_and_nothing_is_lost(page, room, two):
    _, pair, doctor, manager = two
    today = clock.today()
    room.says(pair, *(today + number * DAY for number in range(1, 6)), state="planned", is_contact=False)
    room.says(pair, *(today - number * DAY for number in range(1, 6)))
    manager.phone, manager.biography = "07700 900123", "I run the beds."
    manager.save()
    text = text_of(page(doctor.user))
    order = ["What is next", "What you can do", f"How to reach {manager.name}", "07700 900123", "Learning agreement"]
    order += ["Hours each way", "You together", "All 10 that are planned or past", f"About {manager.name}"]
    order += ["I run the beds.", "Why you two", "Who can see what"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert clock.in_full(today - 4 * DAY) not in text
    whole = text_of(page(doctor.user, page="1"))
    assert all(clock.in_full(today + number * DAY) in whole for number in range(-5, 6) if number)


def test_a_lead_reads_dates_and_counts_and_finds_no_way_to_what_was_said(page, room, two):
    lead, pair, _, _ = two
    room.says(pair, clock.today() - 3 * DAY, clock.today() - 4 * DAY, minutes=60)
    room.says(pair, clock.today() + DAY, state="planned", is_contact=False)
    answer = page(lead)
    text = text_of(answer)
    assert "Talks 2 so far, 1 planned" in text
    assert f"Last contact {clock.in_full(clock.today() - 3 * DAY)}" in text
    assert "Hours each way" in text
    assert "/talk/" not in answer.content.decode()
    assert "/plan/" not in answer.content.decode()


def test_after_they_met_the_page_says_on_which_day_and_asks_for_none(page, room, two):
    """The first contact of the timeline counts, of whatever kind; a lead is told the same day as the partners."""
    lead, pair, doctor, _ = two
    by = f"Meet by {clock.in_full(pair.first_meeting_by)} First meeting No date yet"
    assert by in text_of(page(lead))
    assert "You met on" not in text_of(page(doctor.user))
    first = clock.in_full(clock.today() - 9 * DAY)
    room.says(pair, clock.today() - 3 * DAY, clock.today() - 9 * DAY, minutes=60)
    text = text_of(page(lead))
    assert f"First meeting Met on {first} Learning agreement" in text
    assert ("Meet by" in text, "No date" in text) == (False, False)
    assert f"You together You met on {first}." in text_of(page(doctor.user))


def test_whoever_leads_and_is_one_of_the_pair_is_a_partner_there(page, room, two):
    _, pair, doctor, _ = two
    LeadFactory(cohort=pair.cohort, user=doctor.user)
    room.says(pair, clock.today() - DAY)
    assert '"/talk/"' in page(doctor.user).content.decode()


def test_each_partner_gets_to_the_own_record_and_no_lead_to_any(client, two):
    lead, pair, *people = two
    for person in people:
        client.force_login(person.user)
        shown = client.get(pair.get_absolute_url()).content.decode()
        found = re.findall(r'href="(/people/[^"]+/record/)"', shown)
        assert set(found) == {reverse("record", args=[person.pk])}
    client.force_login(lead)
    assert "/record/" not in client.get(pair.get_absolute_url()).content.decode()


def test_both_sides_read_in_the_same_words_who_can_see_what(page, two):
    lead, _, doctor, manager = two
    said = [text_of(page(user)).partition("Who can see what")[2] for user in (lead, doctor.user, manager.user)]
    lists = [text[: text.index(WHO_SEES[-1].who) + len(WHO_SEES[-1].who)] for text in said]
    assert len(set(lists)) == 1
    assert all(line.what in lists[0] and line.who in lists[0] for line in WHO_SEES)


@pytest.mark.parametrize("reader", ["lead", "partner"])
def test_three_entries_and_three_hundred_cost_the_same_queries_and_ten_stand_on_a_page(
    page, room, two, reader, client, django_assert_max_num_queries
):
    lead, pair, doctor, _ = two
    user = lead if reader == "lead" else doctor.user
    numbers = []
    for more in (3, 297):
        room.says(pair, *(clock.today() - (len(room.entries) + n + 1) * DAY for n in range(more)))
        page(user)
        # Beside the page's own 24 the session is asked for.
        with django_assert_max_num_queries(25) as queries:
            answer = client.get(pair.get_absolute_url())
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    if reader == "partner":  # below what they can do: the nearest few, and a way to all
        assert answer.content.decode().count("house-timeline__state") == FEW
        assert 'href="?page=1#timeline">All 300 ' in answer.content.decode()
        assert "?page=2" not in answer.content.decode()
        answer = page(user, page="1")
    assert answer.content.decode().count("house-timeline__state") == A_PAGE
    assert "?page=30" in answer.content.decode()
    older = text_of(page(user, page="30"))
    assert clock.in_full(clock.today() - 300 * DAY) in older
    assert text_of(page(user, page="x")) == text_of(page(user, page="1"))


def test_a_first_meeting_is_a_date_and_no_contact_until_something_says_that_they_met(page, room, two):
    lead, pair, doctor, manager = two
    arranged(pair, doctor.user)
    begun = timezone.now() - 3 * DAY
    FirstMeeting.objects.update(starts_at=begun, ends_at=begun + timedelta(hours=1))
    words = f"First meeting {clock.in_full(clock.local(begun).date())}, {clock.in_figures(begun)}, 1 hour Was planned"
    assert words in text_of(page(doctor.user))
    assert f"You were to meet {manager.name}" in text_of(page(doctor.user))
    assert "Last contact None entered yet" in text_of(page(lead))
    room.says(pair, clock.local(begun).date(), starts_at=begun)
    text = text_of(page(doctor.user))
    assert "Was planned" not in text
    assert "You were to meet" not in text
    assert f"Last contact {clock.in_full(clock.local(begun).date())}" in text_of(page(lead))


def test_one_called_off_stays_in_the_timeline(page, two):
    _, pair, doctor, _ = two
    arranged(pair, doctor.user)
    actions.call_off_meeting(pair=pair, by=doctor.user, now=timezone.now())
    text = text_of(page(doctor.user))
    assert "First meeting Friday 5 March 2027, 2pm, 1 hour Called off" in text


def test_a_link_to_the_first_meeting_is_there_while_it_can_be_changed(page, two):
    _, pair, doctor, _ = two
    arranged(pair, doctor.user)
    edit = reverse("meeting_edit", args=[pair.pk])
    assert f'href="{edit}">First meeting' in page(doctor.user).content.decode()
    FirstMeeting.objects.update(starts_at=timezone.now() - DAY, ends_at=timezone.now())
    assert f'href="{edit}">First meeting' not in page(doctor.user).content.decode()


def test_the_rooms_of_a_cohort_that_has_switched_them_off_show_no_door(page, room, two):
    _, pair, doctor, _ = two
    pair.cohort.elements_off = [room.slug]
    pair.cohort.save()
    assert "Plan a talk" not in text_of(page(doctor.user))


def test_home_shows_what_is_next_above_the_partner_and_nothing_of_the_rooms(client, room, two):
    _, _, doctor, manager = two
    client.force_login(doctor.user)
    text = text_of(client.get("/"))
    assert "Hours each way" not in text
    assert text.index("What is next") < text.index(f"Your partner {manager.name}")


def test_when_a_pair_ends_or_somebody_leaves_every_room_lets_go(room, two):
    lead, pair, doctor, _ = two
    actions.end_pair(pair=pair, kind="moved", on=clock.today(), by=lead)
    assert room.let_go_of == [(None, pair)]
    room.let_go_of.clear()
    other = Pair.objects.live().get()
    leaver = other.memberships.first().participant
    withdraw_participant(participant=leaver, by=lead)
    assert sorted(room.let_go_of, key=str) == sorted([(None, other), (leaver, None)], key=str)
    assert doctor.pk != leaver.pk


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, ""), (0, ""), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes")],
)
def test_lengths_are_said_in_hours_and_minutes(minutes, words):
    entry = Entry(None, clock.today(), "Conversation", "done", is_contact=True, minutes=minutes)
    [line] = page_of([entry], clock.today())
    assert line.lasts == words


def test_what_was_called_off_for_a_day_to_come_does_not_stand_under_until_today(page, room, two):
    lead, pair, _, _ = two
    today = clock.today()
    room.says(pair, today - 3 * DAY)
    room.says(pair, today, today + 5 * DAY, today + 2 * DAY, state="cancelled", is_contact=False)
    actions.end_pair(pair=pair, kind="moved", on=today, by=lead)
    text = text_of(page(lead)).partition("What they do, as dates and times")[2]
    ahead, _, past = text.partition("Until today")
    called_off = ahead.partition("Called off")[2]
    near, far = (clock.in_full(today + days * DAY) for days in (2, 5))
    assert called_off.index(near) < called_off.index(far)
    assert [day in past for day in (near, far, clock.in_full(today), clock.in_full(today - 3 * DAY))] == [
        False,
        False,
        True,
        True,
    ]


def test_who_will_read_it_is_said_on_every_screen(page, two):
    """On a phone other hints are left out, and this one stays."""
    _, _, doctor, _ = two
    body = page(doctor.user).content.decode()
    for hint in ("Only you can read it, until you share it", "Only the leads can read it"):
        assert f'house-ways__hint house-ways__hint--readers">{hint}<' in body
    assert 'house-ways__hint">Times in the next four weeks' in body
    css = (settings.BASE_DIR / "static/css/house.css").read_text()
    phone = css.partition(".house-ways__hint { display: none; }")[2].partition("@media")[0]
    assert ".house-ways__hint--readers { display: inline; }" in phone
