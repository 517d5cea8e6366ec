"""What an element of the programme hands down to the house. A part is written when its issue needs it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of mail.

    `name` is "<app>.<what_happened>"; its folder of templates is `<app>/emails/<what_happened>/` with
    `subject.txt`, `body.txt` and `body.html`. `context(ref, to)` builds what the templates need at the moment of
    sending, from ids alone; `wanted(ref, to)` is asked again at that moment. `to` is a user or, for somebody
    without an account, an address.
    """

    name: str
    label: str
    context: Callable[[dict[str, Any], Any], dict[str, Any]]
    wanted: Callable[[dict[str, Any], Any], bool] = lambda ref, to: True
    at_least_once: bool = False
    urgent: bool = False  # wakes the sender on commit
    nudge: bool = False  # at most one a day
    secret: bool = False  # leads see kind and state only
    counted: bool = False  # leads see counts only
    tells_lead: bool = False  # after two unanswered


@dataclass(frozen=True)
class Door:
    """A link: `where` is "pair", "cohort", "home" or "lists"; `order` sorts among doors of the same place."""

    label: str
    url: str
    where: str
    hint: str = ""
    order: int = 50


@dataclass(frozen=True)
class Panel:
    """What a page shows at a glance: a template of the element's own with its context."""

    template: str
    context: dict[str, Any]
    order: int = 50


@dataclass(frozen=True)
class Step:
    """A line of a participant's task list."""

    participant: Any
    label: str
    url: str = ""
    hint: str = ""
    state: str = "to do"  # "to do", "done" or "waiting"
    due_on: date | None = None
    order: int = 50


@dataclass(frozen=True)
class Attention:
    """Something that needs a lead today: `count` of what, and where to act."""

    cohort: Any
    label: str
    count: int
    url: str
    order: int = 50


@dataclass(frozen=True)
class Stage:
    """A line of the cohort's timetable."""

    label: str
    state: str  # "completed", "in progress", "not yet started" or "cannot start yet"
    starts_on: date | None = None
    ends_on: date | None = None
    url: str = ""
    hint: str = ""
    order: int = 50


@dataclass(frozen=True)
class Column:
    """A column of an export: its heading and what it means."""

    heading: str
    meaning: str
    width: int = 18


@dataclass(frozen=True)
class Export:
    """A list that may leave the house.

    `rows(user, cohort, query)` yields tuples of plain values, one per row, already scoped to what `user` may see and
    filtered by `query` (the page's own GET parameters, a `QueryDict`). `row_meaning` says what one row stands for.
    """

    name: str
    title: str
    row_meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, Any, Any], Iterable[tuple[Any, ...]]]
    permission: str
    filename: str = field(default="list")


class Element:
    """What a programme element gives the house. Every part may be left out."""

    app: str = ""
    slug: str = ""
    name: str = ""
    optional: bool = True  # a cohort may switch an optional element off
    messages: tuple[Kind, ...] = ()
    exports: tuple[Export, ...] = ()

    def doors(self, *, viewer, pair=None, cohort=None) -> Iterable[Door]:
        """Links to this element; no queries."""
        return ()

    def panels(self, *, pair, viewer) -> Iterable[Panel]:
        """What the pair's page and the participant's home show at a glance."""
        return ()

    def about(self, *, participant, viewer) -> Iterable[Panel]:
        """What a lead sees about somebody who takes part, on that person's page and before a withdrawal."""
        return ()

    def next_steps(self, *, participants, on: date) -> Iterable[Step]:
        """Lines of the task lists of these participants."""
        return ()

    def attention(self, *, cohorts, on: date) -> Iterable[Attention]:
        """What needs a lead of these cohorts today."""
        return ()

    def stages(self, *, cohort, on: date) -> Iterable[Stage]:
        """This element's lines of the cohort's timetable."""
        return ()

    def let_go(self, *, participant=None, pair=None, by) -> None:
        """Somebody withdraws or a pair ends: give back what was held for the time to come."""
