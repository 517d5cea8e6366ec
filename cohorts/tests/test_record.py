"""Somebody's own record and the letter to the rota coordinator."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts import actions, rota
from cohorts.models import LaunchChange
from cohorts.record import HEADING, chosen, record_of
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from elements import clock, house
from elements.contract import Element, Event, RecordLine
from elements.tests.test_paper import text_of

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2027, 3, 5), date(2027, 4, 5)


class Made(Element):
    """An element that knows what the test says."""

    slug = "made"

    def __init__(self, lines=(), events=()):
        self.lines, self.events = lines, events

    def record(self, *, participant):
        return self.lines

    def calendar(self, *, user):
        return self.events


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
        monkeypatch.setattr("reminders.feeds.all_elements", lambda: iter([made]))

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


def test_own_words_are_printed_only_where_ticked(client, person, knows):
    knows(lines=LINES)
    assert "What I learnt" not in text_of(post(client, person).content)
    text = text_of(post(client, person, ticked=["r1"]).content)
    assert "What I learnt of lists." in text
    assert "stays with me" not in text


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


def an_event(uid, on, **more):
    starts_at = clock.at(on)
    return Event(uid, 0, more.pop("summary", uid), starts_at, starts_at + timedelta(hours=2), NOW, **more)


def test_the_letter_has_the_dates_that_come_in_order(person, knows):
    knows(
        events=[
            an_event("Late", SECOND, place="https://meet.example/abc"),
            an_event("Early", FIRST, place="Seminar room"),
            an_event("Gone", date(2027, 2, 1)),
            an_event("Off", SECOND, cancelled=True),
        ]
    )
    letter = rota.rota_letter(person, now=NOW)
    assert [(each.when, each.what, each.where) for each in letter.dates] == [
        ("Friday 5 March 2027, 9am to 11am", "Early", "Seminar room"),
        ("Monday 5 April 2027, 9am to 11am", "Late", "Online"),
    ]
    assert letter.leads == [("Kim Elm", "lead@trust.example")]
    text = " ".join(text_of(rota.as_pdf(letter, on=FIRST)).split())
    assert "Friday 5 March 2027, 9am to 11am Early Seminar room" in text
    assert "lead@trust.example" in text


def test_without_dates_there_is_no_letter(client, person, knows):
    knows()
    client.force_login(person.user)
    answer = client.get(reverse("rota", args=[person.pk]), follow=True)
    assert "There is no date ahead yet" in answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")


def test_the_launch_is_in_the_letter(person):
    lead = LeadFactory(cohort=person.cohort).user
    day = timezone.localdate() + timedelta(days=30)
    person.cohort.starts_on = day
    person.cohort.ends_on = day + timedelta(days=100)
    person.cohort.save()
    actions.set_launch(
        cohort=person.cohort,
        begins=clock.local(clock.at(day)).time(),
        ends=clock.MORNING.replace(11),
        place="Hall",
        by=lead,
    )
    assert rota.rota_letter(person, now=timezone.now()).dates == [], "it may still be taken back"
    LaunchChange.objects.update(leaves_at=timezone.now())
    assert len(rota.rota_letter(person, now=timezone.now()).dates) == 1


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (150, "2 hours 30 minutes")],
)
def test_durations_in_words(minutes, words):
    assert clock.duration(minutes) == words
