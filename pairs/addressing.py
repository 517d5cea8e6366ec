"""What messages to the people of a pair have in common: whether the reader is in it, names, who did it, links."""

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Participant
from elements import clock
from elements.contract import Placeholder
from elements.phrases import in_a_row
from pairs.letters import by_code, present
from pairs.models import Pair
from reminders.heard import last_heard, written_to

NO_PLACE = "Not agreed yet"
NAME = Placeholder("name", "what the reader is called", "Sam")
PARTNERS = Placeholder("partners", "the partner, or both of them", "Alex Birch", must_stay=True)
WHEN = Placeholder("when", "day and time", "Wednesday 6 January 2027, 2pm to 3pm", must_stay=True)
PLACE = Placeholder("place", "where", "Canteen, Riverside", must_stay=True)


def own(to) -> dict[str, Any]:
    """The condition that somebody belongs to a pair now, for a query of pairs."""
    return {"memberships__participant__user": getattr(to, "pk", None), "memberships__until": None, "ended_on": None}


def own_through(to, field: str = "pair") -> dict[str, Any]:
    """The same for a query of what has a pair."""
    return {f"{field}__{name}": value for name, value in own(to).items()}


def is_in(pair_id, to) -> bool:
    """Whether somebody belongs to a pair now."""
    return Pair.objects.filter(pk=pair_id, **own(to)).exists()


def reader(pair: Pair, to) -> str:
    """What to call the reader of a message about a pair read with its members."""
    me = next((each.participant for each in pair.everybody if each.participant.user_id == to.pk), None)
    return (me.preferred_name or me.name) if me else to.name


def partners(pair: Pair, to) -> list[str]:
    """The names of those who are in the pair with the reader now."""
    return [person.name for person in present(pair) if person.user_id != to.pk]


def doer(pair: Pair, user_id, to) -> str:
    """Who did it, as the reader would say it; "" for somebody who does not belong to the pair."""
    if user_id == to.pk:
        return "You have"
    name = next((person.name for person in present(pair) if person.user_id == user_id), "")
    return f"{name} has" if name else ""


def names_of(keys) -> list[str]:
    """The names of these participants: one of them may have left the pair since."""
    return list(Participant.objects.filter(pk__in=keys).order_by("side", "name").values_list("name", flat=True))


def moments(ref) -> tuple[datetime, datetime]:
    """Beginning and end as a reference holds them."""
    return tuple(datetime.fromtimestamp(ref[name], UTC) for name in ("starts", "ends"))


def link(page: str, key) -> str:
    """The whole address of a page, by way of a code."""
    return by_code(reverse(page, args=[key]))


def has_heard(ref, to, name: str, *, arranged: str, called_off: str) -> bool:
    """Whether the last that reached this reader before, or may have, was a date: who heard of none, hears of a new
    one.
    """
    history = written_to(to, kinds=[arranged, called_off], **{name: ref[name]})
    return last_heard(history, before=ref["sequence"]) == arranged


def was_reminded(ref, to, name: str, *, soon: str) -> bool:
    """Whether the reader heard of this moment the day before, whatever became of the message that set it."""
    reminders = written_to(to, kinds=[soon], **{name: ref[name]})
    return any(each.was_heard and each.ref["starts"] == ref["starts"] for each in reminders)


def is_news(thing, ref, to) -> bool:
    """Whether what a message says of this thing is the newest, or goes to somebody who has left, whom nothing newer
    will reach.
    """
    return thing.sequence == ref["sequence"] or not is_in(thing.pair_id, to)


def called_off_facts(thing, ref, to, *, what: str, again: str) -> dict[str, str]:
    """The facts of a message that something is off: `what` it was, and for those who stay the way to another.

    `thing` is read with its pair and everybody who is or was in it.
    """
    pair = thing.pair
    goes_on = not pair.ended_on and any(person.user_id == to.pk for person in present(pair))
    who = doer(pair, thing.set_by_id, to) if goes_on and thing.sequence == ref["sequence"] else ""
    ask = f"If you do not know why, ask the leads of {pair.cohort.programme.name}."
    return {
        "name": reader(pair, to),
        "news": f"{who} called off {what}." if who else f"{what[:1].upper()}{what[1:]} is called off.",
        "partners": in_a_row(names_of(ref["with"])),
        "when": clock.span(*moments(ref)),
        "next": again if goes_on else ask,
    }
