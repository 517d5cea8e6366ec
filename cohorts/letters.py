"""The messages of a cohort, as far as its leads may see them."""

from collections import Counter
from functools import wraps
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404

from cohorts.models import Participant
from cohorts.rules import is_whole_lead
from elements.registry import kinds
from reminders.choices import State
from reminders.models import Message


def letters_of(cohort, user):
    """Messages of this cohort; the lead of one organisation sees those to its own people."""
    letters = Message.objects.within([cohort.pk]).select_related("recipient")
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


def load_letter(view):
    """Turn `letter_id` into a message of the cohort that a loader above has found; everything else is a 404."""

    @wraps(view)
    def loaded(request, cohort, letter_id, **kwargs):
        letter = get_object_or_404(handled_letters(cohort, request.user), pk=letter_id)
        return view(request, cohort=cohort, letter=letter, **kwargs)

    return loaded


class PostBook:
    """What the page of a cohort's messages shows: rows of one state or all, and how many there are of each."""

    def __init__(self, *, cohort, user, state: str = ""):
        self._labels = {kind.name: kind for kind in kinds()}
        self._state = state
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
        """Each row with what may be said about it."""
        return [self._line(row) for row in rows]

    def _line(self, row: Message) -> dict:
        kind = self._labels.get(row.kind)
        is_secret = kind is None or kind.secret
        return {
            "letter": row,
            "label": kind.label if kind else row.kind,
            "to": "" if is_secret else str(row.recipient or row.to_addr),
            "is_secret": is_secret,
            "may_hold": not is_secret and row.state == State.QUEUED,
            "may_release": not is_secret and row.state == State.HELD,
            "may_cancel": not is_secret and row.state in {State.QUEUED, State.HELD},
            "may_send_again": not is_secret and row.state in {State.FAILED, State.UNKNOWN},
        }

    def link(self, page: int) -> str:
        return "?" + urlencode({**({"state": self._state} if self._state else {}), "page": page})
