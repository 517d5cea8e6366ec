"""What is agreed on in a surgery, written down by whoever hosts it.

Who may write for a project that she does not own, its room above asks: a host, of a booking made with this project.
Whoever it is for has to belong to it all the same.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from pairs.actions.living import live
from pairs.models import Pair
from projects.actions.agreed import OwnerIsNoPartner
from projects.actions.in_hand import NotYours, going_on, noted
from projects.actions.milestones import MOST, OwnerIsNotOfProject, TooMany
from projects.actions.support import asked
from projects.choices import Part
from projects.models import Action, Milestone, Project, SupportRequest

MOST_EVIDENCE = 2000  # characters, as the page of a milestone takes them


class EvidenceIsFull(Refusal):
    """Its owners could not save what stands there without cutting it down."""

    unsaid = "So much stands there already that no more fits. Shorten it on the page of the milestone first."


@transaction.atomic
def note_action(
    *,
    owner: Participant,
    words: str,
    said_on: date,
    said_in: UUID,
    by,
    now: datetime,
    project: Project | None = None,
    pair: Pair | None = None,
    due_on: date | None = None,
) -> Action:
    """Somebody is going to do something for the project or, without one, for the pair; the same line twice is one.

    Raises IsGone, ProjectHasEnded, OwnerIsNotOfProject, TooMany; PairHasEnded, OwnerIsNoPartner.
    """
    step = {"owner": owner, "words": words, "due_on": due_on, "said_in": said_in}
    if project is None:
        pair = live(pair)
        if owner.pk not in set(pair.memberships.live().values_list("participant", flat=True)):
            raise OwnerIsNoPartner("Choose one of the two.")
        if there := Action.objects.filter(pair=pair, **step).first():
            return there
        action = Action.objects.create(cohort_id=pair.cohort_id, pair=pair, said_on=said_on, **step)
        audit.record(by=by, did="noted an action in a surgery", on=action, scope=action.cohort_id)
        return action
    project = going_on(_locked(project))
    if owner.pk not in {each.participant_id for each in project.everybody}:
        raise OwnerIsNotOfProject
    if there := project.actions.filter(**step).first():
        return there
    if project.actions.filter(done_on=None).count() >= MOST:
        raise TooMany
    action = Action.objects.create(cohort_id=project.cohort_id, project=project, said_on=said_on, **step)
    noted(project, by=by, now=now, did="noted a next step in a surgery", on=action)
    return action


@transaction.atomic
def note_evidence(*, milestone: Milestone, words: str, by, now: datetime) -> Milestone:
    """How a milestone can be seen, in a line below what stands there; the same line is not added again.

    Whether it is reached its owners say. Raises IsGone, ProjectHasEnded, EvidenceIsFull.
    """
    project = going_on(_locked(milestone.project))
    found = Milestone.objects.select_for_update(of=("self",)).filter(pk=milestone.pk).first()
    if found is None:
        raise IsGone
    if words not in found.evidence.splitlines():
        evidence = f"{found.evidence}\n{words}".strip()
        if len(evidence) > MOST_EVIDENCE:
            raise EvidenceIsFull
        found.evidence = evidence
        found.save(update_fields=["evidence"])
        noted(project, by=by, now=now, did="noted evidence in a surgery", on=found)
    return found


@transaction.atomic
def note_support(
    *, project: Project, kind: str, words: str, owner: Participant, by, now: datetime, mark: UUID | None = None
) -> SupportRequest:
    """A request to the leads in the name of an owner, who reads it on the page of the project.

    Raises IsGone, NotYours, ProjectHasEnded.
    """
    project = going_on(_locked(project))
    mine = {each.participant_id: each.participant for each in project.everybody if each.part == Part.OWNER}
    if owner.pk not in mine:
        raise NotYours("Choose one of the owners of this project.")
    return asked(project, mine[owner.pk], kind=kind, words=words, by=by, now=now, mark=mark)


def _locked(project: Project) -> Project:
    found = Project.objects.locked(project)
    if found is None:
        raise IsGone
    return found
