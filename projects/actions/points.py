"""Points of a measure, all or none of them; and what is written beside its chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min

from elements.clock import in_full, local
from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import noted
from projects.actions.measures import in_hand
from projects.measuring import plain
from projects.models import MOST_POINTS, MOST_REMARKS, Annotation, Measure, Point, Recalculation
from projects.recalculating import refusal_of

NAMED = 3  # days in a sentence
NEAR = timedelta(days=366)  # to the first or the last point


class DaysTaken(Refusal):
    """Some days have other values already, and nobody said that they should be replaced."""


class TooManyPoints(Refusal):
    """More than a chart shows."""

    unsaid = (
        f"A measure holds at most {MOST_POINTS:,} points. Remove some, or take one value a week instead of one a day"
    )


class ValueBelowZero(Refusal):
    """The measure says of itself that nothing of it can be below zero."""


class YetToCome(Refusal):
    """Nobody has counted what has not happened: another day is meant."""


class OtherPoints(Refusal):
    """Not as many as whoever removes them was told."""

    unsaid = "The points between these days have changed meanwhile. Nothing was removed"


class CannotRecalculate(Refusal):
    """The chart has no place for a recalculation from this day on."""


class TooManyRemarks(Refusal):
    """More than anybody reads beside one chart."""

    unsaid = f"There are {MOST_REMARKS} of these already. Remove one that is no longer needed"


class FarFromPoints(Refusal):
    """Nobody who looks at the chart would look there: another year is meant."""


@dataclass(frozen=True)
class Added:
    """How many points are new, how many took the place of others, and how many were there already."""

    new: int
    replaced: int
    same: int


@transaction.atomic
def add_points(
    *, measure: Measure, points: Sequence[tuple[date, float, str]], by, now: datetime, on: date, replace: bool = False
) -> Added:
    """Points as (day, value, note), each of a day of its own; what is there already with the same value stays.

    A value that comes without a note keeps the one of its day.

    Raises IsGone, NotYours, YetToCome, ValueBelowZero, DaysTaken, TooManyPoints.
    """
    project, measure = in_hand(measure, by=by)
    _refuse_yet_to_come([day for day, _, _ in points], on)
    _refuse_below_zero(measure, points)
    there = {day: (value, note) for day, value, note in measure.points.values_list("day", "value", "note")}
    points = [(day, value, note or there.get(day, (0, ""))[1]) for day, value, note in points]
    same = {day for day, value, note in points if there.get(day) == (value, note)}
    other = [day for day, _, _ in points if day in there and day not in same]
    if other and not replace:
        raise DaysTaken(_taken([(day, there[day][0]) for day in other]))
    if len(there) + len(points) - len(same) - len(other) > MOST_POINTS:
        raise TooManyPoints
    fresh = [Point(measure=measure, day=day, value=value, note=note) for day, value, note in points if day not in same]
    if fresh:
        Point.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["measure", "day"],
            update_fields=["value", "note"],
            batch_size=500,
        )
        noted(project, by=by, now=now, did="added points to a measure", on=measure)
    return Added(len(fresh) - len(other), len(other), len(same))


@transaction.atomic
def change_point(*, point: Point, day: date, value: float, note: str, by, now: datetime, on: date) -> Point:
    """Raises IsGone, NotYours, YetToCome, ValueBelowZero, DaysTaken."""
    project, measure = in_hand(point.measure, by=by)
    point = _still(measure.points, point)
    _refuse_yet_to_come([day], on)
    _refuse_below_zero(measure, [(day, value, note)])
    if measure.points.filter(day=day).exclude(pk=point.pk).exists():
        raise DaysTaken(f"There is another point of {in_full(day)}. Choose another day, or remove that point first")
    point.day, point.value, point.note = day, value, note
    point.save(update_fields=["day", "value", "note"])
    noted(project, by=by, now=now, did="changed a point of a measure", on=measure)
    return point


@transaction.atomic
def remove_point(*, point: Point, by, now: datetime) -> Measure:
    """Raises IsGone, NotYours."""
    project, measure = in_hand(point.measure, by=by)
    _still(measure.points, point).delete()
    noted(project, by=by, now=now, did="removed a point of a measure", on=measure)
    return measure


@transaction.atomic
def remove_points(*, measure: Measure, first: date, last: date, number: int, by, now: datetime) -> int:
    """All points from one day to another, both included: as many as somebody was told that go.

    Raises IsGone, NotYours, OtherPoints.
    """
    project, measure = in_hand(measure, by=by)
    points = measure.points.filter(day__gte=first, day__lte=last)
    if points.count() != number:
        raise OtherPoints
    points.delete()
    noted(project, by=by, now=now, did="removed points of a measure", on=measure)
    return number


@transaction.atomic
def recalculate_from(*, measure: Measure, day: date, reason: str, by, now: datetime) -> Recalculation:
    """Centre and limits are worked out anew from a day on, with the reason.

    Raises IsGone, NotYours, CannotRecalculate, TooManyRemarks.
    """
    project, measure = in_hand(measure, by=by)
    if there := measure.recalculations.filter(day=day).first():
        if there.reason == reason:  # the same page sent twice
            return there
        raise CannotRecalculate("There is a recalculation from this day on already. Remove it first")
    if sentence := refusal_of(measure, day):
        raise CannotRecalculate(sentence)
    if measure.recalculations.count() >= MOST_REMARKS:
        raise TooManyRemarks
    made = Recalculation.objects.create(measure=measure, day=day, reason=reason, by=by)
    noted(project, by=by, now=now, did="had a chart worked out anew from a day on", on=measure)
    return made


@transaction.atomic
def remove_recalculation(*, recalculation: Recalculation, by, now: datetime) -> Measure:
    """Raises IsGone, NotYours."""
    project, measure = in_hand(recalculation.measure, by=by)
    _still(measure.recalculations, recalculation).delete()
    noted(project, by=by, now=now, did="took back a recalculation of a chart", on=measure)
    return measure


@transaction.atomic
def annotate(*, measure: Measure, day: date, words: str, by, now: datetime) -> Annotation:
    """What happened on a day. The same page sent twice writes it once.

    Raises IsGone, NotYours, TooManyRemarks, FarFromPoints.
    """
    project, measure = in_hand(measure, by=by)
    if there := measure.annotations.filter(day=day, words=words).first():
        return there
    if measure.annotations.count() >= MOST_REMARKS:
        raise TooManyRemarks
    _refuse_far_away(measure, day, local(now).date())
    made = Annotation.objects.create(measure=measure, day=day, words=words)
    noted(project, by=by, now=now, did="wrote beside a chart", on=measure)
    return made


@transaction.atomic
def remove_annotation(*, annotation: Annotation, by, now: datetime) -> Measure:
    """Raises IsGone, NotYours."""
    project, measure = in_hand(annotation.measure, by=by)
    _still(measure.annotations, annotation).delete()
    noted(project, by=by, now=now, did="removed what was written beside a chart", on=measure)
    return measure


def _still(rows, row):
    """The row as it is now, while it is held. Raises IsGone."""
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise IsGone
    return found


def _refuse_yet_to_come(days: Sequence[date], on: date) -> None:
    ahead = sorted(day for day in days if day > on)
    if len(ahead) == 1:
        raise YetToCome(f"{in_full(ahead[0])} is yet to come. Check the day")
    if ahead:
        listed = ", ".join(in_full(day) for day in ahead[:NAMED])
        more = f" and {len(ahead) - NAMED:,} more" if len(ahead) > NAMED else ""
        raise YetToCome(f"Some of these days are yet to come: {listed}{more}. Check the year")


def _refuse_below_zero(measure: Measure, points: Sequence[tuple[date, float, str]]) -> None:
    if measure.at_zero and (below := next((day for day, value, _ in points if value < 0), None)):
        raise ValueBelowZero(
            f"The value of {in_full(below)} is below zero, and this measure says that no value can be. Put the value "
            "right, or change the measure"
        )


def _refuse_far_away(measure: Measure, day: date, on: date) -> None:
    """What happened may lie before the first point or after the last, but not years away from all of them."""
    ends = measure.points.aggregate(first=Min("day"), last=Max("day"))
    first, last = ends["first"] or on, ends["last"] or on
    if min(first, on) - NEAR <= day <= max(last, on) + NEAR:
        return
    away = f"{in_full(day)} is more than a year"
    if ends["last"] is None:
        raise FarFromPoints(f"{away} from today, and there are no points yet. Check the year")
    them = f"the only point, of {in_full(first)}"
    if first != last:
        them = f"the points, which go from {in_full(first)} to {in_full(last)}"
    raise FarFromPoints(f"{away} away from {them}. Check the year")


def _taken(values: Sequence[tuple[date, float]]) -> str:
    """ "Monday 4 January 2027 has the value 14 already. Tick the box to replace it …"."""
    if len(values) == 1:
        [(day, value)] = values
        return f"{in_full(day)} has the value {plain(value)} already. Tick the box to replace it, or leave it as it is"
    listed = ", ".join(f"{in_full(day)} ({plain(value)})" for day, value in values[:NAMED])
    if (more := len(values) - NAMED) > 0:
        listed += f" and {more:,} more {'day' if more == 1 else 'days'}"
    return f"There are other values already of {listed}. Tick the box to replace them, or take those rows out"
