"""While people answer, no page of any room tells those who lead or facilitate that anybody has."""

import io
import re
from zipfile import ZipFile

import pytest
from django.utils import timezone
from pypdf import PdfReader

from bookings.models import Attendee
from cohorts.tests.factories import ParticipantFactory
from tests.permissions.answers import telling
from tests.permissions.test_matrix import Trial, rooms
from tests.permissions.world import World, undone
from workshops.models import Feedback, Meeting
from workshops.tests.worlds import DAY, answered, attended, booked, closed, one, planned

pytestmark = pytest.mark.django_db
READERS = ("lead", "programme_lead", "facilitator")
DRAWN_ANEW = re.compile(r'<input type="hidden" [^>]*(name="kept_for"|data-draft)[^>]*>')  # a seal and a mark
ROOMS = {
    room: [row for row in rows if "GET" in row.methods and set(READERS) & row.may] for room, rows in rooms().items()
}


@pytest.fixture
def now(monkeypatch):
    """The clock stands, so that nothing that a page says of it differs."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def asked_for_feedback(world, now) -> tuple[Meeting, list]:
    """A workshop of yesterday, and seven people who were there and are asked."""
    of = one(world.cohort, world.lead, title="Asked about")
    meeting = planned(of, world.lead, hosts=[world.facilitator], starts_at=now - DAY, now=now - 20 * DAY)
    everybody = [ParticipantFactory(cohort=world.cohort) for _ in range(7)]
    booked(meeting, *everybody, now=now - 20 * DAY)
    attended(meeting, world.lead, now)
    return meeting, everybody


def addresses(world, rows, meeting) -> list[tuple[str, str]]:
    """(role, address): each page of these rows, and the same page about this workshop."""
    line = Attendee.objects.filter(session=meeting.pk).first()
    ours = {"workshop_id": meeting.workshop_id, "meeting_id": meeting.pk, "attendee_id": line.pk}
    found = []
    for row in rows:
        trial = Trial(world, row)
        about = {word: ours[word] for word in row.ids if word in ours}
        for role in READERS:
            if role in row.may:
                found += [(role, address) for address in dict.fromkeys((trial.here, trial.address(**about)))]
    return found


def read(world, pages) -> dict:
    found: dict = {}
    for role in READERS:
        world.browser(role)  # signed in here, so that it is not undone
    for role, address in pages:
        with undone():
            answer = world.browser(role).get(address)
            content = answer.getvalue()
            if answer.streaming:
                answer.streaming_content = [content]
            status, headers, body = telling(answer)
        found[role, address] = status, headers, timeless(content) or DRAWN_ANEW.sub("", body)
    return found


def timeless(content: bytes) -> str:
    """What is in a PDF or a spreadsheet, without the second in which it was made; "" for a page."""
    if content.startswith(b"%PDF") and b"Typst" in content:  # ours, not what somebody brought
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as parts:
            return str({name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"})
    return ""


@pytest.mark.parametrize("room", [room for room, rows in ROOMS.items() if rows])
def test_no_page_of_a_room_differs_with_six_answers(room, now):
    world = World()
    meeting, everybody = asked_for_feedback(world, now)
    pages = addresses(world, ROOMS[room], meeting)
    empty = read(world, pages)
    for number, each in enumerate(everybody[:6]):
        answered(meeting, each, relevant=1 + number % 5, keep=f"violet kettle {number}", now=now)
    assert Feedback.objects.filter(meeting=meeting).count() == 6
    full = read(world, pages)
    assert [page for page in pages if full[page] != empty[page]] == []
    if room == "workshops":  # there was something to hide
        closed(meeting)
        after = read(world, pages)
        assert "violet kettle 5" in "".join(body for _, _, body in after.values())
