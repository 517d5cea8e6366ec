"""Nothing that a workshop sends or shows to one who comes says who else does: searched for names and addresses."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.tests.overheard import others_in, told
from cohorts.tests.factories import ParticipantFactory
from reminders.due import compose_due
from reminders.models import Message
from workshops import actions
from workshops.tests.worlds import DAY, HOUR, answered, attended, booked, cohort_with, one, planned

pytestmark = pytest.mark.django_db
BIRDS = ("Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Fulmar")
EVERYTHING = {
    "bookings.booked",
    "bookings.waiting",
    "bookings.offer",
    "bookings.cancelled",
    "bookings.moved",
    "bookings.called_off",
    "bookings.soon",
    "bookings.hosting",
    "workshops.feedback_asked",
}


@pytest.fixture
def flock(db):
    """(cohort, lead, facilitator, six people whose last names and addresses nothing else bears)."""
    cohort, lead, facilitator, _ = cohort_with(0)
    people = [
        ParticipantFactory(
            cohort=cohort, user__name=f"Sam {bird}", user__email=f"{bird.lower()}.mail@trust.example", side="ab"[at % 2]
        )
        for at, bird in enumerate(BIRDS)
    ]
    return cohort, lead, facilitator, people


def pages_of(meeting, person) -> list[str]:
    return [
        reverse("workshop_list", args=[meeting.cohort_id]),
        meeting.workshop.get_absolute_url(),
        meeting.get_absolute_url(),
        reverse("feedback_give", args=[meeting.pk]),
        reverse("need_say", args=[meeting.workshop_id]),
        reverse("home"),
    ]


def happens_to(flock, client, place="Room 9"):
    """Everything that can, to six people; returns what each of them was told meanwhile and at the end."""
    cohort, lead, facilitator, people = flock
    now = timezone.now()
    workshop = one(cohort, lead, needs_until=(now + DAY).date())
    meeting = planned(workshop, lead, hosts=[facilitator], starts_at=now + 3 * DAY, now=now, capacity=3)
    heard = {each.pk: {} for each in people}
    step = 0

    def listen():
        nonlocal step
        step += 1
        for each in people:
            said = told(each.user, client, pages_of(meeting, each))
            heard[each.pk] |= {f"{step}: {where}": text for where, text in said.items()}

    booked(meeting, *people, now=now)
    for each in people:
        actions.say_need(
            workshop=workshop, participant=each, confidence=3, words=f"So says {each.name}", by=each.user, on=now.date()
        )
    listen()
    mine = {each.attendees.get().participant_id: each for each in Booking.objects.filter(session=meeting.pk)}
    actions.give_place_back(booking=mine[people[0].pk], by=people[0].user, now=now)
    listen()
    actions.take_offer(meeting=meeting, participant=people[3], booking=mine[people[3].pk], by=people[3].user, now=now)
    same = {"link": "", "capacity": 3, "hosts": [facilitator]}
    actions.change_meeting(meeting=meeting, place=place, by=lead, now=now, **same)
    later = now + 2 * DAY
    actions.move_meeting(meeting=meeting, starts_at=later, ends_at=later + 3 * HOUR, by=lead, now=now)
    compose_due(now=later - DAY / 2)
    listen()
    meeting.session.refresh_from_db()
    attended(meeting, lead, now=meeting.session.ends_at + HOUR)
    answered(meeting, people[1], now=meeting.session.ends_at + HOUR, keep=f"Signed, {people[1].name}")
    compose_due(now=meeting.session.ends_at + DAY)
    listen()
    second = planned(workshop, lead, hosts=[facilitator], starts_at=later + 9 * DAY, now=now, capacity=2)
    booked(second, *people[4:], now=now)
    actions.call_off_meeting(meeting=second, reason="The room is flooded", by=lead, now=now)
    listen()
    return meeting, heard


def test_every_message_file_and_page_of_a_workshop_names_nobody_else(flock, client):
    _, lead, facilitator, people = flock
    _, heard = happens_to(flock, client)
    assert set(Message.objects.values_list("kind", flat=True)) >= EVERYTHING
    for each in people:
        said = "".join(heard[each.pk].values())
        assert each.name.split()[-1] in said  # of herself it speaks
        assert "BEGIN:VCALENDAR" in said
        assert others_in(heard[each.pk], people, but=each) == []
    # What hosts and leads get by post goes through more hands than the register on its page.
    for host in (lead, facilitator):
        assert others_in(told(host, client), people) == []


def test_the_search_finds_a_name_and_an_address_that_are_planted_in_mail_file_and_page(flock, client):
    _, _, facilitator, people = flock
    planted = people[1]
    meeting, heard = happens_to(flock, client, place=f"Ask {planted.name}, {planted.user.email}")
    found = others_in(heard[people[2].pk], people, but=people[2])
    name, address = BIRDS[1], planted.user.email
    assert {word for _, word in found} == {name, address}
    for where in ("bookings.moved", "calendar", meeting.get_absolute_url()):
        assert {word for place, word in found if where in place} == {name, address}
    assert others_in(told(facilitator, client), people)
