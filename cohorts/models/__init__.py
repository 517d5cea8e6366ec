"""Organisations, programmes and cohorts; who holds which role; who takes part; what they are told."""

from cohorts.models.confidence import ConfidentialWord
from cohorts.models.imports import SheetImport
from cohorts.models.lists import Rung, Term, Tie
from cohorts.models.people import Meant, Participant
from cohorts.models.places import Cohort, Organisation, Programme, Role
from cohorts.models.post import Circular, Launch, LaunchChange

__all__ = [
    "Circular",
    "Cohort",
    "ConfidentialWord",
    "Launch",
    "LaunchChange",
    "Meant",
    "Organisation",
    "Participant",
    "Programme",
    "Role",
    "Rung",
    "SheetImport",
    "Term",
    "Tie",
]
