"""The lead's hand on a draft: swaps, trios, the reserve list, review, discard."""

from django.db import transaction

from accounts import audit
from cohorts import actions as cohort_actions
from cohorts.actions.turns import take_turn
from cohorts.choices import State
from cohorts.models import Participant
from elements.refusals import Refusal
from pairs import matching
from pairs.choices import TRANSITIONS, RunState
from pairs.discretion import NOT_HERS, may_decide_about
from pairs.models import Membership, Proposal, Run
from pairs.reasons import reasons_of
from pairs.standing import gone_of
from pairs.workings import Workings

CHANGED = "These pairs have changed since you looked. Read them again."


class CannotChange(Refusal):
    """The run is not in a state, or the people not in a position, in which this is possible."""


def _move(run: Run, target: RunState) -> Run:
    run = Run.objects.locked(run)
    by_undo_only = run.state == RunState.PUBLISHED
    if by_undo_only or (target != run.state and target not in TRANSITIONS[RunState(run.state)]):
        raise CannotChange(f"This run is {run.get_state_display().lower()}.")
    run.state = target
    run.save(update_fields=["state"])
    return run


def draft(run: Run) -> Run:
    """The run under its lock. Raises CannotChange unless it is a draft."""
    run = Run.objects.locked(run)
    if run.state != RunState.DRAFT:
        raise CannotChange(f"This run is {run.get_state_display().lower()}: only a draft can be changed.")
    return run


def standing(run: Run, proposal: Proposal) -> Proposal:
    """The proposal as it stands now, under the run's lock: somebody else may have changed it since it was shown."""
    found = run.proposals.with_people().filter(pk=proposal.pk).first()
    if found is None:
        raise CannotChange(CHANGED)
    return found


@transaction.atomic
def swap_two(*, run: Run, first: Proposal, second: Proposal, by, override: str = "") -> Run:
    """Exchange the partners of two proposals. A rule that this breaks needs a written reason."""
    take_turn(run.cohort)
    run = draft(run)
    if first.pk == second.pk or first.run_id != run.pk or second.run_id != run.pk:
        raise CannotChange("Choose two different pairs of this run.")
    first, second = standing(run, first), standing(run, second)
    if first.third_id or second.third_id:
        raise CannotChange("A trio cannot be swapped. Take the third person out first.")
    if not may_decide_about(by, run.cohort, *first.people, *second.people):
        raise CannotChange(NOT_HERS)
    workings = Workings(run)
    new = [(str(first.a_id), str(second.b_id)), (str(second.a_id), str(first.b_id))]
    rules = [words for pair in new for words in matching.refusal(workings.table, *pair)]
    if rules and not override.strip():
        raise CannotChange(f"{'; '.join(rules)}. Write down why these two pairs are made all the same.")
    first_b, second_b = first.b, second.b
    run.proposals.filter(pk__in=[first.pk, second.pk]).delete()
    for a, b in ((first.a, second_b), (second.a, first_b)):
        forbidden = matching.forbidding(workings.table, str(a.pk), str(b.pk))
        Proposal.objects.create(
            run=run,
            a=a,
            b=b,
            score=workings.score(str(a.pk), str(b.pk)),
            by_hand=True,
            override=override.strip() if forbidden else "",
            overridden=sorted(forbidden),
            reasons=reasons_of(workings.table, str(a.pk), str(b.pk)),
        )
    audit.record(by=by, did="swapped two proposed pairs", on=run, scope=run.cohort_id)
    return run


@transaction.atomic
def confirm_trio(*, run: Run, newcomer: Participant, proposal: Proposal, by) -> Proposal:
    """Let somebody left over share a pair. No rule but *opposite sides* may be broken between any two of the three."""
    take_turn(run.cohort)
    run = draft(run)
    if proposal.run_id != run.pk:
        raise CannotChange("Choose a pair of this run that is not a trio yet.")
    proposal = standing(run, proposal)
    if proposal.third_id:
        raise CannotChange("Choose a pair of this run that is not a trio yet.")
    if not may_decide_about(by, run.cohort, newcomer, *proposal.people):
        raise CannotChange(NOT_HERS)
    placed = {person.pk for other in run.proposals.with_people() for person in other.people}
    if newcomer.pk in placed or str(newcomer.pk) not in run.notes["people"]:
        raise CannotChange(f"{newcomer.name} is not waiting in this run.")
    _refuse_gone((newcomer, *proposal.people))
    workings = Workings(run)
    _refuse_rules(workings, newcomer, proposal)
    partner = proposal.b if newcomer.side == proposal.a.side else proposal.a
    second = reasons_of(workings.table, str(newcomer.pk), str(partner.pk))
    proposal.third = newcomer
    proposal.by_hand = True
    proposal.score = min(proposal.score, workings.score(str(newcomer.pk), str(partner.pk)))
    proposal.reasons = {
        **proposal.reasons,
        "sentence": f"{proposal.reasons['sentence']} {second['sentence']}",
        "positive": list(dict.fromkeys([*proposal.reasons["positive"], *second["positive"]])),
    }
    proposal.save()
    audit.record(by=by, did="made a trio", on=run, scope=run.cohort_id)
    return proposal


def _refuse_gone(people) -> None:
    """Nobody is proposed who left, or found a partner, after the run was made."""
    if found := gone_of(people):
        raise CannotChange(f"{'; '.join(found)}. Find pairs again, or accept them again.")


def _refuse_rules(workings: Workings, newcomer: Participant, proposal: Proposal) -> None:
    for person in proposal.people:
        rules = matching.refusal(workings.table, str(newcomer.pk), str(person.pk))
        same_side = newcomer.side == person.side
        # Between two of one side the first rule is that they are of one side: a trio may break that one alone.
        if rules[1:] if same_side else rules:
            raise CannotChange(f"{'; '.join(rules[1:] if same_side else rules)}.")


@transaction.atomic
def put_on_reserve(*, run: Run, participant: Participant, by) -> Participant:
    """Somebody left over waits on the reserve list, which the next cohort sees first."""
    take_turn(run.cohort)
    run = Run.objects.without_workings().locked(run)
    if run.state == RunState.DISCARDED:
        raise CannotChange("This run is discarded: who is left over in it says nothing any more.")
    placed = {person.pk for proposal in run.proposals.with_people() for person in proposal.people}
    if participant.pk in placed:
        raise CannotChange(f"{participant.name} has a partner in this run.")
    if Membership.objects.live().filter(participant=participant).exists():
        raise CannotChange(f"{participant.name} has a partner by now.")
    try:
        return cohort_actions.change_state(participant=participant, to=State.RESERVE, by=by)
    except cohort_actions.CannotMove as refusal:
        raise CannotChange(str(refusal)) from refusal


@transaction.atomic
def review_run(*, run: Run, by) -> Run:
    """The draft is finished: it rests until it is published or opened again."""
    run = _move(run, RunState.REVIEW)
    _refuse_gone(person for proposal in run.proposals.with_people() for person in proposal.people)
    audit.record(by=by, did="put a run up for review", on=run, scope=run.cohort_id)
    return run


@transaction.atomic
def reopen_run(*, run: Run, by) -> Run:
    """Change the proposals after all."""
    run = _move(run, RunState.DRAFT)
    audit.record(by=by, did="opened a run again", on=run, scope=run.cohort_id)
    return run


@transaction.atomic
def discard_run(*, run: Run, by) -> Run:
    """Put a run aside; it stays readable."""
    run = _move(run, RunState.DISCARDED)
    audit.record(by=by, did="discarded a run", on=run, scope=run.cohort_id)
    return run
