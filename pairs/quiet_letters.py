"""What partners read who have gone quiet: built at sending."""

from datetime import date
from typing import Any

from elements import clock
from elements.contract import Kind, Placeholder
from elements.phrases import in_a_row
from pairs.letters import by_code, present
from pairs.models import Pair
from pairs.quiet import QUIET, in_words, watched


def is_wanted(ref: dict[str, Any], to) -> bool:
    """Whether it is still the same silence, and the reader is one of the two."""
    mine = Pair.objects.filter(pk=ref["pair"], memberships__participant__user=to.pk, memberships__until=None)
    found = watched(mine, on=clock.today())
    return any(each.is_quiet and each.since.isoformat() == ref["since"] for each in found)


def context(ref: dict[str, Any], to) -> dict[str, str]:
    pair = Pair.objects.with_members().get(pk=ref["pair"])
    people = present(pair)
    me = next((person for person in people if person.user_id == to.pk), None)
    since = date.fromisoformat(ref["since"])
    return {
        "name": (me.preferred_name or me.name) if me else to.name,
        "partners": in_a_row([person.name for person in people if person.user_id != to.pk]),
        "how_long": in_words((clock.today() - since).days),
        "since": clock.in_full(since),
        "link": by_code(pair.get_absolute_url()),
    }


KIND = Kind(
    name=QUIET,
    label="A pair has gone quiet",
    why="Sent to partners when nothing of theirs was entered for the cohort's rhythm and a week more, and a week later",
    context=context,
    wanted=is_wanted,
    nudge=True,
    tells_lead=True,
    placeholders=(
        Placeholder("name", "what the reader is called", "Sam"),
        Placeholder("partners", "the partner, or both of them", "Alex Birch", must_stay=True),
        Placeholder("how_long", "for how long nothing was entered", "5 weeks"),
        Placeholder("since", "since which day", "Wednesday 6 January 2027"),
        Placeholder("link", "the page of the pair", "https://pairs.example/pairs/1/", must_stay=True),
    ),
)
