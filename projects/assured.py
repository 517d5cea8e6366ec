"""What an XmR chart says of a target: whether it will be met, as long as the process is the one of its limits."""

from statistics import fmean
from typing import Any

from elements.clock import in_full
from projects import spc
from projects.choices import Good
from projects.models import Measure

TRIED = 8  # points, as the day from which a chart may be worked out anew

ASSURED = {  # by the bench's own words for it, which is loaded when it is first used
    "pass": "If nothing changes, the target of {target} will be met every time: even the far end of the "
    "expected range is better.",
    "fail": "If nothing changes, the target of {target} will not be met: it lies outside the expected "
    "range. Reaching it needs a change of how things are done.",
    "hit_or_miss": "If nothing changes, the target of {target} will be met at some times and missed at "
    "others, by chance: it lies inside the expected range.",
    "none": "The target is {target}. It is too early to say whether it will be met.",
}


def in_words(measure: Measure, chart: Any, target: str) -> str:
    """Of a measure that has a target, which is `target` in words.

    While the latest points are a signal, something has changed, and the limits of before it promise nothing.
    """
    if measure.good == Good.NEITHER:
        return f"The target is {target}. As neither way is better, nothing is said of meeting it."
    if chart and (signal := _latest(chart)):
        return f"The target is {target}. {_changed(measure, chart, signal)}"
    return ASSURED[chart.assurance if chart else "none"].format(target=target)


def _latest(chart: Any) -> Any:
    """The longest signal of those that the last point belongs to."""
    found = [signal for signal in chart.signals if signal.last == len(chart.days) - 1]
    return min(found, key=lambda signal: signal.first, default=None)


def _changed(measure: Measure, chart: Any, signal: Any) -> str:
    many = len(chart.values) - signal.first
    goes = "The process has changed" if many > 1 else "Something is different at the last point"
    return (
        f"{goes}, so the expected range of before does not say whether it will be met. "
        f"{_met(measure, chart.values[signal.first :])}{_anew(measure, chart, signal)}"
    )


def _met(measure: Measure, values: tuple[float, ...]) -> str:
    target = measure.target or 0.0
    met = sum(value >= target if measure.good == Good.UP else value <= target for value in values)
    if len(values) == 1:
        return "The last value meets it." if met else "The last value does not meet it."
    return f"Of the last {len(values)} values {met or 'none'} {'meets' if met == 1 else 'meet'} it."


def _anew(measure: Measure, chart: Any, signal: Any) -> str:
    """From which day the limits may be worked out anew; nothing of one from which they are already."""
    first = _begins(measure, chart, signal)
    if first is None or first == chart.phases[-1].first:
        return ""
    day = in_full(chart.days[first])
    if len(chart.values) - first < spc.LEAST_POINTS:
        return f" From {spc.LEAST_POINTS} points on, if it lasts, the chart may be worked out anew from {day}."
    if signal.meaning is spc.Meaning.CONCERN:
        return f" Look for the cause first. If it stays, the chart may be worked out anew from {day}."
    return f" If you know why and that it lasts, the chart may be worked out anew from {day}."


def _begins(measure: Measure, chart: Any, signal: Any) -> int | None:
    """The first point of a signal that is of its new level; None where from no such point on the chart would do.

    The rules count from the first point on a side of the old mean, which may still lie close to it: a new chart from
    there on would find that point far off, and call worse what became better.
    """
    old = chart.phases[-1].mean
    new = fmean(chart.values[place] for place in signal.marked)
    values = enumerate(chart.values[signal.first : signal.last + 1], start=signal.first)
    nearer = [place for place, value in values if abs(value - new) <= abs(value - old)]
    if signal.meaning is not spc.Meaning.IMPROVEMENT:
        return next(iter(nearer), signal.first)
    return next((place for place in nearer[:TRIED] if not _would_be_worse(measure, chart, place)), None)


def _would_be_worse(measure: Measure, chart: Any, first: int) -> bool:
    """Whether a chart that is worked out anew from this point on would end in a change for the worse."""
    points = zip(chart.days[first:], chart.values[first:], strict=True)
    is_clipped = measure.at_zero and min(chart.values[first:]) >= 0
    tried = spc.xmr_chart(points, good=chart.good, clip_at_zero=is_clipped)
    last = max((signal.last for signal in tried.signals), default=None)
    return any(signal.last == last and signal.meaning is spc.Meaning.CONCERN for signal in tried.signals)
