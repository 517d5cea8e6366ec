"""The messages of a cohort, as far as its leads may see them."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from operator import itemgetter
from urllib.parse import urlencode

from django.db.models import Value
from django.shortcuts import get_object_or_404

from cohorts import circulars
from cohorts.models import Participant, Role
from cohorts.rules import is_whole_lead
from elements import clock
from elements.contract import Kind
from elements.links import links_to
from elements.registry import kinds
from reminders.choices import LIVE, State
from reminders.delivery import QUIET
from reminders.models import BadAddress, Message

COLOURS = {
    State.SENT: "green",
    State.FAILED: "red",
    State.UNKNOWN: "red",
    State.HELD: "yellow",
    State.CANCELLED: "grey",
}
BY_MACHINE = re.compile(r"[A-Za-z]+(Error|Exception|Disconnected|timeout)\b")  # how a lost link is written down


def letters_of(cohort, user):
    """Messages of this cohort; the lead of one organisation sees those to its own people."""
    letters = Message.objects.within([cohort.pk])
    if is_whole_lead(user, cohort):
        return letters
    mine = Participant.objects.visible_to(user).filter(cohort=cohort)
    return letters.to_people(mine.order_by().values("user"))


def counted_kinds() -> list[str]:
    """Kinds of which leads see counts only: never shown row by row."""
    return [kind.name for kind in kinds() if kind.counted]


def handled_letters(cohort, user):
    """Those that have a page: nothing with a secret, and nothing of a kind that the house no longer knows."""
    known = [kind.name for kind in kinds() if not kind.secret and not kind.counted]
    return letters_of(cohort, user).filter(kind__in=known)


def names_of(cohort, people) -> dict:
    """{id of a person: name}, as this cohort knows them: one query, however many people.

    The name in the account may have been given by another trust, and stays there. Whoever takes part goes by the name
    of the application, everybody else by that of the role.
    """
    if not people:
        return {}
    roles = Role.objects.reaching(cohort).filter(user__in=people).exclude(name="").annotate(rank=Value(0))
    members = Participant.objects.filter(cohort=cohort, user__in=people).annotate(rank=Value(1))
    columns = ("rank", "user", "name")
    both = roles.order_by().values_list(*columns).union(members.order_by().values_list(*columns), all=True)
    return {person: name for _, person, name in sorted(both, key=itemgetter(0))}


def names_to(cohort, letters) -> dict:
    """{id of a message: who it goes to}; without a name of this cohort's own the address is shown."""
    names = names_of(cohort, {letter.recipient_id for letter in letters if letter.recipient_id})
    return {letter.pk: names.get(letter.recipient_id) or letter.to_addr for letter in letters}


def label_of(letter: Message, kind: Kind | None) -> str:
    """What it is, for lists and for its own page."""
    label = kind.label if kind else letter.kind
    return f"Test: {label}" if letter.is_test else label


def when_in_short(letter: Message, now: datetime) -> str:
    """When it went, why it waits and until when, or when it was written: for a line of a list."""
    if letter.sent_at:
        return moment(letter.sent_at)
    return why_it_waits(letter, now) or f"Written {moment(letter.created_at)}"


def why_it_waits(letter: Message, now: datetime) -> str:
    """What a message waits for; empty if it does not wait."""
    if letter.state == State.HELD:
        return "Until a lead releases it"
    if letter.state != State.QUEUED:
        return ""
    if letter.next_at <= now:
        return "For the next round of sending, within a minute or two"
    if letter.last_error == QUIET:
        return f"For the end of this person's quiet hours, {moment(letter.next_at)}"
    if letter.last_error:
        return f"For another try, {moment(letter.next_at)}"
    return f"So that it can still be taken back, until {moment(letter.next_at)}"


@lru_cache(maxsize=1024)
def moment(when: datetime) -> str:
    """ "Wednesday 6 January 2027, 2:05pm"."""
    return f"{clock.in_full(clock.local(when).date())}, {clock.in_figures(when)}"


def in_plain_words(letter: Message) -> str:
    """What went wrong last, so that a lead knows whose turn it is."""
    said = letter.last_error
    if said == QUIET:
        return ""  # nothing went wrong: it says why the message waits
    if said.startswith("Could not be written"):
        return (
            "Its text could not be written: something that it names is no longer there, or cannot be put into a mail. "
            "Check what it is about. If nothing is wrong there, tell whoever looks after this site."
        )
    if re.match(r"5\d\d\b", said):
        return f"The mail server refused it for good. It said: “{said}”."
    if re.match(r"4\d\d\b", said):
        return f"The mail server would not take it at that time. It said: “{said}”.{_next_try(letter)}"
    if BY_MACHINE.match(said):
        return f"The mail server could not be reached, or broke off.{_next_try(letter)}"
    return said


def _next_try(letter: Message) -> str:
    return " It is tried again by itself." if letter.state in LIVE else ""


@dataclass(frozen=True)
class Refusal:
    """That an address refuses mail: what the mail server said, and since when nothing goes there."""

    address: str
    why: str
    since: str


def refusal_of(address: str) -> Refusal | None:
    """One query; None for an address that takes mail."""
    bad = BadAddress.objects.filter(address=address).first()
    return Refusal(bad.address, bad.why, moment(bad.since)) if bad else None


def load_letter(view):
    """Turn `letter_id` into a message of the cohort that a loader above has found; everything else is a 404."""

    @wraps(view)
    def loaded(request, cohort, letter_id, **kwargs):
        letter = get_object_or_404(handled_letters(cohort, request.user).select_related("recipient"), pk=letter_id)
        letter.to_name = names_to(cohort, [letter])[letter.pk]
        return view(request, cohort=cohort, letter=letter, **kwargs)

    return loaded


class PostBook:
    """What the page of a cohort's messages shows: those asked for, row by row, and how many there are of each state.

    `person` is a participant whom the user may see; nothing confidential is told about one person, so that secret and
    counted kinds are left out then. With `is_nobody` an unknown person was asked for, and nothing is shown.
    """

    def __init__(self, *, cohort, user, state: str = "", kind: str = "", person=None, is_nobody: bool = False):
        self._kinds = {each.name: each for each in kinds()}
        self._cohort, self._state = cohort, state
        self._carried = {"state": state, "kind": kind, "person": str(person.pk) if person else ""}
        letters = letters_of(cohort, user)
        if is_nobody:
            letters = letters.none()
        if person:
            hidden = [each.name for each in self._kinds.values() if each.secret or each.counted]
            letters = letters.to_people([person.user_id]).exclude(kind__in=hidden)
        self.by_state, self._counted = Counter(), Counter()
        counts = letters.counts_by_state_of_one() if person else letters.counts_by_state()
        for (name, where), number in counts.items():
            known = self._kinds.get(name)
            if known and known.counted:
                self._counted[known.label, State(where).label] += number
            elif kind in {"", name}:
                self.by_state[where] += number
        asked = {name: value for name, value in (("state", state), ("kind", kind)) if value}
        self.rows = letters.exclude(kind__in=counted_kinds()).filter(**asked)

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """(state, label, number) for the states that occur."""
        return [(state.value, state.label, self.by_state[state]) for state in State if self.by_state[state]]

    @property
    def number(self) -> int:
        """How many rows there are, known from the counts already."""
        return self.by_state[self._state] if self._state else self.by_state.total()

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        """(kind, state, number) of the kinds that leads may only count."""
        return [(label, state, number) for (label, state), number in sorted(self._counted.items())]

    def lines(self, rows, *, now: datetime) -> list[dict]:
        """Each row with what may be said about it, in words: a template finds them many times more slowly."""
        rows = list(rows)
        names = names_to(self._cohort, rows)
        subjects = circulars.subjects_of({row.ref.get("circular") for row in rows if row.kind == circulars.NAME})
        link_to = links_to("post_detail", self._cohort.pk)
        return [
            self._line(row, names[row.pk], link_to, now) | {"about": subjects.get(row.ref.get("circular"), "")}
            for row in rows
        ]

    def _line(self, row: Message, name: str, link_to, now: datetime) -> dict:
        kind, state = self._kinds.get(row.kind), State(row.state)
        is_secret = kind is None or kind.secret
        return {
            "label": label_of(row, kind),
            "url": "" if is_secret else link_to(row.pk),
            "to": "Not shown" if is_secret else name,
            "state": state.label,
            "colour": COLOURS.get(state, ""),
            "error": "" if is_secret else in_plain_words(row),
            "when": when_in_short(row, now),
        }

    def link(self, page: int) -> str:
        carried = {name: value for name, value in self._carried.items() if value}
        return "?" + urlencode({**carried, "page": page})
