"""The words of one cohort, as far as reading its sheet needs them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from cohorts.spreadsheets.folding import fold
from cohorts.spreadsheets.grades import grade_key
from cohorts.spreadsheets.sides import SIDE_WORDS


@dataclass(frozen=True)
class Vocabulary:
    """What the caller knows and the sheet does not say.

    `sides` maps folded words to "a" or "b" (`side_words` makes it from two labels). `grades` maps an alias,
    however written, to (code, rank); empty means that no grade is doubted. `today` lets past leaving dates
    be doubted; without it none is.
    """

    sides: Mapping[str, str] = field(default_factory=lambda: SIDE_WORDS)
    grades: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    today: datetime.date | None = None
    labels: tuple[str, str] = ("doctor", "manager")

    def folded_grades(self) -> dict[str, tuple[str, float]]:
        """Aliases by both their foldings, so that any spelling of them is found."""
        folded: dict[str, tuple[str, float]] = {}
        for alias, found in self.grades.items():
            folded.setdefault(grade_key(alias), found)
        return folded | {fold(alias): found for alias, found in self.grades.items()}
