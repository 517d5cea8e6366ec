"""A project begins, is written down, gets a partner, and loses its critical friend when a pair ends."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import audit
from cohorts.models import Participant
from elements import once
from pairs.actions.living import PairHasEnded, live, own
from pairs.models import Membership, Pair
from projects.actions.in_hand import NotYours, going_on, held, noted
from projects.actions.rereading import refuse_unread
from projects.choices import Part, Shape
from projects.models import Involvement, Project
from reminders import outbox

WORDS = frozenset(
    {"title", "problem", "stakeholders", "patients_voice", "registration", "registration_url"}
)  # what `edit_project` takes
INVOLVED = "projects.involved"
AIM = frozenset({"aim", "aim_amount", "aim_for", "aim_by"})


@transaction.atomic
def begin_project(
    *, pair: Pair, title: str, shape: str, by, now: datetime, on: date, problem: str = "", mark: UUID | None = None
) -> Project:
    """An idea becomes a project: of the partners together, or one's own with the partners as critical friends.

    The same page sent twice begins one. Raises PairHasEnded, IsNoPartner.
    """
    pair = own(pair, by=by, now=now)
    key = once.key(mark, str(by.pk), title, shape, problem)
    if key and (there := Project.objects.filter(pair=pair, once=key).first()):
        return there
    project = Project.objects.create(
        cohort_id=pair.cohort_id,
        pair=pair,
        shape=Shape(shape),
        title=title,
        problem=problem,
        begun_on=on,
        changed_at=now,
        once=key,
    )
    for each in pair.memberships.live().select_related("participant"):
        is_owner = shape == Shape.JOINT or each.participant.user_id == by.pk
        _involve(project, each.participant, Part.OWNER if is_owner else Part.FRIEND, on)
    audit.record(by=by, did="began a project", on=project, scope=project.cohort_id)
    return project


@transaction.atomic
def edit_project(*, project: Project, by, now: datetime, seen: UUID | None = None, **words: Any) -> Project:
    """What the project is, in the words of its owners. Raises IsGone, NotYours, ChangedMeanwhile."""
    project, _ = held(project, by=by)
    refuse_unread(project, words, seen)
    return _written(project, WORDS, words, by=by, now=now, did="wrote about a project")


@transaction.atomic
def set_aim(*, project: Project, by, now: datetime, seen: UUID | None = None, **aim: Any) -> Project:
    """How much of what, for whom, by when; of a project that has ended it stays as it was.

    Raises IsGone, NotYours, ProjectHasEnded, ChangedMeanwhile.
    """
    project, _ = held(project, by=by)
    going_on(project)
    refuse_unread(project, aim, seen)
    return _written(project, AIM, aim, by=by, now=now, did="set the aim of a project")


@transaction.atomic
def involve_partner(*, project: Project, partner: Participant, part: str, by, now: datetime, on: date) -> Project:
    """An owner with a new partner makes that person co-owner or critical friend, who is told. Raises IsGone, NotYours.

    Their pair is held first, so that whoever ends it meanwhile finds this friendship, or it is refused.
    """
    together = _held_pair(partner, by=by)
    project, owner = held(project, by=by)
    if not {owner.pk, partner.pk} <= together:
        raise NotYours("Choose a partner of your present pair.")
    if partner.pk not in {each.participant_id for each in project.everybody}:
        involvement = _involve(project, partner, Part(part), on)
        noted(project, by=by, now=now, did="brought a partner into a project")
        outbox.post(
            kind=INVOLVED,
            to=partner.user,
            key=f"{INVOLVED}:{involvement.pk}",
            ref={"project": project.pk, "involvement": involvement.pk, "owner": owner.pk},
            scope=project.cohort_id,
            reply_to=[by],
        )
    return project


def _held_pair(partner: Participant, *, by) -> set:
    """Who is in the pair of these two, which is held until the end of the transaction; nobody without one."""
    pair = Pair.objects.of(by).filter(memberships__participant=partner, memberships__until=None).first()
    try:
        return set(live(pair).memberships.live().values_list("participant", flat=True)) if pair else set()
    except PairHasEnded:
        return set()


@transaction.atomic
def let_projects_go(*, pair: Pair | None = None, participant: Participant | None = None, by, on: date) -> None:
    """A pair ends, or somebody leaves: who is no partner of an owner any more is a critical friend no longer.

    Owners keep what is theirs, so that no project is left without its people.
    """
    leaver = participant.pk if participant else None
    if participant:
        _hold_pairs(participant)
    if pair:
        concerned = Q(participant__in=pair.memberships.values("participant"))
    else:
        left = Involvement.objects.filter(part=Part.OWNER, until=None, participant=leaver)
        concerned = Q(participant=leaver) | Q(project__in=left.values("project"))
    friends = Involvement.objects.filter(concerned, part=Part.FRIEND, until=None)
    for each in friends.select_related("project").order_by("pk"):
        if each.participant_id == leaver or not _is_partner_of_owner(each, but_of=leaver):
            Involvement.objects.filter(pk=each.pk).update(until=max(on, each.since))
            audit.record(by=by, did="ended a critical friendship", on=each.project, scope=each.cohort_id)


def _hold_pairs(participant: Participant) -> None:
    """Whoever brings this person into a project, or begins one with her, has done so before, or comes too late."""
    present = Membership.objects.live().filter(participant=participant).values("pair")
    list(Pair.objects.select_for_update(of=("self",)).filter(pk__in=present).order_by("pk").values_list("pk"))


def _is_partner_of_owner(friend: Involvement, *, but_of) -> bool:
    """Whether an owner, other than somebody who is just leaving, belongs to a live pair of this person's."""
    owners = friend.project.involved.filter(part=Part.OWNER, until=None).exclude(participant=but_of)
    present = Membership.objects.live().filter(participant=friend.participant_id).values("pair")
    return Membership.objects.live().filter(pair__in=present, participant__in=owners.values("participant")).exists()


def _involve(project: Project, participant: Participant, part: Part, on: date) -> Involvement:
    return Involvement.objects.create(
        project=project, cohort_id=project.cohort_id, participant=participant, part=part, since=on
    )


def _written(project: Project, columns: frozenset[str], words: dict, *, by, now: datetime, did: str) -> Project:
    if unknown := words.keys() - columns:
        raise TypeError(f"not of this page: {sorted(unknown)}")
    for name, value in words.items():
        setattr(project, name, value)
    project.save(update_fields=[*words])
    noted(project, by=by, now=now, did=did)
    return project
