"""What messages about workshops say: built at sending, from the rows as they stand then. Those about places are the
sessions' own.
"""

from django.urls import reverse

from bookings.choices import SessionState
from bookings.models import Attendee, Host
from bookings.querysets import may_host_still
from cohorts.choices import HOSTS
from elements import clock
from elements.contract import Kind, Placeholder
from elements.house import is_switched_off
from pairs.letters import by_code
from workshops.choices import KIND
from workshops.due import CHOOSE, FEEDBACK, REGISTER
from workshops.models import Asked, Meeting, Workshop
from workshops.querysets import TAKES_PART


def places(refs, viewer) -> list[str]:
    """The page of each date that the viewer may see."""
    keys = {ref["meeting"] for ref in refs if "meeting" in ref}
    seen = Meeting.objects.visible_to(viewer).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    found = {str(pk): reverse("meeting_detail", args=[pk]) for pk in seen}
    return [found.get(str(ref.get("meeting")), "") for ref in refs]


def _meeting(ref) -> Meeting | None:
    """The date that a message is about, in a cohort that uses workshops."""
    meeting = Meeting.objects.filter(pk=ref["meeting"]).select_related("session", "workshop__cohort").first()
    return None if meeting is None or is_switched_off(KIND, meeting.workshop) else meeting


def _facts(ref, to, path: str) -> dict[str, str]:
    meeting = Meeting.objects.select_related("session", "workshop").get(pk=ref["meeting"])
    return {
        "name": getattr(to, "name", "") or "colleague",
        "title": meeting.workshop.title,
        "when": meeting.session.when,
        "link": by_code(path),
    }


def feedback_is_wanted(ref, to) -> bool:
    """As long as answers are taken, and whether or not there is one: a message that stops would tell who answered."""
    meeting = _meeting(ref)
    if meeting is None or not meeting.is_open or clock.today() > meeting.feedback_until:
        return False
    return Asked.objects.filter(meeting=meeting, participant__user=to, participant__state__in=TAKES_PART).exists()


def feedback_context(ref, to) -> dict[str, str]:
    meeting = Meeting.objects.get(pk=ref["meeting"])
    last = clock.in_full(meeting.feedback_until) if meeting.feedback_until else "no day"
    return _facts(ref, to, reverse("feedback_give", args=[ref["meeting"]])) | {"last": last}


def register_is_wanted(ref, to) -> bool:
    meeting = _meeting(ref)
    mine = Host.objects.filter(may_host_still(HOSTS), user=to).order_by().values("session")
    untaken = Meeting.objects.untaken().filter(pk=ref["meeting"], session__in=mine)
    return meeting is not None and untaken.exists()


def register_context(ref, to) -> dict[str, str]:
    return _facts(ref, to, reverse("meeting_register", args=[ref["meeting"]]))


def choose_is_wanted(ref, to) -> bool:
    meeting = _meeting(ref)
    if meeting is None or meeting.session.state != SessionState.PLANNED:
        return False
    dates = Meeting.objects.filter(workshop=ref["workshop"]).order_by().values("session")
    placed = Attendee.objects.live().filter(session__in=dates, participant__user=to)
    takes_part = meeting.cohort.participants.filter(user=to, state="accepted")
    return takes_part.exists() and not placed.exclude(attendance__in=["apologies", "absent"]).exists()


def choose_context(ref, to) -> dict[str, str]:
    number = Workshop.objects.get(pk=ref["workshop"]).meetings.standing().count()
    facts = _facts(ref, to, reverse("workshop_detail", args=[ref["workshop"]]))
    others = (
        "It takes place once." if number == 1 else f"It takes place on {number} dates; choose the one that suits you."
    )
    return facts | {"dates": others}


NAME = Placeholder("name", "what the reader is called", "Sam Ash")
TITLE = Placeholder("title", "what the workshop is called", "How the NHS works", must_stay=True)
WHEN = Placeholder("when", "the day and hours", "Wednesday 6 January 2027, 2pm to 5pm", must_stay=True)
LINK = Placeholder("link", "the page of it", "https://pairs.example/workshops/1/", must_stay=True)
LAST = Placeholder("last", "the last day for an answer", "Wednesday 20 January 2027", must_stay=True)
DATES = Placeholder("dates", "on how many dates", "It takes place on 2 dates; choose the one that suits you.")

KINDS = (
    Kind(
        name=CHOOSE,
        label="A workshop to book",
        why="Sent to everybody who takes part and has no place, from three weeks before the first date of a workshop",
        context=choose_context,
        wanted=choose_is_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, TITLE, WHEN, DATES, LINK),
    ),
    Kind(
        name=FEEDBACK,
        label="What did you think of the workshop?",
        why="Sent once to everybody who was there when a workshop is over, whether they have answered already or not",
        context=feedback_context,
        wanted=feedback_is_wanted,
        places=places,
        optional=True,
        counted=True,
        placeholders=(NAME, TITLE, WHEN, LAST, LINK),
    ),
    Kind(
        name=REGISTER,
        label="A register to finish",
        why="Sent to facilitators the morning after a workshop, when the register does not say of everybody who came",
        context=register_context,
        wanted=register_is_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, TITLE, WHEN, LINK),
    ),
)
