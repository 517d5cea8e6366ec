"""The XmR chart (individuals and moving range) with the rules of "Making Data Count", without screening.

Sources: Wheeler, D. J., *Understanding Variation* (1993); NHS England, *Making Data Count*, whose Excel template does
not screen either: an extreme value stays in the mean moving range, so the limits are wide and a signal is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from projects.spc.limits import ENOUGH, Limits, limits_of, mean_range
from projects.spc.phases import LEAST_POINTS, Baseline, Phase, Rebase, cut
from projects.spc.refusals import BelowZero
from projects.spc.rules import IN_A_ROW, Flagged, flagged
from projects.spc.series import ROUNDING, Series, number, rounding, series_of
from projects.spc.signals import PRECEDENCE, Direction, Good, Rule, Signal, meaning_of
from projects.spc.stretches import DOWN, UP, bounds

WAYS = {Direction.UP: UP, Direction.DOWN: DOWN}


class Assurance(StrEnum):
    """Whether a process in control will meet its target: always, never, or now and then by chance."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class XmRPhase(Phase):
    """A phase with the mean of its baseline, in the unit of the values.

    `mean_range` and `limits` are None while the baseline has fewer than five points; no rule is asked then.
    """

    mean: float
    mean_range: float | None
    limits: Limits | None

    @property
    def is_enough(self) -> bool:
        """Whether there are points enough for limits, and so for the rules."""
        return self.limits is not None

    @property
    def is_trial(self) -> bool:
        """Whether there are limits, and they rest on too few points to be more than trial limits."""
        return self.limits is not None and self.baseline_length < ENOUGH


@dataclass(frozen=True)
class XmR:
    """A chart of n points: its phases in order; its signals by first point and precedence.

    `marks` has for each point the signal that labels it, or None: of several the first in the order outside, trend,
    two of three, one side. `assurance` is of the last phase.
    """

    days: tuple[date, ...]
    values: tuple[float, ...]
    good: Good
    target: float | None
    phases: tuple[XmRPhase, ...]
    signals: tuple[Signal, ...]
    marks: tuple[Signal | None, ...]
    assurance: Assurance


def xmr_chart(
    points: Iterable[tuple[date, object]],
    *,
    baseline: Baseline = None,
    rebases: Iterable[Rebase] = (),
    good: Good = Good.NEUTRAL,
    target: object = None,
    clip_at_zero: bool = False,
) -> XmR:
    """The chart of points (day, value) in the order of time.

    `baseline` is that of the first phase; each rebase begins another. `clip_at_zero` is for what cannot be less than
    zero: limits stop there, and the rules find the same. Raises a refusal of `projects.spc.refusals`.
    """
    series = series_of(points)
    if clip_at_zero and (series.values < 0).any():
        index = int((series.values < 0).argmax())
        raise BelowZero(f"Point {index + 1} is below zero, where the lower limit was to stop.", index)
    aim = None if target is None else number(target, "The target")
    phases = tuple(_phase(series, phase, clip_at_zero) for phase in cut(series.days, baseline, rebases))
    signals = tuple(signal for phase in phases for signal in _signals(series, phase, good))
    return XmR(
        days=series.days,
        values=tuple(series.values.tolist()),
        good=good,
        target=aim,
        phases=phases,
        signals=signals,
        marks=_marks(len(series), signals),
        assurance=assurance(phases[-1].limits if phases else None, aim, good),
    )


def assurance(limits: Limits | None, target: float | None, good: Good) -> Assurance:
    """A target beyond a limit is always or never met; one between them, or on one of them, now and then."""
    if limits is None or target is None or good is Good.NEUTRAL:
        return Assurance.NONE
    equal = ROUNDING * max(abs(limits.lower), abs(limits.upper))
    if limits.lower - equal <= target <= limits.upper + equal:
        return Assurance.HIT_OR_MISS
    return Assurance.PASS if (target < limits.lower) == (good is Good.UP) else Assurance.FAIL


def _phase(series: Series, phase: Phase, clip_at_zero: bool) -> XmRPhase:
    """A phase with its mean and, from five points on, its limits."""
    values = series.values[phase.baseline]
    mean = float(values.sum()) / len(values)
    moving = mean_range(values) if len(values) >= LEAST_POINTS else None
    return XmRPhase(
        **vars(phase),
        mean=mean,
        mean_range=moving,
        limits=None if moving is None else limits_of(mean, moving, clip_at_zero=clip_at_zero),
    )


def _signals(series: Series, phase: XmRPhase, good: Good) -> list[Signal]:
    """The signals of one phase, by first point and precedence."""
    if phase.limits is None:
        return []
    values = series.values[phase.points]
    found = flagged(values, phase.mean, phase.limits, rounding(values))
    signals = [
        Signal(rule, direction, meaning_of(direction, good), marked[0], marked[-1], fires, marked)
        for direction, way in WAYS.items()
        for rule, marked, fires in _found(found, way, phase.first)
    ]
    return sorted(signals, key=lambda signal: (signal.first, PRECEDENCE[signal.rule]))


def _found(flags: Flagged, way: int, start: int) -> Iterable[tuple[Rule, tuple[int, ...], int]]:
    """What each rule found in one direction: the rule, its points in the series, and where it was first broken."""
    for first, last in bounds(flags.outside, way):
        yield Rule.OUTSIDE, _through(start + first, start + last), start + first
    for first, last in bounds(flags.trend, way):  # steps: the last of them leads to one more point
        yield Rule.TREND, _through(start + first, start + last + 1), start + first + IN_A_ROW - 1
    for first, last in bounds(flags.threes, way):
        near = ((flags.two_of_three[first : last + 1] & way).nonzero()[0] + start + first).tolist()
        # At the start of a phase two near points are no three yet.
        yield Rule.TWO_OF_THREE, tuple(near), max(near[1], start + first + 2)
    for first, last in bounds(flags.one_side, way):
        yield Rule.ONE_SIDE, _through(start + first, start + last), start + first + IN_A_ROW - 1


def _through(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(first, last + 1))


def _marks(length: int, signals: tuple[Signal, ...]) -> tuple[Signal | None, ...]:
    """The signal that labels each point: written from the weakest to the strongest, of equal ones the earlier last."""
    marks: list[Signal | None] = [None] * length
    for signal in sorted(signals, key=lambda each: (PRECEDENCE[each.rule], each.first), reverse=True):
        for point in signal.marked:
            marks[point] = signal
    return tuple(marks)
