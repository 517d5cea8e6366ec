"""What a rule found: which points, which way, and what it means where one way is better."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules of both charts. Of the first four a point is labelled by the first that it breaks."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    ONE_SIDE = "one_side"
    LONGEST_RUN = "longest_run"
    CROSSINGS = "crossings"


PRECEDENCE = {rule: number for number, rule in enumerate(Rule)}


class Direction(StrEnum):
    """Above the centre or rising; below it or falling."""

    UP = "up"
    DOWN = "down"


class Good(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Meaning(StrEnum):
    """Special cause improvement, special cause concern, or a special cause that is neither."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"


@dataclass(frozen=True)
class Signal:
    """One special cause: points `first` to `last`, counted from 0.

    `fires` is the first point at which the rule was broken (the seventh of a run of seven or more), `marked` are the
    points to be shown as part of it. Too few crossings have no direction and mark no point: they are about a phase.
    """

    rule: Rule
    direction: Direction | None
    meaning: Meaning
    first: int
    last: int
    fires: int
    marked: tuple[int, ...]


def meaning_of(direction: Direction | None, good: Good) -> Meaning:
    """What a signal means: better if it goes the good way, worse if it goes the other."""
    if direction is None or good is Good.NEUTRAL:
        return Meaning.NEITHER
    return Meaning.IMPROVEMENT if direction.value == good.value else Meaning.CONCERN
