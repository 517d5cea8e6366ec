"""Reads of the people who take part."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from cohorts.choices import ASKED_TO_SIGN_IN, Side, State
from cohorts.querysets.leading import leading_roles, leads_in_part, led_whole_by
from reminders.choices import MAY_HAVE_ARRIVED
from reminders.models import BadAddress, Nudge


def leaves_early(cohorts) -> Q:
    """Leaves before the weeks that partners must have in common are over."""
    early = Q(pk__in=[])
    for cohort in cohorts:
        early |= Q(cohort=cohort, leaves_on__lt=cohort.starts_on + timedelta(weeks=cohort.minimum_weeks))
    return early


def asked_in_vain() -> Q:
    """Asked twice to sign in for the first time, and has not."""
    asked = Nudge.objects.filter(kind=ASKED_TO_SIGN_IN, message__state__in=MAY_HAVE_ARRIVED)
    here = asked.filter(message__recipient=OuterRef("user"), message__scope=OuterRef("cohort"))
    # Who was ever asked is found at once; how often in this cohort is then looked up for those few.
    ever = Q(user__last_login=None) & Q(user__in=asked.order_by().values("message__recipient"))
    return ever & Q(Exists(here.order_by("pk")[1:2]))


def refuses_mail() -> Q:
    return Q(user__email__in=BadAddress.objects.values("address"))


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody in the cohorts one leads (an organisation's own lead: only its people), and oneself."""
        return self.filter(led_whole_by(user) | Q(user=user) | self._led_in_part(user))

    def led_in_part_by(self, user):
        """The people whom somebody leads as the lead of their organisation alone."""
        return self.filter(self._led_in_part(user)) if leads_in_part(user) else self.none()

    @staticmethod
    def _led_in_part(user):
        """Empty where nobody is: a condition that never holds would cost every page that begins here."""
        found = Q()
        for role in leading_roles(user):
            if role.organisation_id:
                place = Q(cohort=role.cohort_id) if role.cohort_id else Q(cohort__programme=role.programme_id)
                found |= place & Q(organisation=role.organisation_id)
        return found

    def own(self, user):
        """One's own rows: one for each cohort."""
        return self.filter(user=user)

    def taking_part(self):
        """Accepted people: those who can be paired."""
        return self.filter(state=State.ACCEPTED)

    def count_by_side_and_state(self):
        """{(side, label of state): number}, in the order of the states; one query."""
        rows = self.order_by().values_list("side", "state").annotate(number=Count("*"))
        found = {(side, state): number for side, state, number in rows}
        return {(side, state.label): found[side, state] for side in Side for state in State if (side, state) in found}

    def needing_a_lead(self, cohorts):
        """Per cohort its id, and how many people are applied, and of those accepted: without a known grade, leaving
        early, asked twice to sign in without doing so, at an address that refuses mail. One query.
        """
        accepted = Q(state=State.ACCEPTED)
        return (
            self.filter(cohort__in=cohorts)
            .order_by()
            .values_list("cohort")
            .annotate(
                waiting=Count("pk", filter=Q(state=State.APPLIED)),
                unknown=Count("pk", filter=accepted & Q(grade=None)),
                early=Count("pk", filter=accepted & leaves_early(cohorts)),
                silent=Count("pk", filter=accepted & asked_in_vain()),
                refusing=Count("pk", filter=accepted & refuses_mail()),
            )
        )

    def asked_for(self, cohort, *, q="", site="", directorate="", check="", **exact):
        """The participants of a cohort that a filter asks for; `exact` are side, state, organisation and grade."""
        found = self.filter(cohort=cohort, **exact)
        if q:
            found = found.filter(Q(name__icontains=q) | Q(user__email__icontains=q) | Q(role_title__icontains=q))
        if site:
            found = found.filter(sites__icontains=site)
        if directorate:
            found = found.filter(directorates__icontains=directorate)
        if check == "grade":
            found = found.filter(grade=None, state=State.ACCEPTED)
        if check == "leaves":
            found = found.filter(leaves_early([cohort]), state=State.ACCEPTED)
        if check == "sign_in":
            found = found.filter(asked_in_vain(), state=State.ACCEPTED)
        if check == "address":
            found = found.filter(refuses_mail(), state=State.ACCEPTED)
        return found

    def with_people(self):
        return self.select_related("user", "organisation", "grade", "staff_group", "cohort__programme")
