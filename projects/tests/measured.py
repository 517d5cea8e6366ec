"""Measures and points to use in tests: made through actions."""

from datetime import date, timedelta

from django.utils import timezone

from projects import actions
from projects.models import Measure, Project

FIRST = date(2027, 1, 4)
LATER = date(2040, 1, 2)  # when all of it is past
SERIES_A = (14, 18, 15, 21, 16, 19, 13, 17, 20, 15, 18, 16, 12, 14, 11, 13, 16, 10, 12, 15, 11, 13, 9, 12)


def weekly(values, first=FIRST) -> list:
    return [(first + timedelta(weeks=number), float(value), "") for number, value in enumerate(values)]


def measured(project: Project, by, **more) -> Measure:
    words = {"name": "Letters sent late", "kind": "outcome", "good": "down", "unit": "per week", **more}
    return actions.create_measure(project=project, by=by, now=timezone.now(), **words)


def with_points(measure: Measure, by, values=SERIES_A) -> Measure:
    actions.add_points(measure=measure, points=weekly(values), by=by, now=timezone.now(), on=LATER)
    return measure


def as_pasted(values=SERIES_A) -> str:
    return "\r\n".join(f"{day.day}/{day.month}/{day.year}\t{value:g}" for day, value, _ in weekly(values))
