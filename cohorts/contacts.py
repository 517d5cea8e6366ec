"""Whom somebody who takes part may ask."""

from collections.abc import Iterable

from django.db.models import Q

from cohorts.choices import RoleKind
from cohorts.models import Participant, Role


def leads_for(participants: Iterable[Participant]) -> dict[int, list[Role]]:
    """{participant's id: leads with their `user`}: those of the cohort, else of the programme. One query.

    A lead of one organisation is named to its people alone. The participants come with their cohort.
    """
    people = list(participants)
    cohorts = {person.cohort_id for person in people}
    programmes = {person.cohort.programme_id for person in people}
    asked = Role.objects.filter(Q(cohort__in=cohorts) | Q(programme__in=programmes), kind=RoleKind.LEAD)
    leads = list(asked.select_related("user").order_by("name", "pk"))
    return {person.pk: _nearest(person, leads) for person in people}


def _nearest(person: Participant, leads: list[Role]) -> list[Role]:
    near = [role for role in leads if role.organisation_id in {None, person.organisation_id}]
    own = [role for role in near if role.cohort_id == person.cohort_id]
    return own or [role for role in near if role.programme_id == person.cohort.programme_id]
