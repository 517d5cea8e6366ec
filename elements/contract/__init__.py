"""What an element of the programme hands down to the house. A part is written when its issue needs it."""

from elements.contract.element import Element
from elements.contract.parts import (
    Attention,
    Column,
    Door,
    Entry,
    Event,
    Export,
    Kind,
    OfferedText,
    Panel,
    Placeholder,
    RecordLine,
    Reminder,
    Stage,
    Step,
)

__all__ = [
    "Attention",
    "Column",
    "Door",
    "Element",
    "Entry",
    "Event",
    "Export",
    "Kind",
    "OfferedText",
    "Panel",
    "Placeholder",
    "RecordLine",
    "Reminder",
    "Stage",
    "Step",
]
