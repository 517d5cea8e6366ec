"""A series of workshops: set up, booked on a phone, moved, held with a register, and thought of without names.

It runs with and without scripts. The clock is the test's own, so that the day of a workshop comes when it is wanted.
"""

import re
from datetime import date, time, timedelta

import pytest
import vobject
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from bookings.models import Attendee, Booking, Session
from cohorts.choices import Side
from cohorts.models import Participant
from cohorts.tests.factories import CohortFactory
from elements import clock
from pairs.tests.worlds import person
from reminders.due import compose_due
from reminders.models import LocalLetter, Message
from tests.journeys.clockwork import Wall, everything_goes_out, letters_to
from tests.journeys.test_first_afternoon import SHEET
from tests.journeys.test_pair import World, hand_out, saved, sign_in, world
from tests.journeys.test_projects import fill, refused, send
from tests.journeys.walking import DESK, PHONE, Walk, in_a_hurry
from workshops import actions
from workshops.forms.dates import day_field
from workshops.models import Feedback, Meeting, Need, Workshop
from workshops.presets import USUAL
from workshops.tasks import ask_and_close
from workshops.tests.worlds import closed, people, planned

__all__ = ["hand_out", "world"]
pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = date(2027, 3, 1)
DAYS = [date(2027, 3, 24) + timedelta(weeks=4 * number) for number in range(6)]
MOVED_TO = date(2027, 3, 31)  # in the week after the clocks went forward
PLACES = 9
FIRST = USUAL[0].title
WANTED, KEEP = "Say how budgets are cut, in one page", "The map on the wall"
SCREENS = 320, 375, 1280


@pytest.fixture(autouse=True)
def wall(monkeypatch) -> Wall:
    return Wall(monkeypatch, clock.at(MONDAY, time(10)))


@pytest.fixture
def others(world) -> list[Participant]:
    """Four more of each side: with Maya and Tom they are ten."""
    cohort = world.pair.cohort
    return [person(cohort, (Side.A, Side.B)[number % 2], 1 + number) for number in range(8)]


def test_from_the_preset_to_what_people_thought_of_it(world, others, hand_out, wall):
    maya, tom, lead = hand_out(PHONE), hand_out(PHONE), hand_out(DESK)
    for walk in (maya, tom, lead):
        walk.widths = SCREENS
    with in_a_hurry(maya, tom, lead):  # signing in has its own journey
        for walk, who in ((maya, world.doctor), (tom, world.manager), (lead, world.lead)):
            sign_in(walk, who)
    last_year = thought_last_year(world)
    first = set_up(lead, world)
    bring_materials(lead, first)
    meeting = first.meetings.get()
    say_what_she_wants(maya, first)
    book(maya, meeting)
    read_materials(maya, first)
    fill_up(world, others, first, meeting)
    wait(tom, meeting)
    take_what_came_free(hand_out(PHONE), world, others[0], meeting)

    wall.turn_to(clock.at(DAYS[0] - timedelta(days=6), time(9)))
    come_back(lead, world.lead)
    read_what_is_wanted(lead, first)
    move(lead, world, meeting)

    wall.turn_to(clock.at(MOVED_TO, time(13, 50)))
    for walk, who in ((maya, world.doctor), (tom, world.manager), (lead, world.lead)):
        come_back(walk, who)
    check_in(lead, maya, meeting)
    wall.turn_to(clock.at(MOVED_TO, time(14, 10)))
    take_register(lead, world, others, meeting)

    wall.turn_to(clock.at(MOVED_TO, time(17, 5)))
    ask_and_close(now=wall.now())
    catch_up(tom, first)
    wall.turn_to(clock.at(MOVED_TO + timedelta(days=1), time(12)))
    come_back(lead, world.lead)
    correct(lead, world, meeting)
    nothing_yet = thought_page(lead, first)
    say_what_she_thought(maya, world, meeting)
    for number, each in enumerate(others[2:6], 1):
        given = {"met_aims": 5 - number % 2, "relevant": 1 + number, "facilitated": 4, "confident": 2 + number % 3}
        words = {"keep": f"{KEEP}, says the {number}th", "change": "", "action": ""}
        actions.give_feedback(meeting=meeting, by=each.user, now=wall.now(), **given, **words)
    assert thought_page(lead, first) == nothing_yet, "not even how many"

    wall.turn_to(clock.at(MOVED_TO + timedelta(days=15), time(9)))
    ask_and_close(now=wall.now())
    come_back(lead, world.lead)
    read_what_they_thought(lead, first)
    compare(lead, world, last_year)
    count_hours(lead, world)
    come_back(maya, world.doctor)
    print_certificate(maya, world)
    assert named_to_others(others) == []
    assert named_to_others([Participant.objects.get(user=world.doctor)], but=()) != [], "the search finds what is there"


def go(walk: Walk, name: str, *ids) -> None:
    walk.page.goto(f"{walk.address}{reverse(name, args=ids)}")
    walk.look()


def come_back(walk: Walk, who: User) -> None:
    """Another day: nobody is signed in for ever."""
    walk.page.context.clear_cookies()
    with in_a_hurry(walk):
        sign_in(walk, who)


def named_to_others(people: list[Participant], *, but: tuple[str, ...] | None = None) -> list[tuple]:
    """(to whom, name) of each letter and calendar file that names one of these people, but those to herself."""
    found = []
    for letter in LocalLetter.objects.all():
        said = "\n".join([letter.subject, letter.text, letter.html, letter.calendar.replace("\n ", "")])
        for each in people:
            own = (each.user.email,) if but is None else but
            if letter.to_addr not in own and (each.name in said or each.user.email in said):
                found.append((letter.to_addr, each.name))
    return found


def thought_last_year(world: World) -> Workshop:
    """The same topic in the cohort before, as it came to be: held, answered by six, and closed."""
    before = CohortFactory(
        programme=world.pair.cohort.programme, name="Autumn", starts_on=date(2026, 2, 1), ends_on=date(2026, 10, 31)
    )
    early, starts_at = clock.at(date(2026, 3, 2)), clock.at(date(2026, 3, 11), time(14))
    given = {"topic": USUAL[0].topic, "title": "Who are we?", "aims": "", "asks_feedback": True, "needs_until": None}
    workshop = actions.add_workshop(cohort=before, by=world.lead, **given)
    meeting = planned(workshop, world.lead, hosts=[world.lead], starts_at=starts_at, now=early)
    there = people(before, 6)
    for each in there:
        actions.book_place(meeting=meeting, participant=each, by=each.user, now=early)
    over = meeting.session.ends_at + timedelta(minutes=5)
    actions.mark_all_present(meeting=meeting, by=world.lead, now=over)
    actions.open_feedback(meeting=meeting, now=over)
    for number, each in enumerate(there):
        marks = {"met_aims": 2 + number % 2, "relevant": 3 + number % 2, "facilitated": 4 - number % 2}
        words = {"keep": "", "change": "Less paper", "action": ""}
        actions.give_feedback(meeting=meeting, by=each.user, now=over, confident=2 + number % 2, **marks, **words)
    closed(meeting)
    Message.objects.all().delete()
    return workshop


def set_up(lead: Walk, world: World) -> Workshop:
    """The usual six in one press, their dates in one form, their order by the keyboard."""
    lead.page.goto(f"{lead.address}/")
    lead.follow("Spring")
    lead.look()
    lead.follow("Workshops")
    lead.look()
    lead.press("Set up the six")
    lead.see("The six usual workshops are set up.")
    lead.look()
    lead.follow("Set dates")
    lead.look()
    send(lead)
    refused(lead)
    undated = Workshop.objects.filter(cohort=world.pair.cohort)
    fill(lead, **{day_field(workshop): day for workshop, day in zip(undated, DAYS, strict=True)})
    fill(lead, starts="2", ends="5pm", place="Seminar room 2", capacity=str(PLACES))
    send(lead)
    lead.see("Do you mean 2am or 2pm?")
    refused(lead)
    fill(lead, starts="2pm")
    send(lead)
    lead.see("6 workshops have a date.")
    sessions = list(Session.objects.filter(cohort=world.pair.cohort))
    assert [clock.span(each.starts_at, each.ends_at) for each in sessions] == [
        f"{clock.in_full(day)}, 2pm to 5pm" for day in DAYS
    ]
    moved = lead.page.get_by_role("button", name=re.compile(f"^Down.*{USUAL[2].title}"))
    moved.focus()
    with lead.page.expect_navigation():
        lead.page.keyboard.press("Enter")
    lead.look()
    assert [each.title for each in Workshop.objects.filter(cohort=world.pair.cohort)] == [
        USUAL[at].title for at in (0, 1, 3, 2, 4, 5)
    ]
    first = Workshop.objects.get(cohort=world.pair.cohort, place=1)
    go(lead, "workshop_detail", first.pk)
    lead.follow("Change this workshop")
    lead.look()
    fill(lead, title="")
    send(lead)
    refused(lead)
    fill(lead, title=FIRST, aims="Say what you bring to work")
    send(lead)
    lead.see("The workshop is changed.")
    first.refresh_from_db()
    return first


def bring_materials(lead: Walk, first: Workshop) -> None:
    """A link to read before, and a file for afterwards."""
    lead.follow("Add a material")
    lead.look()
    send(lead)
    refused(lead)
    fill(lead, label="What a purpose is", when="before", kind="link")
    fill(lead, url="nowhere")
    send(lead)
    refused(lead)
    fill(lead, url="https://trust.example/purpose")
    send(lead)
    lead.see("What a purpose is is among the materials.")
    lead.follow("Add a material")
    fill(lead, label="Names of the sites", when="after", kind="file")
    lead.page.locator("[name=file]").set_input_files(SHEET)
    send(lead)
    lead.see("Names of the sites")
    assert first.materials.count() == 2


def say_what_she_wants(maya: Walk, first: Workshop) -> None:
    """Found among what is next on her home page."""
    maya.page.goto(f"{maya.address}/")
    maya.look()
    maya.follow(f"What do you want from “{FIRST}”?")
    maya.look()
    send(maya)
    refused(maya)
    fill(maya, confidence="2", words=WANTED)
    send(maya)
    maya.see("Thank you. You can change your answer until the last day.")
    assert Need.objects.get(workshop=first).words == WANTED


def book(maya: Walk, meeting: Meeting) -> None:
    maya.page.goto(f"{maya.address}/")
    maya.follow(f"Choose a date: {FIRST}")
    maya.see(f"{PLACES} places left")
    maya.look()
    maya.press(re.compile("^Book a place"))
    maya.see("You have a place.")
    maya.look()
    assert Attendee.objects.booked().get(session=meeting.pk).participant.user.name == "Maya Fell"
    go(maya, "workshop_list", meeting.cohort_id)
    maya.see("Booked")


def read_materials(maya: Walk, first: Workshop) -> None:
    go(maya, "workshop_detail", first.pk)
    maya.see("What a purpose is")
    with maya.page.expect_download() as download:
        maya.page.get_by_role("link", name="Names of the sites").click()
    assert download.value.path().read_bytes() == SHEET.read_bytes()


def fill_up(world: World, others: list[Participant], first: Workshop, meeting: Meeting) -> None:
    """Everybody says what they want, and everybody but Tom has a place."""
    tom = Participant.objects.get(user=world.manager)
    for number, each in enumerate([*others, tom]):
        words = f"Wish number {number}"
        given = {"workshop": first, "participant": each, "by": each.user}
        actions.say_need(confidence=1 + number % 5, words=words, on=MONDAY, **given)
    for each in others:
        actions.book_place(meeting=meeting, participant=each, by=each.user, now=clock.at(MONDAY, time(11)))


def wait(tom: Walk, meeting: Meeting) -> None:
    tom.page.goto(f"{tom.address}/")
    tom.follow(f"Choose a date: {FIRST}")
    tom.see("Full, join the waiting list")
    tom.look()
    tom.press(re.compile("^Join the waiting list"))
    tom.see("You are number 1 on the waiting list. We write to you when a place comes free.")
    tom.look()
    assert Booking.objects.in_line().get(session=meeting.pk).line == PLACES + 1
    tom.follow_back(FIRST)
    tom.look()


def take_what_came_free(post: Walk, world: World, leaving: Participant, meeting: Meeting) -> None:
    """Somebody gives her place back; Tom opens the message on a phone that knows nothing of him."""
    mine = Booking.objects.live().get(session=meeting.pk, attendees__participant=leaving)
    actions.give_place_back(booking=mine, by=leaving.user, now=clock.at(MONDAY, time(11)))
    everything_goes_out()
    [letter] = letters_to(world.manager, "Free for you until")
    assert "A place is free for you" in letter.text
    assert leaving.name not in letter.text
    post.widths = SCREENS
    sign_in_by(post, letter, world.manager)
    post.see(re.compile("A place is held for you until Monday 1 March 2027, 3pm"))
    post.look()
    post.press("Take the place")
    post.see("You have a place: Wednesday 24 March 2027, 2pm to 5pm.")
    post.look()
    assert Attendee.objects.booked().filter(session=meeting.pk).count() == PLACES


def sign_in_by(post: Walk, letter: LocalLetter, who: User) -> None:
    """From the link of a message to its page, with a code."""
    post.page.goto(f"{post.address}/mailbox/{letter.pk}/")
    post.follow(re.compile("next="))
    post.say("Email address", who.email)
    post.press("Email me a code")
    everything_goes_out()
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\s*$", letters_to(who)[-1].text, re.MULTILINE).group(1)
    post.page.get_by_label(re.compile("Code")).first.fill(code)
    post.press("Continue")


def read_what_is_wanted(lead: Walk, first: Workshop) -> None:
    """The day after the last day of asking, by side, because five of each answered."""
    go(lead, "need_list", first.pk)
    lead.see(re.compile("Everybody: 10 answers"))
    lead.see(re.compile("Doctors: 5 answers"))
    lead.see(re.compile("Managers: 5 answers"))
    lead.see(WANTED)
    lead.look()


def move(lead: Walk, world: World, meeting: Meeting) -> None:
    """Everybody who has a place, and whoever runs it, hears once; calendars follow with the hour of the wall."""
    everything_goes_out()
    booked = {who: file_to(who) for who in (world.doctor, world.manager)}
    go(lead, "meeting_detail", meeting.pk)
    lead.follow("Move it to another time")
    lead.look()
    fill(lead, day=MONDAY)
    send(lead)
    lead.see("Enter a day that is still to come")
    refused(lead)
    fill(lead, day=MOVED_TO)
    send(lead)
    lead.see("The date is moved. Everybody who has a place or waits is told.")
    everything_goes_out()
    told = LocalLetter.objects.filter(text__contains="There is a change to this workshop")
    places = list(Attendee.objects.booked().filter(session=meeting.pk))
    addresses = [each.participant.user.email for each in places] + [world.lead.email]
    assert sorted(told.values_list("to_addr", flat=True)) == sorted(addresses)
    assert len(addresses) == PLACES + 1
    for who, before in booked.items():
        assert f"{clock.in_full(MOVED_TO)}, 2pm to 5pm" in letters_to(who)[-1].text
        after = file_to(who)
        assert after.uid.value == before.uid.value
        assert int(after.sequence.value) == int(before.sequence.value) + 1
        assert (str(before.dtstart.value), str(after.dtstart.value)) == (
            "2027-03-24 14:00:00+00:00",
            "2027-03-31 14:00:00+01:00",
        )


def file_to(who: User):
    """The newest entry that somebody got for the calendar."""
    letter = LocalLetter.objects.filter(to_addr=who.email).exclude(calendar="").order_by("sent_at").last()
    return vobject.readOne(letter.calendar).vevent


def check_in(lead: Walk, maya: Walk, meeting: Meeting) -> None:
    """The code stands in the room, and she types it on her phone, without a mouse."""
    go(lead, "meeting_detail", meeting.pk)
    lead.follow("The code to check in, for the room")
    lead.look()
    code = lead.page.locator(".nhsuk-heading-xl").inner_text()
    maya.page.goto(f"{maya.address}{meeting.get_absolute_url()}")
    maya.look()
    maya.follow("I am here")
    maya.look()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    maya.say("Code", wrong)
    send(maya)
    refused(maya)
    box = maya.page.get_by_label("Code", exact=True)
    box.fill(f"{code[:3]} {code[3:]}")
    with maya.page.expect_navigation():
        box.press("Enter")
    maya.see("You are marked as there.")
    maya.look()


def mark(lead: Walk, who: Participant | User, *, said: str, words: str, **boxes: str) -> None:
    lead.follow(who.name)
    lead.look()
    fill(lead, attendance=said, **boxes)
    send(lead)
    lead.see(f"Saved: {who.name}, {words}.")


def take_register(lead: Walk, world: World, others: list[Participant], meeting: Meeting) -> None:
    """On the lead's own phone: everybody in one tap, then one who is late, and one who is sorry."""
    lead.page.set_viewport_size(PHONE)
    go(lead, "meeting_register", meeting.pk)
    expect(lead.page.locator(".house-row").filter(has_text="Maya Fell").get_by_text("Attended")).to_be_visible()
    lead.press("All present")
    lead.see("8 people are marked as there. Change those who were not.")
    lead.look()
    lead.follow(others[1].name)
    fill(lead, attendance="late", late_0="two")
    send(lead)
    refused(lead)
    lead.follow("Cancel")
    mark(lead, others[1], said="late", words="came late", late_0="2", late_1="30")
    mark(lead, world.manager, said="apologies", words="sent apologies")
    lead.follow("Somebody without a place came")
    lead.look()
    lead.page.set_viewport_size(DESK)
    assert marks_of(meeting) == {"attended": 7, "late": 1, "apologies": 1}


def marks_of(meeting: Meeting) -> dict[str, int]:
    said = list(Attendee.objects.booked().filter(session=meeting.pk).values_list("attendance", flat=True))
    return {each: said.count(each) for each in said}


def catch_up(tom: Walk, first: Workshop) -> None:
    go(tom, "workshop_detail", first.pk)
    tom.see("You missed it")
    tom.follow("I have caught up")
    tom.look()
    tom.press("I have caught up")
    tom.see("Noted: you have caught up.")
    tom.look()


def correct(lead: Walk, world: World, meeting: Meeting) -> None:
    """The day after: Maya was called away. The minutes that she was there are what counts."""
    go(lead, "meeting_register", meeting.pk)
    lead.follow(world.doctor.name)
    fill(lead, attendance="part")
    send(lead)
    lead.see("Enter the hours and minutes, like 1 and 30")
    refused(lead)
    fill(lead, part_0="1", part_1="30")
    send(lead)
    lead.see(re.compile("there for 1 hour 30 minutes"))


def thought_page(lead: Walk, first: Workshop) -> str:
    go(lead, "workshop_detail", first.pk)
    lead.follow("What people thought of it")
    lead.see(re.compile("^Nothing to show yet"))
    lead.look()
    return lead.page.get_by_role("main").inner_text()


def say_what_she_thought(maya: Walk, world: World, meeting: Meeting) -> None:
    compose_due(now=clock.at(MOVED_TO + timedelta(days=1), time(12)))
    everything_goes_out()
    [asked] = letters_to(world.doctor, "What did you think of")
    assert "your name is not kept with it" in asked.text
    assert letters_to(world.manager, "What did you think of") == [], "he was not there"
    maya.page.goto(f"{maya.address}/")
    maya.look()
    maya.follow(f"Say what you thought: {FIRST}")
    maya.look()
    fill(maya, met_aims="5", keep=f"{KEEP}, says the first")
    send(maya)
    maya.see("Choose how relevant it was to your work")
    refused(maya)
    expect(maya.page.locator("[name=keep]")).to_have_value(f"{KEEP}, says the first")
    fill(maya, relevant="5", facilitated="5", confident="3")
    send(maya)
    maya.see("Thank you. Your answer is kept without your name.")
    go(maya, "feedback_give", meeting.pk)
    maya.see(re.compile("^You cannot answer now"))
    assert Feedback.objects.filter(meeting=meeting).count() == 1


def read_what_they_thought(lead: Walk, first: Workshop) -> None:
    go(lead, "feedback_detail", first.pk)
    lead.see("5 of 8 people who were there answered (62%).")
    for number in range(1, 5):
        lead.see(f"{KEEP}, says the {number}th")
    lead.see("Not shown: fewer than five people wrote something.")
    table = lead.page.get_by_role("table").inner_text()
    for statement in ("The workshop did what it set out to do", "It was relevant to my work", "well facilitated"):
        assert statement in table


def compare(lead: Walk, world: World, last_year: Workshop) -> None:
    """This year met its aims better than the year before: 4.6 beside 2.5."""
    go(lead, "workshop_list", world.pair.cohort_id)
    lead.follow("Feedback, compared with other cohorts")
    lead.look()
    table = lead.page.get_by_role("table", name="Knowing yourself")
    here, before = (table.get_by_role("row").filter(has_text=name) for name in ("Spring", last_year.cohort.name))
    expect(here).to_contain_text("5 of 8")
    expect(here).to_contain_text("4.6")
    expect(before).to_contain_text("6 of 6")
    expect(before).to_contain_text("2.5")
    expect(before).not_to_contain_text("Less paper")


def count_hours(lead: Walk, world: World) -> None:
    go(lead, "time_given_list", world.pair.cohort_id)
    lead.see("3 hours")
    send(lead)
    refused(lead)
    fill(lead, what="Preparing, two people", spent_on=MOVED_TO, minutes_0="4", minutes_1="")
    send(lead)
    lead.see("The hours are added.")
    lead.see("7 hours")


def print_certificate(maya: Walk, world: World) -> None:
    go(maya, "workshop_list", world.pair.cohort_id)
    maya.see(re.compile("You have been at 1 of 6 workshops"))
    button = maya.page.get_by_role("link", name="Download your certificate (PDF)")
    document = saved(maya, lambda: button.click())
    for words in ("Maya Fell", FIRST, "1 hour 30 minutes (part of it)", "31 March 2027", "1 workshop"):
        assert words in document
    assert not any(other in document for other in (world.manager.name, "Doctor 0001"))
