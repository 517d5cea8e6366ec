"""Rule 2: an item with a scale, shown as a whole or not at all, and by group only if every group bears it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from elements.disclosure.counts import LEAST, Standing, refuse_low

TOO_FEW, TOO_ALIKE = "there are too few answers", "the answers are too alike"


@dataclass(frozen=True)
class Distribution:
    """How many people gave each answer. Empty `counts`, and no figure at all, unless it is shown."""

    standing: Standing
    reason: str = ""
    counts: tuple[tuple[int, int], ...] = ()  # (answer, people), for every answer of the scale

    @property
    def is_shown(self) -> bool:
        return self.standing is Standing.SHOWN

    @property
    def base(self) -> int:
        """The people behind it."""
        return sum(people for _, people in self.counts)

    @property
    def mean(self) -> float | None:
        return sum(answer * people for answer, people in self.counts) / self.base if self.counts else None


@dataclass(frozen=True)
class Breakdown:
    """An item for everybody, and for each group where every one of them may be shown; else `groups` is empty."""

    total: Distribution
    groups: tuple[tuple[Hashable, Distribution], ...] = ()


def distribution(answers: Iterable[int], *, scale: Iterable[int], threshold: int = LEAST) -> Distribution:
    """What becomes of one item: an answer for each person. Raises ThresholdTooLow, ValueError beside the scale.

    Where all people gave the same answer, whoever knows that somebody answered would know what: not shown.
    """
    refuse_low(threshold)
    given, steps = Counter(answers), tuple(scale)
    if beside := set(given) - set(steps):
        raise ValueError(f"Beside the scale: {sorted(beside)}")
    if not given:
        return Distribution(Standing.ZERO, "nobody answered")
    if given.total() < threshold:
        return Distribution(Standing.SUPPRESSED, TOO_FEW)
    if len(given) == 1:
        return Distribution(Standing.SUPPRESSED, TOO_ALIKE)
    return Distribution(Standing.SHOWN, "", tuple((step, given[step]) for step in steps))


def breakdown(answers: Mapping[Hashable, Iterable[int]], *, scale: Iterable[int], threshold: int = LEAST) -> Breakdown:
    """One item by group, each person in one group: all groups are shown or none is.

    With one of them hidden beside a total, it could be worked out from the others.
    """
    steps = tuple(scale)
    held = {name: tuple(given) for name, given in answers.items()}
    total = distribution((one for given in held.values() for one in given), scale=steps, threshold=threshold)
    groups = tuple((name, distribution(given, scale=steps, threshold=threshold)) for name, given in held.items())
    shown = total.is_shown and len(groups) > 1 and all(each.is_shown for _, each in groups)
    return Breakdown(total, groups if shown else ())


def texts(written: Iterable[str], *, threshold: int = LEAST) -> tuple[str, ...]:
    """Texts of which nobody can say whose they are: none below the threshold, else all, by the alphabet.

    One text for each person; who wrote nothing does not count.
    """
    refuse_low(threshold)
    found = [text for text in written if text.strip()]
    return tuple(sorted(found, key=lambda text: (text.casefold(), text))) if len(found) >= threshold else ()
