"""How words are compared everywhere: one folding for headings, names, lists and grades."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = re.compile(r"['’‘ʼ`´]")
NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 15)
def fold(words: str) -> str:
    """Case-folded, NFKC, one space between words: equal results mean the same words.

    Case-folding can undo NFKC for a few letters, so NFKC comes last as well (Unicode 3.13, D146).
    """
    if words.isascii():
        return " ".join(words.casefold().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).casefold())
    return " ".join(folded.split())


@lru_cache(maxsize=1 << 13)
def fold_loosely(words: str) -> str:
    """`fold`, and without punctuation: "E-mail address?" and "e mail address" are the same heading."""
    return NOT_WORD.sub(" ", APOSTROPHES.sub("", fold(words))).strip()
