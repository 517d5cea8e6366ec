"""Who gets which message when a run is published, and how long it can still be taken back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cohorts.models import Participant
from elements import clock
from pairs.actions.publishing import UNDO_FOR
from pairs.choices import RunState
from pairs.letters import example
from pairs.models import Proposal, Publication, Run
from reminders.wording import Words


@dataclass(frozen=True)
class Addressee:
    """One message: to whom, and to whom the answer goes."""

    to: Participant
    partners: list[Participant]


def first_choices(run: Run) -> dict:
    """Who begins and by when, before anybody chooses: as when the run was published last, else a fortnight on."""
    today = timezone.localdate()
    chosen = {"initiator_side": "a", "first_meeting_by": max(run.cohort.starts_on, today) + timedelta(14)}
    last = Publication.objects.filter(run=run).first()
    if last is None:
        return chosen
    chosen["initiator_side"] = last.initiator_side
    if last.first_meeting_by >= today:
        chosen["first_meeting_by"] = last.first_meeting_by
    return chosen


def addressees(proposals: list[Proposal]) -> list[Addressee]:
    """Every message of a publication."""
    return [
        Addressee(person, [other for other in proposal.people if other.pk != person.pk])
        for proposal in proposals
        for person in proposal.people
    ]


def example_of(run: Run, proposals: list[Proposal], *, initiator_side: str, first_meeting_by: date) -> Words | None:
    """One of the messages as it will read with these choices."""
    if not proposals:
        return None
    return example(cohort=run.cohort, proposal=proposals[0], side=initiator_side, first_meeting_by=first_meeting_by)


def publication(run: Run) -> dict:
    """Whether the run is published, until when it can be taken back, and how many pairs it made."""
    until = run.published_at + UNDO_FOR if run.published_at else None
    return {
        "is_published": run.state == RunState.PUBLISHED,
        "until": until,
        "leaving_at": clock.in_figures(until),
        "can_undo": bool(until and timezone.now() < until),
        "pair_count": run.pairs.count(),
    }
