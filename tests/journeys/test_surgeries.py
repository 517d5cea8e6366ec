"""Design surgeries: published fortnightly in one form, booked on a phone, moved, held, and noted so that steps follow.

It runs with and without scripts. The clock is the test's own, so that the day of a surgery comes when it is wanted.
"""

import re
from datetime import date, time, timedelta

import pytest
import vobject
from playwright.sync_api import expect

from bookings import actions as places
from bookings.models import Attendee, Booking, Session
from cohorts.choices import Side
from cohorts.models import Participant
from elements import clock
from pairs.tests.worlds import person
from projects.models import Action, Milestone, Project
from projects.tests.worlds import begun, milestone_of
from reminders.due import compose_due
from reminders.models import LocalLetter, Message
from surgeries import actions
from surgeries.models import Note, Surgery, Topic
from tests.journeys.clockwork import Wall, everything_goes_out, letters_to
from tests.journeys.test_pair import World, hand_out, sign_in, world
from tests.journeys.test_projects import fill, refused, send
from tests.journeys.test_workshops import SCREENS, come_back, file_to, go, named_to_others, sign_in_by
from tests.journeys.walking import DESK, PHONE, Walk, in_a_hurry

__all__ = ["hand_out", "world"]
pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = date(2027, 3, 1)
FIRST = date(2027, 3, 15)
DAYS = [FIRST, date(2027, 4, 12), date(2027, 4, 26), date(2027, 5, 10)]  # Easter Monday is left out
WITH_TIMES = date(2027, 4, 14)
PLACES = 2
QUESTION, NOTED, DEED, EVIDENCE = (
    "How do we count the letters that never leave?",
    "They begin with the ward that asks",
    "Ask the ward clerks for the list",
    "Thirty of forty went out on the day",
)


@pytest.fixture(autouse=True)
def wall(monkeypatch) -> Wall:
    return Wall(monkeypatch, clock.at(MONDAY, time(10)))


@pytest.fixture
def ruth(world) -> Participant:
    return person(world.pair.cohort, Side.A, 1, user__name="Ruth Vale")


@pytest.fixture
def ben(world) -> Participant:
    return person(world.pair.cohort, Side.B, 1, user__name="Ben Oxley")


@pytest.fixture
def project(world) -> Project:
    found = begun(world.pair, Participant.objects.get(user=world.doctor))
    milestone_of(found)
    return found


def test_from_a_term_in_one_form_to_the_steps_that_follow(world, ruth, ben, project, hand_out, wall):
    maya, tom, lead = hand_out(PHONE), hand_out(PHONE), hand_out(DESK)
    for walk in (maya, tom, lead):
        walk.widths = SCREENS
    with in_a_hurry(maya, tom, lead):  # signing in has its own journey
        for walk, who in ((maya, world.doctor), (tom, world.manager), (lead, world.lead)):
            sign_in(walk, who)
    publish(lead, world)
    first = Surgery.objects.order_by("session__starts_at").first()
    book(maya, project)
    hers = actions.book_surgery(surgery=first, me=ruth, by=ruth.user, words="", now=wall.now())
    wait(tom, first)
    take_what_came_free(hand_out(PHONE), world, ruth, hers)
    move(lead, world, first)
    read_what_is_asked(lead, ruth, first)

    wall.turn_to(clock.at(FIRST, time(13, 20)))
    come_back(lead, world.lead)
    take_register(lead, ben, first)
    note(lead, world, project)
    what_follows(maya, world, project)

    publish_times(lead)
    book_together(maya, world, project)
    wall.turn_to(clock.at(DAYS[2] - timedelta(days=4), time(9)))
    come_back(lead, world.lead)
    call_off_what_is_empty(lead, world)
    assert named_to_others([ruth, ben]) == []


def publish(lead: Walk, world: World) -> None:
    """Every second Monday; the holiday among them is named, and nothing is there before she has seen the days."""
    lead.page.goto(f"{lead.address}/")
    lead.follow("Spring")
    lead.follow("Design surgeries")
    lead.see("No surgery is planned. A whole term of them is published in one form.")
    lead.look()
    lead.follow("Publish surgeries")
    lead.look()
    send(lead)
    refused(lead)
    fill(lead, mode="places", capacity=str(PLACES), day=FIRST, starts="12:30pm", ends="2pm", every="2", times="4")
    fill(lead, place="Seminar room 2")
    send(lead)
    lead.see("Monday 29 March 2027: Easter Monday")
    assert not Surgery.objects.exists()
    send(lead)
    lead.see("4 surgeries are published.")
    sessions = list(Session.objects.filter(cohort=world.pair.cohort))
    assert [clock.span(each.starts_at, each.ends_at) for each in sessions] == [
        f"{clock.in_full(day)}, 12:30pm to 2pm" for day in DAYS
    ]
    assert [each.starts_at.hour for each in sessions] == [12, 11, 11, 11]  # of UTC: the clocks went forward
    lead.follow("Change how many")
    lead.look()
    fill(lead, open_bookings="many")
    send(lead)
    refused(lead)
    fill(lead, open_bookings="1")
    send(lead)


def book(maya: Walk, project: Project) -> None:
    """From what is next on her home page, alone, with a project and a question."""
    maya.page.goto(f"{maya.address}/")
    maya.look()
    maya.follow("Talk over your project in a design surgery")
    maya.see("2 places left")
    maya.look()
    maya.follow(f"{clock.in_full(FIRST)}, 12:30pm to 2pm")
    maya.look()
    maya.follow("Book a place")
    maya.look()
    fill(maya, words=QUESTION)
    send(maya)
    maya.see("Choose who comes")
    refused(maya)
    expect(maya.page.locator("[name=words]")).to_have_value(QUESTION)
    fill(maya, party="alone", project=str(project.pk))
    send(maya)
    maya.see("You have a place. We email you a calendar file.")
    maya.see(QUESTION)
    assert Topic.objects.get().project == project


def wait(tom: Walk, first: Surgery) -> None:
    go(tom, "surgery_detail", first.pk)
    tom.see("Full, join the waiting list")
    tom.follow("Join the waiting list")
    tom.look()
    fill(tom, party="alone", words="What would you ask my finance team?")
    if tom.page.locator("[name=project]").count():
        fill(tom, project="none")
    send(tom)
    tom.see("You are on the waiting list. We write to you when a place comes free.")
    tom.see("1st in line")


def take_what_came_free(post: Walk, world: World, ruth: Participant, hers: Booking) -> None:
    """Ruth gives her place back; Tom opens the message on a phone that knows nothing of him."""
    places.cancel_booking(booking=hers, by=ruth.user, now=clock.at(MONDAY, time(11)))
    everything_goes_out()
    [letter] = letters_to(world.manager, "Free for you until")
    assert ruth.name not in letter.text
    post.widths = SCREENS
    sign_in_by(post, letter, world.manager)
    post.see("A place is offered to you.")
    post.look()
    post.follow("Take it or let it go")
    post.see("A place is yours if you take it by 3pm today. After that it goes to whoever is next.")
    expect(post.page.get_by_role("link", name="Leave the waiting list")).to_have_count(0)
    post.look()
    post.press("Take the place")
    post.see("The place is yours. We email you a calendar file.")
    post.look()
    everything_goes_out()
    assert str(file_to(world.manager).dtstart.value) == "2027-03-15 12:30:00+00:00"


def move(lead: Walk, world: World, first: Surgery) -> None:
    """Half an hour later: the same entry of the calendar with a higher number, for both and for the host."""
    before = {who: file_to(who) for who in (world.doctor, world.manager, world.lead)}
    before[world.lead] = next(
        entry
        for letter in LocalLetter.objects.filter(to_addr=world.lead.email).exclude(calendar="")
        if (entry := vobject.readOne(letter.calendar).vevent).dtstart.value == first.session.starts_at
    )
    go(lead, "surgery_detail", first.pk)
    lead.follow("Move it to another time")
    lead.look()
    fill(lead, ends="later")
    send(lead)
    refused(lead)
    fill(lead, starts="1pm", ends="2:30pm")
    send(lead)
    lead.see("Moved. Everybody keeps the place and is told once.")
    everything_goes_out()
    told = LocalLetter.objects.filter(text__contains="There is a change to this design surgery")
    assert sorted(told.values_list("to_addr", flat=True)) == sorted(who.email for who in before)
    for who, known in before.items():
        now = file_to(who)
        assert now.uid.value == known.uid.value
        assert int(now.sequence.value) > int(known.sequence.value)
        assert str(now.dtstart.value) == "2027-03-15 13:00:00+00:00"


def read_what_is_asked(lead: Walk, ruth: Participant, first: Surgery) -> None:
    """Before the day; of Ruth, who is out of it, nothing is read any more."""
    go(lead, "surgery_detail", first.pk)
    lead.see("2 of 2 taken")
    lead.follow("All questions on one page, to read or print")
    lead.see(QUESTION)
    lead.see("What would you ask my finance team?")
    lead.look()
    assert ruth.name not in lead.page.content()


def take_register(lead: Walk, ben: Participant, first: Surgery) -> None:
    """In the room, on her phone: everybody was there, and one more came than there are places."""
    lead.page.set_viewport_size(PHONE)
    go(lead, "surgery_detail", first.pk)
    lead.follow("Take the register")
    lead.look()
    lead.press("Everybody was there")
    lead.see("Saved. You can correct it at any time.")
    lead.see("Change the register")
    expect(lead.page.get_by_role("main").get_by_text("Attended", exact=True)).to_have_count(PLACES)
    lead.look()
    lead.follow("Somebody walked in")
    lead.see("Press the name. The group is full, so that there will be one place more.")
    lead.look()
    lead.press(ben.name)
    lead.see(f"{ben.name} is added and marked as there.")
    lead.look()
    lead.page.set_viewport_size(DESK)
    lines = Attendee.objects.booked().filter(session=first.pk).order_by("participant__name")
    assert list(lines.values_list("participant__name", "attendance", "minutes")) == [
        ("Ben Oxley", "attended", 90),
        ("Maya Fell", "attended", 90),
        ("Tom Reid", "attended", 90),
    ]
    assert Session.objects.get(pk=first.pk).capacity == PLACES + 1


def note(lead: Walk, world: World, project: Project) -> None:
    """A note of the talk with Maya, a step for Tom, and how the milestone can be seen."""
    booking = Topic.objects.get(project=project).booking
    go(lead, "place_note", booking.pk)
    lead.see(QUESTION)
    fill(lead, words=NOTED, **{"deeds-0-words": DEED})
    send(lead)
    lead.see("Choose who does it")
    refused(lead)
    tom = Participant.objects.get(user=world.manager)
    fill(lead, **{"deeds-0-owner": str(tom.pk), "deeds-0-due_on": date(2027, 4, 2)})
    fill(lead, milestone=str(Milestone.objects.get().pk), evidence=EVIDENCE)
    send(lead)
    lead.see("Saved. Those who booked can read it, and what you agreed on is on its page.")
    lead.see(NOTED)
    assert (Action.objects.get().owner, Action.objects.get().project) == (tom, project)
    assert Note.objects.get().words == NOTED


def what_follows(maya: Walk, world: World, project: Project) -> None:
    """On the project, on the pair's page, and in what she keeps of the surgery."""
    maya.page.goto(f"{maya.address}{project.get_absolute_url()}")
    maya.see(re.compile(DEED))
    maya.look()
    go(maya, "milestone_detail", Milestone.objects.get().pk)
    maya.see(EVIDENCE)
    maya.page.goto(f"{maya.address}{world.pair.get_absolute_url()}")
    maya.see(re.compile(f"Next: {DEED}"))
    maya.look()
    maya.follow("Design surgeries")
    maya.see("Where you have been")
    maya.look()
    maya.follow(f"{clock.in_full(FIRST)}, 1pm to 2:30pm")
    maya.see(NOTED)
    maya.see(re.compile(DEED))
    maya.look()


def publish_times(lead: Walk) -> None:
    """An hour of twenty minutes each, one after the other."""
    go(lead, "surgery_publish", Surgery.objects.first().cohort_id)
    fill(lead, mode="slots", slot_minutes="20", day=WITH_TIMES, starts="2pm", ends="3pm", place="Room 4")
    send(lead)
    send(lead)
    lead.see("Published.")


def book_together(maya: Walk, world: World, project: Project) -> None:
    """Both have been to one, so that the next is open to them: one time for the two."""
    surgery = Surgery.objects.get(session__mode="slots")
    go(maya, "surgery_book", surgery.pk)
    fill(maya, party=str(world.pair.pk), slot="2", project=str(project.pk), words="What next?")
    send(maya)
    maya.see(f"{clock.in_full(WITH_TIMES)}, 2:20pm to 2:40pm")
    booking = Booking.objects.booked().get(session=surgery.pk)
    assert (booking.slot, booking.attendees.count(), surgery_now(surgery).taken) == (2, 2, 1)
    everything_goes_out()
    for who in (world.doctor, world.manager):
        assert f"{clock.in_full(WITH_TIMES)}, 2:20pm to 2:40pm" in letters_to(who)[-1].text
        assert str(file_to(who).dtstart.value) == "2027-04-14 14:20:00+01:00"


def surgery_now(surgery: Surgery) -> Session:
    return Session.objects.get(pk=surgery.pk)


def call_off_what_is_empty(lead: Walk, world: World) -> None:
    """Two working days before a surgery that nobody has booked, its host is offered to call it off."""
    asked = Message.objects.filter(kind="surgeries.empty", ref__surgery=str(Surgery.objects.get(**on(DAYS[2])).pk))
    compose_due(now=clock.at(DAYS[2] - timedelta(days=5), time(17)))
    assert not asked.exists()
    compose_due(now=clock.at(DAYS[2] - timedelta(days=4), time(9)))
    everything_goes_out()
    assert asked.get().recipient == world.lead
    [letter] = letters_to(world.lead, "Nobody has booked")
    lead.page.goto(f"{lead.address}/")
    lead.look()
    lead.follow("Design surgery that nobody has booked: 1")
    assert lead.page.url.split(lead.address)[1] in letter.text.replace("%2F", "/")
    lead.see("Nobody has booked it, and nobody waits. Only the hosts are told.")
    lead.look()
    send(lead)
    refused(lead)
    fill(lead, reason="Nobody wanted to come")
    send(lead)
    lead.see("Called off. Everybody who booked or waits gets one email with the reason.")
    lead.page.goto(f"{lead.address}/")
    expect(lead.page.get_by_text("that nobody has booked")).to_have_count(0)
    go(lead, "surgery_list", world.pair.cohort_id)


def on(day: date) -> dict:
    return {"session__starts_at__date": day}
