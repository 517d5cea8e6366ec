"""How far a project is, in the words of its owners, and what became of it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from elements import clock
from elements.refusals import Refusal
from projects.actions.in_hand import held, noted
from projects.checks import opened
from projects.choices import StillGoing
from projects.models import Check, Project, Score


class NotOpenYet(Refusal):
    """Asked before the months have passed."""

    unsaid = "This question is not open yet."


@transaction.atomic
def say_score(*, project: Project, value: Decimal, by, now: datetime) -> Score:
    """The latest counts, all stay; the same said again by the same owner on one day is said once.

    Raises IsGone, NotYours.
    """
    project, owner = held(project, by=by)
    last = Score.objects.filter(project=project).first()
    said_before = last and (last.value, last.said_by_id) == (value, owner.pk)
    if said_before and clock.local(last.said_at).date() == clock.local(now).date():
        return last
    score = Score.objects.create(project=project, value=value, said_by=owner, said_at=now)
    noted(project, by=by, now=now, did="said how far a project is")
    return score


@transaction.atomic
def say_what_became(
    *, project: Project, months: int, still: str, by, now: datetime, on: date, words: str = ""
) -> Check:
    """Whether it still goes on; an answer given before is changed. Raises IsGone, NotYours, NotOpenYet."""
    project, owner = held(project, by=by)
    if months not in opened(project.cohort, on):
        raise NotOpenYet
    said = {"still": StillGoing(still), "words": words, "said_by": owner, "said_at": now}
    check, _ = Check.objects.update_or_create(project=project, months=months, defaults=said)
    noted(project, by=by, now=now, did="said what became of a project")
    return check
