"""People's names: tidied, compared, and recognised where letters were lost."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cohorts.spreadsheets.findings import Parsed, quoted, warning
from cohorts.spreadsheets.folding import APOSTROPHES, NOT_WORD, fold

TITLES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "prof",
        "professor",
        "doctor",
        "sir",
        "dame",
        "rev",
        "reverend",
        "fr",
        "sr",
        "lord",
        "lady",
        "drs",
        "messrs",
    ]
)
LOST = "?\ufffd"
# UTF-8 read as Windows-1252 shows two letters for one: "Zoë" becomes "ZoÃ«".
TWICE_DECODED = re.compile(
    "[\u00c3\u00c2\u00c4\u00c5][\u0080-\u00bf\u2013-\u203a\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2122]"
)
UNSETTLED = frozenset(
    ("none", "n/a", "na", "nil", "-", "--", "no", "nobody", "no one", "not applicable", "tbc", "tba", "?")
)


def parse_name(text: str) -> Parsed:
    """The name tidied, with a warning where letters were lost on the way."""
    return tidy_name(text), lost_letters(text)


def tidy_name(text: str) -> str:
    """Without titles in front and with the first name first: "Evans, Dr Sandra" is "Sandra Evans"."""
    if "," in text:
        parts = [tidy for part in text.split(",") if (tidy := _untitled(part.strip())) and _bare(tidy) not in TITLES]
        text = f"{parts[1]} {parts[0]}" if len(parts) == 2 else ", ".join(parts)
    return _untitled(text)


def _untitled(text: str) -> str:
    first, _, rest = text.partition(" ")
    while rest and _bare(first) in TITLES:
        text = rest.strip()
        first, _, rest = text.partition(" ")
    return text


def _bare(word: str) -> str:
    return word.rstrip(".").casefold()


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """Equal for names that differ only in titles, punctuation, case, spaces or order of their parts.

    Kept, because a page about a cohort of thousands asks for the names of all of them each time it is shown.
    """
    if not ((plain := name.replace(" ", "")).isascii() and plain.isalnum()):
        return _full_key(name)
    words = name.lower().split()  # the same, sooner, where there is nothing but letters, figures and spaces
    while len(words) > 1 and words[0] in TITLES:
        del words[0]
    words.sort()
    return " ".join(words)


def _full_key(name: str) -> str:
    words = NOT_WORD.sub(" ", APOSTROPHES.sub("", _marks_kept(fold(tidy_name(" ".join(name.split()))))))
    return " ".join(sorted(words.split()))


def _marks_kept(folded: str) -> str:
    """Combining marks that have no composed letter are not punctuation: they are dropped, not split at."""
    if folded.isascii():
        return folded
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def lost_letters(text: str, whose: str = "this name"):
    """A warning where `text`, a name, shows letters that an earlier program lost; else None."""
    if any(sign in text for sign in LOST):
        return warning(
            "lost_letters",
            f"Letters of {whose} were lost and show as {LOST[0]} or {LOST[1]} in {quoted(text)}: write it in full.",
        )
    if not text.isascii() and TWICE_DECODED.search(text):
        return warning(
            "lost_letters",
            f"Letters of {whose} look garbled in {quoted(text)}: save the sheet as CSV UTF-8, or write it in full.",
        )
    return None


def same_but_poorer(new: str, old: str) -> bool:
    """True where `new` is `old` with one or more letters replaced by a question mark or replacement sign."""
    if new == old or not any(sign in new for sign in LOST):
        return False
    return any(_poorer(new, unicodedata.normalize(form, old)) for form in ("NFC", "NFD"))


def _poorer(new: str, old: str) -> bool:
    if len(new) != len(old):
        return False
    pairs = list(zip(new, old, strict=True))
    lost = any(a != b for a, b in pairs)
    return lost and all(a == b or (a in LOST and not b.isspace()) for a, b in pairs)
