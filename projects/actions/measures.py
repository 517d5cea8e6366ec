"""Measures: what is counted, and how the chart of it is worked out."""

from datetime import datetime
from typing import Any

from django.db import transaction

from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import held, noted
from projects.models import MOST_MEASURES, Measure, Project

WORDS = frozenset(
    {"name", "kind", "definition", "unit", "good", "source", "frequency", "target", "target_by", "chart", "baseline"}
    | {"at_zero", "is_main"}
)  # what is said of a measure


class TooManyMeasures(Refusal):
    """More of them nobody keeps up."""

    unsaid = f"A project has at most {MOST_MEASURES} measures. Remove one that you no longer follow"


class NameTaken(Refusal):
    """Two measures of one name cannot be told apart."""

    unsaid = "Another measure of this project has this name. Enter another one"


class BelowZero(Refusal):
    """The values that there are say otherwise."""


@transaction.atomic
def create_measure(*, project: Project, by, now: datetime, **words: Any) -> Measure:
    """Something to count. The same page sent twice makes one. Raises IsGone, NotYours, NameTaken, TooManyMeasures."""
    project, _ = held(project, by=by)
    _known(words)
    if there := Measure.objects.filter(project=project, name=words["name"]).first():
        if any(getattr(there, name) != value for name, value in words.items()):
            raise NameTaken
        return there
    if Measure.objects.filter(project=project).count() >= MOST_MEASURES:
        raise TooManyMeasures
    _make_room(project, words)
    measure = Measure.objects.create(project=project, **words)
    noted(project, by=by, now=now, did="added a measure", on=measure)
    return measure


@transaction.atomic
def edit_measure(*, measure: Measure, by, now: datetime, **words: Any) -> Measure:
    """Say otherwise what is counted, or how. Raises IsGone, NotYours, NameTaken, BelowZero."""
    project, measure = in_hand(measure, by=by)
    _known(words)
    name = words.get("name", measure.name)
    if Measure.objects.filter(project=project, name=name).exclude(pk=measure.pk).exists():
        raise NameTaken
    if words.get("at_zero") and (below := measure.points.filter(value__lt=0).first()):
        raise BelowZero(f"The value of {below.day:%d/%m/%Y} is below zero. Put it right first, or leave the box empty")
    if not measure.is_main:
        _make_room(project, words)
    for name, value in words.items():
        setattr(measure, name, value)
    measure.save(update_fields=[*words])
    noted(project, by=by, now=now, did="changed a measure", on=measure)
    return measure


@transaction.atomic
def remove_measure(*, measure: Measure, by, now: datetime) -> Project:
    """It goes with its points. Raises IsGone, NotYours."""
    project, measure = in_hand(measure, by=by)
    noted(project, by=by, now=now, did="removed a measure", on=measure)
    measure.delete()
    return project


def in_hand(measure: Measure, *, by) -> tuple[Project, Measure]:
    """The project of a measure under a row lock, and the measure as it is now. Raises IsGone, NotYours."""
    project, _ = held(measure.project, by=by)
    found = Measure.objects.filter(pk=measure.pk, project=project.pk).first()
    if found is None:
        raise IsGone
    return project, found


def _known(words: dict[str, Any]) -> None:
    if unknown := words.keys() - WORDS:
        raise TypeError(f"not of a measure: {sorted(unknown)}")


def _make_room(project: Project, words: dict[str, Any]) -> None:
    """A new main measure takes the place of the other."""
    if words.get("is_main"):
        Measure.objects.filter(project=project, is_main=True).update(is_main=False)
