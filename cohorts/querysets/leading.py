"""What somebody leads: the conditions that the reads of rows begin with."""

from django.apps import apps
from django.db.models import Q

from cohorts.choices import RoleKind


def leading_roles(user) -> list:
    """The roles by which a user leads a cohort or a programme."""
    Role = apps.get_model("cohorts", "Role")
    return [role for role in Role.objects.held_by(user) if role.kind == RoleKind.LEAD]


def _whole(roles) -> list:
    """Those of these roles that are not limited to one organisation."""
    return [role for role in roles if role.organisation_id is None]


def leads_in_part(user) -> bool:
    """Whether somebody leads people as the lead of one organisation alone."""
    return any(role.organisation_id for role in leading_roles(user))


def _places(roles) -> tuple[list, list]:
    """The ids of the cohorts and of the programmes that these roles are held in."""
    cohorts = [role.cohort_id for role in roles if role.cohort_id]
    return cohorts, [role.programme_id for role in roles if role.programme_id]


def in_places(roles) -> Q:
    """Cohorts that these roles are held in. What nobody holds is not asked for: each condition costs every page."""
    cohorts, programmes = _places(roles)
    within = Q(pk__in=cohorts)
    return within | Q(programme__in=programmes) if programmes else within


def led_whole_by(user, cohort: str = "cohort") -> Q:
    """Whether the cohort of the row is led by the user, without limit to one organisation.

    The places are known from the roles that a request reads once: looking them up inside each statement costs more,
    to write and to answer, than the rest of most statements.
    """
    Cohort = apps.get_model("cohorts", "Cohort")
    cohorts, programmes = _places(_whole(leading_roles(user)))
    within = Q(**{f"{cohort}__in": cohorts})
    if programmes:
        within |= Q(**{f"{cohort}__in": Cohort.objects.filter(programme__in=programmes).values("pk")})
    return within
