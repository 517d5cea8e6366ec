"""What the two write before a visit and say after it."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from accounts import audit
from cohorts.models import Participant, Term
from elements import clock
from pairs.models import Pair
from shadowing.actions.visit_in_hand import (
    CannotBe,
    VisitIsThere,
    ahead,
    between_partners,
    can_be_removed,
    locked,
    move,
    weigh,
)
from shadowing.choices import OFF, TOOK_PLACE, Part, VisitState
from shadowing.models import Visit
from shadowing.working_hours import is_out_of_hours

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

    Raises PairHasEnded, IsNoPartner, CannotBe.
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
def log_visit(
    *,
    pair: Pair,
    visitor: Participant,
    host: Participant,
    day: date,
    minutes: int,
    by,
    now: datetime,
    setting: Term | None = None,
    setting_words: str = "",
) -> Visit:
    """A visit that nobody arranged here took place on this day, and counts like any other.

    Raises PairHasEnded, IsNoPartner, VisitIsThere, CannotBe.
    """
    pair = between_partners(pair, visitor, host, by=by, now=now)
    if day > clock.local(now).date():
        raise CannotBe("A visit that is to come is arranged, not logged.")
    midnight = clock.at(day, time(0)).astimezone(UTC)
    tomorrow = clock.at(day + timedelta(days=1), time(0))
    known = Visit.objects.filter(pair=pair, visitor=visitor, host=host, agreed_at__isnull=False)
    if other := known.filter(starts_at__gte=midnight, starts_at__lt=tomorrow).exclude(state__in=sorted(OFF)).first():
        raise VisitIsThere(other)
    flags = setting.flags if setting else ""
    visit = Visit.objects.create(
        cohort=pair.cohort,
        pair=pair,
        visitor=visitor,
        host=host,
        proposed_by=by,
        state=VisitState.DONE,
        setting=setting,
        setting_words="" if setting else setting_words,
        flags=flags,
        starts_at=midnight,
        ends_at=midnight + timedelta(minutes=minutes),
        is_day_only=True,
        out_of_hours=is_out_of_hours(flags=flags, starts_at=None, ends_at=None),
        minutes=minutes,
        agreed_at=now,
        changed_at=now,
    )
    audit.record(by=by, did="logged a visit", on=visit, scope=visit.cohort_id)
    return visit


@transaction.atomic
def remove_visit(*, visit: Visit, by, now: datetime) -> None:
    """It was logged by mistake: the row goes, and the record says that it did. What somebody wrote about it for herself
    stays hers, without the visit. Raises PairHasEnded, IsNoPartner, CannotBe.
    """
    visit = locked(visit, by)
    if not can_be_removed(visit, by):
        raise CannotBe(
            "Only a visit that was logged afterwards can be removed, until it is closed or you can read a reflection "
            "on it."
        )
    audit.record(by=by, did="removed a visit", on=visit, scope=visit.cohort_id)
    visit.delete()


@transaction.atomic
def correct_minutes(*, visit: Visit, minutes: int, by, now: datetime) -> Visit:
    """It took longer or less than was said. Either of the two may put that right, as often as they like.

    Raises PairHasEnded, IsNoPartner, CannotBe.
    """
    visit = locked(visit, by)
    if visit.state not in TOOK_PLACE:
        raise CannotBe("Say first that the visit took place.")
    if visit.minutes != minutes:
        visit.minutes, visit.changed_at = minutes, now
        visit.save()
        audit.record(by=by, did="corrected how long a visit took", on=visit, scope=visit.cohort_id)
    return visit


@transaction.atomic
def debrief_visit(*, visit: Visit, debrief_on: date, by, now: datetime) -> Visit:
    """The two have talked it over on this day. Raises PairHasEnded, IsNoPartner, CannotBe."""
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
    visit then closes when they have. Raises PairHasEnded, IsNoPartner; with `skipped`, CannotBe.
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
