"""What messages about surgeries say, beside those about places that every session sends."""

from django.urls import reverse

from bookings.choices import SessionState
from bookings.entries import where
from cohorts.rules import is_lead
from elements.contract import Kind, Placeholder
from elements.house import is_switched_off
from pairs.letters import by_code
from surgeries.due import EMPTY
from surgeries.models import KIND, Surgery


def _found(ref, to) -> Surgery | None:
    """The surgery if this reader hosts it, and leads its cohort still."""
    mine = Surgery.objects.filter(session__hosts__user=getattr(to, "pk", None)).select_related("session", "cohort")
    found = mine.filter(pk=ref["surgery"]).first()
    return found if found and is_lead(to, found) else None


def empty_is_wanted(ref, to) -> bool:
    """Whether it is still planned for then, and nobody has a place or waits."""
    surgery = _found(ref, to)
    if surgery is None or is_switched_off(KIND, surgery):
        return False
    session = surgery.session
    is_as_then = int(session.starts_at.timestamp()) == ref["starts"] and session.state == SessionState.PLANNED
    return is_as_then and Surgery.objects.empty().filter(pk=surgery.pk).exists()


def empty_context(ref, to) -> dict[str, str]:
    surgery = Surgery.objects.select_related("session").get(pk=ref["surgery"])
    return {
        "name": getattr(to, "name", "") or "there",
        "when": surgery.session.when,
        "place": where(surgery.session),
        "link": by_code(reverse("surgery_call_off", args=[surgery.pk])),
    }


def places(refs, viewer) -> list[str]:
    """The page of each surgery. One query."""
    keys = [ref["surgery"] for ref in refs]
    seen = {str(pk) for pk in Surgery.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)}
    return [reverse("surgery_detail", args=[key]) if str(key) in seen else "" for key in keys]


NAME = Placeholder("name", "what the reader is called", "Kim Elm")
WHEN = Placeholder("when", "day and time", "Wednesday 6 January 2027, 2pm to 4pm", must_stay=True)

KINDS = (
    Kind(
        name=EMPTY,
        label="A design surgery that nobody has booked",
        why="Sent to the hosts two working days before a surgery that nobody has booked, so that they can call it off",
        context=empty_context,
        wanted=empty_is_wanted,
        places=places,
        nudge=True,
        placeholders=(
            NAME,
            WHEN,
            Placeholder("place", "where", "Seminar room 2"),
            Placeholder(
                "link",
                "the page where it can be called off",
                "https://pairs.example/surgeries/1/call-off/",
                must_stay=True,
            ),
        ),
    ),
)
