"""What can be said about one value: it is refused, or doubted and kept."""

from __future__ import annotations

from typing import Any, NamedTuple

ERROR = "error"
WARNING = "warning"


class Finding(NamedTuple):
    """`words` is a sentence that says what to do; `code` a short name that code can test."""

    level: str
    code: str
    words: str


Parsed = tuple[Any, Finding | None]


def error(code: str, words: str) -> Finding:
    return Finding(ERROR, code, words)


def warning(code: str, words: str) -> Finding:
    return Finding(WARNING, code, words)


def quoted(text: str) -> str:
    """A value inside a sentence, short enough to read."""
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"
