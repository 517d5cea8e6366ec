"""Whom somebody who takes part may ask."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts.models import User
from cohorts.choices import RoleKind
from cohorts.models import Participant, Role


def leads_for(participants: Iterable[Participant]) -> dict[int, list[Role]]:
    """{participant's id: leads with their `user`}: those of the cohort, else of the programme. One query.

    A lead of one organisation is named to its people alone. The participants come with their cohort.
    """
    people = list(participants)
    leads = _leads_of(people)
    return {person.pk: _nearest(person, leads) for person in people}


def leads_to_tell(participants: Iterable[Participant]) -> dict[Any, list[User]]:
    """{participant's id: whom to tell something about this person}: the same leads, each once. One query.

    Nobody is told about herself: where she is the only lead of her cohort, those of the programme are. The
    participants come with their cohort; whoever has a role in place of an application is asked about in the same way.
    """
    people = {person.pk: person for person in participants}
    leads = [role for role in _leads_of(people.values()) if role.user.is_active]
    told = {}
    for pk, person in people.items():
        others = [role for role in leads if role.user_id != person.user_id]
        told[pk] = list({role.user_id: role.user for role in _nearest(person, others)}.values())
    return told


def _leads_of(people: Iterable[Participant]) -> list[Role]:
    people = list(people)
    cohorts = {person.cohort_id for person in people}
    programmes = {person.cohort.programme_id for person in people}
    asked = Role.objects.filter(Q(cohort__in=cohorts) | Q(programme__in=programmes), kind=RoleKind.LEAD)
    return list(asked.select_related("user").order_by("name", "pk"))


def _nearest(person: Participant, leads: list[Role]) -> list[Role]:
    near = [role for role in leads if role.organisation_id in {None, person.organisation_id}]
    own = [role for role in near if role.cohort_id == person.cohort_id]
    return own or [role for role in near if role.programme_id == person.cohort.programme_id]
