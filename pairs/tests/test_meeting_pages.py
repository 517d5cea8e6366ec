"""The first meeting as partners arrange it on a page, and what leads, former members and others see of it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.tests.factories import LeadFactory
from elements import clock
from pairs import actions
from pairs.models import FirstMeeting, Membership, Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import arranged, cohort_of, person, published, shown, typed
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(two):
    """The two, with time to meet until the end of the cohort: no day of these tests is warned of."""
    Pair.objects.update(first_meeting_by=date(2027, 10, 31))
    two[1].refresh_from_db()
    return two


def addresses(pair) -> tuple[str, str]:
    return tuple(reverse(name, args=[pair.pk]) for name in ("meeting_edit", "meeting_call_off"))


def test_whoever_asks_for_the_head_of_a_page_gets_it(client, two):
    _, pair, doctor, _ = two
    arranged(pair, doctor.user)
    client.force_login(doctor.user)
    pages = [*addresses(pair), reverse("private_word_list", args=[doctor.pk])]
    assert [client.head(page).status_code for page in pages] == [200, 200, 200]
    assert not FirstMeeting.objects.get().called_off


def test_one_arranges_the_other_moves_and_calls_off(client, two):
    _, pair, doctor, manager = two
    edit, off = addresses(pair)
    client.force_login(doctor.user)
    home = client.get("/").content.decode()
    assert re.search(rf'href="{edit}"[^>]*>Agree when you meet first</a>', home)
    assert f'href="{edit}"' in client.get(pair.get_absolute_url()).content.decode()
    done = text_of(client.post(edit, typed(), follow=True))
    assert "You meet on Friday 5 March 2027, 2pm to 3pm. Each of you gets it by email" in done
    assert f"Meet {manager.name} on Friday 5 March 2027, 2pm to 3pm , at Canteen, North." in done
    client.force_login(manager.user)
    words = f"Meet {doctor.name} on Friday 5 March 2027, 2pm to 3pm, at Canteen, North"
    assert re.search(rf'href="{pair.get_absolute_url()}"[^>]*>{words}</a>', client.get("/").content.decode())
    shown = client.get(edit).content.decode()
    assert [value in shown for value in ('value="2pm"', 'value="2027"', 'value="Canteen, North"')] == [True] * 3
    moved = text_of(client.post(edit, typed("9 3 2027", "9.30am", "90", "https://meet.example/x"), follow=True))
    assert "Tuesday 9 March 2027, 9:30am to 11am" in moved
    assert (
        'online: <a href="https://meet.example/x" rel="nofollow">'
        in client.get(pair.get_absolute_url()).content.decode()
    )
    assert f"Meet {doctor.name} on Tuesday 9 March 2027, 9:30am to 11am, online You can move it" in text_of(
        client.get("/")
    )
    assert "Call off your first meeting?" in text_of(client.get(off))
    assert "is called off" in text_of(client.post(off, follow=True))
    assert "Agree when you meet first" in text_of(client.get(pair.get_absolute_url()))
    assert FirstMeeting.objects.get().sequence == 3
    assert Message.objects.filter(kind__contains="meeting_").count() == 6
    assert "no first meeting ahead" in text_of(client.get(off, follow=True))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": ""}, "Enter the day"),
        ({"day": "31 2 2027"}, "Day must be a real date"),
        ({"day": "1 3 1999"}, "Enter a day that is still to come"),
        ({"day": "1 1 0001"}, "Enter a day that is still to come"),
        ({"day": "1 11 2027"}, "Enter a day up to Sunday 31 October 2027, when the cohort ends"),
        ({"day": "31 12 9999"}, "Enter a day up to Sunday 31 October 2027, when the cohort ends"),
        ({"hour": ""}, "Enter a start time, like 2pm"),
        ({"hour": "afternoon"}, "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ({"day": "28 3 2027", "hour": "1:30am"}, "The clocks go forward then. Choose 12:45am or 2am."),
        ({"minutes": "61"}, "Choose how long you meet"),
        ({"minutes": ""}, "Choose how long you meet"),
        ({"place": "x" * 201}, "Place must be 200 characters or fewer. It has 201"),
        ({"place": "room \u202eon the left"}, "marks that change the direction"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(given, said, client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    sent = typed(**{"day": "5 3 2027", "hour": "14:15", "place": "By the lifts", **given})
    page = client.post(addresses(pair)[0], sent)
    assert said in text_of(page)
    assert not FirstMeeting.objects.exists()
    assert not Message.objects.filter(kind__contains="meeting_").exists()
    assert [page.context["form"][name].value() for name in ("hour", "place")] == [sent["hour"], sent["place"]]


def test_a_start_earlier_today_is_refused_and_one_later_is_not(client, two):
    _, pair, doctor, _ = two
    pair.cohort.starts_on, pair.cohort.ends_on = clock.today(), clock.today() + timedelta(days=300)
    pair.cohort.save()
    client.force_login(doctor.user)
    today = f"{clock.today():%d %m %Y}"
    assert "Enter a start time that is still to come" in text_of(client.post(addresses(pair)[0], typed(today, "0:00")))
    tomorrow = f"{clock.today() + timedelta(days=1):%d %m %Y}"
    assert client.post(addresses(pair)[0], typed(tomorrow, "0:00")).status_code == 302


def test_the_hour_that_comes_twice_is_the_first_and_says_so(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    done = text_of(client.post(addresses(pair)[0], typed("31 10 2027", "1:30am", "30"), follow=True))
    assert "Sunday 31 October 2027, 1:30am BST to 1am GMT" in done
    assert FirstMeeting.objects.get().starts_at.isoformat() == "2027-10-31T00:30:00+00:00"


def test_of_two_who_save_at_once_the_later_is_told_and_may_save_again(client, two):
    _, pair, doctor, manager = two
    edit, off = addresses(pair)
    client.force_login(manager.user)
    seen = {"seen": client.get(edit).context["form"]["seen"].value()}
    arranged(pair, doctor.user)
    refused = client.post(edit, typed("9 3 2027", "9am") | seen)
    assert "it is on Friday 5 March 2027, 2pm to 3pm. Send this page again" in text_of(refused)
    assert 'value="9am"' in refused.content.decode()
    assert Message.objects.filter(kind="pairs.meeting_set").count() == 2
    again = typed("9 3 2027", "9am") | {"seen": refused.context["form"]["seen"].value()}
    assert client.post(edit, again).status_code == 302
    assert "it is on Tuesday 9 March 2027" in text_of(client.post(off, {"seen": "1"}, follow=True))
    assert not FirstMeeting.objects.get().called_off


def test_a_double_click_arranges_once(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    answers = [client.post(addresses(pair)[0], typed() | {"seen": "0"}) for _ in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, pair.get_absolute_url())}
    assert Message.objects.filter(kind="pairs.meeting_set").count() == 2


def test_another_pair_and_a_former_member_find_nothing_and_a_lead_may_not(client, two):
    lead, pair, doctor, _ = two
    arranged(pair, doctor.user)
    stranger = Membership.objects.exclude(pair=pair).first().participant
    former = person(pair.cohort, "a", 9)
    Membership.objects.create(
        cohort=pair.cohort, pair=pair, participant=former, since=pair.started_on, until=timezone.localdate()
    )
    former_lead = person(pair.cohort, "b", 9)
    LeadFactory(cohort=pair.cohort, user=former_lead.user)
    Membership.objects.create(
        cohort=pair.cohort, pair=pair, participant=former_lead, since=pair.started_on, until=timezone.localdate()
    )
    found = {}
    for reader in (doctor.user, lead, stranger.user, former.user, former_lead.user):
        client.force_login(reader)
        answers = [client.get(url) for url in addresses(pair)] + [client.post(url, typed()) for url in addresses(pair)]
        found[reader] = {answer.status_code for answer in answers}
    may, must_not, cannot_see = {200, 302}, {403}, {404}
    assert found == {
        doctor.user: may,
        lead: must_not,
        former_lead.user: must_not,
        stranger.user: cannot_see,
        former.user: cannot_see,
    }


def test_a_lead_reads_that_it_is_arranged_and_when_but_not_where_and_changes_nothing(client, two):
    lead, pair, doctor, _ = two
    client.force_login(lead)
    assert "First meeting No date yet" in text_of(client.get(pair.get_absolute_url()))
    arranged(pair, doctor.user, place="Quillfeather")
    for url in (pair.get_absolute_url(), reverse("pair_end", args=[pair.pk])):
        page = client.get(url)
        assert "Friday 5 March 2027, 2pm to 3pm" in text_of(page)
        assert [words for words in ("Quillfeather", *addresses(pair)) if words in page.content.decode()] == []
    client.force_login(doctor.user)
    assert "Quillfeather" in text_of(client.get(pair.get_absolute_url()))


def test_a_paused_pair_sees_its_date_and_is_asked_for_none(client, two):
    lead, pair, doctor, _ = two
    actions.pause_pair(pair=pair, on=date(2027, 2, 1), by=lead)
    client.force_login(doctor.user)
    for url in ("/", pair.get_absolute_url()):
        assert "Agree when you meet first" not in text_of(client.get(url))
    arranged(pair, doctor.user)
    for url in ("/", pair.get_absolute_url()):
        assert "Friday 5 March 2027, 2pm to 3pm" in text_of(client.get(url))


def test_when_it_is_over_nothing_is_to_do(client, two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user)
    begun = timezone.now() - timedelta(hours=2)
    FirstMeeting.objects.update(starts_at=begun, ends_at=begun + timedelta(hours=1))
    client.force_login(doctor.user)
    assert f"First meeting with {manager.name} It was to be on" in text_of(client.get("/"))
    page = text_of(client.get(pair.get_absolute_url()))
    assert f"You were to meet {manager.name} on" in page
    assert "Call it off" not in page


def test_a_lead_sees_how_many_pairs_have_had_two_weeks_and_have_no_date(client):
    cohort, lead, doctors, _ = cohort_of(6, 6)
    shown(published(cohort, lead))
    pairs = [Pair.objects.get(memberships__participant=doctor) for doctor in doctors]
    today = clock.today()
    two_weeks_ago, later = (clock.at(today - timedelta(days=days)) for days in (14, 13))
    Pair.objects.update(shown_from=two_weeks_ago)
    with_date, called_off, paused, ended, lately, without = pairs
    arranged(with_date, doctors[0].user)
    arranged(called_off, doctors[1].user)
    actions.call_off_meeting(pair=called_off, by=doctors[1].user, now=timezone.now())
    actions.pause_pair(pair=paused, on=clock.today(), by=lead)
    actions.end_pair(pair=ended, kind="moved", on=clock.today(), by=lead)
    Pair.objects.filter(pk=lately.pk).update(shown_from=later)
    client.force_login(lead)
    home = client.get("/").content.decode()
    url = f"{reverse('pair_list', args=[cohort.pk])}?state=undated"
    assert f'<a href="{url}">Pairs whose first meeting has no date: 2</a>' in home
    listed = client.get(url).context["lines"]
    assert {line.pair.pk for line in listed} == {called_off.pk, without.pk}
