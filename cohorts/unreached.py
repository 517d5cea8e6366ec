"""People with a role in a cohort whose address refuses mail, and what its other leads are told about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from cohorts.contacts import leads_to_tell
from cohorts.models import Cohort, Role
from elements import clock
from elements.contract import Kind, Placeholder
from reminders.models import BadAddress

REFUSED = "cohorts.role_refused"


@dataclass(frozen=True)
class Holder:
    """Somebody with a role that reaches a cohort, as `leads_to_tell` asks about people.

    Of no organisation: the page of the roles is that of the leads without a limit.
    """

    role: Role
    cohort: Cohort
    organisation_id: None = None

    @property
    def pk(self) -> tuple[UUID, UUID]:
        """A person, however many roles she has, once for each cohort."""
        return self.cohort.pk, self.user_id

    @property
    def user_id(self) -> UUID:
        return self.role.user_id

    @property
    def cohort_id(self) -> UUID:
        return self.cohort.pk


def holders(met: Iterable[tuple], *, on: date) -> list[Holder]:
    """Of these (cohort, person), by id, those in which the person has a role and the cohort goes on: two queries."""
    wanted = set(met)
    if not wanted:
        return []
    cohorts = list(Cohort.objects.filter(pk__in={cohort for cohort, _ in wanted}, ends_on__gte=on).order_by("pk"))
    reach = Q(cohort__in=cohorts) | Q(programme__in={cohort.programme_id for cohort in cohorts})
    roles = Role.objects.filter(reach, user__in={person for _, person in wanted}).order_by("pk").select_related("user")
    found: dict[Any, Holder] = {}
    for role in roles:
        for cohort in cohorts:
            holder = Holder(role, cohort)
            reaches = role.cohort_id == cohort.pk or role.programme_id == cohort.programme_id
            if reaches and holder.pk in wanted:
                found.setdefault(holder.pk, holder)
    return list(found.values())


def _about(ref) -> Holder | None:
    cohort = Cohort.objects.filter(pk=ref["cohort"]).first()
    role = Role.objects.reaching(cohort).filter(user=ref["user"]).first() if cohort else None
    return Holder(role, cohort) if role else None


def refused_wanted(ref, to) -> bool:
    """Whether the person still has a role and that address, it still refuses mail, and the reader still leads."""
    holder = _about(ref)
    if holder is None or not BadAddress.objects.filter(pk=ref["address"], address=holder.role.user.email).exists():
        return False
    return to in leads_to_tell([holder])[holder.pk]


def refused_context(ref, to) -> dict[str, str]:
    """The name is that of the role: the one in the account may be known from another trust."""
    holder = _about(ref)
    since = BadAddress.objects.get(pk=ref["address"]).since
    return {
        "name": holder.role.name or holder.role.user.email,
        "role": holder.role.get_kind_display().lower(),
        "address": holder.role.user.email,
        "since": clock.in_full(clock.local(since).date()),
        "cohort": str(holder.cohort),
        "link": f"{settings.SITE_URL}{reverse('role_list', args=[holder.cohort.pk])}",
    }


KIND = Kind(
    name=REFUSED,
    label="The address of somebody with a role refuses mail",
    why="Sent to the leads of a cohort when the email address of somebody with a role in it does not work",
    context=refused_context,
    wanted=refused_wanted,
    nudge=True,
    only_for="cohorts.see_post",
    placeholders=(
        Placeholder("name", "who it is about", "Kim Elm", must_stay=True),
        Placeholder("role", "what the person is", "facilitator"),
        Placeholder("address", "the address that refuses mail", "kim.elm@trust.example", must_stay=True),
        Placeholder("since", "the day since when nothing arrives", "Monday 18 January 2027"),
        Placeholder("cohort", "the cohort", "Spring 2027"),
        Placeholder("link", "the roles of the cohort", "https://pairs.example/cohorts/1/roles/", must_stay=True),
    ),
)
