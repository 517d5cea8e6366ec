"""What partners say of a conversation that took place, between form and action."""

from dataclasses import dataclass, field
from datetime import date, datetime

from cohorts.models import Participant


@dataclass(frozen=True)
class Deed:
    """Something that one of them is going to do."""

    owner: Participant
    words: str
    due_on: date | None = None


@dataclass(frozen=True)
class Talk:
    """A conversation as somebody logs it: only the day is needed. `note` is for the writer alone.

    `next_time` is beginning and end of the next conversation, if they agreed on one. `warned` says that the writer was
    asked whether the words name a patient.
    """

    falls_on: date
    minutes: int | None = None
    way: str = ""
    prompts: tuple[str, ...] = ()
    summary: str = ""
    note: str = ""
    deeds: tuple[Deed, ...] = field(default=())
    next_time: tuple[datetime, datetime] | None = None
    warned: bool = False
