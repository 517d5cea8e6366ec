"""What messages about surgeries say, beside those about places that every session sends."""

from django.urls import reverse

from bookings.choices import SessionState
from bookings.entries import Part, entry, where
from bookings.models import Host
from cohorts.models import Cohort
from cohorts.rules import is_lead
from elements.contract import Event, Kind, Placeholder
from elements.house import is_switched_off
from pairs.letters import by_code
from surgeries.actions.news import SERIES
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


def _hosting(ref, to) -> list[Host]:
    """Those of the surgeries of a message that this reader still hosts and that are still to take place, in order."""
    mine = Host.objects.filter(session__in=ref["surgeries"], user=getattr(to, "pk", None))
    planned = mine.filter(session__state=SessionState.PLANNED).select_related("session__cohort")
    return list(planned.order_by("session__starts_at", "session"))


def series_is_wanted(ref, to) -> bool:
    hosted = _hosting(ref, to)
    return bool(hosted) and not is_switched_off(KIND, hosted[0].session)


def series_context(ref, to) -> dict[str, str]:
    sessions = [host.session for host in _hosting(ref, to)]
    return {
        "name": getattr(to, "name", "") or "there",
        "number": f"{len(sessions)} design {'surgery' if len(sessions) == 1 else 'surgeries'}",
        "dates": "\n".join(f"{session.when}: {where(session)}" for session in sessions),
        "link": by_code(reverse("surgery_list", args=[ref["cohort"]])),
    }


def series_events(ref, to) -> list[Event]:
    return [entry(host.session, Part.of_host(host.pk)) for host in _hosting(ref, to)]


def series_places(refs, viewer) -> list[str]:
    """The list of surgeries of each cohort that the viewer leads. One query."""
    cohorts = Cohort.objects.led_by(viewer).filter(pk__in={ref["cohort"] for ref in refs})
    led = {str(key) for key in cohorts.order_by().values_list("pk", flat=True)}
    return [reverse("surgery_list", args=[ref["cohort"]]) if ref["cohort"] in led else "" for ref in refs]


NAME = Placeholder("name", "what the reader is called", "Kim Elm")
WHEN = Placeholder("when", "day and time", "Wednesday 6 January 2027, 2pm to 4pm", must_stay=True)

KINDS = (
    Kind(
        name=SERIES,
        label="You are a host of several design surgeries",
        why="Sent to each host when several surgeries are published together, for the calendar",
        context=series_context,
        wanted=series_is_wanted,
        events=series_events,
        places=series_places,
        placeholders=(
            NAME,
            Placeholder("number", "how many there are", "6 design surgeries"),
            Placeholder(
                "dates",
                "day, time and place of each, one on a line",
                "Wednesday 6 January 2027, 2pm to 4pm: Seminar room 2",
                must_stay=True,
            ),
            Placeholder("link", "the list of surgeries", "https://pairs.example/cohorts/1/surgeries/", must_stay=True),
        ),
    ),
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
