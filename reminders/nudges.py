"""Several things to do in one message: what is left of them at sending, and how each is called."""

from dataclasses import dataclass

from django.conf import settings

from elements.registry import kind_named
from reminders.models import Nudge
from reminders.preferences import muted_by
from reminders.wording import words_of


@dataclass(frozen=True)
class Thing:
    """One thing to do: what it is, and the page where it is done."""

    what: str
    link: str


def day_key(*, on, person) -> str:
    """The key of the one message a day that may ask this person for anything."""
    return f"nudge:{on.isoformat()}:{person.pk}"


def left(ref, to) -> list[Nudge]:
    """What this person has not done yet, and has not switched off, of what a digest was made for."""
    asked = Nudge.objects.filter(message__key=f"nudge:{ref['day']}:{ref['person']}").select_related("message")
    muted = muted_by(to)
    return [each for each in asked if each.kind not in muted and kind_named(each.kind).wanted(each.ref, to)]


def is_any_left(ref, to) -> bool:
    return bool(left(ref, to))


def things(ref, to) -> list[Thing]:
    found = []
    for each in left(ref, to):
        kind = kind_named(each.kind)
        facts = kind.context(each.ref, to)
        found.append(Thing(words_of(kind, each.message.scope).filled(facts).subject, facts.get("link", "")))
    return found


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
