"""Reads of workshops and of what belongs to them. `visible_to(user)` is the only way a view begins."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from bookings.choices import SessionState
from bookings.models import Attendee
from bookings.querysets import looked_after_by
from cohorts.choices import State
from cohorts.models import Participant
from cohorts.querysets import led_whole_by

TAKES_PART = (State.ACCEPTED, State.COMPLETED)


def in_cohorts_of(user) -> Q:
    """Rows of cohorts that somebody leads or facilitates, or in which she takes part or did to the end."""
    own = Participant.objects.filter(user=user, state__in=TAKES_PART).order_by().values("cohort")
    return looked_after_by(user) | Q(cohort__in=own)


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts that one leads, facilitates or takes part in: who hosts a date does one of the first."""
        return self.filter(in_cohorts_of(user))

    def with_cohort(self):
        return self.select_related("cohort__programme")


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the workshops that one may see."""
        workshops = apps.get_model("workshops", "Workshop").objects.visible_to(user)
        return self.filter(workshop__in=workshops.order_by().values("pk"))

    def without_content(self):
        """Pages tell what there is, and never carry a file."""
        return self.defer("content")


class NeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own: nobody reads another's."""
        return self.filter(participant__user=user)


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts that one leads, facilitates or takes part in."""
        return self.filter(in_cohorts_of(user))

    def asked_for_by(self, user):
        """Those at which somebody has, waits for, or had a place."""
        mine = Attendee.objects.filter(participant__user=user, session=OuterRef("session"))
        return self.filter(Exists(mine))

    def with_session(self):
        return self.select_related("session__cohort__programme", "workshop__cohort__programme")

    def standing(self):
        """Not called off."""
        return self.exclude(session__state=SessionState.CALLED_OFF)

    def with_gaps(self):
        """`has_gap`: somebody has a place, and the register does not say yet whether she came."""
        return self.annotate(has_gap=_has_gap())

    def untaken(self):
        """Those of which the register has a gap, whatever anybody has said of the session. None without a place has."""
        return self.filter(_has_gap())

    def locked(self, meeting):
        """The row as it is now, held until the end of the transaction; None if it is gone."""
        return self.select_for_update(of=("self",)).select_related("session", "workshop").filter(pk=meeting.pk).first()


def _has_gap() -> Exists:
    """The same for list, task and letter: of somebody who has a place nothing is said."""
    return Exists(Attendee.objects.booked().filter(session=OuterRef("session"), attendance="").order_by())


class CatchUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(participant__user=user)


class AskedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own: whether one may answer still."""
        return self.filter(participant__user=user)


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """None: answers are read through what may be shown of them (`workshops.thought`)."""
        return self.none()

    def shown(self):
        """Those that were let out, five and more at once."""
        return self.filter(is_shown=True)


class TimeGivenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts that one leads, without limit to an organisation."""
        return self.filter(led_whole_by(user))
