"""The specification of a control chart's picture.

Signs after "Making Data Count": blue for better, orange for worse, grey for usual variation; each has a shape of its
own, so that no colour is needed to read it. Nothing is joined across phases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from elements import axes, charts
from elements.charts import Spec
from projects.charts.layout import EDGE, LEGEND, LINES, SIGN, Layout, milliseconds
from projects.charts.words import figure

USUAL: Final = ("none", "unasked")  # of one sign: there is nothing to look at
SHAPES: Final = {"better": "triangle-up", "worse": "diamond", "neither": "square"} | dict.fromkeys(USUAL, "circle")
FILLS: Final = {"better": charts.BETTER, "worse": charts.WORSE, "neither": charts.NEITHER} | dict.fromkeys(
    USUAL, charts.USUAL
)
DENSE: Final = 6  # pixels: points closer than this run into each other
LARGER: Final = 2.4  # a point to look at, than one of usual variation


@dataclass(frozen=True)
class Drawing(Layout):
    """The layers of a control chart on one sheet, the lowest first."""

    def spec(self) -> Spec:
        layers = [*self._changes(), *self._notes(), *self._lines(), *self._points(), *self._words(), *self._legend()]
        top, bottom = self.above[-1], self.below
        padding = {"left": self.left, "right": self.right, "top": top, "bottom": bottom}
        size = {"width": self.width, "height": self.sheet.plot, "autosize": "none", "padding": padding}
        return {**size, "layer": layers}

    def _x(self) -> Spec:
        axis: Spec = {
            "values": [milliseconds(day) for day in self.days.marks],
            "format": self.days.written,
            "grid": False,
        }
        axis |= {"labelFontSize": self.sheet.letters, "title": None, "labelPadding": 6, "labelFlush": False}
        axis |= {"labelOverlap": False}
        return {
            "field": "day",
            "type": "temporal",
            "scale": {"type": "utc", "domain": list(self.span), "nice": False},
            "axis": axis,
        }

    def _y(self, field: str = "value") -> Spec:
        axis: Spec = {"values": list(self.scale.marks), "format": self.scale.written, "title": None, "domain": False}
        axis |= {"labelFontSize": self.sheet.letters, "ticks": False, "labelPadding": 8, "labelOverlap": False}
        scale: Spec = {"domain": [self.scale.low, self.scale.high], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    def _changes(self) -> Iterator[Spec]:
        rows = [{"x": place} for place in self.breaks]
        if rows:
            upright: Spec = {"y": {"value": -self.above[0] + 4}, "y2": {"value": self.sheet.plot}}
            yield _layer({"type": "rule", "color": charts.SOFT, "strokeWidth": 1.5}, rows, x=_px("x"), **upright)

    def _notes(self) -> Iterator[Spec]:
        rows = [{"x": place} for place, _, sign in self.signs if sign.isdigit()]
        if rows:
            upright: Spec = {"y": {"value": -self.above[0] + 4}, "y2": {"value": self.sheet.plot}}
            mark: Spec = {"type": "rule", "color": charts.SOFT, "strokeWidth": 1, "strokeDash": [1, 4]}
            yield _layer(mark, rows, x=_px("x"), **upright)

    def _lines(self) -> Iterator[Spec]:
        spans = list(zip(self.shown.phases, self._stretches(), strict=True))
        limits = [(value, where) for phase, where in spans for value in (phase.lower, phase.upper)]
        found: Spec = {
            "limits": limits,
            "centre": [(phase.centre, where) for phase, where in spans],
            "target": [(self.shown.target, (0, self.width))],
        }
        for name, lines in found.items():
            rows = [{"value": value, "x": x, "x2": x2} for value, (x, x2) in lines if value is not None]
            if rows:
                yield _layer({"type": "rule", **LINES[name]}, rows, x=_px("x"), x2={"field": "x2"}, y=self._y())

    def _stretches(self) -> Iterator[tuple[float, float]]:
        """From where to where the lines of each phase go: a little over its points, with a gap at each change."""
        borders = [0.0, *self.breaks, float(self.width)]
        for phase, (begin, end) in zip(self.shown.phases, pairwise(borders), strict=False):
            first, last = self.across(phase.first), self.across(phase.last)
            yield max(begin + 3, first - EDGE), min(end - 3, last + EDGE)

    def _points(self) -> Iterator[Spec]:
        rows = [
            {"day": point.day.isoformat(), "value": point.value, "phase": self._phase_number(point.day)}
            | {"shape": SHAPES[point.found], "fill": FILLS[point.found], "size": self._size(point.found)}
            for point in self.shown.points
        ]
        place: Spec = {"x": self._x(), "y": self._y()}
        line: Spec = {
            "type": "line",
            "color": charts.USUAL,
            "strokeWidth": 2 if self._step() > DENSE else 1,
            "strokeJoin": "round",
        }
        yield _layer(line, rows, **place, detail={"field": "phase", "type": "nominal"})
        for is_special in (False, True):
            some = [row for row in rows if (row["shape"] != SHAPES["none"]) == is_special]
            if some:
                edge = {} if is_special or self._step() > DENSE else {"strokeWidth": 0}
                yield _layer(_SYMBOL | edge, some, **place, **_SIGNS)

    def _phase_number(self, day: date) -> int:
        phases = enumerate(self.shown.phases)
        return next((number for number, phase in phases if phase.first <= day <= phase.last), -1)

    def _size(self, found: str) -> float:
        """Smaller where many points share a line."""
        usual = min(self.sheet.symbol, max(6.0, self._step() ** 2 * 1.2))
        return round(usual if found in USUAL else max(usual, self.sheet.symbol * 0.6) * LARGER, 1)

    def _step(self) -> float:
        """How far points are from each other, in pixels."""
        return self.width / len(self.shown.points)

    def _words(self) -> Iterator[Spec]:
        letters, plot = self.sheet.letters, self.sheet.plot
        ends = axes.apart([self.down(value) for _, value, _ in self.ends], least=self.row, end=plot)
        said = zip(self.ends, ends, strict=True)
        yield _texts(
            [{"x": self.width + 6, "y": y, "text": text, "fill": fill} for (text, _, fill), y in said], letters
        )
        signs, label, sentence, title, _ = self.above
        at_left = [
            {"x": 4 - self.left, "y": -label - self.row * place - self.row / 2, "text": line, "fill": charts.INK}
            for place, line in enumerate(reversed(self.folded(self.shown.label())))
        ]
        yield _texts(at_left, letters)
        if self.sheet.alone:
            lines = enumerate(reversed(self.folded(self.shown.title)))
            rows = [{"x": 4 - self.left, "y": -title - self.row * (n + 0.5), "text": line} for n, line in lines]
            yield _texts([row | {"fill": charts.INK} for row in rows], letters + 2, weight="bold")
            yield _texts(self._lines_from(-sentence - self.row * len(self.said), self.said), letters)
            yield _texts(self._lines_from(plot + self.keys, self.told), letters)
        if self.year():
            row = {"x": self.width / 2, "y": plot + 12 + self.row * 1.5, "text": self.year(), "fill": charts.INK}
            yield _texts([row], letters, align="center")
        yield from self._over_phases()
        rows = [{"x": x, "y": -signs - SIGN * (lane + 0.5), "text": sign} for x, lane, sign in self.signs]
        if rows:
            ring = {"type": "point", "shape": "circle", "size": 400, "fill": charts.WHITE, "stroke": charts.INK}
            yield _layer(ring | {"strokeWidth": 2, "opacity": 1}, rows, x=_px("x"), y=_px("y"))
            yield _texts([row | {"fill": charts.INK} for row in rows], letters - 1, align="center")

    def _lines_from(self, top: float, lines: list[str]) -> list[Spec]:
        """Lines of text under each other, from the left edge of the picture."""
        left: Spec = {"x": 4 - self.left, "fill": charts.INK}
        return [left | {"y": top + self.row * (place + 0.5), "text": line} for place, line in enumerate(lines)]

    def _over_phases(self) -> Iterator[Spec]:
        """The centre of each of several phases, over it, where it has room."""
        rows = []
        for phase, (first, last) in zip(self.shown.phases, self._stretches(), strict=True):
            value = figure(phase.centre, self.shown.decimals + 1)
            for text in (f"{self.shown.centre.capitalize()} {value}", value):
                if axes.room_for(text, self.sheet.letters) <= last - first:
                    place: Spec = {"x": (first + last) / 2, "y": -8 - self.row / 2}
                    rows.append(place | {"text": text, "fill": charts.INK})
                    break
        if len(self.shown.phases) > 1 and rows:
            yield _texts(rows, self.sheet.letters, align="center", halo=True)

    def _legend(self) -> Iterator[Spec]:
        points: list[Spec] = []
        lines: dict[str, Spec] = {}
        texts: list[Spec] = []
        for row, x, kind, text in self.entries:
            y = self.sheet.plot + self.foot + self.row * (row + 0.5)
            texts.append({"x": x + LEGEND - 5, "y": y, "text": text, "fill": charts.INK})
            if kind in SHAPES:
                size = self.sheet.symbol * (1 if kind in USUAL else LARGER)
                points.append({"x": x + 13, "y": y, "shape": SHAPES[kind], "fill": FILLS[kind], "size": size})
            else:
                lines[kind] = {"x": x, "x2": x + 26, "y": y}
        yield _layer(_SYMBOL, points, x=_px("x"), y=_px("y"), **_SIGNS)
        for kind, place in lines.items():
            yield _layer({"type": "rule", **LINES[kind]}, [place], x=_px("x"), x2={"field": "x2"}, y=_px("y"))
        yield _texts(texts, self.sheet.letters)


_SYMBOL: Final[Spec] = {"type": "point", "filled": True, "opacity": 1, "stroke": charts.WHITE, "strokeWidth": 1}
_SIGNS: Final[Spec] = {
    "shape": {"field": "shape", "type": "nominal", "scale": None},
    "fill": {"field": "fill", "type": "nominal", "scale": None},
    "size": {"field": "size", "type": "quantitative", "scale": None},
}


def _px(field: str) -> Spec:
    """A place in pixels from the corner of the plot."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _layer(mark: Spec, rows: list[Spec], **encoding: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _texts(rows: list[Spec], size: float, *, align: str = "left", weight: str = "normal", halo: bool = False) -> Spec:
    """Words at places in pixels; with a halo they can be read over a line."""
    mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": size, "fontWeight": weight}
    where = {"x": _px("x"), "y": _px("y"), "text": {"field": "text", "type": "nominal"}}
    fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    if not halo:
        return _layer(mark, rows, **where, **fill)
    behind = {"mark": mark | {"stroke": charts.WHITE, "strokeWidth": 5}, "encoding": where}
    return {"data": {"values": rows}, "layer": [behind, {"mark": mark, "encoding": where | fill}]}
