"""Working days out of the words people use: "Mon to Thurs", "M,T,W", "Not Fridays"."""

from __future__ import annotations

import re

from cohorts.spreadsheets.folding import fold

WEEKDAYS = (0, 1, 2, 3, 4)
NAMES = {
    **dict.fromkeys(("m", "mo", "mon", "monday", "mondays", "mons"), 0),
    **dict.fromkeys(("tu", "tue", "tues", "tuesday", "tuesdays"), 1),
    **dict.fromkeys(("w", "we", "wed", "weds", "wednesday", "wednesdays"), 2),
    **dict.fromkeys(("th", "thu", "thur", "thurs", "thursday", "thursdays", "r"), 3),
    **dict.fromkeys(("f", "fr", "fri", "friday", "fridays", "fris"), 4),
    **dict.fromkeys(("sa", "sat", "saturday", "saturdays"), 5),
    **dict.fromkeys(("su", "sun", "sunday", "sundays"), 6),
}
BRACKETS = re.compile(r"\([^)]*\)")
FULL_TIME = re.compile(r"\b(?:full[ -]?time|ft|every weekday|all weekdays|weekdays|all week|5 days(?: a week)?)\b")
PART_TIME = re.compile(r"\b(?:less than full[ -]?time|ltft|part[ -]?time|pt)\b")
TOKEN = re.compile(r"[^\W\d_]+|\d+|[-–—]")
RUN = re.compile(r"(?:m|tu|th|t|w|f)+")
RUN_PART = re.compile(r"m|tu|th|t|w|f")
TO = frozenset(("to", "until", "till", "thru", "through", "-", "–", "—"))
NOT = frozenset(("not", "except", "excluding", "no"))
FILLER = frozenset(
    ("and", "only", "every", "on", "days", "usually", "works", "working", "i", "work", "all", "but", "day")
)


def days_of(text: str) -> tuple[int, ...]:
    """Days in order, Monday 0 to Sunday 6; empty where the words do not settle them (a rota, "3 days")."""
    words = BRACKETS.sub(" ", fold(text))
    words = PART_TIME.sub(" ", words)
    words = FULL_TIME.sub(" mon to fri ", words)
    chosen: list[int] = []
    left_out: list[int] = []
    target = chosen
    ranging = False
    for word in _tokens(words):
        day = _day(word, target)
        if day is not None:
            target.extend(_through(target[-1], day) if ranging and target else (day,))
            ranging = False
        elif word in TO:
            ranging = bool(target)
        elif word in NOT:
            target = left_out
        elif word not in FILLER:
            return ()
    if left_out:
        return tuple(day for day in (sorted(set(chosen)) or WEEKDAYS) if day not in left_out)
    return tuple(sorted(set(chosen)))


def _tokens(words: str) -> list[str]:
    found = TOKEN.findall(words)
    if len(found) == 1 and found[0] not in NAMES and RUN.fullmatch(found[0]):
        return RUN_PART.findall(found[0])
    return found


def _day(word: str, before: list[int]) -> int | None:
    """A bare T is Tuesday, or Thursday once Tuesday or Wednesday has been; a bare S Saturday, then Sunday."""
    if word == "t":
        return 3 if before and before[-1] in (1, 2) else 1
    if word == "s":
        return 6 if 5 in before else 5
    return NAMES.get(word)


def _through(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + step) % 7 for step in range(1, (last - first) % 7 + 1))
