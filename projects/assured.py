"""What an XmR chart says of a target: whether it will be met, as long as the process is the one of its limits."""

from typing import Any

from elements.clock import in_full
from projects import spc
from projects.choices import Good
from projects.models import Measure

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
        f"{_met(measure, chart.values[signal.first :])}{_anew(chart, signal, many)}"
    )


def _met(measure: Measure, values: tuple[float, ...]) -> str:
    target = measure.target or 0.0
    met = sum(value >= target if measure.good == Good.UP else value <= target for value in values)
    if len(values) == 1:
        return "The last value meets it." if met else "The last value does not meet it."
    return f"Of the last {len(values)} values {met or 'none'} {'meets' if met == 1 else 'meet'} it."


def _anew(chart: Any, signal: Any, many: int) -> str:
    """From which day the limits may be worked out anew; nothing of one from which they are already."""
    if signal.first == chart.phases[-1].first:
        return ""
    day = in_full(chart.days[signal.first])
    if many < spc.LEAST_POINTS:
        return f" From {spc.LEAST_POINTS} points on, if it lasts, the chart may be worked out anew from {day}."
    if signal.meaning is spc.Meaning.CONCERN:
        return f" Look for the cause first. If it stays, the chart may be worked out anew from {day}."
    return f" If you know why and that it lasts, the chart may be worked out anew from {day}."
