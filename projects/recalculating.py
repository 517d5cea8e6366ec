"""Whether a chart can be worked out anew from a day on, and what the rules would lack then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from projects import spc
from projects.measuring import reading_of
from projects.models import Measure, Recalculation
from projects.models import Point as Row


def refusal_of(measure: Measure, day: date) -> str:
    """Why the chart could not be worked out anew from this day on; nothing where it can."""
    points = list(Row.objects.filter(measure=measure).order_by("day").values_list("day", "value"))
    days = list(measure.recalculations.order_by("day").values_list("day", flat=True))
    # One that has lost its points is not on the chart, and no reason to refuse another.
    while isinstance(lost := _refused(points, days), spc.RebaseOutside | spc.PhaseWithoutPoints):
        del days[lost.index or 0]
    refusal = _refused(points, sorted({*days, day}))
    if isinstance(refusal, spc.RebaseOutside):
        return "Choose a day that has a point before it, and one on it or after it"
    if isinstance(refusal, spc.PhaseWithoutPoints):
        return "No point lies between this day and another recalculation. Choose another day, or remove that one first"
    return str(refusal or "")


def silence_from(measure: Measure, day: date) -> str:
    """What would have too few points for the rules, were the chart worked out anew from this day on; or nothing.

    Nothing is refused for that: to work a chart out anew is a judgement, and limits may wait for their points.
    """
    reading = reading_of(measure)
    days = {each.day for each in reading.recalculations}
    reading = replace(reading, recalculations=_with(reading.recalculations, measure, day), refused=[])
    if day in days or reading.read is None:
        return ""
    chart, recalculations = reading.read
    place = next((number for number, each in enumerate(recalculations, start=1) if each.day == day), None)
    if place is None:
        return ""
    said = []
    for phase, where in ((chart.phases[place], "From this day on"), (chart.phases[place - 1], "Before this day")):
        if not phase.is_enough:
            said.append(f"{where} there would be {_too_few(phase, reading.is_xmr)}.")
    return " ".join(said)


def _with(recalculations: Sequence[Recalculation], measure: Measure, day: date) -> list[Recalculation]:
    return sorted([*recalculations, Recalculation(measure=measure, day=day)], key=lambda each: each.day)


def _too_few(phase: Any, is_xmr: bool) -> str:
    """ "only 3 points, and limits need 5"."""
    many = "1 point" if phase.length == 1 else f"{phase.length} points"
    if is_xmr:
        return f"only {many}, and limits need {spc.LEAST_POINTS}"
    if phase.length < spc.ENOUGH_USEFUL:
        return f"only {many}, and the rules need {spc.ENOUGH_USEFUL}"
    return f"{many}, of which {phase.useful} not on the median, and the rules need {spc.ENOUGH_USEFUL} of those"


def _refused(points: Sequence[tuple[date, float]], days: Sequence[date]) -> spc.SpcError | None:
    """Why points have no chart that is worked out anew from these days on."""
    try:
        spc.run_chart(points, rebases=[spc.Rebase(each) for each in days])
    except spc.SpcError as refusal:
        return refusal
    return None
