"""Whether a cell says the same as what is here: less well written, or as our own list would have written it."""

from typing import Any

from cohorts import spreadsheets
from cohorts.spreadsheets.columns import reader
from cohorts.spreadsheets.fields import BY_CODE


def richer(value: Any, before: Any) -> tuple[Any, list[tuple[str, str]]]:
    """`value` with what is here wherever it only lost letters on the way, and those: [(here, in the file)]."""
    if isinstance(value, str) and isinstance(before, str):
        return (before, [(before, value)]) if spreadsheets.same_but_poorer(value, before) else (value, [])
    if not isinstance(value, list):
        return value, []
    better = {words: _better(words, before) for words in value}
    return list(dict.fromkeys(better.values())), [(here, words) for words, here in better.items() if here != words]


def _better(words: str, before: list[str]) -> str:
    return next((here for here in before if spreadsheets.same_but_poorer(words, here)), words)


def reads_back(code: str, before: Any, values: dict[str, Any], vocabulary: spreadsheets.Vocabulary) -> bool:
    """Whether what is here, exported and read again, gives the value of the file."""
    text = "; ".join(before) if isinstance(before, list) else before
    return bool(text) and reader(BY_CODE[code], vocabulary)(text)[0] == values.get(code)
