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
FEW = 3  # of what is planned, and of what is past, where the timeline is one thing among others
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
    first_contact: date | None
    last_contact: date | None
    is_beyond_first: bool  # nobody need be asked about a first meeting any more
    is_short: bool = False  # there is more than these few, on a page of its own

    @property
    def number_of_all(self) -> int:
        return len(self.ahead) + self.more_ahead + len(self.off) + self.more_off + self.past.paginator.count

    @property
    def next(self) -> Line | None:
        return self.ahead[0] if self.ahead else None

    @property
    def is_empty(self) -> bool:
        return not self.ahead and not self.off and not self.past.paginator.count


def history(pair: Pair, *, viewer, on: date, number: str | None = "1", with_links: bool) -> History:
    """The timeline on this day, with links for partners alone: a page of it, or the nearest few without a number.

    Each element is asked once.
    """
    every = timeline.of([pair], viewer=viewer)[pair.pk]
    entries = _told(every)
    if not with_links:
        entries = [replace(entry, url="") for entry in entries]
    ahead = [entry for entry in reversed(entries) if entry.state == "planned" and entry.on >= on]
    off = [entry for entry in reversed(entries) if entry.state == "cancelled" and entry.on > on]
    past = [entry for entry in entries if entry.on < on or (entry.on == on and entry.state != "planned")]
    many = A_PAGE if number else FEW
    contacts = [entry.on for entry in entries if entry.is_contact and entry.on <= on]
    return History(
        ahead=[_line(entry, on) for entry in ahead[:many]],
        more_ahead=max(len(ahead) - many, 0),
        off=[_line(entry, on) for entry in off[:many]],
        more_off=max(len(off) - many, 0),
        past=page_of(past, on, number, many=many),
        counts=_counts(entries),
        first_contact=min(contacts, default=None),
        last_contact=max(contacts, default=None),
        is_beyond_first=is_beyond_first(every, on=on, day=day_of_first(pair)),
        is_short=not number and max(len(ahead), len(off), len(past)) > FEW,
    )


def day_of_first(pair: Pair) -> date | None:
    """The day of the first meeting, of a pair read with it; None without one."""
    return clock.local(pair.meeting.starts_at).date() if pair.meeting else None


def is_beyond_first(entries: Iterable[Entry], *, on: date, day: date | None) -> bool:
    """Whether anything but a first meeting, which was to be on `day`, says that two are in touch or are going to be.

    What is planned counts from this day on; and from that of the first meeting on also where nobody has said yet
    whether it took place, since that is asked already.
    """
    since = min(on, day) if day else on
    return any(
        entry.on <= on if entry.is_contact else entry.state == "planned" and entry.on >= since
        for entry in entries
        if entry.label != FIRST
    )


def page_of(entries: list[Entry], on: date, number: str | None = "1", *, many: int = A_PAGE) -> Page:
    """A page of them as lines, or its first few."""
    page = Paginator(entries, A_PAGE).get_page(number or "1")
    page.object_list = [_line(entry, on) for entry in page.object_list[:many]]
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
        lasts=clock.duration(entry.minutes) if entry.minutes else "",
        state=NOT_SAID if is_open else WORDS[entry.state],
        colour="yellow" if is_open else COLOURS[entry.state],
        url=entry.url,
    )
