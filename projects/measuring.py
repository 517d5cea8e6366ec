"""A measure as its pages read it: its points through the rules, and what they say as sentence, picture and table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from elements import charts
from elements.clock import in_full
from projects import assured, spc
from projects.charts import Measured, Note, Phase, Point, control_chart
from projects.charts.measured import LONGEST
from projects.charts.words import short
from projects.choices import ChartKind, Good, MeasureKind
from projects.models import Annotation, Measure, Project, Recalculation
from projects.models import Point as Row

FOUND = {"improvement": "better", "concern": "worse", "neither": "neither"}
SAID = {"none": "usual variation", "unasked": "too few points for the rules"}  # in a file
SIGNS = {"better": "▲", "worse": "◆", "neither": "■"}  # the shapes of the picture
NAMED = {"better": "Better", "worse": "Worse", "neither": "A change"}
COLOURS = {"better": "blue", "worse": "orange", "neither": "purple"}
SHOWN = 10  # signals of a list
KEY = "measure"  # a page shows one chart


@dataclass(frozen=True)
class Found:
    """One signal in words: what was found, on which days, and what it means."""

    sign: str
    meaning: str
    colour: str
    words: str
    days: str


@dataclass(frozen=True)
class Reading:
    """One measure with its points in the order of time, as (day, value)."""

    measure: Measure
    points: Sequence[tuple[date, float]]
    recalculations: Sequence[Recalculation] = ()
    annotations: Sequence[Annotation] = ()
    refused: list[str] = field(default_factory=list)  # filled while the points are read

    @property
    def is_xmr(self) -> bool:
        return self.measure.chart == ChartKind.XMR

    @property
    def last(self) -> str:
        """ "12 per week on Monday 14 June 2027"; nothing without a point."""
        if not self.points:
            return ""
        day, value = self.points[-1]
        return f"{with_unit(value, self.measure.unit)} on {in_full(day)}"

    @cached_property
    def sentence(self) -> str:
        if self.read is None:
            return "There is no chart of these points."
        say = spc.xmr_in_words if self.is_xmr else spc.run_chart_in_words
        return say(self.read[0], say_day=in_full)

    @cached_property
    def read(self) -> tuple[Any, list[Recalculation]] | None:
        """The bench's chart and the recalculations it has; what it refuses is left out and said.

        None where the points themselves are refused, which no constraint lets happen.
        """
        rebases, has_baseline, is_clipped = list(self.recalculations), True, self.measure.at_zero
        if not self.points:
            rebases = []
        while True:
            try:
                return self._drawn(rebases, has_baseline, is_clipped), rebases
            except spc.BelowZero:
                is_clipped = False
                self.refused.append("A value is below zero, so the limits do not stop there.")
            except spc.SpcError as refusal:
                if rebases and refusal.index is not None and refusal.index < len(rebases):
                    gone = rebases.pop(refusal.index)
                    self.refused.append(
                        f"The recalculation from {in_full(gone.day)} is not on the chart: it needs a point before "
                        "it, and one from that day on."
                    )
                elif has_baseline:
                    has_baseline = False
                    self.refused.append(f"All points make the baseline. {refusal}")
                else:
                    self.refused.append(str(refusal))
                    return None

    @property
    def left_out(self) -> list[str]:
        """Sentences on what the chart could not take."""
        _ = self.read
        return self.refused

    def _drawn(self, rebases: list[Recalculation], has_baseline: bool, is_clipped: bool):
        measure = self.measure
        first = spc.FirstPoints(measure.baseline) if has_baseline and measure.baseline else None
        asked: dict[str, Any] = {
            "baseline": first,
            "rebases": [spc.Rebase(each.day) for each in rebases],
            "good": spc.Good.NEUTRAL if measure.good == Good.NEITHER else spc.Good(measure.good),
        }
        if not self.is_xmr:
            return spc.run_chart(self.points, **asked)
        return spc.xmr_chart(self.points, target=measure.target, clip_at_zero=is_clipped, **asked)

    @cached_property
    def chart(self) -> charts.Chart | None:
        """Sentence, picture and table from one object; None without a point."""
        return control_chart(self.measured) if self.measured else None

    @cached_property
    def measured(self) -> Measured | None:
        if not self.points or self.read is None:
            return None
        measure = self.measure
        return Measured(
            key=KEY,
            title=measure.name,
            sentence=self.sentence,
            measure=measure.name,
            unit=measure.unit,
            centre="mean" if self.is_xmr else "median",
            points=tuple(self._points()),
            phases=tuple(self._phases()),
            target=measure.target,
            notes=tuple(Note(each.day, each.words) for each in self.annotations),
            method=self.method,
        )

    def _points(self) -> Iterable[Point]:
        assert self.read  # noqa: S101 - nothing is drawn without
        labels, phases = self._labels(), self.read[0].phases
        unasked = {place for phase in phases if not phase.is_enough for place in range(phase.first, phase.last + 1)}
        for place, (day, value) in enumerate(self.points):
            if signal := labels.get(place):
                words = f"{self._words(signal)}{', before the change' if signal in self._before else ''}"
                yield Point(day, value, self._meant(signal), words)
            else:
                yield Point(day, value, "unasked" if place in unasked else "none")

    @cached_property
    def _before(self) -> set:
        """Long runs on the other side than the latest, of a median that rests on all points of their phase.

        Such a median lies between two levels, so that the first looks as bad as the second looks good, or the other
        way round: it is not judged, as nothing became worse. A median of a baseline is another matter.
        """
        found: set = set()
        chart = self.read[0] if self.read and not self.is_xmr else None
        for phase in chart.phases if chart else ():
            runs = [each for each in chart.signals if each.marked and phase.first <= each.first <= phase.last]
            if runs and phase.baseline_last == phase.last:
                latest = max(runs, key=lambda each: each.last)
                found |= {each for each in runs if each.meaning != latest.meaning}
        return found

    def _meant(self, signal) -> str:
        return "neither" if signal in self._before else FOUND[signal.meaning]

    def _labels(self) -> dict[int, Any]:
        """For each point that is part of a signal the one that labels it."""
        assert self.read  # noqa: S101 - nothing is drawn without
        chart = self.read[0]
        if self.is_xmr:
            return {place: signal for place, signal in enumerate(chart.marks) if signal}
        return {place: signal for signal in chart.signals for place in signal.marked}

    def _phases(self) -> Iterable[Phase]:
        assert self.read  # noqa: S101 - nothing is drawn without
        chart, rebases = self.read
        for phase, reason in zip(chart.phases, ["", *(each.reason for each in rebases)], strict=True):
            days = chart.days[phase.first], chart.days[phase.last]
            if self.is_xmr:
                limits = phase.limits
                edges = (limits.lower, limits.upper) if limits else (None, None)
                yield Phase(*days, phase.mean, *edges, reason=reason)
            else:
                yield Phase(*days, phase.median, reason=reason)

    def _words(self, signal) -> str:
        """What a signal is, in the words of somebody who counts along the line."""
        is_up, many = signal.direction == spc.Direction.UP, len(signal.marked)
        side, limit = ("above", "upper") if is_up else ("below", "lower")
        some = "1 point" if many == 1 else f"{many} points in a row"
        return {
            spc.Rule.OUTSIDE: f"{some} {side} the {limit} limit",
            spc.Rule.TREND: f"{some}, each {'higher' if is_up else 'lower'} than the one before",
            spc.Rule.TWO_OF_THREE: f"two of three points close to the {limit} limit",
            spc.Rule.ONE_SIDE: f"{some} {side} the average",
            spc.Rule.LONGEST_RUN: f"{some} {side} the median",
            spc.Rule.CROSSINGS: "the line crosses the median less often than chance would have it",
        }[signal.rule]

    @cached_property
    def found(self) -> list[Found]:
        """All signals, the latest first."""
        if self.read is None:
            return []
        chart = self.read[0]
        return [
            Found(
                SIGNS[self._meant(signal)],
                "Before the change" if signal in self._before else NAMED[self._meant(signal)],
                COLOURS[self._meant(signal)],
                self._words(signal),
                _span(chart.days[signal.first], chart.days[signal.last]),
            )
            for signal in sorted(chart.signals, key=lambda each: (each.last, each.first), reverse=True)
        ]

    @property
    def nothing_found(self) -> str:
        """What is said instead of signals: whether there is nothing, or the rules were not asked."""
        phases = self.read[0].phases if self.read else ()
        if phases and not phases[-1].is_enough:
            if not any(phase.is_enough for phase in phases):
                return "There are too few points for the rules."
            return "Nothing unusual before the last recalculation, and too few points for the rules since."
        return "Nothing unusual so far."

    @property
    def shown(self) -> list[Found]:
        return self.found[:SHOWN]

    @property
    def more(self) -> int:
        """How many signals of older days the list leaves to the chart."""
        return len(self.found) - len(self.shown)

    @property
    def target(self) -> str:
        return "" if self.measure.target is None else with_unit(self.measure.target, self.measure.unit)

    @property
    def lacking(self) -> int:
        """How many points the baseline still lacks."""
        if not (self.measure.baseline and self.points and self.read):
            return 0
        return max(0, self.measure.baseline - self.read[0].phases[0].baseline_length)

    @property
    def method(self) -> str:
        measure = self.measure
        phase = self.read[0].phases[0] if self.read and self.points else None
        of = f"the first {phase.baseline_length} points" if phase and measure.baseline else "all points"
        if self.lacking:
            of += f" (of the {measure.baseline:,} that the baseline is to have)"
        if self.read and self.read[1]:
            of += ", and anew from each recalculation on"
        if not self.is_xmr:
            return (
                f"Run chart with the Anhøj rules: the median of {of}, the longest run on one side of it, and how "
                "often the line crosses it. Points on the median are not counted."
            )
        said = (
            f"XmR chart without screening: the average of {of}, plus and minus 2.66 times the mean moving range. "
            "The four rules of “Making Data Count”."
        )
        if self.read and any(each.is_trial for each in self.read[0].phases):
            said += f" Limits from fewer than {spc.ENOUGH} points are trial limits: they may still move."
        return said

    @property
    def assurance(self) -> str:
        """Whether the target will be met, in words; nothing without one."""
        measure = self.measure
        if measure.target is None:
            return ""
        if not self.is_xmr:
            return f"The target is {self.target}. Whether it will be met, an XmR chart says; a run chart does not."
        return assured.in_words(measure, self.read[0] if self.read else None, self.target)

    def as_rows(self, notes: dict[date, str]) -> Iterable[list[str | date]]:
        """A line for each point, as the file has them: day, value, note, what was worked out, what it says."""
        if self.measured is None:
            return
        for point in self.measured.points:
            phase = self.measured.phase_of(point.day)
            worked_out = [phase.centre, phase.lower, phase.upper] if phase else [None] * 3
            says = ": ".join(filter(None, (SAID.get(point.found, point.found), point.rule)))
            numbers = [plain(each) for each in worked_out]
            yield [point.day, plain(point.value), notes.get(point.day, ""), *numbers, plain(self.measure.target), says]


def plain(value: float | None) -> str:
    """A number with all its figures, for a file: "1234.5"."""
    if value is None:
        return ""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: float, unit: str) -> str:
    """ "12 per week", "87%"."""
    said = short(value, LONGEST)
    return f"{said}{unit}" if unit.startswith("%") else f"{said} {unit}".strip()


def _span(first: date, last: date) -> str:
    return in_full(first) if first == last else f"{in_full(first)} to {in_full(last)}"


def reading_of(measure: Measure) -> Reading:
    """Three queries."""
    points = Row.objects.filter(measure=measure).order_by("day").values_list("day", "value")
    return Reading(measure, list(points), list(measure.recalculations.all()), list(measure.annotations.all()))


def notes_of(measure: Measure) -> dict[date, str]:
    return dict(Row.objects.filter(measure=measure).exclude(note="").values_list("day", "note"))


def readings_of(project: Project) -> list[tuple[MeasureKind, list[Reading]]]:
    """The measures of a project by kind, outcome first, each kind with its main one first; three queries."""
    points, recalculations = defaultdict(list), defaultdict(list)
    rows = Row.objects.filter(measure__project=project.pk).order_by("measure", "day")
    for key, day, value in rows.values_list("measure", "day", "value"):
        points[key].append((day, value))
    for each in Recalculation.objects.filter(measure__project=project.pk).order_by("day"):
        recalculations[each.measure_id].append(each)
    grouped = defaultdict(list)
    for measure in Measure.objects.filter(project=project.pk):
        grouped[measure.kind].append(Reading(measure, points[measure.pk], recalculations[measure.pk]))
    return [(kind, grouped[kind]) for kind in MeasureKind if grouped[kind]]


def wanting(measure: Measure) -> str:
    """What is said of a baseline that is longer than there are points for it; nothing of another."""
    reading = reading_of(measure)
    if not (measure.baseline and reading.lacking):
        return ""
    there = measure.baseline - reading.lacking
    many = f"only {there} {'is' if there == 1 else 'are'} there for it"
    return f"The baseline is to have {measure.baseline:,} points, and {many}: until there are more, it rests on those."
