"""States of a conversation, and how people talk."""

from django.db import models


class State(models.TextChoices):
    """Where a conversation stands."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CALLED_OFF = "called_off", "Called off"
    # Logged by mistake: only who wrote a note of her own in it still sees that note.
    REMOVED = "removed", "Removed"


SHOWN = frozenset({State.PLANNED, State.HELD, State.CALLED_OFF})


class Way(models.TextChoices):
    """How two talk."""

    PERSON = "person", "In person"
    CALL = "call", "By phone"
    VIDEO = "video", "By video"
