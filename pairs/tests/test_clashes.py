"""What stands in partners' calendars at a time that one of them is about to enter."""

from datetime import UTC, date, time

import pytest
from django.urls import reverse

from elements import clock
from pairs.clashes import clashes
from pairs.models import FirstMeeting, Pair
from pairs.tests.test_views import text_of
from pairs.tests.worlds import arranged, person, typed

pytestmark = pytest.mark.django_db
DAY, MEET_BY = date(2027, 3, 5), date(2027, 3, 31)
THEIRS = "Your partner already has something in the programme at that time"
GO_ON = "Choose another time, or tick “Plan it all the same” and send it again"


def hours(first, last, day=DAY):
    return clock.at(day, time(first)).astimezone(UTC), clock.at(day, time(last)).astimezone(UTC)


def asked(me, *partners, first=14, last=15, **more) -> list[str]:
    starts_at, ends_at = hours(first, last)
    return clashes(me.user, [each.user for each in partners], starts_at=starts_at, ends_at=ends_at, **more)


def test_of_ones_own_things_it_is_said_what_they_are_and_of_a_partners_only_that_there_is_one(two, room):
    _, _, doctor, manager = two
    assert asked(doctor, manager) == []
    room.takes(manager.user, *hours(14, 16), uid="hers", kind="quillfeather", summary="Quillfeather")
    assert asked(doctor, manager) == [THEIRS]
    assert asked(manager, doctor) == ["You already have a quillfeather at that time: Friday 5 March 2027, 2pm to 4pm"]
    assert asked(doctor, manager, first=16, last=17) == []


def test_what_stands_in_the_calendars_of_both_is_told_once(two, room):
    _, _, doctor, manager = two
    for each in (doctor, manager):
        room.takes(each.user, *hours(13, 15))
    assert asked(doctor, manager) == ["You both already have a talk at that time: Friday 5 March 2027, 1pm to 3pm"]
    assert asked(doctor, manager, but="talk") == []


def test_what_two_of_three_have_is_not_called_the_third_ones(two, room):
    _, pair, doctor, manager = two
    third = person(pair.cohort, doctor.side, 9)
    for each in (doctor, manager):
        room.takes(each.user, *hours(14, 15))
    assert asked(doctor, manager, third)[0].startswith("You already have a talk")
    assert asked(third, doctor, manager) == ["One of your partners already has something in the programme at that time"]
    room.takes(third.user, *hours(14, 15))
    assert asked(third, doctor, manager)[0].startswith("You all already have a talk")


def test_a_first_meeting_is_in_the_way_unless_it_is_the_one_that_is_moved(two):
    _, pair, doctor, manager = two
    meeting = arranged(pair, doctor.user)
    said = "You both already have a first meeting at that time: Friday 5 March 2027, 2pm to 3pm"
    assert asked(manager, doctor) == [said]
    assert asked(manager, doctor, but=f"first-meeting-{meeting.pk}@pairedlearning") == []


# On the page of the first meeting


@pytest.fixture
def page(client, two):
    _, pair, doctor, _ = two
    Pair.objects.update(first_meeting_by=MEET_BY)
    client.force_login(doctor.user)
    return reverse("meeting_edit", args=[pair.pk])


def ticked(answer, **sent) -> dict:
    """The same again, with the box ticked that the page shows."""
    [(mark, label)] = answer.context["form"].fields["all_the_same"].choices
    assert label == "Plan it all the same"
    return {**sent, "all_the_same": mark}


def test_a_meeting_in_the_way_of_something_is_warned_of_once_and_planned_all_the_same(client, two, room, page):
    _, _, _, manager = two
    room.takes(manager.user, *hours(14, 16), summary="Quillfeather")
    answer = client.post(page, typed())
    shown = text_of(answer)
    assert f"{THEIRS}. {GO_ON}" in shown
    assert "Quillfeather" not in shown
    assert 'value="Canteen, North"' in answer.content.decode()
    assert not FirstMeeting.objects.exists()
    assert "You meet on Friday 5 March 2027" in text_of(client.post(page, ticked(answer, **typed()), follow=True))
    assert "Nothing has changed" in text_of(client.post(page, typed(), follow=True))  # it is there already


def test_a_tick_answers_only_what_was_read(client, two, room, page):
    _, _, _, manager = two
    room.takes(manager.user, *hours(9, 17))
    answer = client.post(page, typed())
    again = client.post(page, {**ticked(answer, **typed()), "hour": "3pm"})
    assert THEIRS in text_of(again)
    assert not FirstMeeting.objects.exists()
    assert "checked" not in str(again.context["form"]["all_the_same"])


def test_nobody_is_warned_of_a_time_that_is_free(client, two, room, page):
    _, _, _, manager = two
    room.takes(manager.user, *hours(15, 17))
    assert "You meet on Friday 5 March 2027" in text_of(client.post(page, typed(), follow=True))


def test_a_meeting_later_than_the_day_to_meet_by_is_warned_of_and_planned_all_the_same(client, page):
    late = typed("1 4 2027")
    answer = client.post(page, late)
    words = "Your leads ask you to meet by Wednesday 31 March 2027, and this is later"
    assert f"{words}. {GO_ON}" in text_of(answer)
    assert not FirstMeeting.objects.exists()
    assert "You meet on Thursday 1 April 2027" in text_of(client.post(page, ticked(answer, **late), follow=True))
    # Another place alone is nothing to be warned of.
    assert "You meet on Thursday" in text_of(client.post(page, {**late, "place": "Garden"}, follow=True))


def test_the_day_to_meet_by_itself_is_not_too_late(client, page):
    assert "You meet on Wednesday 31 March 2027" in text_of(client.post(page, typed("31 3 2027"), follow=True))
