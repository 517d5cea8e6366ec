"""What the post room gives the house."""

from elements.contract import Element, Kind
from elements.registry import register
from reminders.backend import KIND


def texts_only(ref, to) -> dict:
    """An account message brings its own text, sealed in its row."""
    return {}


class PostRoom(Element):
    app = slug = "reminders"
    name = "Post room"
    optional = False
    messages = (
        Kind(
            name=KIND,
            label="Sign-in code or message about an account",
            context=texts_only,
            at_least_once=True,
            urgent=True,
            secret=True,
        ),
    )


register(PostRoom())
