"""Settings that people of past cohorts saw, as counts behind which enough people stand, and what most made of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F
from django.db.models.functions import TruncDate

from cohorts.models import Cohort
from elements import disclosure
from elements.clock import LONDON
from shadowing.models import Reflection, Visit

USEFUL = 4  # of 5, and more


@dataclass(frozen=True)
class Setting:
    """A setting of past visits: how many there were, and whether most visitors who said so found it useful."""

    name: str
    visits: int
    is_useful: bool


def worth_seeing(cohort: Cohort, *, on: date) -> list[Setting]:
    """What the page lists: first what most found useful, then by the number of visits. Two queries."""
    useful = found_useful(cohort, on=on)
    shown = [Setting(each.name, each.value, each.name in useful) for each in settings_seen(cohort, on=on).shown]
    return sorted(shown, key=lambda each: not each.is_useful)


def settings_seen(cohort: Cohort, *, on: date) -> disclosure.Listing:
    """The settings of visits in cohorts of this programme that have ended, with the number of visits. One query.

    Only rows of the catalogue: what somebody called a setting may name a place or a person.
    """
    past = _past(Visit.objects.took_place(), cohort, on=on)
    rows = past.order_by().values_list("setting__label", "visitor__user", "host__user").annotate(number=Count("pk"))
    visits: dict[str, int] = defaultdict(int)
    people = defaultdict(set)
    for label, visitor, host, number in rows:
        visits[label] += number
        people[label] |= {visitor, host}
    return disclosure.listed(
        disclosure.Group(label, number, frozenset(people[label])) for label, number in visits.items()
    )


def found_useful(cohort: Cohort, *, on: date) -> frozenset[str]:
    """The settings that more than half of the visitors who said how useful it was found useful. One query.

    Behind each stand enough visitors who said so. No figure leaves: neither how many they were nor how many of them
    found it useful, so that nothing can be subtracted, nobody's answer follows where all were alike, and a setting that
    is not among these may be one of which too few spoke. What is written after a cohort has ended is not counted, so
    that nothing new turns the word between two days; what is changed or deleted later, or a cohort that ends, still
    can.
    """
    visits = _past(Visit.objects.took_place(), cohort, on=on)
    said = Reflection.objects.alias(day=TruncDate("written_at", tzinfo=LONDON)).filter(
        visit__in=visits.order_by().values("pk"),
        author=F("visit__visitor"),
        usefulness__isnull=False,
        day__lte=F("author__cohort__ends_on"),
    )
    asked, useful = defaultdict(set), defaultdict(set)
    for label, person, number in said.order_by().values_list("visit__setting__label", "author__user", "usefulness"):
        asked[label].add(person)
        if number >= USEFUL:
            useful[label].add(person)
    spoken = disclosure.listed(
        disclosure.Group(label, len(useful[label]), frozenset(people)) for label, people in asked.items()
    )
    return frozenset(each.name for each in spoken.shown if 2 * each.value > len(asked[each.name]))


def _past(visits, cohort: Cohort, *, on: date):
    """Of visits those to rows of the catalogue, in cohorts of this programme that have ended."""
    return visits.filter(cohort__programme=cohort.programme_id, cohort__ends_on__lt=on, setting__isnull=False)
