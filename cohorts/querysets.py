"""Reads of the ground floor. `visible_to(user)` is the only way a view begins."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from cohorts.choices import ASKED_TO_SIGN_IN, HOSTS, NOT_GONE, RoleKind, Side, State
from reminders.choices import MAY_HAVE_ARRIVED
from reminders.models import BadAddress, Nudge


def _roles(user, **where):
    """The roles of a user that concern the cohort of the outer query."""
    from cohorts.models import Role  # the manager is made before its model

    return Role.objects.filter(user=user, **where)


def _leads(user) -> list:
    """The roles by which a user leads a cohort or a programme."""
    from cohorts.models import Role

    return [role for role in Role.objects.held_by(user) if role.kind == RoleKind.LEAD]


def _whole(roles) -> list:
    """Those of these roles that are not limited to one organisation."""
    return [role for role in roles if role.organisation_id is None]


def leads_in_part(user) -> bool:
    """Whether somebody leads people as the lead of one organisation alone."""
    return any(role.organisation_id for role in _leads(user))


def _places(roles) -> tuple[list, list]:
    """The ids of the cohorts and of the programmes that these roles are held in."""
    cohorts = [role.cohort_id for role in roles if role.cohort_id]
    return cohorts, [role.programme_id for role in roles if role.programme_id]


def _in_places(roles) -> Q:
    """Cohorts that these roles are held in. What nobody holds is not asked for: each condition costs every page."""
    cohorts, programmes = _places(roles)
    within = Q(pk__in=cohorts)
    return within | Q(programme__in=programmes) if programmes else within


def led_whole_by(user, cohort: str = "cohort") -> Q:
    """Whether the cohort of the row is led by the user, without limit to one organisation.

    The places are known from the roles that a request reads once: looking them up inside each statement costs more,
    to write and to answer, than the rest of most statements.
    """
    from cohorts.models import Cohort

    cohorts, programmes = _places(_whole(_leads(user)))
    within = Q(**{f"{cohort}__in": cohorts})
    if programmes:
        within |= Q(**{f"{cohort}__in": Cohort.objects.filter(programme__in=programmes).values("pk")})
    return within


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
        mine = _roles(user, kind=RoleKind.LEAD).filter(Q(cohort=cohort) | Q(programme=cohort.programme_id))
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
        from cohorts.models import Participant, Role

        part = Participant.objects.filter(user=user, state__in=NOT_GONE).order_by().values("cohort")
        return self.filter(_in_places(Role.objects.held_by(user)) | Q(pk__in=part))

    def led_by(self, user):
        """Cohorts that somebody leads, through the cohort or its programme."""
        return self.filter(_in_places(_leads(user)))


class LaunchQuerySet(models.QuerySet):
    def with_cohort(self):
        return self.select_related("cohort__programme")

    def between(self, first, last):
        """Launches that take place on these days or between them."""
        return self.filter(called_off=False, cohort__starts_on__range=(first, last))

    def in_calendar_of(self, user):
        """Those of cohorts in which somebody takes or took part, leads or facilitates; one query."""
        from cohorts.models import Participant

        mine = Participant.objects.filter(user=user, state__in=[State.ACCEPTED, State.COMPLETED])
        roles = _roles(user, kind__in=HOSTS)
        return self.filter(
            Q(cohort__in=mine.order_by().values("cohort"))
            | Q(cohort__in=roles.filter(programme=None).values("cohort"))
            | Q(cohort__programme__in=roles.filter(cohort=None).values("programme"))
        )


class LaunchChangeQuerySet(models.QuerySet):
    def standing(self, cohort):
        """Those of a cohort that nobody took back, the newest first."""
        return self.filter(cohort=cohort, undone_as=None).order_by("-sequence")


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
            from cohorts.models import Participant

            named = ("programme__name", "cohort__name", "cohort__programme")
            own = Participant.objects.filter(user=OuterRef("user")).exclude(state=State.DECLINED)
            mine = self.filter(user=user).select_related("programme", "cohort").annotate(takes_part=Exists(own))
            user.held_roles = list(mine.only("user_id", "kind", "organisation_id", *named))
        return user.held_roles

    def hosting(self, cohorts):
        """Leads and facilitators of these cohorts and of their programmes."""
        programmes = {cohort.programme_id for cohort in cohorts}
        return self.filter(Q(cohort__in=cohorts) | Q(programme__in=programmes), kind__in=HOSTS)


class TermQuerySet(models.QuerySet):
    def offered_to(self, cohort):
        """The active rows that this cohort may choose from: everybody's, its organisations' and its own."""
        return self.filter(
            Q(organisation=None) | Q(organisation__programmes=cohort.programme_id),
            Q(cohort=None) | Q(cohort=cohort),
            active=True,
        ).distinct()

    def in_list_of(self, cohort, name):
        """Every row of a list that concerns a cohort, switched off or not: its own first."""
        return self.filter(
            Q(organisation=None) | Q(organisation__programmes=cohort.programme_id),
            Q(cohort=None) | Q(cohort=cohort),
            list=name,
        ).order_by(models.F("cohort").desc(nulls_last=True), "sort_order", "label")

    def offered_or(self, cohort, kept):
        """What is offered, and the rows with these ids although they may be switched off: in the order of lists."""
        return self.filter(Q(pk__in=self.offered_to(cohort).values("pk")) | Q(pk__in=[pk for pk in kept if pk]))

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
        return self.filter(led_whole_by(user) | Q(user=user) | self._led_in_part(user))

    def led_in_part_by(self, user):
        """The people whom somebody leads as the lead of their organisation alone."""
        return self.filter(self._led_in_part(user)) if leads_in_part(user) else self.none()

    @staticmethod
    def _led_in_part(user):
        """Empty where nobody is: a condition that never holds would cost every page that begins here."""
        found = Q()
        for role in _leads(user):
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


class ConfidentialWordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and for leads those of their people, unless they take part in the cohort themselves."""
        from cohorts.models import Participant

        own = Participant.objects.filter(user=user).order_by().values("cohort")
        led = led_whole_by(user, "author__cohort") | Q(author__in=Participant.objects.led_in_part_by(user))
        return self.filter(Q(author__user=user) | (led & ~Q(author__cohort__in=own)))

    def waiting_for(self, viewer, cohorts) -> dict:
        """{cohort: how many words of others this lead may read and nobody has dealt with}. One query.

        By itself: as a column of the counts of people the database reckons it once for each person.
        """
        said = self.visible_to(viewer).exclude(author__user=viewer).filter(author__cohort__in=cohorts, answered_at=None)
        return dict(said.order_by().values_list("author__cohort").annotate(Count("pk")))

    def for_lines(self):
        """With what a list says of each: whose it is and when. Thousands are sorted, and texts are heavy to carry."""
        return self.select_related("author").only("said_at", "answered_at", "author__name")

    def waiting_first(self):
        return self.order_by(models.F("answered_at").desc(nulls_first=True), "-said_at", "pk")


class CircularQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cohorts one leads, without limit to an organisation."""
        return self.filter(led_whole_by(user))

    def locked(self, circular):
        """The row as it is now, held until the end of the transaction."""
        return self.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=circular.pk)


class SheetImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own uploads into the cohorts that one leads: a sheet is its reader's until it is confirmed."""
        from cohorts.models import Cohort

        return self.filter(by=user, cohort__in=Cohort.objects.led_by(user))

    def waiting_in(self, cohort):
        """Uploads that are neither saved nor dropped: one at most for each reader."""
        return self.filter(cohort=cohort, confirmed_at=None)
