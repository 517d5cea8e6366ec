"""What somebody reads who is asked how the pairing goes."""

from typing import Any

from django.urls import reverse

from elements import clock
from elements.contract import Kind, Placeholder
from elements.phrases import in_a_row
from pairs.letters import by_code, present
from pairs.looking_back import asked_at, pulse_points
from pairs.models import Pair, Pulse
from pairs.pulses import ASKED


def is_wanted(ref: dict[str, Any], to) -> bool:
    """Whether the pair goes on, the reader is in it, and has not answered at this point, for which it is the time."""
    mine = {"memberships__participant__user": getattr(to, "pk", None), "memberships__until": None}
    pair = Pair.objects.live().filter(pk=ref["pair"], paused_on=None, **mine).select_related("cohort").first()
    if pair is None or asked_at(pulse_points(pair, pair.cohort), pair.cohort, clock.today()) != ref["point"]:
        return False
    return not Pulse.objects.filter(pair=pair, participant__user=to, point=ref["point"]).exists()


def context(ref: dict[str, Any], to) -> dict[str, str]:
    people = present(Pair.objects.with_members().get(pk=ref["pair"]))
    me = next((person for person in people if person.user_id == to.pk), None)
    return {
        "name": (me.preferred_name or me.name) if me else to.name,
        "partners": in_a_row([person.name for person in people if person.user_id != to.pk]),
        "link": by_code(reverse("pulse_edit", args=[ref["pair"]])),
    }


KIND = Kind(
    name=ASKED,
    label="How is your pairing going?",
    why="Sent to each partner a month after they were told and half way, until answered, and once more a week later",
    context=context,
    wanted=is_wanted,
    nudge=True,
    placeholders=(
        Placeholder("name", "what the reader is called", "Sam"),
        Placeholder("partners", "the partner, or both of them", "Alex Birch", must_stay=True),
        Placeholder("link", "the page with three questions", "https://pairs.example/pairs/1/pulse/", must_stay=True),
    ),
)
