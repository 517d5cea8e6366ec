"""The shape of a row of a list."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Entry:
    """`code` is for good; `rank` orders grades and bands; `aliases` are other ways people write it.

    `flags` of a setting: C clinical area, O often out of hours, P patient contact, X confidential papers.
    """

    code: str
    label: str
    rank: Decimal | None = None
    aliases: tuple[str, ...] = ()
    group: str = ""
    flags: str = ""
