"""What a pair does, on two phones: agree, find a time, meet, visit each other, reflect; then what their lead sees.

It runs with and without scripts. Time is moved in the database: what is arranged has to be ahead, and what is confirmed
has to be past.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import User
from cohorts import taxonomies
from cohorts.actions.launches import set_launch
from cohorts.choices import Side
from cohorts.tests.factories import CohortFactory, LeadFactory
from conversations.models import Conversation
from elements import clock
from pairs.models import Membership, Pair
from pairs.tests.worlds import person, published, shown
from reminders.delivery import send_round
from reminders.due import compose_due
from reminders.models import LocalLetter, Message, Preference
from shadowing.models import Visit
from tests.journeys.walking import DESK, PHONE, Walk, in_a_hurry

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "three random words here"
ELSEWHERE = ("/static/", "/accounts/", "/mailbox/")  # of local mode, where one mailbox is everybody's
MOST_TAPS = 3  # from the opened message to the confirmation
NHS_NUMBER = "943 476 5919"  # of nobody: the example of the NHS data dictionary, with its right check digit

# Words that partners write, each in one place: no page of a lead holds any of them.
SAID = {
    "goal": "quokka",
    "place of a conversation": "wombat",
    "summary": "numbat",
    "private note": "bilby",
    "agreed action": "potoroo",
    "hope": "dugong",
    "notice": "echidna",
    "reflection": "cassowary",
    "reflection of her own": "galah",
}


@dataclass
class World:
    """The people, and the pair that has been told three weeks ago."""

    doctor: User
    manager: User
    lead: User
    pair: Pair


@pytest.fixture
def world(live_server, settings) -> World:
    cache.clear()
    taxonomies.load(apps)
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "reminders.backend.OutboxBackend"  # tests put another in its place
    on = clock.today()
    cohort = CohortFactory(
        name="Spring", starts_on=on - timedelta(days=20), ends_on=on + timedelta(days=200), visits_target=1
    )
    lead = LeadFactory(cohort=cohort, user__name="Lesley Hart").user
    maya = person(cohort, Side.A, 0, user__name="Maya Fell", role_title="Registrar", days="01234").user
    tom = person(cohort, Side.B, 0, user__name="Tom Reid", role_title="Service manager", days="01234").user
    set_launch(cohort=cohort, begins=time(14), ends=time(16), place="Hall", by=lead)
    shown(published(cohort, lead))
    told = timezone.now() - timedelta(days=20)
    Pair.objects.update(shown_from=told, started_on=told.date(), first_meeting_by=on + timedelta(days=7))
    Membership.objects.update(since=told.date())
    Message.objects.all().delete()  # of their being paired they have heard
    for who in (maya, tom, lead):
        who.set_password(PASSWORD)
        who.save()
        Preference.objects.create(person=who, quiet_from=time(0), quiet_until=time(0))  # the test may run at night
        EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return World(maya, tom, lead, Pair.objects.with_members().get())


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def hand_out(request, browser, live_server):
    """A function that gives somebody a browser of this size."""
    contexts = []

    def made(size: dict) -> Walk:
        contexts.append(browser.new_context(viewport=size, java_script_enabled=request.param))
        return Walk(contexts[-1].new_page(), live_server.url, has_script=request.param, pictures=False)

    yield made
    for context in contexts:
        context.close()


def test_what_a_pair_does_and_what_its_lead_sees(world, hand_out):
    maya, tom = hand_out(PHONE), hand_out(PHONE)
    for walk, who in ((maya, world.doctor), (tom, world.manager)):
        sign_in(walk, who)
    agree(maya, tom)
    plan(maya, tom)
    log_from_the_message(hand_out(PHONE), world)
    night = arrange(maya, tom, "Tom Reid visits you", "Operating theatre", hours=("8pm", "8am"), place="Main theatres")
    with in_a_hurry(maya, tom):
        finance = arrange(maya, tom, "You visit Tom Reid", "Finance", hours=("2pm", "4pm"), place="Room 4")
    prepare(maya, tom, night, host=maya, visitor=tom)
    with in_a_hurry(maya, tom):
        prepare(maya, tom, finance, host=tom, visitor=maya)
    print_sheet_and_letter(maya, world, night)
    take_place(maya, night, days_ago=3, took=("11", "30"))
    with in_a_hurry(maya):
        take_place(maya, finance, days_ago=1, took=("1", "50"))
    reflect_and_share(maya, tom, finance)
    download_record(maya)
    tell_the_leads(maya, world)
    what_the_lead_sees(hand_out(DESK), world)


def sign_in(walk: Walk, who: User) -> None:
    walk.page.goto(f"{walk.address}/")
    walk.say("Email address", who.email)
    walk.say("Password", PASSWORD)
    walk.page.get_by_label(re.compile("This is my own phone")).check()
    walk.look()
    walk.press("Sign in")
    walk.look()


def from_home(walk: Walk) -> None:
    walk.page.goto(f"{walk.address}/")
    walk.follow("Your pair’s page")


def to_pair(walk: Walk) -> None:
    walk.page.goto(f"{walk.address}{Pair.objects.get().get_absolute_url()}")


def agree(maya: Walk, tom: Walk) -> None:
    from_home(maya)
    maya.look()
    maya.follow("Write your agreement")
    maya.look()
    maya.press("Save and sign")
    maya.see("Enter your first goal")
    maya.look()
    maya.say("First goal", f"See how a bed is found: {SAID['goal']}")
    maya.say("Second goal", "Try one change on our ward")
    maya.press("Save and sign")
    maya.see(re.compile("It waits for Tom Reid"))
    maya.look()
    to_pair(tom)
    tom.follow(re.compile("agreement"))
    tom.look()
    tom.press("Sign this agreement")
    tom.see(re.compile("Signed on"))
    tom.look()


def plan(maya: Walk, tom: Walk) -> None:
    """Both say when they can, and she plans a free half-hour."""
    say_when(maya)
    with in_a_hurry(tom):
        say_when(tom)
    to_pair(maya)
    maya.follow("Find a time")
    maya.look()
    maya.follow(re.compile(r": Plan a conversation$"))
    maya.look()
    maya.say("Place (optional)", f"Canteen, {SAID['place of a conversation']} room")
    maya.press("Plan it")
    maya.see(re.compile("You talk on"))
    maya.look()


def say_when(walk: Walk) -> None:
    to_pair(walk)
    walk.follow("Find a time")
    walk.look()
    walk.follow("Say when you can")
    walk.look()
    walk.follow("Enter your usual hours")
    walk.say("Monday", "whenever")
    walk.press("Save your hours")
    walk.see("Monday must be hours like 9am to 5pm")
    walk.look()
    walk.say("Monday", "9am to 5pm")
    walk.press("Save your hours")
    walk.see("Your usual hours are saved.")
    walk.look()


def a_day_later() -> date:
    """The clock of this test: what was planned was yesterday, and the message of this morning is out."""
    on = clock.today()
    Message.objects.all().delete()
    starts_at = clock.at(on - timedelta(days=1), time(14)).astimezone(UTC)
    Conversation.objects.update(
        falls_on=on - timedelta(days=1), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30)
    )
    compose_due(now=clock.at(on))
    Message.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    send_round()
    return on - timedelta(days=1)


def log_from_the_message(post: Walk, world: World) -> None:
    """From the opened message to the confirmation without sign-in, then the rest after it."""
    day = a_day_later()
    letter = LocalLetter.objects.filter(to_addr=world.doctor.email, text__contains="/met/").get()
    post.page.goto(f"{post.address}/mailbox/{letter.pk}/")
    post.look()
    post.taps = 0
    post.follow(re.compile("met.[0-9a-f]{8}-"))
    post.look()
    assert Conversation.objects.get().state == "planned", "to open the link changes nothing"
    post.press("We met")
    post.see(f"You met on {clock.in_full(day)}.")
    assert 0 < post.taps <= MOST_TAPS
    post.look()
    assert Conversation.objects.get().state == "held"
    post.follow("Add what you talked about")
    post.say("Email address", world.doctor.email)
    post.say("Password", PASSWORD)
    post.press("Sign in")
    post.look()
    post.say("Summary for you both (optional)", f"How a list is made, and who waits: {SAID['summary']}")
    post.say("Note for yourself (optional)", f"Ask about the waiting list: {SAID['private note']}")
    post.say("What?", f"Send the dates of the {SAID['agreed action']} meetings")
    post.choose("Who?", "Tom Reid")
    post.press("Save changes")
    post.see(re.compile(SAID["summary"]))
    post.see(re.compile(SAID["agreed action"]))
    post.look()


def date_in(walk: Walk, name: str, day: date) -> None:
    for number, words in enumerate((day.day, day.month, day.year)):
        walk.page.locator(f"#id_{name}_{number}").fill(str(words))


def arrange(maya: Walk, tom: Walk, direction: str, setting: str, *, hours: tuple[str, str], place: str) -> Visit:
    """She suggests a visit, he says yes."""
    known = set(Visit.objects.values_list("pk", flat=True))
    to_pair(maya)
    maya.follow("Arrange a visit")
    maya.press("Suggest this visit")
    maya.see("Choose who visits whom")
    maya.look()
    maya.page.get_by_label(direction, exact=True).check()
    maya.choose("Setting", setting)
    maya.say("Place (optional)", place)
    date_in(maya, "day", clock.today() + timedelta(days=10))
    maya.page.locator("#id_starts").fill(hours[0])
    maya.page.locator("#id_ends").fill(hours[1])
    maya.press("Suggest this visit")
    maya.see("Tom Reid has been asked and can say yes.")
    maya.look()
    visit = Visit.objects.exclude(pk__in=known).get()
    to_pair(tom)
    tom.look()
    tom.page.goto(f"{tom.address}{visit.get_absolute_url()}")
    tom.look()
    tom.press("Say yes")
    tom.look()
    return visit


def prepare(maya: Walk, tom: Walk, visit: Visit, *, host: Walk, visitor: Walk) -> None:
    hope, notice = f"How a list is kept on time: {SAID['hope']}", f"Who decides when the {SAID['notice']} waits"
    for walk, label, words in (
        (host, "What should your visitor notice? (optional)", notice),
        (visitor, "What do you hope to learn?", hope),
    ):
        walk.page.goto(f"{walk.address}{visit.get_absolute_url()}")
        walk.follow("Prepare the visit")
        walk.say(label, words)
        for box in walk.page.get_by_role("main").get_by_role("checkbox").all():
            box.check()
        walk.look()
        walk.press("Save")
        walk.look()
    visitor.see("Everything is prepared.")


def print_sheet_and_letter(maya: Walk, world: World, night: Visit) -> None:
    night.refresh_from_db()
    assert clock.local(night.starts_at).date() < clock.local(night.ends_at).date()
    maya.page.goto(f"{maya.address}{night.get_absolute_url()}")
    maya.follow("Sheet to print for the day")
    maya.look()
    to_pair(maya)
    maya.follow(re.compile("Your record"))
    maya.look()
    letter = saved(maya, lambda: maya.page.get_by_role("button", name="Download the letter (PDF)").click())
    first = clock.today() + timedelta(days=10)
    assert world.doctor.name in letter
    assert f"{clock.in_full(first)}, 8pm to {clock.in_full(first + timedelta(days=1))}, 8am" in letter
    assert f"{clock.in_full(first)}, 2pm to 4pm" in letter
    assert "Paired learning: shadowing visit" in letter
    assert world.manager.name not in letter
    assert not any(word in letter for word in SAID.values())


def take_place(maya: Walk, visit: Visit, *, days_ago: int, took: tuple[str, str]) -> None:
    """The clock of this test: the visit was some days ago. She confirms it, and that they have talked it over."""
    visit.refresh_from_db()
    lasts = visit.ends_at - visit.starts_at
    starts_at = clock.at(clock.today() - timedelta(days=days_ago), clock.local(visit.starts_at).time()).astimezone(UTC)
    Visit.objects.filter(pk=visit.pk).update(starts_at=starts_at, ends_at=starts_at + lasts)
    maya.page.goto(f"{maya.address}{visit.get_absolute_url()}")
    maya.look()
    maya.follow("Yes, it took place")
    maya.say("Hours", "two")
    maya.press("Save")
    maya.see("Enter hours and minutes as whole numbers, like 2 and 30")
    maya.look()
    for box, figure in zip(("Hours", "Minutes"), took, strict=True):
        maya.say(box, figure)
    maya.page.get_by_label("Not yet", exact=True).check()
    maya.press("Save")
    maya.look()
    maya.follow("We have talked it over")
    maya.look()
    maya.press("Save")
    maya.look()


def reflect_and_share(maya: Walk, tom: Walk, finance: Visit) -> None:
    """One of her reflections is about the visit, is asked about a patient once, is shared and taken back."""
    maya.page.goto(f"{maya.address}{finance.get_absolute_url()}")
    maya.follow("Write a reflection on this visit")
    maya.look()
    maya.say("What I take away", f"Mr Smith ({NHS_NUMBER}) waits for a {SAID['reflection']} that nobody budgets")
    maya.say("What I will try, and when", "Bring the figures to the round on Monday")
    maya.press("Save for me alone")
    maya.see("Could this name a patient?")
    maya.look()
    maya.press("Replace these words")
    maya.see("The words are replaced in the boxes below. Nothing is saved yet: read it once more, then save.")
    expect(maya.page.get_by_label("What I take away", exact=True)).to_have_value(
        re.compile(rf"^patient X .*{SAID['reflection']}", re.IGNORECASE)
    )
    maya.look()
    maya.press("Save for me alone")
    maya.see("Saved. Only you can read it.")
    shared = maya.page.url
    assert "Smith" not in maya.page.content()
    maya.look()
    maya.follow("Change it")
    maya.press("Save changes")
    maya.see("Saved.")
    assert maya.page.url == shared, "it asks once"

    tom.page.goto(shared)
    expect(tom.page.get_by_role("heading", level=1)).to_have_text(re.compile("not found", re.IGNORECASE))
    tom.watched.complaints.clear()  # the browser tells of each answer that is no page
    maya.press("Share with Tom Reid")
    maya.look()
    tom.page.goto(shared)
    tom.see(re.compile(SAID["reflection"]))
    tom.look()
    maya.press("Stop sharing with Tom Reid")
    tom.page.reload()
    expect(tom.page.get_by_role("heading", level=1)).to_have_text(re.compile("not found", re.IGNORECASE))
    tom.watched.complaints.clear()

    maya.follow_back("Your reflections")
    maya.look()
    maya.follow("Write a reflection")
    maya.say("What I take away", f"I was afraid to ask: {SAID['reflection of her own']}")
    maya.press("Save for me alone")
    maya.look()


def download_record(maya: Walk) -> None:
    to_pair(maya)
    maya.follow(re.compile("Your record"))
    maya.look()
    maya.page.get_by_label(re.compile("Finance")).check()
    record = saved(maya, lambda: maya.page.get_by_role("button", name="Download your record (PDF)").click())
    assert "This record holds no patient-identifiable information." in record
    assert SAID["reflection"] in record
    assert SAID["reflection of her own"] not in record
    assert "11 hours 30 minutes" in record
    assert "1 hour 50 minutes" in record
    assert "Smith" not in record


def saved(walk: Walk, click: Callable[[], None]) -> str:
    """The words of the document that a click downloads, each space as one."""
    with walk.page.expect_download() as download:
        click()
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tell_the_leads(maya: Walk, world: World) -> None:
    Pair.objects.update(shown_from=timezone.now() - timedelta(days=31))
    maya.page.goto(f"{maya.address}/")
    maya.look()
    maya.follow(re.compile("how it goes"))
    maya.press("Tell the leads")
    maya.look()
    for group, answer in (
        ("We have met as often as we meant to.", "Agree"),
        ("This pairing is working for me.", "Strongly agree"),
        ("Would you like a lead to call you?", "No"),
    ):
        maya.page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()
    maya.say("Anything the leads should know (optional)", "Our shifts hardly meet")
    maya.press("Tell the leads")
    maya.look()
    with maya.page.expect_navigation():
        maya.page.get_by_role("link", name=re.compile("A word to the leads in confidence")).click()
    maya.press("Send in confidence")
    maya.see("Enter what you want the leads to know")
    maya.look()
    maya.say("What is on your mind?", "The rota leaves me no time. Please ring me")
    maya.press("Send in confidence")
    maya.look()


def what_the_lead_sees(lead: Walk, world: World) -> None:
    sign_in(lead, world.lead)
    lead.follow("Spring")
    lead.look()
    lead.follow(re.compile("^Pairs"))
    lead.look()
    lead.follow(re.compile("Maya Fell"))
    day = clock.today() - timedelta(days=1)
    lead.see(f"Signed on {clock.in_full(clock.today())}")
    lead.see("1 so far, 0 planned")
    lead.see(re.compile(re.escape(clock.in_full(day))))
    lead.look()
    lead.page.goto(f"{lead.address}{world.pair.cohort.get_absolute_url()}pulse/")
    lead.look()
    lead.follow(re.compile("Maya Fell"))
    lead.see("Our shifts hardly meet")
    lead.look()
    lead.page.goto(f"{lead.address}{world.pair.cohort.get_absolute_url()}confidence/")
    lead.look()
    lead.follow("Maya Fell")
    lead.see("The rota leaves me no time. Please ring me")
    lead.look()
    read = everything_read_by(world.lead)
    assert len(read) > 30
    leaks = [(path, what) for path, text in read.items() for what, word in SAID.items() if word in text]
    assert leaks == []
    her_own = "".join(everything_read_by(world.doctor).values())
    assert [what for what, word in SAID.items() if word not in her_own] == [], "the search finds what is there"


def everything_read_by(who: User) -> dict[str, str]:
    """Every page and list that links lead this person to from the home page."""
    client, read, ahead = Client(), {}, ["/"]
    client.force_login(who)
    while ahead:
        path = ahead.pop()
        if path in read:
            continue
        answer = client.get(path)
        read[path] = b"".join(answer).decode(errors="replace") if answer.status_code == 200 else ""
        found = re.findall(r'href="(/[^"#]*)', read[path]) if "html" in answer.get("Content-Type", "") else []
        ahead += [each.replace("&amp;", "&") for each in found if not each.startswith(ELSEWHERE)]
    return read
