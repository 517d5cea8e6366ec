"""A pair's timeline as its page shows it: what is planned, what took place, and how often, for partners and leads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator

from elements import clock, timeline
from elements.contract import Entry
from pairs.models import Pair

A_PAGE = 10
WORDS = {"done": "Took place", "cancelled": "Called off", "planned": "Planned"}
COLOURS = {"done": "green", "cancelled": "grey", "planned": "blue"}
NOT_SAID = "Was planned"  # and nobody has said that it took place
FIRST = "First meeting"


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    on: date
    label: str
    hour: str  # "2pm", or "" where only the day is known
    lasts: str
    state: str
    colour: str
    url: str

    @property
    def day(self) -> str:
        return clock.in_full(self.on)


@dataclass(frozen=True)
class Count:
    """How often something of one element took place."""

    element: str
    done: int
    planned: int


@dataclass(frozen=True)
class History:
    """`ahead` and `off` begin with what is nearest, `past` is a page of it that begins with the latest.

    `off` was to be on a day that is still to come.
    """

    ahead: list[Line]
    more_ahead: int
    off: list[Line]
    more_off: int
    past: Page
    counts: list[Count]
    last_contact: date | None

    @property
    def next(self) -> Line | None:
        return self.ahead[0] if self.ahead else None

    @property
    def is_empty(self) -> bool:
        return not self.ahead and not self.off and not self.past.paginator.count


def history(pair: Pair, *, viewer, on: date, number="1", with_links: bool) -> History:
    """The timeline on this day, with links for partners alone. Each element is asked once."""
    entries = _told(timeline.of([pair], viewer=viewer)[pair.pk])
    if not with_links:
        entries = [replace(entry, url="") for entry in entries]
    ahead = [entry for entry in reversed(entries) if entry.state == "planned" and entry.on >= on]
    off = [entry for entry in reversed(entries) if entry.state == "cancelled" and entry.on > on]
    past = [entry for entry in entries if entry.on < on or (entry.on == on and entry.state != "planned")]
    page = page_of(past, on, number)
    contacts = [entry.on for entry in entries if entry.is_contact and entry.on <= on]
    return History(
        ahead=[_line(entry, on) for entry in ahead[:A_PAGE]],
        more_ahead=max(len(ahead) - A_PAGE, 0),
        off=[_line(entry, on) for entry in off[:A_PAGE]],
        more_off=max(len(off) - A_PAGE, 0),
        past=page,
        counts=_counts(entries),
        last_contact=max(contacts, default=None),
    )


def page_of(entries: list[Entry], on: date, number="1") -> Page:
    """A page of them as lines."""
    page = Paginator(entries, A_PAGE).get_page(number)
    page.object_list = [_line(entry, on) for entry in page.object_list]
    return page


def _told(entries: list[Entry]) -> list[Entry]:
    """Without a first meeting on a day of which something else says that they met: it would be told twice."""
    met_on = {entry.on for entry in entries if entry.is_contact and entry.state == "done"}
    return [entry for entry in entries if entry.label != FIRST or entry.on not in met_on]


def _counts(entries: Iterable[Entry]) -> list[Count]:
    """By element, in the order in which elements are asked; a first meeting has its own line."""
    found = Counter((entry.element, entry.state) for entry in entries if entry.label != FIRST)
    names = dict.fromkeys(element for element, _ in found)
    return [Count(name, found[name, "done"], found[name, "planned"]) for name in names]


def _line(entry: Entry, on: date) -> Line:
    is_open = entry.state == "planned" and entry.on < on
    return Line(
        on=entry.on,
        label=entry.label,
        hour=clock.in_figures(entry.starts_at) if entry.starts_at else "",
        lasts=in_hours(entry.minutes),
        state=NOT_SAID if is_open else WORDS[entry.state],
        colour="yellow" if is_open else COLOURS[entry.state],
        url=entry.url,
    )


def in_hours(minutes: int | None) -> str:
    """ "45 minutes", "1 hour", "2 hours 30 minutes"; "" where it is not known."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    parts += [f"{rest} minute{'' if rest == 1 else 's'}"] if rest else []
    return " ".join(parts)
