"""Solve, and keep the run with everything it depended on."""

import secrets
import uuid

from django.db import transaction

from accounts import audit
from cohorts.models import Cohort
from elements.refusals import Refusal
from pairs import matching
from pairs.gathering import gather
from pairs.models import Pairing, Proposal, Run
from pairs.reasons import notes_of, reasons_of

LARGEST = 2_500  # people on one side


class RunTooLarge(Refusal):
    """More people than one solve can take."""


@transaction.atomic
def find_pairs(*, cohort: Cohort, by, aim: str = "", weights: dict[str, int] | None = None, seed: str = "") -> Run:
    """Pair everybody who is accepted and has no partner, verify the result, and keep it as a draft.

    Nobody is told. Raises matching.MatchingError in words (a lock against a rule …) and RunTooLarge.
    """
    chosen = Pairing.objects.filter(cohort=cohort).first() or Pairing(cohort=cohort)
    weights, aim, seed = weights or chosen.weights, aim or chosen.aim, seed or secrets.token_hex(16)
    gathered = gather(cohort)
    if len(gathered.people) > 2 * LARGEST:
        raise RunTooLarge(f"A run takes up to {2 * LARGEST} people. Divide this cohort.")
    problem = gathered.problem(weights=weights, seed=seed)
    table = matching.prepare(problem)
    solution = matching.solve(table, aim)
    verified = matching.check(problem, solution)
    run = Run.objects.create(
        cohort=cohort,
        aim=aim,
        seed=seed,
        weights=weights,
        inputs=matching.to_json(problem),
        result=matching.to_json(solution),
        notes=notes_of(table, solution, verified),
        versions=dict(solution.versions),
        made_by=by,
    )
    Proposal.objects.bulk_create(
        Proposal(
            run=run,
            a_id=uuid.UUID(pairing.a),
            b_id=uuid.UUID(pairing.b),
            score=pairing.score,
            is_locked=pairing.locked,
            override=pairing.override,
            overridden=sorted(matching.forbidding(table, pairing.a, pairing.b)) if pairing.override else [],
            reasons=reasons_of(table, pairing.a, pairing.b),
        )
        for pairing in solution.pairings
    )
    audit.record(by=by, did="found pairs", on=run, scope=cohort.pk)
    return run
