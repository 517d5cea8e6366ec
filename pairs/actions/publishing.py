"""Pairs are born: publish a run, and take that back while nobody has been told."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.choices import State
from elements.refusals import Refusal
from pairs import matching
from pairs.actions.revising import CHANGED, CannotChange
from pairs.choices import RunState
from pairs.digest import digest_of
from pairs.gathering import gather
from pairs.letters import PUBLISHED, facts_of, initiator_of
from pairs.models import Membership, Pair, Proposal, Publication, Run
from reminders import outbox
from reminders.choices import UNDO_FOR


class RunIsOutOfDate(Refusal):
    """Something changed since these pairs were found."""


class TooLateToUndo(Refusal):
    """The ten minutes are over, or a message has gone."""


@transaction.atomic
def publish_run(*, run: Run, initiator_side: str, first_meeting_by: date, by, shown: str | None = None) -> Run:
    """Make the pairs, and write one message to each member, which waits ten minutes.

    `shown` is the digest of the proposals that the reader said yes to. Publishing a second time changes nothing.
    Raises RunIsOutOfDate, CannotChange.
    """
    take_turn(run.cohort)
    run = Run.objects.locked(run)
    if run.state == RunState.PUBLISHED:
        return run
    if run.state != RunState.REVIEW:
        raise CannotChange(f"This run is {run.get_state_display().lower()}: put it up for review first.")
    proposals = list(run.proposals.with_people())
    if not proposals:
        raise CannotChange("This run has no pairs to publish.")
    if shown is not None and shown != digest_of(proposals):
        raise RunIsOutOfDate(CHANGED)
    _refuse_what_changed(run, proposals)
    now = timezone.now()
    run.state, run.published_at, run.published_by = RunState.PUBLISHED, now, by
    run.save(update_fields=["state", "published_at", "published_by"])
    make_pairs(
        by=by,
        proposals=proposals,
        run=run,
        cohort=run.cohort,
        initiator_side=initiator_side,
        first_meeting_by=first_meeting_by,
        shown_from=now + UNDO_FOR,
    )
    chosen = {"initiator_side": initiator_side, "first_meeting_by": first_meeting_by}
    Publication.objects.update_or_create(run=run, defaults=chosen)
    audit.record(by=by, did="published a run", on=run, scope=run.cohort_id)
    return run


@transaction.atomic
def try_publication(*, run: Run, proposal: Proposal, initiator_side: str, first_meeting_by: date, by) -> None:
    """Send oneself alone what the partners of this proposal would be told. Nothing is published."""
    facts = facts_of(proposal=proposal, cohort=run.cohort, side=initiator_side, first_meeting_by=first_meeting_by)
    ref = {"pair": proposal.pk}
    outbox.post_test(kind=PUBLISHED, to=by, ref=ref, facts=facts, scope=run.cohort_id, about=run.pk)
    audit.record(by=by, did="sent the message of a publication to oneself, as a test", on=run, scope=run.cohort_id)


@transaction.atomic
def make_pairs(*, proposals, run, cohort, initiator_side: str, first_meeting_by: date, shown_from, by) -> list[Pair]:
    """Pairs, memberships and messages of these proposals, in a fixed number of queries per 500."""
    today = timezone.localdate()
    pairs, memberships, letters = [], [], []
    for proposal in proposals:
        pair = Pair(
            cohort=cohort,
            run=run,
            started_on=today,
            shown_from=shown_from,
            initiator=initiator_of(proposal, initiator_side),
            first_meeting_by=first_meeting_by,
            reasons=proposal.reasons.get("positive", []),
            override=proposal.override,
        )
        pairs.append(pair)
        for person in proposal.people:
            memberships.append(Membership(cohort=cohort, pair=pair, participant=person, since=today))
            letters.append(
                outbox.Letter(
                    to=person.user,
                    key=f"{PUBLISHED}:{run.pk if run else 'hand'}:{pair.pk}:{person.pk}",
                    ref={"pair": str(pair.pk)},
                    reply_to=[other.user for other in proposal.people if other.pk != person.pk],
                )
            )
    Pair.objects.bulk_create(pairs)
    Membership.objects.bulk_create(memberships)
    outbox.post_all(kind=PUBLISHED, letters=letters, scope=cohort.pk, not_before=shown_from)
    audit.record(by=by, did=f"made {len(pairs)} pairs", on=pairs[0], scope=cohort.pk)
    return pairs


def _refuse_what_changed(run: Run, proposals: list[Proposal]) -> None:
    """People may have left, found a partner or been kept apart since the run was made."""
    people = [person for proposal in proposals for person in proposal.people]
    gone = sorted(person.name for person in people if person.state != State.ACCEPTED)
    if gone:
        raise RunIsOutOfDate(f"No longer taking part: {', '.join(gone)}. Find pairs again.")
    gathered = gather(run.cohort)
    free = {person.pk for person in gathered.people}
    taken = sorted(person.name for person in people if person.pk not in free)
    if taken:
        raise RunIsOutOfDate(f"Paired already: {', '.join(taken)}. Find pairs again.")
    weights = dict.fromkeys(matching.CRITERIA, 0)
    table = matching.prepare(gathered.problem(weights=weights, seed=run.seed, locks=False))
    for proposal in proposals:
        if _broken(table, proposal):
            # Without names: who keeps whom apart may be private, and the reader may be one of them.
            raise RunIsOutOfDate("A rule that holds now forbids one of these pairs. Find pairs again.")


def _broken(table, proposal: Proposal) -> bool:
    """Whether a rule forbids two of them that no reason was written against.

    A reason is about the first two. The third shares a partner with the one of the same side, and is of no other rule.
    """
    a, b, third = str(proposal.a_id), str(proposal.b_id), proposal.third
    if matching.forbidding(table, a, b) - ({*proposal.overridden} if proposal.override else set()):
        return True
    return third is not None and any(
        matching.forbidding(table, str(third.pk), other) - {matching.OPPOSITE_SIDES} for other in (a, b)
    )


@transaction.atomic
def undo_publication(*, run: Run, by) -> Run:
    """Within ten minutes: take back messages and pairs; the run is in review again. Raises TooLateToUndo."""
    take_turn(run.cohort)
    run = Run.objects.locked(run)
    if run.state != RunState.PUBLISHED:
        return run
    if timezone.now() >= run.published_at + UNDO_FOR:
        raise TooLateToUndo("Ten minutes have passed: the messages are on their way. End a pair that should not be.")
    try:
        outbox.cancel_keys(prefix=f"{PUBLISHED}:{run.pk}:", by=by)
    except outbox.TooLateToCancel as late:
        raise TooLateToUndo("A message has gone already. End a pair that should not be.") from late
    run.pairs.all().delete()
    run.state, run.published_at, run.published_by = RunState.REVIEW, None, None
    run.save(update_fields=["state", "published_at", "published_by"])
    audit.record(by=by, did="took a publication back", on=run, scope=run.cohort_id)
    return run
