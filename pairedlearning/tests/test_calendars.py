"""What all elements put into people's calendars: for several at once, and without telling one of another's things."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.actions.launches import set_launch
from cohorts.models import Cohort, LaunchChange
from cohorts.tests.factories import CohortFactory, LeadFactory
from conversations.actions import plan_conversation
from conversations.choices import Way
from conversations.tests.factories import planned
from elements import clock, diary, registry
from pairs import actions
from pairs.models import Membership, Pair
from pairs.tests.conftest import two
from pairs.tests.test_views import text_of
from pairs.tests.worlds import MEET_BY, arranged, have_said, person
from pairs.tests.worlds import typed as typed_meeting
from shadowing.actions import call_off_visit, confirm_visit
from shadowing.models import Visit
from shadowing.tests.worlds import agreed
from shadowing.tests.worlds import typed as typed_visit

__all__ = ["two"]
pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 5)
ROUND_THE_CLOCK = {weekday: [(time(0), time(12)), (time(12), time(0))] for weekday in range(7)}


@pytest.fixture
def busy(two):
    """The pair with one thing of each element, all on one day: 9am launch, 11am meeting, 2pm talk, 4pm visit."""
    lead, pair, doctor, manager = two
    Cohort.objects.filter(pk=pair.cohort_id).update(starts_on=DAY)
    pair.cohort.refresh_from_db()
    set_launch(cohort=pair.cohort, begins=time(9), ends=time(10), place="Hall", by=lead)
    LaunchChange.objects.update(leaves_at=timezone.now())
    arranged(pair, doctor.user, DAY, time(11))
    planned(pair, doctor.user, DAY, time(14))
    agreed(pair, doctor, manager, day=DAY, starts=time(16))
    return two


@pytest.fixture
def another(two):
    """The manager has a second part: another cohort, another partner."""
    *_, manager = two
    cohort = CohortFactory(starts_on=DAY - timedelta(days=20), ends_on=DAY + timedelta(days=200))
    lead = LeadFactory(cohort=cohort).user
    second = person(cohort, "a", 40, user__name="Robin Quillfeather")
    same = person(cohort, "b", 41, user=manager.user, name=manager.name)
    actions.pair_by_hand(cohort=cohort, a=second, b=same, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    Pair.objects.update(shown_from=timezone.now() - timedelta(minutes=1))
    return Pair.objects.with_members().get(cohort=cohort), second, same


def test_each_event_says_of_which_cohort_it_is_what_it_is_and_whose(busy, another):
    _, pair, doctor, manager = busy
    other, second, _ = another
    planned(other, second.user, DAY, time(20))
    found = diary.of([doctor.user, manager.user, second.user])
    kinds = {"launch", "first meeting", "conversation", "shadowing visit"}
    for each in (doctor, manager):
        own = [event for event in found[each.user_id] if event.cohort == pair.cohort_id]
        assert {event.kind for event in own} == kinds
        assert len(own) == len(kinds)
        assert all(event.way for event in own)
    assert {event.cohort for event in found[doctor.user_id]} == {pair.cohort_id}
    assert {event.cohort for event in found[manager.user_id]} == {pair.cohort_id, other.cohort_id}
    assert [event.summary for event in found[second.user_id]] == [f"Conversation with {manager.name}"]
    names = {event.kind: event.summary for event in found[doctor.user_id]}
    assert names["conversation"] == f"Conversation with {manager.name}"
    assert names["shadowing visit"].startswith(f"You visit {manager.name}")
    assert all(manager.name not in f"{event.kind}{event.way}" for event in found[doctor.user_id])


def test_each_element_answers_for_all_people_in_one_query(busy, another, django_assert_num_queries):
    _, _, doctor, manager = busy
    _, second, _ = another
    people = [each.user for each in (doctor, manager, second)]
    asked = {"cohorts", "bookings", "pairs", "conversations", "shadowing"}
    for element in registry.all_elements():
        list(element.calendar(users=people))  # what is asked once per process is asked here
        for users in (people[:1], people):
            with django_assert_num_queries(int(element.slug in asked)):
                list(element.calendar(users=users))


@pytest.mark.parametrize(
    ("way", "place", "said"),
    [
        ("", "", "No place yet"),
        ("", "https://meet.example/quill", "Online"),
        ("", "Sam's office", "At an agreed place"),
        (Way.CALL, "", "By phone"),
        (Way.PERSON, "Sam's office", "In person"),
    ],
)
def test_the_way_of_a_conversation_says_nothing_that_was_typed(two, way, place, said):
    _, pair, doctor, _ = two
    starts_at = clock.at(DAY, time(14))
    plan_conversation(
        pair=pair,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place=place,
        way=way,
        by=doctor.user,
        now=timezone.now(),
    )
    [event] = diary.of([doctor.user])[doctor.user_id]
    assert event.way == said


# Find a time


@pytest.fixture
def said(two):
    _, pair, doctor, manager = two
    Cohort.objects.filter(pk=pair.cohort_id).update(
        starts_on=clock.today(), ends_on=clock.today() + timedelta(days=200)
    )
    for each in (doctor, manager):
        have_said(each, working=ROUND_THE_CLOCK)
    return two


def free_on(client, pair, day) -> str:
    days = client.get(reverse("free_time", args=[pair.pk])).context["times"].working
    return ", ".join(each.words for each in dict(days).get(clock.in_full(day), []))


def test_a_time_with_a_date_of_either_partner_is_not_free_whichever_pair_it_is_of(client, said, another):
    lead, pair, doctor, manager = said
    other, second, _ = another
    day = clock.today() + timedelta(days=3)
    client.force_login(doctor.user)
    assert free_on(client, pair, day) == "midnight to midnight"
    arranged(pair, doctor.user, day, time(9))
    planned(pair, doctor.user, day, time(11, 15), minutes=30)
    agreed(pair, doctor, manager, day=day, starts=time(14))
    planned(other, second.user, day, time(20))
    assert free_on(client, pair, day) == ("midnight to 9am, 10am to 11am, midday to 2pm, 4pm to 8pm, 9pm to midnight")
    shown = text_of(client.get(reverse("free_time", args=[pair.pk])))
    assert "Quillfeather" not in shown
    Cohort.objects.filter(pk=pair.cohort_id).update(starts_on=day)
    pair.cohort.refresh_from_db()
    set_launch(cohort=pair.cohort, begins=time(7), ends=time(8), place="Hall", by=lead)
    assert free_on(client, pair, day).startswith("midnight to 9am, "), "it may still be taken back"
    LaunchChange.objects.update(leaves_at=timezone.now())
    assert free_on(client, pair, day).startswith("midnight to 7am, 8am to 9am, ")


def test_the_page_keeps_to_twelve_queries(client, said, another, django_assert_max_num_queries):
    _, pair, doctor, manager = said
    day = clock.today() + timedelta(days=3)
    client.force_login(doctor.user)
    page = reverse("free_time", args=[pair.pk])
    client.get(page)
    for number in range(3):
        planned(pair, doctor.user, day + timedelta(days=number), time(9))
        agreed(pair, doctor, manager, day=day + timedelta(days=number), starts=time(14))
    with django_assert_max_num_queries(12):
        assert client.get(page).context["times"].working


# Something stands there already


def pages(pair, partner) -> dict[str, dict]:
    return {
        reverse("conversation_plan", args=[pair.pk]): typed_meeting(),
        reverse("meeting_edit", args=[pair.pk]): typed_meeting(),
        reverse("visit_create", args=[pair.pk]): typed_visit(partner),
    }


@pytest.mark.parametrize("number", range(3))
def test_each_page_that_plans_warns_once_and_lets_people_go_on(client, two, another, number):
    _, pair, doctor, manager = two
    other, second, _ = another
    Pair.objects.update(first_meeting_by=DAY)
    planned(other, second.user, DAY, time(14))
    page, sent = list(pages(pair, manager).items())[number]
    client.force_login(doctor.user)
    answer = client.post(page, sent)
    assert answer.status_code == 200
    shown = text_of(answer)
    assert "Your partner already has something in the programme at that time. Choose another time" in shown
    assert "Quillfeather" not in shown
    [(mark, _)] = answer.context["form"].fields["all_the_same"].choices
    assert client.post(page, {**sent, "all_the_same": mark}).status_code == 302


def test_moving_warns_of_what_is_at_the_new_time_and_not_of_itself(client, two):
    _, pair, doctor, manager = two
    conversation = planned(pair, doctor.user, DAY, time(10))
    visit = agreed(pair, doctor, manager, day=DAY, starts=time(14))
    client.force_login(doctor.user)
    move, edit = reverse("conversation_move", args=[conversation.pk]), reverse("visit_edit", args=[visit.pk])
    assert "You both already have a shadowing visit at that time: Friday 5 March 2027, 2pm to 4pm" in text_of(
        client.post(move, typed_meeting(hour="3pm"))
    )
    assert client.post(move, typed_meeting(hour="10:30am")).status_code == 302
    changed = typed_visit(manager, starts="10am", ends="11am")
    assert "You both already have a conversation at that time" in text_of(client.post(edit, changed))
    assert client.post(edit, typed_visit(manager, starts="3pm", ends="5pm")).status_code == 302
    put_off = typed_visit(manager, starts="10am", ends="11am") | {"reason": "rota"}
    page = reverse("visit_put_off", args=[visit.pk])
    assert "You both already have a conversation at that time" in text_of(client.post(page, put_off))
    assert client.post(page, put_off | {"day_0": "8"}).status_code == 302


def test_whoever_says_yes_to_a_visit_is_warned_too(client, two, another):
    _, pair, doctor, manager = two
    other, second, _ = another
    client.force_login(doctor.user)
    assert client.post(reverse("visit_create", args=[pair.pk]), typed_visit(manager)).status_code == 302
    planned(other, second.user, DAY, time(15))
    client.force_login(manager.user)
    page = reverse("visit_accept", args=[Visit.objects.get().pk])
    answer = client.post(page, {})
    shown = text_of(answer)
    assert "You already have a conversation at that time: Friday 5 March 2027, 3pm to 4pm" in shown
    [(mark, _)] = answer.context["form"].fields["all_the_same"].choices
    assert client.post(page, {"all_the_same": mark}).status_code == 302


# Asking about a first meeting


def asked_of_first(client, pair) -> list[str]:
    """Which of the sentences about a first meeting stand on home, on the page of the pair and of its conversations."""
    found = set()
    for page in ("/", pair.get_absolute_url(), reverse("conversation_list", args=[pair.pk])):
        words = text_of(client.get(page)).casefold()
        found |= {each for each in ("did you meet", "agree when you meet first", "if you did not") if each in words}
    return sorted(found)


@pytest.fixture
def met_yesterday(client, two):
    """The first meeting was to be yesterday, and nobody has said whether it was."""
    _, pair, doctor, _ = two
    Cohort.objects.update(starts_on=clock.today() - timedelta(days=40), ends_on=clock.today() + timedelta(days=200))
    began = clock.today() - timedelta(days=30)
    Pair.objects.update(shown_from=timezone.now() - timedelta(days=30), started_on=began)
    Membership.objects.update(since=began)
    yesterday = clock.today() - timedelta(days=1)
    arranged(pair, doctor.user, yesterday, time(10), now=timezone.now() - timedelta(days=9))
    client.force_login(doctor.user)
    return two


def test_without_anything_else_it_is_asked(client, met_yesterday):
    _, pair, *_ = met_yesterday
    assert asked_of_first(client, pair) == ["did you meet", "if you did not"]


@pytest.mark.parametrize("days", [-1, 0, 6])
@pytest.mark.parametrize("what", ["visit", "conversation"])
def test_a_visit_or_a_conversation_on_that_day_or_planned_is_enough(client, met_yesterday, what, days):
    _, pair, doctor, manager = met_yesterday
    given = {"day": clock.today() + timedelta(days=days), "now": timezone.now() - timedelta(days=9)}
    if what == "visit":
        agreed(pair, doctor, manager, starts=time(23), hours=0.5, **given)
    else:
        planned(pair, doctor.user, hour=time(23), minutes=30, **given)
    assert asked_of_first(client, pair) == []


def test_a_visit_that_took_place_is_contact_and_one_that_was_called_off_is_not(client, met_yesterday):
    _, pair, doctor, manager = met_yesterday
    before = timezone.now() - timedelta(days=9)
    first = agreed(pair, doctor, manager, day=clock.today() - timedelta(days=4), now=before)
    call_off_visit(visit=first, reason="rota", by=doctor.user, now=before)
    assert asked_of_first(client, pair) == ["did you meet", "if you did not"]
    second = agreed(pair, doctor, manager, day=clock.today() - timedelta(days=5), now=before)
    confirm_visit(visit=second, minutes=90, on_the_spot=True, by=doctor.user, now=timezone.now())
    assert asked_of_first(client, pair) == []


def test_without_a_first_meeting_a_planned_visit_is_enough_not_to_ask_for_one(client, two):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    assert asked_of_first(client, pair) == ["agree when you meet first"]
    agreed(pair, doctor, manager)
    assert asked_of_first(client, pair) == []
