"""Reads of the ground floor. `visible_to(user)` is the only way a view begins."""

from cohorts.querysets.confidence import ConfidentialWordQuerySet, waits
from cohorts.querysets.imports import SheetImportQuerySet
from cohorts.querysets.leading import leads_in_part, led_whole_by
from cohorts.querysets.lists import TermQuerySet
from cohorts.querysets.people import ParticipantQuerySet, asked_in_vain, leaves_early, refuses_mail
from cohorts.querysets.places import CohortQuerySet, OrganisationQuerySet, ProgrammeQuerySet, RoleQuerySet
from cohorts.querysets.post import CircularQuerySet, LaunchChangeQuerySet, LaunchQuerySet

__all__ = [
    "CircularQuerySet",
    "CohortQuerySet",
    "ConfidentialWordQuerySet",
    "LaunchChangeQuerySet",
    "LaunchQuerySet",
    "OrganisationQuerySet",
    "ParticipantQuerySet",
    "ProgrammeQuerySet",
    "RoleQuerySet",
    "SheetImportQuerySet",
    "TermQuerySet",
    "asked_in_vain",
    "leads_in_part",
    "leaves_early",
    "led_whole_by",
    "refuses_mail",
    "waits",
]
