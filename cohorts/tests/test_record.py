"""Somebody's own record and the letter to the rota coordinator."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts import actions, rota
from cohorts.models import Cohort, Launch, LaunchChange
from cohorts.record import HEADING, chosen, record_of
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from elements import clock, diary, house
from elements.contract import Element, Event, RecordLine, Stage
from elements.tests.test_paper import read, text_of

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2027, 3, 5), date(2027, 4, 5)


class Made(Element):
    """An element that knows what the test says."""

    slug = "made"

    def __init__(self, lines=(), events=()):
        self.lines, self.events = lines, events

    def record(self, *, participant):
        return self.lines

    def calendar(self, *, users):
        return [replace(event, whose=user.pk) for user in users for event in self.events]


@pytest.fixture
def person():
    cohort = CohortFactory(name="Spring")
    LeadFactory(cohort=cohort, user__email="lead@trust.example", name="Kim Elm")
    return ParticipantFactory(cohort=cohort, name="Sam Ash", role_title="Registrar")


@pytest.fixture
def knows(monkeypatch):
    """Let one element alone speak of people."""

    def speak(**said):
        made = Made(**said)
        monkeypatch.setattr(house, "all_elements", lambda: iter([made]))
        monkeypatch.setattr(diary, "all_elements", lambda: iter([made]))

    return speak


LINES = [
    RecordLine("Conversations", SECOND, "Conversation", minutes=60),
    RecordLine("Conversations", FIRST, "Conversation", minutes=45),
    RecordLine("Shadowing", FIRST, "Visit to theatre", "visitor", 480),
    RecordLine("Shadowing", SECOND, "Visit to a finance meeting", "host", 90),
    RecordLine("Shadowing", SECOND, "Reflection", ref="r1", title="On theatre", text="What I learnt of lists."),
    RecordLine("Shadowing", SECOND, "Reflection", ref="r2", title="On money", text="What stays with me alone."),
]


def post(client, person, **data):
    client.force_login(person.user)
    return client.post(reverse("record", args=[person.pk]), data)


def test_hours_are_added_by_element_and_role(person, knows):
    knows(lines=LINES)
    found = [(each.label, each.times, each.words) for each in record_of(person).hours]
    assert found == [
        ("Conversations", 2, "1 hour 45 minutes"),
        ("Shadowing, as host", 1, "1 hour 30 minutes"),
        ("Shadowing, as visitor", 1, "8 hours"),
    ]


def test_the_document_has_dates_hours_roles_and_the_heading(client, person, knows):
    knows(lines=LINES)
    answer = post(client, person)
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(text_of(answer.content).split())
    for words in (HEADING, "Sam Ash", "Registrar", "Friday 5 March 2027", "Visit to theatre", "visitor", "8 hours"):
        assert words in text
    assert text.index("Friday 5 March 2027 Conversation") < text.index("Monday 5 April 2027 Conversation")


def test_no_cell_is_empty_and_the_document_is_tagged_and_headed(client, person, knows):
    """A line without a role or a length says so, in every table."""
    knows(lines=[*LINES, RecordLine("Workshops", FIRST, "Workshop on money")])
    document = post(client, person).content
    text = " ".join(text_of(document).split())
    assert "Friday 5 March 2027 Workshop on money took part Not recorded" in text
    assert "Workshops 1 Not recorded" in text
    assert "Shadowing, as visitor 1 8 hours" in text
    assert text.startswith(f"Paired learning record of Sam Ash {HEADING}")
    found = read(document).trailer["/Root"]
    assert found["/MarkInfo"]["/Marked"]
    kinds = re.findall(r"/S /(\w+)", " ".join(str(each) for each in tree(found["/StructTreeRoot"])))
    assert {"Table", "TH", "TD", "H1", "H2"} <= set(kinds)


def tree(node, depth=0):
    """Every element of a document's structure, as "/S /Table"."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from tree(each, depth)
    elif isinstance(node, dict) and depth < 30:
        if "/S" in node:
            yield f"/S {node['/S']}"
        if "/K" in node:
            yield from tree(node["/K"], depth + 1)


def test_own_words_are_printed_only_where_ticked(client, person, knows):
    knows(lines=LINES)
    assert "What I learnt" not in text_of(post(client, person).content)
    text = text_of(post(client, person, ticked=["r1"]).content)
    assert "What I learnt of lists." in text
    assert "stays with me" not in text


def test_of_many_the_latest_are_to_tick_and_all_where_asked_for(client, person, knows):
    days = [FIRST + timedelta(days=number) for number in range(60)]
    knows(
        lines=[
            RecordLine("Shadowing", day, "Reflection", ref=f"r{day}", title=f"Of {day}", text="Lists") for day in days
        ]
    )
    client.force_login(person.user)
    address = reverse("record", args=[person.pk])
    few, every = (client.get(address, asked).content.decode() for asked in ({}, {"all": "1"}))
    assert [f'value="r{day}"' in few for day in days] == [False] * 10 + [True] * 50
    assert [f'value="r{day}"' in every for day in days] == [True] * 60
    assert ("These are the latest 50 of 60." in few, "These are the latest" in every) == (True, False)
    assert f"Of {days[0]}" in text_of(post(client, person, ticked=[f"r{days[0]}"]).content)


def test_words_of_somebody_else_cannot_be_ticked(client, person, knows):
    knows(lines=LINES)
    assert chosen(record_of(person), ["r1", "r9"]) == {"r1"}
    answer = post(client, person, ticked=["r9"])
    assert answer.status_code == 200
    assert "Choose from your own reflections" in answer.content.decode()


def test_an_empty_record_says_so(client, person, knows):
    knows()
    client.force_login(person.user)
    assert "Nothing has been recorded yet" in client.get(reverse("record", args=[person.pk])).content.decode()
    assert "Nothing has been recorded yet." in text_of(post(client, person).content)


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def lead(person):
    return person.cohort.roles.get().user


@pytest.fixture
def told(person, lead):
    """The launch is set and everybody has been told."""
    actions.set_launch(cohort=person.cohort, begins=clock.MORNING, ends=time(11), place="Alex Birch hall", by=lead)
    LaunchChange.objects.update(leaves_at=timezone.now())


def an_event(uid, on, **more):
    starts_at = clock.at(on)
    return Event(uid, 0, f"{uid} with Alex Birch", starts_at, starts_at + timedelta(hours=2), NOW, **more)


def letter_of(client, person):
    client.force_login(person.user)
    return client.get(reverse("rota", args=[person.pk]))


def test_the_letter_has_the_dates_of_this_cohort_that_come_in_order(person, knows, told):
    here, elsewhere = {"cohort": person.cohort_id}, {"cohort": CohortFactory().pk}
    knows(
        events=[
            an_event("Late", SECOND, kind="conversation", way="Online", **here),
            an_event("Early", FIRST, kind="shadowing visit", way="In person", **here),
            an_event("Gone", date(2027, 2, 1), **here),
            an_event("Off", SECOND, cancelled=True, **here),
            an_event("Other", SECOND, kind="launch", **elsewhere),
            an_event("Nobody's", SECOND, kind="launch"),
        ]
    )
    letter = rota.rota_letter(person, now=NOW)
    assert [(each.when, each.what, each.where) for each in letter.dates] == [
        ("Friday 5 March 2027, 9am to 11am", "Paired learning: shadowing visit", "In person"),
        ("Monday 5 April 2027, 9am to 11am", "Paired learning: conversation", "Online"),
    ]
    assert letter.leads == [("Kim Elm", "lead@trust.example")]
    text = " ".join(text_of(rota.as_pdf(letter, on=FIRST)).split())
    assert "Friday 5 March 2027, 9am to 11am Paired learning: shadowing visit In person" in text
    assert "lead@trust.example" in text


def test_whoever_writes_the_rota_learns_neither_with_whom_nor_where(person, knows, told):
    knows(events=[an_event("Talk", FIRST, place="Alex Birch's office", kind="conversation", cohort=person.cohort_id)])
    text = text_of(rota.as_pdf(rota.rota_letter(person, now=NOW), on=FIRST))
    assert "Friday 5 March 2027" in text
    assert "Birch" not in text
    assert "Day and time What How Friday" in " ".join(text.split())


def test_the_record_counts_the_dates_of_the_letter_in_words(client, person, knows, told):
    for number, words in ((1, "with your one date ahead"), (2, "with your 2 dates ahead")):
        days = [timezone.localdate() + timedelta(days=5 + each) for each in range(number)]
        knows(events=[an_event(f"{day}", day, kind="conversation", cohort=person.cohort_id) for day in days])
        client.force_login(person.user)
        assert words in client.get(reverse("record", args=[person.pk])).content.decode()


def test_the_letter_is_to_whoever_writes_the_rota_and_about_the_participant(person, knows, told):
    knows(events=[an_event("Talk", FIRST, kind="conversation", cohort=person.cohort_id)])
    text = " ".join(text_of(rota.as_pdf(rota.rota_letter(person, now=NOW), on=FIRST)).split())
    assert "Dates of Sam Ash for the rota Friday 5 March 2027 To whoever writes the rota Sam Ash takes part" in text


def test_a_date_stands_on_one_line(person, knows, told):
    day = date(2027, 9, 29)
    event = an_event("Talk", day, kind="shadowing visit", way="At an agreed place", cohort=person.cohort_id)
    knows(events=[replace(event, starts_at=clock.at(day, time(12, 30)), ends_at=clock.at(day, time(22, 45)))])
    text = text_of(rota.as_pdf(rota.rota_letter(person, now=NOW), on=FIRST))
    assert "Wednesday 29 September 2027, 12:30pm to 10:45pm" in text
    assert "Paired learning: shadowing visit" in text


def test_without_dates_there_is_no_letter(client, person, knows, told):
    knows()
    answer = letter_of(client, person)
    assert "You have no dates ahead" in client.get(answer.url).content.decode()


def test_the_launch_is_in_the_letter_and_its_place_is_not(client, person, told):
    Cohort.objects.update(publishes_on=date(2027, 1, 15))
    answer = letter_of(client, person)
    text = " ".join(text_of(answer.content).split())
    assert "Monday 1 February 2027, 9am to 11am Paired learning: launch In person" in text
    assert "Birch" not in text


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("launch", "The time and place of the launch are not set. It is for Kim Elm to set them."),
        ("off", "The time and place of the launch are not set. It is for Kim Elm to set them."),
        ("told", "The launch has just been set or changed by Kim Elm, and people are told at"),
        ("stage", "The timetable has no date for “Pairing”. It is for Kim Elm to set it."),
    ],
)
def test_the_letter_waits_until_the_timetable_stands_and_the_page_says_what_is_missing(
    client, person, lead, told, lacking, said
):
    day = None if lacking == "stage" else date(2027, 1, 15)
    Cohort.objects.update(publishes_on=day)
    if lacking == "launch":
        Launch.objects.all().delete()
    if lacking == "off":
        actions.call_off_launch(cohort=person.cohort, by=lead)
    if lacking == "told":
        LaunchChange.objects.update(leaves_at=timezone.now() + timedelta(minutes=9))
    answer = letter_of(client, person)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert page.count(said) == 2  # above, and where the letter would be
    assert "Download the letter" not in page


@pytest.mark.parametrize("lacking", ["launch", "off", "nothing"])
def test_once_the_day_of_the_launch_is_past_nobody_waits_for_its_time(person, lead, knows, told, lacking):
    Cohort.objects.update(publishes_on=date(2027, 1, 15))
    knows(events=[an_event("Talk", FIRST, kind="conversation", cohort=person.cohort_id)])
    if lacking == "launch":
        Launch.objects.all().delete()
    if lacking == "off":
        actions.call_off_launch(cohort=person.cohort, by=lead)
        LaunchChange.objects.update(leaves_at=timezone.now())
    that_day = clock.at(person.cohort.starts_on, time(12))
    assert rota.rota_letter(person, now=that_day).stands == (lacking == "nothing")
    assert rota.rota_letter(person, now=that_day + timedelta(days=1)).stands


def test_a_stage_that_is_over_needs_no_date(person, told, monkeypatch):
    lines = [Stage("Pairing", "completed", order=30), Stage("Recruit", "in progress", order=10)]
    monkeypatch.setattr(house, "stages", lambda **asked: lines)
    assert rota.rota_letter(person, now=timezone.now()).stands
    lines.append(Stage("Workshop 1", "not yet started", order=50))
    assert "“Workshop 1”" in rota.rota_letter(person, now=timezone.now()).missing


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes")],
)
def test_durations_in_words(minutes, words):
    assert clock.duration(minutes) == words


def test_words_that_may_name_a_patient_are_not_printed_below_a_heading_that_denies_it(client, person, knows):
    named = "Mrs Jones, NHS 943 476 5919, waited"
    knows(lines=[*LINES, RecordLine("Shadowing", SECOND, "Reflection", ref="r3", title="On lists", text=named)])
    answer = post(client, person, ticked=["r1", "r3"])
    assert answer["Content-Type"].startswith("text/html")
    page = answer.content.decode()
    assert "“On lists, Monday 5 April 2027” may hold the name of a patient and an NHS number." in page
    assert "“On theatre" not in page
    assert re.findall(r'value="(r\d)"[^>]*checked', page) == ["r1", "r3"]
    assert "What I learnt of lists." in text_of(post(client, person, ticked=["r1"]).content)


def test_a_setting_in_own_words_that_may_name_a_patient_is_not_printed_as_a_title(client, person, knows):
    title = "Visit to Mrs Jones at home"
    knows(lines=[RecordLine("Shadowing", SECOND, "Reflection", ref="r1", title=title, text="Of lists.")])
    assert "may hold the name of a patient." in post(client, person, ticked=["r1"]).content.decode()


def test_the_author_says_each_time_that_no_patient_is_meant_and_it_is_printed(client, person, knows):
    """Only that it was asked is kept; the heading of the paper stays the author's word."""
    lines = [
        RecordLine("Shadowing", SECOND, "Reflection", ref=ref, title=title, text="Since 03/04/1951 the ward is here.")
        for ref, title in (("r3", "On the ward"), ("r4", "On its age"))
    ]
    knows(lines=lines)
    page = post(client, person, ticked=["r3"]).content.decode()
    assert "These words are no patient’s: print “On the ward, Monday 5 April 2027” as it is" in page
    assert ("“03/04/1951”" in page, re.findall(r'name="confirmed"[^>]* value="(r\d)"', page)) == (True, ["r3"])
    assert "checked" not in page.partition('name="confirmed"')[2]
    assert not AuditRecord.objects.filter(by=person.user).exists()
    other = post(client, person, ticked=["r3", "r4"], confirmed=["r3"])
    assert set(re.findall(r"“([^”]*)” may hold", other.content.decode())) == {"On its age, Monday 5 April 2027"}
    text = text_of(post(client, person, ticked=["r3"], confirmed=["r3"]).content)
    assert "Since 03/04/1951 the ward is here." in text
    kept = AuditRecord.objects.get(by=person.user)
    assert (kept.did, kept.scope) == ("printed own record after being asked about patients", None)
    assert "may hold a date of birth" in post(client, person, ticked=["r3"]).content.decode(), "asked anew"
    assert "1951" not in text_of(post(client, person, confirmed=["r3"]).content), "what is not ticked is not printed"
