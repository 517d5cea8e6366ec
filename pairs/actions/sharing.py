"""A trio taken back: the third person waits again, and the pair is as it was."""

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from pairs.actions.revising import CannotChange, draft, standing
from pairs.discretion import NOT_HERS, may_decide_about
from pairs.models import Proposal, Run
from pairs.reasons import reasons_of
from pairs.workings import Workings


@transaction.atomic
def dissolve_trio(*, run: Run, proposal: Proposal, by) -> Proposal:
    """Take the third person out of a trio of a draft. Raises CannotChange."""
    take_turn(run.cohort)
    run = draft(run)
    if proposal.run_id != run.pk:
        raise CannotChange("Choose a trio of this run.")
    proposal = standing(run, proposal)
    if proposal.third_id is None:
        raise CannotChange("This pair is not a trio.")
    if not may_decide_about(by, run.cohort, *proposal.people):
        raise CannotChange(NOT_HERS)
    workings = Workings(run)
    two = (str(proposal.a_id), str(proposal.b_id))
    proposal.third = None
    proposal.score = workings.score(*two)
    proposal.reasons = reasons_of(workings.table, *two)
    proposal.by_hand = two not in {(pair.a, pair.b) for pair in workings.solution.pairings}
    proposal.save()
    audit.record(by=by, did="took somebody out of a trio", on=run, scope=run.cohort_id)
    return proposal
