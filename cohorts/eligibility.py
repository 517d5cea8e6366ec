"""Which grades and bands a cohort takes on a side, in words as short as they can be."""

import re
from collections.abc import Iterable

from cohorts.choices import Side, TermList
from cohorts.models import Rung

EVERY = {TermList.GRADE: "every grade", TermList.BAND: "every band"}
STEP = re.compile(r"(?P<ladder>.*?)\d+[a-d]?")  # "ST3", "Band 8a": a step of a ladder
AS_A_RANGE = 3  # steps


def takes(rungs: Iterable[Rung], side: str) -> str:
    """ "Band 6 and Band 7", "ST3 to ST8 and Specialist registrar", "every grade"; "" for none. In the order given."""
    by_list: dict[str, list[Rung]] = {}
    for rung in rungs:
        by_list.setdefault(rung.term.list, []).append(rung)
    *others, last = [words for name in by_list for words in _of_list(name, by_list[name], side)] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _of_list(name: str, rungs: list[Rung], side: str) -> list[str]:
    taken = [rung.eligible_a if side == Side.A else rung.eligible_b for rung in rungs]
    if all(taken):
        return [EVERY[TermList(name)]]
    runs: list[list[str]] = []
    before = None  # the ladder of the step just before, if it was taken
    for rung, is_taken in zip(rungs, taken, strict=True):
        label = rung.term.label.split(" (")[0]
        ladder = _ladder(label) if is_taken else None
        if is_taken and ladder and ladder == before:
            runs[-1].append(label)
        elif is_taken:
            runs.append([label])
        before = ladder
    return [words for run in runs for words in _short(run)]


def _ladder(label: str) -> str | None:
    step = STEP.fullmatch(label)
    return step and step["ladder"]


def _short(run: list[str]) -> list[str]:
    return [f"{run[0]} to {run[-1]}"] if len(run) >= AS_A_RANGE else run
