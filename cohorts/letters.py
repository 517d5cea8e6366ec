"""The messages of a cohort, as far as its leads may see them."""

from collections import Counter
from functools import wraps
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404

from cohorts.listing import moment
from cohorts.models import Participant, Role
from cohorts.rules import is_whole_lead
from elements.links import links_to
from elements.registry import kinds
from reminders.choices import State
from reminders.models import Message

TAGS = {
    State.SENT: "nhsuk-tag--green",
    State.FAILED: "nhsuk-tag--red",
    State.UNKNOWN: "nhsuk-tag--red",
    State.HELD: "nhsuk-tag--yellow",
    State.CANCELLED: "nhsuk-tag--grey",
}
# What a lead may do with a message in which state; also the names of the pages that do it, after "post_".
WAYS = {
    "hold": {State.QUEUED},
    "release": {State.HELD},
    "cancel": {State.QUEUED, State.HELD},
    "send_again": {State.FAILED, State.UNKNOWN},
}


def letters_of(cohort, user):
    """Messages of this cohort; the lead of one organisation sees those to its own people."""
    letters = Message.objects.within([cohort.pk])
    if is_whole_lead(user, cohort):
        return letters
    mine = Participant.objects.visible_to(user).filter(cohort=cohort)
    return letters.to_people(mine.order_by().values("user"))


def shown_letters(cohort, user):
    """Those shown row by row: kinds of which leads see counts only are left out."""
    return letters_of(cohort, user).exclude(kind__in=[kind.name for kind in kinds() if kind.counted])


def handled_letters(cohort, user):
    """Those a lead may hold, cancel or send again: nothing with a secret."""
    return shown_letters(cohort, user).exclude(kind__in=[kind.name for kind in kinds() if kind.secret])


def names_to(cohort, letters) -> dict:
    """{id of a message: who it goes to}, as this cohort knows them: two queries, however many messages.

    The name in the account may have been given by another trust, and stays there; without a name of this cohort's own
    the address is shown.
    """
    people = {letter.recipient_id for letter in letters}
    names = dict(
        Role.objects.reaching(cohort).filter(user__in=people).exclude(name="").order_by().values_list("user", "name")
    )
    names |= Participant.objects.filter(cohort=cohort, user__in=people).order_by().values_list("user", "name")
    return {letter.pk: names.get(letter.recipient_id) or letter.to_addr for letter in letters}


def load_letter(view):
    """Turn `letter_id` into a message of the cohort that a loader above has found; everything else is a 404."""

    @wraps(view)
    def loaded(request, cohort, letter_id, **kwargs):
        letter = get_object_or_404(handled_letters(cohort, request.user), pk=letter_id)
        letter.to_name = names_to(cohort, [letter])[letter.pk]
        return view(request, cohort=cohort, letter=letter, **kwargs)

    return loaded


def _when(letter: Message) -> str:
    """When it went out, goes out, or was written."""
    if letter.sent_at:
        return moment(letter.sent_at)
    if letter.state == State.QUEUED:
        return f"Not before {moment(letter.next_at)}"
    return f"Written {moment(letter.created_at)}"


class PostBook:
    """What the page of a cohort's messages shows: rows of one state or all, and how many there are of each."""

    def __init__(self, *, cohort, user, state: str = ""):
        self._may_handle = user.has_perm("cohorts.handle_post", cohort)
        self._labels = {kind.name: kind for kind in kinds()}
        self._cohort, self._state = cohort, state
        counts = letters_of(cohort, user).counts_by_state()
        self.by_state = Counter()
        self._counted = Counter()
        for (name, where), number in counts.items():
            kind = self._labels.get(name)
            if kind and kind.counted:
                self._counted[kind.label, State(where).label] += number
            else:
                self.by_state[where] += number
        rows = shown_letters(cohort, user)
        self.rows = rows.filter(state=state) if state else rows

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

    def lines(self, rows) -> list[dict]:
        """Each row with what may be said about it, in words: a template finds them many times more slowly."""
        rows = list(rows)
        names = names_to(self._cohort, rows)
        links = {name: links_to(f"post_{name}", self._cohort.pk) for name in WAYS}
        return [self._line(row, names[row.pk], links) for row in rows]

    def _line(self, row: Message, name: str, links: dict) -> dict:
        kind, state = self._labels.get(row.kind), State(row.state)
        is_secret = kind is None or kind.secret
        is_hers = self._may_handle and not is_secret
        return {
            "label": kind.label if kind else row.kind,
            "to": "Not shown" if is_secret else name,
            "state": state.label,
            "tag": TAGS.get(state, ""),
            "error": "" if is_secret else row.last_error,
            "when": _when(row),
            **{way: links[way](row.pk) for way, states in WAYS.items() if is_hers and state in states},
        }

    def link(self, page: int) -> str:
        return "?" + urlencode({**({"state": self._state} if self._state else {}), "page": page})
