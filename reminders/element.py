"""What the post room gives the house."""

from elements.contract import Element
from elements.registry import register


class PostRoom(Element):
    app = slug = "reminders"
    name = "Post room"
    optional = False


register(PostRoom())
