"""Reads of visits."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from elements.clock import LONDON
from shadowing.choices import TOOK_PLACE


def belonged(user):
    """Whether somebody belongs to the pair of the visit, or did on its day (`own_day`). For a query of visits."""
    members = apps.get_model("pairs", "Membership").objects.filter(
        pair=OuterRef("pair"), told=True, participant__user=user
    )
    return Exists(members.filter(Q(until=None) | Q(until__gte=OuterRef("own_day"))))


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those in which one is visitor or host; leads read counts and dates, and no visit.

        Who has left the pair keeps the visits until that day, and loses what is dated after it or has no date.
        """
        own = self.alias(own_day=TruncDate("starts_at", tzinfo=LONDON)).filter(
            Q(visitor__user=user) | Q(host__user=user)
        )
        return own.filter(belonged(user))

    def with_people(self):
        return self.select_related(
            "pair", "cohort__programme", "visitor__user", "visitor__organisation", "host__user", "host__organisation"
        ).select_related("setting", "proposed_by")

    def took_place(self):
        return self.filter(state__in=sorted(TOOK_PLACE))

    def between_partners(self):
        """Those whose two people belong to the pair now, which goes on."""
        members = apps.get_model("pairs", "Membership").objects.filter(pair=OuterRef("pair"), until=None)
        here = [Exists(members.filter(participant=OuterRef(part))) for part in ("visitor", "host")]
        return self.filter(*here, pair__ended_on=None)

    def locked(self, visit):
        """The row as it is now, held until the end of the transaction."""
        return self.with_people().select_for_update(of=("self",)).get(pk=visit.pk)
