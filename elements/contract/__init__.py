"""What an element of the programme hands down to the house. A part is written when its issue needs it."""

from elements.contract.element import Element
from elements.contract.parts import (
    Attention,
    Column,
    Counts,
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
    Row,
    Stage,
    Step,
)

__all__ = [
    "Attention",
    "Column",
    "Counts",
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
    "Row",
    "Stage",
    "Step",
]
