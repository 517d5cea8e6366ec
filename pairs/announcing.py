"""Who gets which message when a run is published, and how long it can still be taken back."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from cohorts.models import Participant
from pairs.actions.publishing import UNDO_FOR
from pairs.choices import RunState
from pairs.letters import example, initiator_of
from pairs.models import Proposal, Run


@dataclass(frozen=True)
class Addressee:
    """One message: to whom, and to whom the answer goes."""

    to: Participant
    partners: list[Participant]


def announcement(run: Run, proposals: list[Proposal]) -> dict:
    """Every message of a run's publication, and one of them as it will read."""
    letters = [
        Addressee(person, [other for other in proposal.people if other.pk != person.pk])
        for proposal in proposals
        for person in proposal.people
    ]
    shown = None
    if proposals:
        day = max(run.cohort.starts_on, timezone.localdate()) + timedelta(14)
        first = proposals[0]
        shown = example(cohort=run.cohort, proposal=first, initiator=initiator_of(first, "a"), first_meeting_by=day)
    return {"letters": letters, "example": shown, "pair_count": len(proposals)}


def publication(run: Run) -> dict:
    """Whether the run is published, until when it can be taken back, and how many pairs it made."""
    until = run.published_at + UNDO_FOR if run.published_at else None
    return {
        "is_published": run.state == RunState.PUBLISHED,
        "until": until,
        "can_undo": bool(until and timezone.now() < until),
        "pair_count": run.pairs.count(),
    }
