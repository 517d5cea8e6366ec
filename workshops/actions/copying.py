"""What next year's cohort begins with: the series, its aims and its links; no dates, no files, nothing of people."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from workshops.models import Material, Workshop


@transaction.atomic
def copy_series(*, source: Cohort, target: Cohort, moved: Callable[[date], date], by) -> None:
    """The workshops in their order with their links, for a cohort that has none yet; a second time nothing happens.

    Dates are planned anew: rooms and facilitators of last year are no promise. `moved` moves the last day of asking.
    """
    take_turn(target)
    if Workshop.objects.filter(cohort=target).exists():
        return
    series = list(Workshop.objects.filter(cohort=source).prefetch_related("materials"))
    for each in series:
        links = [material for material in each.materials.all() if material.url]
        copied = Workshop.objects.create(
            cohort=target,
            place=each.place,
            topic=each.topic,
            title=each.title,
            aims=each.aims,
            needs_until=moved(each.needs_until) if each.needs_until else None,
            asks_feedback=each.asks_feedback,
        )
        Material.objects.bulk_create(
            Material(workshop=copied, when=link.when, label=link.label, url=link.url, added_at=timezone.now())
            for link in links
        )
    if series:
        audit.record(by=by, did="copied the series of workshops", on=target, scope=target.pk)
