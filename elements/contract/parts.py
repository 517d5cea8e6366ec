"""What an element of the programme hands down to the house. A part is written when its issue needs it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Placeholder:
    """A word that stands for a fact in the wording of a message: {{ name }}.

    `example` is shown in previews. What `must_stay` cannot be taken out by whoever edits the wording.
    """

    name: str
    meaning: str
    example: str
    must_stay: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of mail.

    `name` is "<app>.<what_happened>"; its folder of templates is `<app>/emails/<what_happened>/`. With `placeholders`
    the folder holds `subject.txt` and `body.txt` in plain words with {{ placeholders }}, which a lead may change for
    her cohort, and the HTML is made from them; `context` then gives a string for each placeholder. Without, it holds
    Django templates: `subject.txt`, `body.txt` and `body.html`.

    With `words(ref)` somebody writes each message: it gives subject and text, in place of files, and no cohort has a
    wording of its own.

    `places(refs, viewer)` gives, for each reference, the path of the page of what it is about: "" where the viewer may
    not see it. One query at most, however many there are.

    `context(ref, to)` builds what they need at the moment of sending, from ids alone; `wanted(ref, to)` is asked again
    at that moment; `event(ref, to)` is the entry of a calendar that goes with it, or `events(ref, to)` are several in
    one file, which the reader opens. `to` is a user or, for somebody without an account, an address. `why` tells
    whoever reads the list why such messages are sent.
    """

    name: str
    label: str
    context: Callable[[dict[str, Any], Any], dict[str, Any]]
    wanted: Callable[[dict[str, Any], Any], bool] = lambda ref, to: True
    event: "Callable[[dict[str, Any], Any], Event] | None" = None
    events: "Callable[[dict[str, Any], Any], list[Event]] | None" = None
    words: Callable[[dict[str, Any]], tuple[str, str]] | None = None
    why: str = ""
    placeholders: tuple[Placeholder, ...] = ()
    at_least_once: bool = False
    urgent: bool = False  # wakes the sender on commit
    places: Callable[[list[dict[str, Any]], Any], list[str]] | None = None  # pages of what refs are about, for a viewer
    optional: bool = False  # the person may switch it off, and it waits for the end of quiet hours
    nudge: bool = False  # about something not done yet: optional, and at most one a day, several in one
    secret: bool = False  # leads see kind and state only
    counted: bool = False  # leads see counts only
    only_for: str = ""  # the permission of those who get such messages at all; empty for everybody
    confided: bool = False  # between partners: leads see that it was sent, never what it says
    unlisted: bool = False  # posted without a scope: no lead finds one among the messages of a cohort
    tells_lead: bool = False  # after two unanswered

    @property
    def is_optional(self) -> bool:
        return self.optional or self.nudge

    @property
    def is_editable(self) -> bool:
        """Whether a lead may change the words of one such message."""
        return bool(self.placeholders) and not (self.secret or self.counted or self.confided)

    @property
    def has_wording(self) -> bool:
        """Whether a cohort may have its own words for all such messages."""
        return bool(self.placeholders) and not (self.secret or self.counted) and self.words is None


@dataclass(frozen=True)
class Reminder:
    """Somebody should hear of something, as today's rows say.

    `about` names the thing and the moment that it is about ("<id>:2027-03-05"): one message goes out for each kind,
    `about` and person, so that what is moved is announced anew. It goes out from `at`, and not after `until`. A nudge
    goes out again after a week, twice at most, as long as the element still yields it; `order` says what comes first
    where several are told in one message. `ref` holds ids only.
    """

    kind: str
    to: Any  # a user
    about: str
    at: datetime
    ref: dict[str, Any] = field(default_factory=dict)
    scope: UUID | None = None
    until: datetime | None = None
    order: int = 50


@dataclass(frozen=True)
class Event:
    """An entry of somebody's calendar. `uid` never changes, `sequence` grows with each change of time or place.

    `starts_at` and `ends_at` are aware moments, or days for something without hours (the end is the day after). No
    private text belongs into it: calendars are shared with secretaries.

    `cohort` is the primary key of the cohort that it belongs to, None where it has none. `whose` is the primary key of
    the person in whose calendar it stands; a file that goes with a message leaves it out. `kind` is what a stranger may
    read of it, as "conversation" after "a", and `way` is how or where in a word: neither names anybody, nor holds what
    somebody typed.
    """

    uid: str
    sequence: int
    summary: str
    starts_at: datetime | date
    ends_at: datetime | date
    changed_at: datetime
    place: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    cohort: UUID | None = None
    whose: Any = None
    kind: str = ""
    way: str = ""


@dataclass(frozen=True)
class Door:
    """A link: `where` is "pair", "cohort", "home", "part", "kept" or "lists"; `order` sorts among doors of one place,
    and at "cohort" also says under which heading it stands: below 20 people, 46 pairs, 58 what they do, else settings.

    Doors at "part" lead whoever takes part in a cohort to what does not hang on a partner; home shows them to those
    who have none.

    `says_who_reads` marks a hint that tells who will read what is written there: no screen is too small for it.

    Doors at "free_time" lead to a form that plans something of a pair: day and hour are put into their address, and
    `elements.links.hour_asked` reads them there.
    """

    label: str
    url: str
    where: str
    hint: str = ""
    order: int = 50
    says_who_reads: bool = False


@dataclass(frozen=True)
class Panel:
    """What a page shows at a glance: a template of the element's own with its context.

    With `on_home` a panel of a pair stands on the home page of its partners as well, which has room for one; the
    element that has it says so by `is_on_home`, so that home asks no other.
    """

    template: str
    context: dict[str, Any]
    order: int = 50
    on_home: bool = False


@dataclass(frozen=True)
class Step:
    """A line of a participant's task list."""

    participant: Any
    label: str
    url: str = ""
    hint: str = ""
    state: str = "to do"  # "to do", "done", "waiting", "planned" or "optional"
    due_on: date | None = None
    order: int = 50


@dataclass(frozen=True)
class Attention:
    """Something that needs a lead today: `count` of what, and where to act. `hint` says more, in sentences."""

    cohort: Any
    label: str
    count: int
    url: str
    order: int = 50
    hint: str = ""


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
class Entry:
    """Something of a pair that took place, is to come or was called off.

    `pair` is a primary key. `is_contact` where partners were in touch with each other, and only once it took place.
    A label is what a lead may read as well ("Conversation", "Visit to theatre"): never what somebody confided. `url`
    leads those to the thing who may see it. `element` is the name of the element that says so, filled in for it.
    """

    pair: Any
    on: date
    label: str
    state: str  # "planned", "done" or "cancelled"
    is_contact: bool = False
    starts_at: datetime | None = None
    minutes: int | None = None
    url: str = ""
    element: str = ""


@dataclass(frozen=True)
class RecordLine:
    """A line of somebody's own record: what, when, in which role, for how long.

    `text` is the person's own writing; it goes onto paper only if the person ticks `ref`, and `title` says what is
    ticked. `url` leads to where it is kept, and can be removed. `begins` is how it begins, so that its author can tell
    it from others; nobody else is shown it.
    """

    element: str
    on: date
    label: str
    role: str = ""
    minutes: int | None = None
    ref: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    begins: str = ""


@dataclass(frozen=True)
class OfferedText:
    """A text that its author offered to the evaluation of a cohort: without a name, and without its day.

    `cohort` is a primary key. `ref` names the text and nothing about its author. `may_quote` is the author's consent to
    being quoted. `redact_url` leads an evaluator to where the text can be removed for good.
    """

    cohort: Any
    ref: str
    text: str
    may_quote: bool
    redact_url: str


Counts = Mapping[str, int]  # what somebody did, by a word for it: {"milestones reached": 2}


@dataclass(frozen=True)
class Row:
    """Something that the house keeps and that one person wrote or is named in, as that person may read it.

    `kind` and `ref` say which row of which table; `label` is its column in words. `text` is what stands there, "" where
    the row says no more than that this person has to do with it. A row with several texts is yielded once for each.
    """

    element: str
    kind: str
    ref: str
    label: str
    text: str = ""


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
