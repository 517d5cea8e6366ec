"""Reads of organisations, programmes, cohorts and who holds which role there."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cohorts.choices import HOSTS, NOT_GONE, RoleKind, State
from cohorts.querysets.leading import in_places, leading_roles


def roles_here(user, **where):
    """The roles of a user that concern the cohort of the outer query."""
    Role = apps.get_model("cohorts", "Role")
    return Role.objects.filter(user=user, **where)


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see all; leads and participants those of their programmes."""
        if user.is_administrator:
            return self
        return self.filter(
            Q(programmes__roles__user=user)
            | Q(programmes__cohorts__roles__user=user)
            | Q(programmes__cohorts__participants__user=user)
        ).distinct()

    def led_in(self, cohort, user):
        """The organisations of a cohort whose people a lead may change: all, or the one she is limited to."""
        mine = roles_here(user, kind=RoleKind.LEAD).filter(Q(cohort=cohort) | Q(programme=cohort.programme_id))
        everywhere = Exists(mine.filter(organisation=None))
        return self.filter(
            everywhere | Exists(mine.filter(organisation=OuterRef("pk"))), programmes=cohort.programme_id
        ).distinct()


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see all programmes (never their people); leads their own."""
        if user.is_administrator:
            return self
        lead = RoleKind.LEAD
        return self.filter(
            Q(roles__user=user, roles__kind=lead) | Q(cohorts__roles__user=user, cohorts__roles__kind=lead)
        ).distinct()


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cohorts in which somebody has any part: a role of the cohort or its programme, or taking part."""
        Participant = apps.get_model("cohorts", "Participant")
        Role = apps.get_model("cohorts", "Role")
        part = Participant.objects.filter(user=user, state__in=NOT_GONE).order_by().values("cohort")
        return self.filter(in_places(Role.objects.held_by(user)) | Q(pk__in=part))

    def led_by(self, user):
        """Cohorts that somebody leads, through the cohort or its programme."""
        return self.filter(in_places(leading_roles(user)))


class RoleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see who holds which role; leads see the roles of what they lead."""
        if user.is_administrator:
            return self
        mine = RoleKind.LEAD
        return self.filter(
            Q(programme__roles__user=user, programme__roles__kind=mine)
            | Q(cohort__roles__user=user, cohort__roles__kind=mine)
            | Q(cohort__programme__roles__user=user, cohort__programme__roles__kind=mine)
        ).distinct()

    def reaching(self, cohort):
        """The roles of a cohort and of its programme, leads first."""
        return (
            self.filter(Q(cohort=cohort) | Q(programme=cohort.programme_id))
            .select_related("user", "organisation", "programme")
            .order_by("programme", "kind", "name", "pk")
        )

    def held_by(self, user) -> list:
        """A person's roles, asked once per request: the user object lives as long as the request.

        Each says as well whether that person takes part somewhere, which the foot of every page needs to know.
        """
        if not user.is_authenticated:
            return []
        if not hasattr(user, "held_roles"):  # never through __dict__: a request's user is wrapped, and has two
            Participant = apps.get_model("cohorts", "Participant")
            named = ("programme__name", "cohort__name", "cohort__programme")
            own = Participant.objects.filter(user=OuterRef("user")).exclude(state=State.DECLINED)
            mine = self.filter(user=user).select_related("programme", "cohort").annotate(takes_part=Exists(own))
            user.held_roles = list(mine.only("user_id", "kind", "organisation_id", *named))
        return user.held_roles

    def hosting(self, cohorts):
        """Leads and facilitators of these cohorts and of their programmes."""
        programmes = {cohort.programme_id for cohort in cohorts}
        return self.filter(Q(cohort__in=cohorts) | Q(programme__in=programmes), kind__in=HOSTS)
