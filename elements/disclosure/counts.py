"""Rule 1: independent counts, each shown if enough different people stand behind it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import Enum

LEAST = 5  # people behind a figure on a page; nobody may set a lower threshold


class ThresholdTooLow(ValueError):
    """A threshold may be raised and never lowered."""


class Standing(Enum):
    """What becomes of a figure."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    ZERO = "zero"
    MISSING = "missing"


@dataclass(frozen=True)
class Group:
    """A figure and the different people behind it: `value` is None where nothing was asked or counted.

    `people` holds whatever tells people apart; only how many there are is used.
    """

    name: Hashable
    value: int | None
    people: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether a group's figure may be shown, and why. `value` is None unless it is shown or zero."""

    name: Hashable
    standing: Standing
    reason: str
    value: int | None = None


@dataclass(frozen=True)
class Listing:
    """The verdicts that may be shown, the largest figure first, and whether anything at all was held back."""

    shown: tuple[Verdict, ...]
    is_whole: bool


def verdict(group: Group, *, threshold: int = LEAST) -> Verdict:
    """What becomes of one figure that stands for itself. Raises ThresholdTooLow, and ValueError for a negative one."""
    refuse_low(threshold)
    if group.value is None:
        return Verdict(group.name, Standing.MISSING, "nothing was counted")
    if group.value < 0:
        raise ValueError(f"{group.name}: {group.value} is no count.")
    if group.value == 0 and not group.people:
        return Verdict(group.name, Standing.ZERO, "nobody", 0)
    if len(group.people) < threshold:
        return Verdict(group.name, Standing.SUPPRESSED, f"fewer than {threshold} people stand behind it")
    return Verdict(group.name, Standing.SHOWN, f"at least {threshold} people stand behind it", group.value)


def refuse_low(threshold: int) -> None:
    """Raises ThresholdTooLow."""
    if threshold < LEAST:
        raise ThresholdTooLow(f"At least {LEAST} people stand behind a figure that is shown, not {threshold}.")


def listed(groups: Iterable[Group], *, threshold: int = LEAST) -> Listing:
    """The figures of independent groups that may be shown, without a total and without those that may not.

    Sorted by figure and then by name, so that the order tells nothing of what is held back. `is_whole` is False as soon
    as one figure is suppressed. Raises ThresholdTooLow, and ValueError where a name occurs twice.
    """
    refuse_low(threshold)
    found = [verdict(group, threshold=threshold) for group in groups]
    if len({each.name for each in found}) < len(found):
        raise ValueError("A group occurs twice: its people would be counted apart.")
    shown = [each for each in found if each.standing is Standing.SHOWN]
    shown.sort(key=lambda each: (-(each.value or 0), str(each.name).casefold()))
    return Listing(tuple(shown), all(each.standing is not Standing.SUPPRESSED for each in found))
