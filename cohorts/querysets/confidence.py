"""Reads of what was said to the leads in confidence."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Q

from cohorts.querysets.leading import leads_in_part, led_whole_by


def waits():
    """Whether nobody has dealt with what was said. For an index too, and therefore without values."""
    return models.ExpressionWrapper(Q(answered_at=None), output_field=models.BooleanField())


class ConfidentialWordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and what one hears as a lead."""
        return self.filter(Q(author__user=user) | self._heard_by(user))

    def heard_by(self, user):
        """What the people of a lead said to their leads; nothing of a cohort in which she takes part herself."""
        return self.filter(self._heard_by(user))

    @staticmethod
    def _heard_by(user) -> Q:
        Participant = apps.get_model("cohorts", "Participant")
        own = Participant.objects.filter(user=user).order_by().values("cohort")
        heard = led_whole_by(user)
        if leads_in_part(user):
            heard |= Q(author__in=Participant.objects.led_in_part_by(user))
        return heard & ~Q(cohort__in=own)

    def waiting_for(self, viewer, cohorts) -> dict:
        """{cohort: how many words of others this lead may read and nobody has dealt with}. One query.

        By itself: as a column of the counts of people the database reckons it once for each person.
        """
        said = self.heard_by(viewer).filter(cohort__in=cohorts, answered_at=None)
        return dict(said.order_by().values_list("cohort").annotate(Count("pk")))

    def for_lines(self):
        """With what a list says of each: whose it is and when. Texts are heavy to carry."""
        return self.select_related("author").only("said_at", "answered_at", "author__name")

    def waiting_first(self):
        """Those that nobody has dealt with, then the newest, as the index of the list has them."""
        return self.order_by(waits().desc(), "-said_at", "pk")
