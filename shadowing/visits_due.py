"""Who should hear what of visits, as today's rows say."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from elements import clock
from elements.contract import Reminder
from shadowing.choices import Part, VisitState
from shadowing.models import Visit

SOON, PREPARE = "shadowing.visit_soon", "shadowing.visit_prepare"
CONFIRM, DEBRIEF = "shadowing.visit_confirm", "shadowing.visit_debrief"
NEWS_LASTS = timedelta(hours=3)  # who was told of it just now is not told again at once
PREPARED_BY = timedelta(days=3)
ASKED_FOR = timedelta(days=30)  # after that nobody is asked whether it took place
TALKED_BY = timedelta(days=7)  # after a visit for which no day to talk is agreed
ONCE = timedelta(days=6)  # shorter than a nudge waits before it goes out again


def reminders(*, on: date, until: date) -> Iterator[Reminder]:
    """One query: the visits of partners that are agreed and near, or past and not yet talked over."""
    lately = Q(starts_at__gte=clock.at(on - 2 * ASKED_FOR, time(0)))
    near = Visit.objects.between_partners().filter(
        # The two may agree to talk months after a visit: of that, the day to talk says how long it is asked about.
        lately | Q(state=VisitState.DONE, debrief_on__gte=on - ONCE - timedelta(days=2)),
        state__in=[VisitState.AGREED, VisitState.READY, VisitState.DONE],
        starts_at__lt=clock.at(until + PREPARED_BY + timedelta(days=1), time(0)),
    )
    for visit in near.with_people():
        if "shadowing" in visit.cohort.elements_off:
            continue
        for part, person in ((Part.VISITOR, visit.visitor), (Part.HOST, visit.host)):
            yield from _of(visit, part, person)


def _of(visit: Visit, part: Part, person) -> Iterator[Reminder]:
    """What one of the two should hear."""
    common = {"to": person.user, "scope": visit.cohort_id}
    ref = {"visit": str(visit.pk), "pair": str(visit.pair_id), "starts": int(visit.starts_at.timestamp())}
    # The moment is part of it, so that a visit that is moved is announced anew.
    about = f"{visit.pk}:{visit.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}"
    heard = visit.changed_at + NEWS_LASTS
    if visit.state == VisitState.DONE:
        at = clock.at(visit.debrief_on + timedelta(days=1)) if visit.debrief_on else clock.at(visit.day + TALKED_BY)
        at = max(at, heard)
        yield Reminder(DEBRIEF, about=str(visit.pk), at=at, until=at + ONCE, ref=ref, order=30, **common)
        return
    day_before = visit.day - timedelta(days=1)
    yield Reminder(SOON, about=about, at=max(clock.at(day_before), heard), until=visit.starts_at, ref=ref, **common)
    if is_to_prepare(visit, part):
        at = max(clock.at(visit.day - PREPARED_BY), heard)
        yield Reminder(PREPARE, about=about, at=at, until=visit.starts_at, ref=ref, order=15, **common)
    at = clock.at(_day(visit.ends_at) + timedelta(days=1))
    yield Reminder(CONFIRM, about=about, at=at, until=at + ASKED_FOR, ref=ref, order=25, **common)


def is_to_prepare(visit: Visit, part: Part) -> bool:
    """Whether this one of the two has left something open."""
    return bool(visit.open_items(part)) or (part == Part.VISITOR and not visit.objectives)


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
