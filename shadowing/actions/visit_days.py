"""What the two write before a visit and say after it."""

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from shadowing.actions.visit_in_hand import CannotBe, ahead, locked, move, weigh
from shadowing.choices import Part, VisitState
from shadowing.models import Visit

REFLECTED_UPON = (VisitState.DONE, VisitState.DEBRIEFED)  # when a reflection of the visitor counts as the one offered


@transaction.atomic
def prepare_visit(
    *,
    visit: Visit,
    by,
    now: datetime,
    ticked: frozenset[str] = frozenset(),
    objectives: str = "",
    notice: str = "",
    dress: str = "",
    contact: str = "",
) -> Visit:
    """One of the two writes her own part and ticks her own items; the visit is ready when nothing is left open.

    Raises PairHasEnded, IsNoPartner, CannotBe.
    """
    visit = ahead(visit, by, now, "")
    if visit.state == VisitState.OFFERED:
        raise CannotBe("Agree on the visit first, then prepare it.")
    part = visit.part_of(by)
    if part == Part.VISITOR:
        visit.objectives = objectives
    else:
        visit.notice, visit.dress, visit.contact = notice, dress, contact
    own = {item.code for item in visit.items if item.part == part}
    kept = {code: tick for code, tick in visit.ticks.items() if code not in own or code in ticked}
    stamp = {"by": str((visit.visitor if part == Part.VISITOR else visit.host).pk), "at": now.isoformat()}
    visit.ticks = {**dict.fromkeys(sorted(own & ticked), stamp), **kept}
    weigh(visit)
    visit.save()
    audit.record(by=by, did="prepared a visit", on=visit, scope=visit.cohort_id)
    return visit


@transaction.atomic
def confirm_visit(
    *, visit: Visit, minutes: int, by, now: datetime, debrief_on: date | None = None, on_the_spot: bool = False
) -> Visit:
    """It took place, for so many minutes. With `on_the_spot` the two have talked it over as well.

    Raises IsNoPartner, CannotBe.
    """
    visit = locked(visit, by)
    if not visit.has_begun(now):
        raise CannotBe("This visit has not begun yet.")
    move(visit, VisitState.DONE, "Only a visit that was agreed can have taken place.")
    visit.minutes, visit.debrief_on, visit.changed_at = minutes, visit.day if on_the_spot else debrief_on, now
    audit.record(by=by, did="confirmed a visit", on=visit, scope=visit.cohort_id)
    if on_the_spot:
        move(visit, VisitState.DEBRIEFED)
        audit.record(by=by, did="talked a visit over", on=visit, scope=visit.cohort_id)
        _close_if_whole(visit, by)
    visit.save()
    return visit


@transaction.atomic
def debrief_visit(*, visit: Visit, debrief_on: date, by, now: datetime) -> Visit:
    """The two have talked it over on this day. Raises IsNoPartner, CannotBe."""
    visit = locked(visit, by)
    move(visit, VisitState.DEBRIEFED, "Say first that the visit took place.")
    visit.debrief_on, visit.changed_at = debrief_on, now
    audit.record(by=by, did="talked a visit over", on=visit, scope=visit.cohort_id)
    _close_if_whole(visit, by)
    visit.save()
    return visit


@transaction.atomic
def close_visit(*, visit: Visit, by, now: datetime, skipped: bool = False) -> Visit:
    """The visitor has written a reflection, or does not want to: it is offered once, and not asked for again.

    The host may reflect too, which closes nothing. Who reflects before the two have talked is not asked afterwards: the
    visit then closes when they have. Raises IsNoPartner; with `skipped`, CannotBe.
    """
    visit = locked(visit, by)
    is_hers = visit.part_of(by) == Part.VISITOR
    if not skipped and not (is_hers and visit.state in REFLECTED_UPON):
        return visit
    if not is_hers:
        raise CannotBe("Only the visitor is asked to reflect.")
    if visit.state not in REFLECTED_UPON:
        raise CannotBe("This visit is closed, or has not taken place.")
    visit.reflected_at = visit.changed_at = now
    _close_if_whole(visit, by)
    visit.save()
    return visit


def _close_if_whole(visit: Visit, by) -> None:
    """Closed once the two have talked and the visitor was offered to reflect."""
    if visit.state == VisitState.DEBRIEFED and visit.reflected_at:
        move(visit, VisitState.CLOSED)
        audit.record(by=by, did="closed a visit", on=visit, scope=visit.cohort_id)
