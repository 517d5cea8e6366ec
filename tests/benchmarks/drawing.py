"""A control chart as a page needs it, against the bare library drawing the same specification; and its milliseconds."""

import random
import time
from datetime import date, timedelta
from functools import partial
from statistics import median

import vl_convert

from elements import charts
from projects.charts import Measured, Note, Phase, Point, control_chart
from tests.benchmarks.turns import ROUNDS, against, row

LIMIT = 150  # milliseconds for both pictures of a chart after the first
FIRST = date(2025, 1, 6)


def measured(number: int) -> Measured:
    """An XmR chart of so many weeks: two phases, a target, a note and a few points to look at."""
    dealt = random.Random(number)  # noqa: S311 - a fixed draw
    days = [FIRST + timedelta(weeks=week) for week in range(number)]
    points = tuple(
        Point(day, round(dealt.gauss(82, 4), 1), "better" if not n % 17 else "none") for n, day in enumerate(days)
    )
    half = number // 2
    phases = (
        Phase(days[0], days[half], 82.1, 70, 94),
        Phase(days[half + 1], days[-1], 80.3, 68, 92, "A new building."),
    )
    told = {"key": "seen", "title": "Seen in four hours", "sentence": "", "measure": "Seen in four hours", "unit": "%"}
    return Measured(**told, centre="mean", points=points, phases=phases, target=95, notes=(Note(days[5], "Started"),))


def rows():
    """Two figures for each number of points: CPU against the bare library, and milliseconds by the clock."""
    found = []
    for number in (60, 200):
        shown = measured(number)
        ours, bare = partial(_for_a_page, shown), partial(_bare, control_chart(shown))
        found.append(row(f"chart of {number} points, for desktop and phone", ours, bare, 1.5, rounds=4 * ROUNDS))
        whole = median(_by_the_clock(shown) for _ in range(4 * ROUNDS))
        found.append(against(f"chart of {number} points, for desktop and phone, ms", whole, LIMIT, 1))
    return found


def _for_a_page(shown: Measured):
    """Specifications, table and words from the figures, and both pictures."""
    chart = control_chart(shown)
    chart.on_a_desktop()
    chart.on_a_phone()


def _bare(chart):
    """The library alone, with both specifications."""
    for spec in (chart.wide, chart.narrow):
        plain = spec | {"config": {"aria": False, "font": charts.PAGE.measured}}
        vl_convert.vegalite_to_svg(plain, vl_version=charts.VERSION, allowed_base_urls=[])


def _by_the_clock(shown: Measured) -> float:
    start = time.perf_counter()
    _for_a_page(shown)
    return (time.perf_counter() - start) * 1000
