"""A pair over time: by hand, paused, resumed, ended without blame."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort, Participant
from elements.refusals import Refusal
from elements.registry import all_elements
from pairs import matching
from pairs.actions.calling_off import call_off
from pairs.actions.meeting_news import drop_meeting
from pairs.actions.publishing import UNDO_FOR, make_pairs
from pairs.choices import EndKind
from pairs.discretion import NOT_HERS, may_decide_about
from pairs.gathering import gather
from pairs.models import Pair, Pairing, Proposal
from pairs.reasons import reasons_of


class PairHasEnded(Refusal):
    """The pair is over."""


class IsNoPartner(Refusal):
    """Only the partners themselves arrange what they do."""


class SomebodyIsPaired(Refusal):
    """One of them has a partner already, or does not take part."""


class RulesForbid(Refusal):
    """These two cannot be a pair."""


class PairNeedsReason(RulesForbid):
    """A hard rule forbids the two, and no reason was written."""


@transaction.atomic
def pair_by_hand(
    *,
    cohort: Cohort,
    a: Participant,
    b: Participant,
    initiator_side: str,
    first_meeting_by: date,
    by,
    override: str = "",
) -> Pair:
    """Pair two people without a run, as after an end. They are told ten minutes later.

    Raises SomebodyIsPaired, RulesForbid.
    """
    take_turn(cohort)
    if not may_decide_about(by, cohort, a, b):
        raise RulesForbid(NOT_HERS)
    gathered = gather(cohort)
    free = {person.pk: person for person in gathered.people}
    if taken := [person.name for person in (a, b) if person.pk not in free]:
        raise SomebodyIsPaired(f"Not waiting for a partner: {', '.join(taken)}.")
    a, b = free[a.pk], free[b.pk]
    if a.side == b.side:
        raise RulesForbid("Choose one person from each side.")
    chosen = Pairing.objects.filter(cohort=cohort).first() or Pairing(cohort=cohort)
    table = matching.prepare(gathered.problem(weights=chosen.weights, seed="", locks=False))
    rules = matching.refusal(table, str(a.pk), str(b.pk))
    if rules and not override.strip():
        raise PairNeedsReason(f"{'; '.join(rules)}. Write down why they are paired all the same.")
    proposal = Proposal(
        a=a,
        b=b,
        score=0,
        by_hand=True,
        override=override.strip() if rules else "",
        reasons=reasons_of(table, str(a.pk), str(b.pk)),
    )
    [pair] = make_pairs(
        by=by,
        proposals=[proposal],
        run=None,
        cohort=cohort,
        initiator_side=initiator_side,
        first_meeting_by=first_meeting_by,
        shown_from=timezone.now() + UNDO_FOR,
    )
    return pair


def live(pair: Pair) -> Pair:
    """The pair under a row lock, inside a transaction. Raises PairHasEnded."""
    pair = Pair.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=pair.pk)
    if pair.ended_on:
        raise PairHasEnded("This pair has ended.")
    return pair


def own(pair: Pair, *, by, now: datetime) -> Pair:
    """The pair under a row lock, of somebody who is in it now and knows of it. Raises PairHasEnded, IsNoPartner."""
    pair = live(pair)
    if pair.shown_from > now or not pair.memberships.live().filter(participant__user=by).exists():
        raise IsNoPartner("Only partners arrange what they do.")
    return pair


@transaction.atomic
def pause_pair(*, pair: Pair, on: date, by) -> Pair:
    """Nothing is expected of the two until they resume."""
    pair = live(pair)
    if not pair.paused_on:
        pair.paused_on = on
        pair.save(update_fields=["paused_on"])
        audit.record(by=by, did="paused a pair", on=pair, scope=pair.cohort_id)
    return pair


@transaction.atomic
def resume_pair(*, pair: Pair, on: date, by) -> Pair:
    """The pause is over."""
    pair = live(pair)
    if pair.paused_on:
        pair.paused_on, pair.resumed_on = None, on
        pair.save(update_fields=["paused_on", "resumed_on"])
        audit.record(by=by, did="resumed a pair", on=pair, scope=pair.cohort_id)
    return pair


@transaction.atomic
def end_pair(*, pair: Pair, kind: str, on: date, by, reason: str = "") -> Pair:
    """End a pair without blame; the reason is for the leads alone.

    The software tells nobody, but that a first meeting still to come is off.
    """
    take_turn(pair.cohort)
    pair = live(pair)
    drop_meeting(pair=pair, by=by, now=timezone.now())
    last = max(on, pair.started_on)
    pair.memberships.live().update(until=last, told=timezone.now() >= pair.shown_from)
    pair.ended_on, pair.end_kind, pair.end_reason, pair.ended_by = last, EndKind(kind), reason.strip(), by
    pair.save(update_fields=["ended_on", "end_kind", "end_reason", "ended_by"])
    call_off(pair=pair, by=by)
    for element in all_elements():
        element.let_go(pair=pair, by=by)
    audit.record(by=by, did="ended a pair", on=pair, scope=pair.cohort_id)
    return pair
