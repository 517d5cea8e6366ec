"""Days written day first, as Excel keeps them, or as Excel's bare numbers."""

from __future__ import annotations

import datetime
import re

from cohorts.spreadsheets.findings import Parsed, error, quoted, warning

NUMERIC = re.compile(
    r"(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
WORDED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?:of\s+)?([a-z]{3,9})\.?,?[\s\-./']*(\d{2}|\d{4})"
)
MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# Excel's day 1 is 1 January 1900 and it counts a 29 February 1900 that never was; the other system starts in 1904.
EPOCHS = {1900: datetime.date(1899, 12, 30), 1904: datetime.date(1904, 1, 1)}
EARLIEST, LATEST = 2000, 2099
OPEN_ENDED = frozenset(
    ("n/a", "na", "none", "-", "permanent", "perm", "substantive", "tbc", "no", "nil", "ongoing", "not applicable")
)


def parse_day(text: str, *, date_system: int = 1900, today: datetime.date | None = None) -> Parsed:
    """A day, day first; (None, error) where the words name none that can be."""
    words = " ".join(text.casefold().split())
    if words in OPEN_ENDED:
        return None, None
    try:
        day, reversed_us = _read(words, date_system)
    except (ValueError, OverflowError):
        return None, _impossible(words, text)
    if day is None:
        if reversed_us:
            return None, reversed_us
        return None, error("no_date", f"{quoted(text)} is not a date: write it like 31/07/2027.")
    return plausible_day(day, today=today)


def plausible_day(day: datetime.date, *, today: datetime.date | None = None) -> Parsed:
    """The day itself, refused outside this century and doubted where it is past."""
    if not EARLIEST <= day.year <= LATEST:
        return None, error("no_date", f"The year {day.year} cannot be meant: write the date like 31/07/2027.")
    if today is not None and day < today:
        return day, warning("past_date", f"{day:%d/%m/%Y} is past: check the year.")
    return day, None


def looks_american(text: str) -> bool:
    """Whether a date can only be read month first, such as 12/25/2027."""
    match = NUMERIC.fullmatch(text.strip())
    return bool(match and len(match[1]) <= 2 and int(match[1]) <= 12 < int(match[2]) <= 31)


def either_way(text: str) -> bool:
    """Whether a date has two readings, such as 03/04/2027."""
    match = NUMERIC.fullmatch(text.strip())
    return bool(match and len(match[1]) <= 2 and match[1] != match[2] and int(match[1]) <= 12 >= int(match[2]))


def _read(words: str, date_system: int):
    if match := NUMERIC.fullmatch(words):
        first, second, third = match.groups()
        if len(first) == 4:
            return datetime.date(int(first), int(second), int(third)), None
        if len(first) > 2 or len(third) == 3 or len(third) == 1:
            return None, None
        return datetime.date(_year(third), int(second), int(first)), None
    if match := SERIAL.fullmatch(words):
        return EPOCHS[date_system] + datetime.timedelta(days=int(match[1])), None
    if match := WORDED.fullmatch(words):
        month = _month(match[2])
        return (datetime.date(_year(match[3]), month, int(match[1])) if month else None), None
    if match := MONTH_FIRST.fullmatch(words):
        month = _month(match[1])
        return (datetime.date(int(match[3]), month, int(match[2])) if month else None), None
    return None, None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(word: str) -> int:
    return next(
        (number for number, month in enumerate(MONTHS, 1) if month.startswith(word) or word == "sept" == month[:4]), 0
    )


def _impossible(words: str, text: str):
    if looks_american(words) and (match := NUMERIC.fullmatch(words)):
        first, second, third = match.groups()
        return error(
            "american_date",
            f"{quoted(text)} has no month {int(second)}: if the month stands first, "
            f"write it as {second}/{first}/{third}.",
        )
    return error("no_date", f"{quoted(text)} is a day that does not exist: write it like 31/07/2027.")
