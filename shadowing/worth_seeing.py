"""Settings that people of past cohorts saw, as counts behind which enough people stand."""

from collections import defaultdict
from datetime import date

from django.db.models import Count

from cohorts.models import Cohort
from elements import disclosure
from shadowing.models import Visit


def settings_seen(cohort: Cohort, *, on: date) -> disclosure.Listing:
    """The settings of visits in cohorts of this programme that have ended, with the number of visits. One query.

    Only rows of the catalogue: what somebody called a setting may name a place or a person.
    """
    past = Visit.objects.took_place().filter(
        cohort__programme=cohort.programme_id, cohort__ends_on__lt=on, setting__isnull=False
    )
    rows = past.order_by().values_list("setting__label", "visitor__user", "host__user").annotate(number=Count("pk"))
    visits: dict[str, int] = defaultdict(int)
    people = defaultdict(set)
    for label, visitor, host, number in rows:
        visits[label] += number
        people[label] |= {visitor, host}
    return disclosure.listed(
        disclosure.Group(label, number, frozenset(people[label])) for label, number in visits.items()
    )
