"""Several things to do in one message: what is left of them at sending, and how each is called."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from elements.registry import kind_named
from reminders.models import Nudge
from reminders.preferences import muted_by
from reminders.wording import words_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Thing:
    """One thing to do: what it is, and the page where it is done."""

    what: str
    link: str


def day_key(*, on, person) -> str:
    """The key of the one message a day that may ask this person for anything."""
    return f"nudge:{on.isoformat()}:{person.pk}"


def is_any_left(ref, to) -> bool:
    return bool(things(ref, to))


def things(ref, to) -> list[Thing]:
    """What this person has not done yet, and has not switched off, of what a digest was made for.

    What cannot be told is left out, so that the others do not go missing with it; where nothing else is left, the
    error is raised.
    """
    asked = Nudge.objects.filter(message__key=f"nudge:{ref['day']}:{ref['person']}").select_related("message")
    muted = muted_by(to)
    found, problems = [], []
    for each in asked:
        try:
            if each.kind not in muted and kind_named(each.kind).wanted(each.ref, to):
                found.append(_thing(each, to))
        except DatabaseError:
            raise  # says nothing about this one, and nothing can be asked after it
        except Exception as problem:
            log.error("%s is left out of message %s: %s", each.kind, each.message_id, type(problem).__name__)
            problems.append(problem)
    if problems and not found:
        raise problems[0]
    return found


def _thing(nudge: Nudge, to) -> Thing:
    kind = kind_named(nudge.kind)
    facts = kind.context(nudge.ref, to)
    return Thing(words_of(kind, nudge.message.scope).filled(facts).subject, facts.get("link", ""))


def context(ref, to) -> dict[str, str]:
    """The facts of a digest: its list in the order of what is most pressing."""
    todo = things(ref, to)
    if not todo:  # it does not go out; whoever looks at it is told so
        return {"summary": "Nothing is left to do", "opening": "Nothing is left to do.", "things": "All of it is done."}
    number = "There is one thing" if len(todo) == 1 else f"There are {len(todo)} things"
    rest = f" and {len(todo) - 1} more" if len(todo) > 1 else ""
    return {
        "summary": f"{todo[0].what}{rest}",
        "opening": f"{number} to do:",
        "things": "\n\n".join(f"{thing.what}:\n{thing.link or settings.SITE_URL}" for thing in todo),
    }
