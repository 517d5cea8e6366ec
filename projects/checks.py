"""What became of a project half a year and a year after the programme: when that is asked, and of whom."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from cohorts.models import Cohort, Participant
from projects.choices import CHECKS, EndKind, Part
from projects.models import Check, Involvement, Project

SHOWN = 4  # on one person's task list


@dataclass(frozen=True)
class Asked:
    """A question to one owner."""

    owner: Participant
    project: Project
    months: int


def opens_on(cohort: Cohort, months: int) -> date:
    """The end of the programme and that many months, or the last day of a month that is shorter."""
    year, month = divmod(cohort.ends_on.month - 1 + months, 12)
    year, month = cohort.ends_on.year + year, month + 1
    return date(year, month, min(cohort.ends_on.day, monthrange(year, month)[1]))


def opened(cohort: Cohort, on: date) -> list[int]:
    """Which are open on this day: they never close."""
    return [months for months in CHECKS if opens_on(cohort, months) <= on]


def due(project: Project, on: date) -> list[int]:
    """Which are open and have no answer; of what was stopped nothing is asked. One query, none before the first."""
    months = opened(project.cohort, on)
    if not months or project.end_kind == EndKind.STOPPED:
        return []
    answered = set(Check.objects.filter(project=project.pk).values_list("months", flat=True))
    return [each for each in months if each not in answered]


def answer(project: Project, months: int) -> Check | None:
    return Check.objects.filter(project=project.pk, months=months).select_related("said_by").first()


def asked(participants: Collection[Participant], on: date) -> list[Asked]:
    """Of these owners, each with cohort: the latest that is open, unless it has its answer. One query, or none."""
    latest = {each.pk: months[-1] for each in participants if (months := opened(each.cohort, on))}
    if not latest:
        return []
    people = {each.pk: each for each in participants}
    owned = Involvement.objects.filter(participant__in=[*latest], part=Part.OWNER, until=None)
    said = {
        f"said_{months}": Exists(Check.objects.filter(project=OuterRef("project"), months=months)) for months in CHECKS
    }
    found = owned.exclude(project__end_kind=EndKind.STOPPED).select_related("project").annotate(**said)
    number: dict[int, int] = {}
    questions = []
    for each in found:
        months = latest[each.participant_id]
        number[each.participant_id] = number.get(each.participant_id, 0)
        if not getattr(each, f"said_{months}") and number[each.participant_id] < SHOWN:
            number[each.participant_id] += 1
            questions.append(Asked(people[each.participant_id], each.project, months))
    return questions
