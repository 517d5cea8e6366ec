"""Text as people meant it: tidy spaces, composed letters, and nothing that hides."""

from __future__ import annotations

import re
import unicodedata

# Directional overrides and isolates can make text read otherwise than it is stored.
DECEIVING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Letters that no eye sees. The two joiners stay: several scripts cannot be written without them.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]"
)
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
ONLY_JOINERS = re.compile("[\\s\u200c\u200d\ufe00-\ufe0f\u2800]*\\Z")
GUARDED = frozenset("=+-@\t\r\n")

HIDDEN_DIRECTION = "holds hidden marks that change the direction of the text; type it again without them"
HIDDEN_CONTROL = "holds hidden control characters; type it again"


class Unclean(ValueError):
    """`args[0]` says what is hidden in the text, to follow the words "This cell"."""


def clean(text: str, *, lines: bool = False) -> str:
    """The text in NFC with tidy spaces; an invisible text becomes "".

    With `lines` its line breaks stay, as a plain newline. Raises `Unclean` for NUL, other controls and
    marks that reverse the direction of text.
    """
    if text.isprintable():  # no controls, no formatting marks, no space but the plain one
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        text = " ".join(text.split(" ")) if "  " not in text else " ".join(text.split())
        text = text.strip()
    else:
        text = _looked_through(text, lines=lines)
    return _unguarded(text) if text[:1] == "'" else text


def _looked_through(text: str, *, lines: bool) -> str:
    if DECEIVING.search(text):
        raise Unclean(HIDDEN_DIRECTION)
    if CONTROLS.search(text):
        raise Unclean(HIDDEN_CONTROL)
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text)))
    kept = (" ".join(line.split()) for line in text.split("\n"))
    text = ("\n" if lines else " ").join(kept).strip()
    return "" if ONLY_JOINERS.match(text) else text


def _unguarded(text: str) -> str:
    """Without the apostrophe that exports put before text a spreadsheet would take for a formula."""
    if any(line.lstrip(" \u00a0")[:1] in GUARDED and line.strip() for line in text[1:].split("\n")):
        return text[1:]
    return text
