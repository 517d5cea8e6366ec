"""Reads of the ground floor. `visible_to(user)` is the only way a view begins."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cohorts.choices import RoleKind, State


def _roles(user, **where):
    """The roles of a user that concern the cohort of the outer query."""
    from cohorts.models import Role  # the manager is made before its model

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
        from cohorts.models import Participant

        return self.filter(
            Exists(_roles(user, cohort=OuterRef("pk")))
            | Exists(_roles(user, programme=OuterRef("programme")))
            | Exists(
                Participant.objects.filter(user=user, cohort=OuterRef("pk")).exclude(
                    state__in=[State.DECLINED, State.WITHDRAWN]
                )
            )
        )

    def led_by(self, user):
        """Cohorts that somebody leads, through the cohort or its programme."""
        return self.filter(
            Exists(_roles(user, kind=RoleKind.LEAD, cohort=OuterRef("pk")))
            | Exists(_roles(user, kind=RoleKind.LEAD, programme=OuterRef("programme")))
        )


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

    def of(self, user):
        return self.filter(user=user).select_related("programme", "cohort__programme", "organisation")


class TermQuerySet(models.QuerySet):
    def offered_to(self, cohort):
        """The active rows that this cohort may choose from: everybody's, its organisations' and its own."""
        return self.filter(
            Q(organisation=None) | Q(organisation__programmes=cohort.programme_id),
            Q(cohort=None) | Q(cohort=cohort),
            active=True,
        ).distinct()

    def visible_to(self, user):
        """Common rows, and those of organisations and cohorts that the user has a part in."""
        from cohorts.models import Cohort, Organisation

        return self.filter(
            Q(organisation=None) | Q(organisation__in=Organisation.objects.visible_to(user)),
            Q(cohort=None) | Q(cohort__in=Cohort.objects.visible_to(user)),
        )


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody in the cohorts one leads (an organisation's own lead: only its people), and oneself."""
        lead = {"user": user, "kind": RoleKind.LEAD}
        everywhere = Q(organisation=None) | Q(organisation=OuterRef("organisation"))
        return self.filter(
            Q(user=user)
            | Exists(_roles(cohort=OuterRef("cohort"), **lead).filter(everywhere))
            | Exists(_roles(programme=OuterRef("cohort__programme"), **lead).filter(everywhere))
        )

    def own(self, user):
        """One's own rows: one for each cohort."""
        return self.filter(user=user)

    def taking_part(self):
        """Accepted people: those who can be paired."""
        return self.filter(state=State.ACCEPTED)

    def with_people(self):
        return self.select_related("user", "organisation", "grade", "cohort__programme")


class SheetImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Uploads into the cohorts that somebody leads."""
        from cohorts.models import Cohort

        return self.filter(cohort__in=Cohort.objects.led_by(user))
