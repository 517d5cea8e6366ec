"""Two partners arrange a visit and agree on it; it moves, or it is off."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from accounts import audit
from cohorts.models import Participant, Term
from pairs.models import Pair
from shadowing.actions.visit_in_hand import CannotBe, VisitIsPast, ahead, between_partners, move, weigh
from shadowing.actions.visit_news import AGREED, CALLED_OFF, MOVED, PROPOSED, tell
from shadowing.checklists import ITEMS
from shadowing.choices import AHEAD, VisitState, WayOff
from shadowing.models import Visit
from shadowing.working_hours import is_out_of_hours

DID = {
    WayOff.DECLINED: "declined a visit",
    WayOff.TAKEN_BACK: "took back a visit",
    WayOff.CALLED_OFF: "called a visit off",
    WayOff.PUT_OFF: "put a visit off",
}


@transaction.atomic
def arrange_visit(
    *,
    pair: Pair,
    visitor: Participant,
    host: Participant,
    by,
    now: datetime,
    setting: Term | None = None,
    setting_words: str = "",
    flags: str = "",
    site: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    out_of_hours: bool | None = None,
) -> Visit:
    """Offer or ask for a visit; the other is asked to say yes. `out_of_hours` None is worked out.

    Raises PairHasEnded, IsNoPartner, VisitIsPast.
    """
    pair = between_partners(pair, visitor, host, by=by, now=now)
    visit = Visit(cohort=pair.cohort, pair=pair, visitor=visitor, host=host, proposed_by=by)
    _set(
        visit,
        setting=setting,
        setting_words=setting_words,
        flags=flags,
        site=site,
        starts_at=starts_at,
        ends_at=ends_at,
        out_of_hours=out_of_hours,
        now=now,
    )
    visit.sequence, visit.changed_at = 1, now
    visit.save(force_insert=True)
    tell(PROPOSED, visit, to=[visit.other(by)])
    audit.record(by=by, did="proposed a visit", on=visit, scope=visit.cohort_id)
    return visit


@transaction.atomic
def change_visit(
    *,
    visit: Visit,
    by,
    now: datetime,
    seen: str = "",
    setting: Term | None = None,
    setting_words: str = "",
    flags: str = "",
    site: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    out_of_hours: bool | None = None,
) -> Visit:
    """Another time, place or setting. What was proposed is now the other's to answer; what is agreed moves for both.

    What was agreed for one day, as by the host area, is asked again. Without a change nothing is sent. Raises
    PairHasEnded, IsNoPartner, CannotBe, VisitIsPast, VisitHasChanged.
    """
    visit = ahead(visit, by, now, seen)
    if visit.state != VisitState.OFFERED and starts_at is None:
        raise CannotBe("A visit that is agreed keeps a date. Put it off if there is none at present.")
    before = _arranged(visit)
    _set(
        visit,
        setting=setting,
        setting_words=setting_words,
        flags=flags,
        site=site,
        starts_at=starts_at,
        ends_at=ends_at,
        out_of_hours=out_of_hours,
        now=now,
    )
    if _arranged(visit) == before:
        return visit
    visit.sequence, visit.changed_at, visit.proposed_by = visit.sequence + 1, now, by
    if visit.state == VisitState.OFFERED:
        visit.save()
        tell(PROPOSED, visit, to=[visit.other(by)])
        audit.record(by=by, did="proposed another visit", on=visit, scope=visit.cohort_id)
        return visit
    visit.ticks = {code: tick for code, tick in visit.ticks.items() if not ITEMS[code].of_the_day}
    weigh(visit)
    visit.save()
    tell(MOVED, visit, to=[visit.visitor, visit.host])
    audit.record(by=by, did="changed a visit", on=visit, scope=visit.cohort_id)
    return visit


@transaction.atomic
def accept_visit(
    *,
    visit: Visit,
    by,
    now: datetime,
    seen: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Visit:
    """The other says yes; a visit that had no time gets it now. Both get it for the calendar.

    Raises PairHasEnded, IsNoPartner, CannotBe, VisitIsPast, VisitHasChanged.
    """
    visit = ahead(visit, by, now, seen)
    if visit.state != VisitState.OFFERED:
        raise CannotBe("This visit is agreed already.")
    if visit.proposed_by_id == by.pk:
        raise CannotBe(f"It is for {visit.other(by).name} to say yes.")
    if visit.starts_at is None:
        if starts_at is None:
            raise CannotBe("A visit needs a date before it can be agreed.")
        _set_time(visit, starts_at, ends_at, now=now)
        visit.out_of_hours = visit.out_of_hours or _looks_out_of_hours(visit)
    elif visit.starts_at <= now:
        raise VisitIsPast("The time that was suggested is past. Suggest another.")
    move(visit, VisitState.AGREED)
    visit.sequence, visit.changed_at, visit.agreed_at = visit.sequence + 1, now, now
    visit.save()
    tell(AGREED, visit, to=[visit.visitor, visit.host])
    audit.record(by=by, did="agreed to a visit", on=visit, scope=visit.cohort_id)
    return visit


@transaction.atomic
def call_off_visit(*, visit: Visit, reason: str, by, now: datetime, seen: str = "") -> Visit:
    """The visit does not take place, or what was proposed is declined. Both are told.

    Raises PairHasEnded, IsNoPartner, CannotBe, VisitIsPast, VisitHasChanged.
    """
    visit = ahead(visit, by, now, seen)
    _off(visit, VisitState.CANCELLED, reason=reason, by=by, now=now)
    return visit


@transaction.atomic
def put_off_visit(
    *,
    visit: Visit,
    reason: str,
    by,
    now: datetime,
    seen: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Visit:
    """Not then: the visit is off, and a new one with or without a time is proposed to the other. Returns the new one.

    A visit whose time has come and that did not happen can be put off too. Raises PairHasEnded, IsNoPartner, CannotBe,
    VisitIsPast, VisitHasChanged.
    """
    visit = ahead(visit, by, now, seen)
    successor = arrange_visit(
        pair=visit.pair,
        visitor=visit.visitor,
        host=visit.host,
        setting=visit.setting,
        setting_words=visit.setting_words,
        flags=visit.flags,
        site=visit.site,
        starts_at=starts_at,
        ends_at=ends_at,
        out_of_hours=_said_of_hours(visit),
        by=by,
        now=now,
    )
    successor.objectives, successor.notice = visit.objectives, visit.notice
    successor.dress, successor.contact = visit.dress, visit.contact
    successor.save()
    visit.successor = successor
    _off(visit, VisitState.REARRANGED, reason=reason, by=by, now=now)
    return successor


@transaction.atomic
def let_visits_go(*, by, now: datetime, pair: Pair | None = None, participant: Participant | None = None) -> None:
    """Somebody withdraws or a pair ends: what is still to come is off, and who was told of it hears so."""
    to_come = Visit.objects.with_people().filter(state__in=sorted(AHEAD)).select_for_update(of=("self",))
    # Whatever is found here is locked: nobody else's visits wait for somebody who leaves.
    to_come = to_come.filter(pair=pair) if pair else to_come.filter(Q(visitor=participant) | Q(host=participant))
    for visit in to_come:
        if not visit.has_begun(now):
            # Nobody said no to it: whoever ended the pair may be one of the two.
            _off(visit, VisitState.CANCELLED, reason="", by=by, now=now, way=WayOff.CALLED_OFF)


def _off(visit: Visit, state: VisitState, *, reason: str, by, now: datetime, way: WayOff | None = None) -> None:
    way = way or (visit.way_off(by) if state == VisitState.CANCELLED else WayOff.PUT_OFF)
    move(visit, state)
    visit.off_reason, visit.sequence, visit.changed_at, visit.proposed_by = reason, visit.sequence + 1, now, by
    visit.save()
    # What was never agreed stands in nobody's calendar: only the other has heard of it.
    knows_already = by.pk if not visit.agreed_at else None
    people = [each for each in (visit.visitor, visit.host) if each.user_id != knows_already]
    tell(CALLED_OFF, visit, to=people, way=way)
    audit.record(by=by, did=DID[way], on=visit, scope=visit.cohort_id)


def _arranged(visit: Visit) -> tuple:
    return (
        visit.setting_id,
        visit.setting_words,
        visit.flags,
        visit.site,
        visit.starts_at,
        visit.ends_at,
        visit.out_of_hours,
    )


def _set(visit: Visit, *, setting, setting_words, flags, site, starts_at, ends_at, out_of_hours, now) -> None:
    visit.setting, visit.setting_words = setting, "" if setting else setting_words
    visit.flags, visit.site = setting.flags if setting else flags, site
    _set_time(visit, starts_at, ends_at, now=now)
    visit.out_of_hours = _looks_out_of_hours(visit) if out_of_hours is None else out_of_hours


def _set_time(visit: Visit, starts_at: datetime | None, ends_at: datetime | None, *, now: datetime) -> None:
    """In UTC: of an hour that comes twice, Python calls a moment in London equal to no other."""
    new = (starts_at.astimezone(UTC), ends_at.astimezone(UTC)) if starts_at and ends_at else (None, None)
    if new[0] and new != (visit.starts_at, visit.ends_at) and new[0] <= now:
        raise VisitIsPast("Enter a time that is still to come.")
    visit.starts_at, visit.ends_at = new


def _said_of_hours(visit: Visit) -> bool | None:
    """Of a visit at another time: the mark "out of hours" stays, and so does a "no" of the two. Else None: worked out.

    Who has to be safe at night is better asked once too often.
    """
    said_by_hand = visit.out_of_hours != _looks_out_of_hours(visit)
    return visit.out_of_hours if visit.out_of_hours or said_by_hand else None


def _looks_out_of_hours(visit: Visit) -> bool:
    return is_out_of_hours(flags=visit.flags, starts_at=visit.starts_at, ends_at=visit.ends_at)
