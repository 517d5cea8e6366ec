"""Visits to use in tests: made through actions."""

from datetime import UTC, date, time, timedelta

from django.utils import timezone

from cohorts.models import Participant, Term
from cohorts.tests.factories import ParticipantFactory
from elements import clock
from shadowing import actions
from shadowing.models import Visit

DAY = date(2027, 3, 5)  # a Friday


def setting(code="finance-performance") -> Term:
    return Term.objects.get(list="setting", code=code, cohort=None, organisation=None)


def moments(day=DAY, starts=time(14), hours=2.0) -> dict:
    starts_at = clock.at(day, starts).astimezone(UTC)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours)}


def offered(pair, visitor, host, *, by=None, day=DAY, starts=time(14), hours=2.0, **more) -> Visit:
    """A visit that one (the visitor unless told otherwise) has suggested."""
    given = {"setting": setting(), "site": "Room 4, North", **(moments(day, starts, hours) if day else {})}
    given |= {"now": timezone.now(), "by": (by or visitor).user, **more}
    return actions.arrange_visit(pair=pair, visitor=visitor, host=host, **given)


def agreed(pair, visitor, host, **more) -> Visit:
    visit = offered(pair, visitor, host, **more)
    other = visit.other(visit.proposed_by)
    return actions.accept_visit(visit=visit, by=other.user, now=more.get("now") or timezone.now())


def prepared(visit: Visit) -> Visit:
    """Everything written and ticked by both."""
    now, everything = timezone.now(), frozenset(item.code for item in visit.items)
    actions.prepare_visit(visit=visit, by=visit.host.user, now=now, ticked=everything, notice="The silence")
    return actions.prepare_visit(
        visit=visit, by=visit.visitor.user, now=now, ticked=everything, objectives="How a list is kept on time"
    )


def begun(visit: Visit, ago=timedelta(days=1)) -> Visit:
    """The same visit, as if its time had come so long ago."""
    starts_at = timezone.now() - ago
    Visit.objects.filter(pk=visit.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    return Visit.objects.with_people().get(pk=visit.pk)


def took_place(pair, visitor, host, *, minutes=120, on_the_spot=False, **more) -> Visit:
    visit = begun(agreed(pair, visitor, host, **more))
    return actions.confirm_visit(
        visit=visit, minutes=minutes, on_the_spot=on_the_spot, by=visitor.user, now=timezone.now()
    )


def typed(partner, part="visitor", day="5 3 2027", starts="2pm", ends="4pm", code="finance-performance", **more):
    """What somebody types into the page that arranges a visit."""
    boxes = {f"day_{number}": text for number, text in enumerate(day.split())}
    chosen = {"setting": setting(code).pk if code else "", "starts": starts, "ends": ends}
    return {"direction": f"{part}:{partner.pk}", **boxes, **chosen, "site": "Room 4, North", **more}


def log(pair, visitor, host, *, by=None, day=None, **more) -> Visit:
    yesterday = timezone.localdate() - timedelta(days=1)
    given = {"day": day or yesterday, "minutes": 90, "setting": setting(), "now": timezone.now(), **more}
    return actions.log_visit(pair=pair, visitor=visitor, host=host, by=(by or visitor).user, **given)


def logged(pair, partner, part="visitor", code="finance-performance", **more):
    """What somebody types of a visit that took place yesterday."""
    day = timezone.localdate() - timedelta(days=1)
    boxes = {"day_0": str(day.day), "day_1": str(day.month), "day_2": str(day.year)}
    chosen = {"direction": f"{part}:{partner.pk}", "setting": setting(code).pk if code else "", "minutes_1": "90"}
    return {**chosen, **boxes, **more}


def two_of(cohort) -> tuple[Participant, Participant]:
    """A new person of each side."""
    return ParticipantFactory(cohort=cohort), ParticipantFactory(cohort=cohort, side="b")
