"""Reads of launches and of messages to many."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from cohorts.choices import HOSTS, State
from cohorts.querysets.leading import led_whole_by
from cohorts.querysets.places import roles_here


class LaunchQuerySet(models.QuerySet):
    def with_cohort(self):
        return self.select_related("cohort__programme")

    def between(self, first, last):
        """Launches that take place on these days or between them."""
        return self.filter(called_off=False, cohort__starts_on__range=(first, last))

    def in_calendar_of(self, user):
        """Those of cohorts in which somebody takes or took part, leads or facilitates; one query."""
        Participant = apps.get_model("cohorts", "Participant")
        mine = Participant.objects.filter(user=user, state__in=[State.ACCEPTED, State.COMPLETED])
        roles = roles_here(user, kind__in=HOSTS)
        return self.filter(
            Q(cohort__in=mine.order_by().values("cohort"))
            | Q(cohort__in=roles.filter(programme=None).values("cohort"))
            | Q(cohort__programme__in=roles.filter(cohort=None).values("programme"))
        )


class LaunchChangeQuerySet(models.QuerySet):
    def standing(self, cohort):
        """Those of a cohort that nobody took back, the newest first."""
        return self.filter(cohort=cohort, undone_as=None).order_by("-sequence")


class CircularQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts one leads, without limit to an organisation."""
        return self.filter(led_whole_by(user))

    def locked(self, circular):
        """The row as it is now, held until the end of the transaction."""
        return self.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=circular.pk)
