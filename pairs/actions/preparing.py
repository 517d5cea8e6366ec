"""Before the solve: what counts, who is kept apart, who is locked together."""

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort, Meant, Participant
from elements.refusals import Refusal
from pairs import matching
from pairs.choices import Criterion
from pairs.discretion import NOT_HERS, may_decide_about
from pairs.gathering import gather
from pairs.models import Exclusion, Lock, Pairing

UNWEIGHTED = dict.fromkeys(Criterion.values, 0)


class LockRefused(Refusal):
    """The two cannot be locked; the sentence says why and what to do."""


class LockNeedsReason(LockRefused):
    """A hard rule forbids the two, and no reason was written."""


@transaction.atomic
def set_weights(*, cohort: Cohort, weights: dict[str, int], aim: str, by) -> Pairing:
    """Say what counts how much, and what a run tries first."""
    pairing, _ = Pairing.objects.update_or_create(cohort=cohort, defaults={"weights": weights, "aim": aim})
    audit.record(by=by, did="set what counts in pairing", on=cohort, scope=cohort.pk)
    return pairing


@transaction.atomic
def exclude(*, cohort: Cohort, one: Participant, other: Participant, by, why: str = "") -> Exclusion:
    """Keep two people apart. Saying it twice is saying it once."""
    if kept := Exclusion.objects.filter(one=other, other=one).first():
        return kept
    exclusion, is_new = Exclusion.objects.get_or_create(
        one=one,
        other=other,
        defaults={"cohort": cohort, "named_by": by, "why": why},
    )
    if is_new:
        audit.record(by=by, did="kept two people apart", on=exclusion, scope=cohort.pk)
    return exclusion


@transaction.atomic
def lift_exclusion(*, exclusion: Exclusion, by) -> None:
    """The two may be paired after all."""
    audit.record(by=by, did="lifted an exclusion", on=exclusion, scope=exclusion.cohort_id)
    exclusion.delete()


@transaction.atomic
def answer_question(*, participant: Participant, part: str, other: Participant, is_meant: bool, by) -> Meant:
    """Say whether the name that somebody wrote means this person."""
    answer, _ = Meant.objects.update_or_create(
        participant=participant, part=part, other=other, defaults={"is_meant": is_meant}
    )
    audit.record(by=by, did="said who is meant by a name", on=answer, scope=participant.cohort_id)
    return answer


@transaction.atomic
def lock(*, cohort: Cohort, a: Participant, b: Participant, by, override: str = "") -> Lock:
    """Want two people together, against a rule only with a written reason, which is about the rules of this day.

    Raises LockRefused.
    """
    take_turn(cohort)
    if not may_decide_about(by, cohort, a, b):
        raise LockRefused(NOT_HERS)
    for person, taken in ((a, Lock.objects.filter(a=a)), (b, Lock.objects.filter(b=b))):
        if taken.exists():
            raise LockRefused(f"{person.name} is locked already. Remove that lock first.")
    gathered = gather(cohort)
    free = {person.pk: person for person in gathered.people}
    if not {a.pk, b.pk} <= free.keys():
        raise LockRefused("Choose two people who are accepted and have no partner.")
    a, b = free[a.pk], free[b.pk]
    table = matching.prepare(gathered.problem(weights=UNWEIGHTED, seed="", locks=False))
    if a.side == b.side:
        raise LockRefused("Choose one person from each side.")
    if (rules := matching.refusal(table, str(a.pk), str(b.pk))) and not override.strip():
        raise LockNeedsReason(f"{'; '.join(rules)}. Write down why this pair is locked all the same.")
    made = Lock.objects.create(
        cohort=cohort,
        a=a,
        b=b,
        override=override.strip() if rules else "",
        overridden=sorted(matching.forbidding(table, str(a.pk), str(b.pk))),
        made_by=by,
    )
    audit.record(by=by, did="locked two people together", on=made, scope=cohort.pk)
    return made


@transaction.atomic
def unlock(*, lock: Lock, by) -> None:
    """Let the solve decide about the two again. Raises LockRefused."""
    if not may_decide_about(by, lock.cohort, lock.a, lock.b):
        raise LockRefused(NOT_HERS)
    drop_lock(lock=lock, by=by)


@transaction.atomic
def drop_lock(*, lock: Lock, by) -> None:
    """A lock ends, by a lead's hand or because one of the two leaves."""
    audit.record(by=by, did="removed a lock", on=lock, scope=lock.cohort_id)
    lock.delete()
