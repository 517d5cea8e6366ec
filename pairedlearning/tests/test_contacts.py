"""What the database reckons of a pair's last contact and next date is what the timelines of its rooms say."""

from datetime import date, time, timedelta
from itertools import product

import pytest

from cohorts.models import Cohort
from conversations.choices import State
from conversations.models import Conversation
from elements import clock, timeline
from elements.keys import as_written
from pairs.models import Pair
from pairs.tests.conftest import two
from shadowing.choices import OFF, TOOK_PLACE, VisitState
from shadowing.models import Visit

__all__ = ["two"]
pytestmark = pytest.mark.django_db
DAYS = [timedelta(days=days) for days in (-2, -1, 0, 1, 2)]
HOURS = [time(0), time(0, 30), time(12), time(23, 30)]
# An ordinary day, and those on which the clocks go forward and back.
TODAY = [date(2027, 2, 10), date(2027, 3, 28), date(2027, 10, 31)]
HOUR = timedelta(hours=1)


def told(pair: Pair, on: date) -> tuple[date | None, date | None]:
    """Read off the entries of the timeline, as the house itself sees them."""
    entries = timeline.of([pair], viewer=None)[pair.pk]
    last = [each.on for each in entries if each.is_contact and each.on <= on]
    coming = [each.on for each in entries if each.state == "planned" and each.on >= on]
    return max(last, default=None), min(coming, default=None)


def reckoned(pair: Pair, on: date) -> tuple[date | None, date | None]:
    found = timeline.contacts(Pair.objects.filter(pk=pair.pk), cohorts=Cohort.objects.all(), on=on)
    return found.get(as_written(pair.pk), (None, None))


def talk(pair: Pair, state: str, day: date, hour: time) -> Conversation:
    at = clock.at(day, hour)
    return Conversation(pair=pair, state=state, falls_on=day, starts_at=at, ends_at=at + HOUR, changed_at=at)


def visit(pair: Pair, visitor, host, state: str, day: date, hour: time, *, agreed: bool = True) -> Visit:
    at = clock.at(day, hour)
    return Visit(
        cohort=pair.cohort,
        pair=pair,
        visitor=visitor,
        host=host,
        state=state,
        setting_words="bed meeting",
        starts_at=at,
        ends_at=at + HOUR,
        minutes=60 if state in TOOK_PLACE else None,
        debrief_on=day if state in TOOK_PLACE else None,
        agreed_at=at - timedelta(days=7) if agreed else None,
        changed_at=at,
    )


@pytest.mark.parametrize("on", TODAY)
def test_each_row_by_itself_is_reckoned_as_its_timeline_says(two, on):
    """Every state on the days around, early and late: one row at a time, so that none hides another."""
    _, pair, doctor, manager = two
    days = [(on + days, hour) for days, hour in product(DAYS, HOURS)]
    rows = [talk(pair, state, day, hour) for state, (day, hour) in product(State.values, days)]
    rows += [visit(pair, doctor, manager, state, day, hour) for state, (day, hour) in product(VisitState.values, days)]
    never = [VisitState.OFFERED, *OFF]
    rows += [visit(pair, doctor, manager, state, *at, agreed=False) for state, at in product(never, days)]
    seen = set()
    for row in rows:
        row.save()
        assert reckoned(pair, on) == told(pair, on), f"{row.state} {row.starts_at}"
        seen.add(tuple(day and day - on for day in reckoned(pair, on)))
        row.delete()
    nothing, day = None, timedelta(days=1)
    assert seen == {(nothing, nothing)} | {(-2 * day, nothing), (-day, nothing), (0 * day, nothing)} | {
        (nothing, 0 * day),
        (nothing, day),
        (nothing, 2 * day),
    }


def test_all_rows_together_give_the_latest_and_the_next(two):
    _, pair, doctor, manager = two
    on = TODAY[1]
    talk(pair, State.HELD, on - timedelta(days=9), time(9)).save()
    visit(pair, doctor, manager, VisitState.DONE, on - timedelta(days=4), time(23, 30)).save()
    visit(pair, manager, doctor, VisitState.AGREED, on + timedelta(days=8), time(0)).save()
    talk(pair, State.PLANNED, on + timedelta(days=3), time(9)).save()
    assert reckoned(pair, on) == told(pair, on) == (on - timedelta(days=4), on + timedelta(days=3))
