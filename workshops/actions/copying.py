"""What next year's cohort begins with: the series, what is read for it and when it could be; nothing of people."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements import clock, working_time
from workshops.models import Material, Meeting, ProposedDate, Workshop


@transaction.atomic
def copy_series(*, source: Cohort, target: Cohort, moved: Callable[[date], date], by, now: datetime) -> None:
    """The workshops in their order with what is read for them, for a cohort that has none yet; a second time nothing
    happens.

    Their dates are proposed to the leads: rooms and facilitators of last year are no promise. Nobody is told of them
    and nobody can book them. `moved` says on which day a day of the source falls here.
    """
    take_turn(target)
    if Workshop.objects.filter(cohort=target).exists():
        return
    series = list(Workshop.objects.filter(cohort=source))
    for each in series:
        copied = Workshop.objects.create(
            cohort=target,
            place=each.place,
            topic=each.topic,
            title=each.title,
            aims=each.aims,
            needs_until=moved(each.needs_until) if each.needs_until else None,
            asks_feedback=each.asks_feedback,
        )
        _copy_materials(each, copied, now=now)
        _propose_dates(each, copied, moved, on=clock.local(now).date())
    if series:
        audit.record(by=by, did="copied the series of workshops", on=target, scope=target.pk)


def _copy_materials(source: Workshop, target: Workshop, *, now: datetime) -> None:
    """Links and files in their order, which their moments keep. One file at a time is in memory: each may have ten
    megabytes.
    """
    for turn, key in enumerate(list(source.materials.values_list("pk", flat=True))):
        there = source.materials.get(pk=key)
        Material.objects.create(
            workshop=target,
            when=there.when,
            label=there.label,
            url=there.url,
            name=there.name,
            content_type=there.content_type,
            size=there.size,
            content=there.content,
            added_at=now + timedelta(microseconds=turn),
        )


def _propose_dates(source: Workshop, target: Workshop, moved: Callable[[date], date], *, on: date) -> None:
    """Days that are still to come and lie in the cohort; never on a day off where the other was none."""
    proposed = []
    for meeting in Meeting.objects.standing().filter(workshop=source).select_related("session"):
        day = working_time.as_worked(moved(meeting.session.day), meeting.session.day)
        if day > on and target.cohort.starts_on <= day <= target.cohort.ends_on:
            proposed.append(ProposedDate(workshop=target, cohort=target.cohort, like=meeting, falls_on=day))
    ProposedDate.objects.bulk_create(proposed)
