"""On which days a pair is asked how it goes, and to look at its goals again."""

from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.models import Cohort
from elements import clock
from pairs.choices import Point
from pairs.models import Pair

MONTH = timedelta(days=30)
BEFORE_END = timedelta(days=14)
OPEN_FOR = timedelta(days=42)  # afterwards nobody is asked any more


def middle_of(cohort: Cohort) -> date:
    return cohort.starts_on + (cohort.ends_on - cohort.starts_on) // 2


def told_on(pair: Pair) -> date:
    return clock.local(pair.shown_from).date()


def pulse_points(pair: Pair, cohort: Cohort) -> dict[Point, date]:
    """A month after they were told, and half way: where that comes first, a month says it all."""
    month, middle = told_on(pair) + MONTH, middle_of(cohort)
    return {Point.MONTH: month, Point.MIDDLE: middle} if month < middle else {Point.MONTH: month}


def goal_points(pair: Pair, cohort: Cohort) -> dict[Point, date]:
    """Half way, for a pair that is there by then, and two weeks before the end."""
    middle, near_end = middle_of(cohort), cohort.ends_on - BEFORE_END
    points = {Point.MIDDLE: middle} if told_on(pair) < middle < near_end else {}
    return points | {Point.END: near_end}


def reached(points: dict[Point, date], on: date) -> Point | None:
    """The last point that has come."""
    return max((point for point, day in points.items() if day <= on), key=points.get, default=None)


@dataclass(frozen=True)
class Asked:
    """What an answer of today counts for, and the day from which everybody is asked for it."""

    point: Point
    day: date
    is_early: bool


def asked_of(points: dict[Point, date], on: date) -> Asked:
    """Whoever answers before the first point has come answers early, and for that one."""
    point = reached(points, on) or min(points, key=points.get)
    return Asked(point, points[point], points[point] > on)


def asked_at(points: dict[Point, date], cohort: Cohort, on: date) -> Point | None:
    """The point that is asked about on this day: six weeks from its day, and not after the end of the cohort."""
    point = reached(points, on)
    return point if point and on < points[point] + OPEN_FOR and on <= cohort.ends_on else None
