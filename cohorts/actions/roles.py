"""Writes about who is lead, facilitator, evaluator or sponsor."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import audit
from accounts.actions import make_known
from accounts.names import fold_email
from cohorts.actions.launches import invite_host, uninvite_host
from cohorts.actions.refusals import HoldsRoleAlready, NeedsALead
from cohorts.choices import RoleKind
from cohorts.models import Cohort, Programme, Role
from reminders import outbox


@transaction.atomic
def name_role(*, kind: str, email: str, name: str, by, programme=None, cohort=None, organisation=None) -> Role:
    """Give the person with this address a role in a programme or a cohort, and tell them.

    Somebody unknown is made known by it; nothing the caller sees tells whether they were. Raises HoldsRoleAlready.
    """
    person = make_known(email=email, name=name, by=by)
    try:
        with transaction.atomic():
            role = Role.objects.create(
                user=person, name=name, kind=kind, programme=programme, cohort=cohort, organisation=organisation
            )
    except IntegrityError as problem:
        raise HoldsRoleAlready(fold_email(email), RoleKind(kind).label) from problem
    scope = cohort.pk if cohort else None
    audit.record(by=by, did=f"named a {RoleKind(kind).label.lower()}", on=role, scope=scope)
    outbox.post(kind="cohorts.role_given", to=person, ref={"role": role.pk}, scope=scope, key=f"role-given:{role.pk}")
    invite_host(role=role, by=by)
    return role


@transaction.atomic
def end_role(*, role: Role, by) -> None:
    """Take a role away. Raises NeedsALead where a cohort would be left without one for all its people."""
    # Not held against keys: whoever names somebody holds the cohorts and, at commit, points at this programme.
    held = Programme.objects.select_for_update(no_key=True)
    programme = held.get(pk=role.programme_id or role.cohort.programme_id)
    if left := left_without_lead(role, programme=programme):
        raise NeedsALead(left)
    audit.record(by=by, did=f"ended the role of a {role.get_kind_display().lower()}", on=role, scope=role.cohort_id)
    role.delete()
    uninvite_host(role=role, by=by)


def left_without_lead(leaving: Role, *, programme: Programme) -> Cohort | None:
    """A cohort that nobody would lead for all its people without this role.

    Two leads who end each other's role at the same time wait for the programme's row.
    """
    if leaving.kind != RoleKind.LEAD or leaving.organisation_id is not None:
        return None
    others = Role.objects.filter(kind=RoleKind.LEAD, organisation=None).exclude(pk=leaving.pk)
    if others.filter(programme=programme).exists():
        return None
    concerned = Q(programme=programme) if leaving.programme_id else Q(pk=leaving.cohort_id)
    return Cohort.objects.filter(concerned).exclude(pk__in=others.filter(cohort__isnull=False).values("cohort")).first()
