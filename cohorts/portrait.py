"""A participant's application as sections of a page."""

from collections.abc import Iterable

from django.utils.formats import date_format

from cohorts.models import Participant
from cohorts.spreadsheets.folding import fold_loosely

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sections(participant: Participant, *, kept_apart_from: Iterable[str] | None) -> list:
    """[(heading, [(key, text)])]. `kept_apart_from` is None for whoever may not read what is for leads only."""
    p = participant
    leaves = date_format(p.leaves_on, "l j F Y") if p.leaves_on else ""
    shown = [
        (
            "Who",
            [
                ("Email address", p.user.email),
                ("Preferred name", p.preferred_name),
                ("Pronouns", p.pronouns),
                ("Telephone", p.phone),
                ("Another email address", p.second_email),
            ],
        ),
        (
            "Post",
            [
                ("Takes part as", p.cohort.label(p.side).capitalize()),
                ("Job title", p.role_title),
                ("Grade or band", _grade(p)),
                ("Staff group", str(p.staff_group or "")),
                ("Organisation", str(p.organisation or "")),
                ("Directorate or specialty", "\n".join(p.directorates)),
                ("Sites", "\n".join(p.sites)),
            ],
        ),
        (
            "Time",
            [
                ("Working pattern", p.working_pattern),
                ("Working days", ", ".join(WEEKDAYS[int(day)] for day in p.days)),
                ("Leaves this organisation on", leaves),
            ],
        ),
        ("Line manager or supervisor", [("Name", p.manager_name), ("Email address", p.manager_email)]),
        (
            "Offers and wishes",
            [
                ("Can offer a partner to see", "\n".join(p.offers)),
                ("Would like to see", "\n".join(p.wants)),
                ("Interests", "\n".join(p.interests)),
                ("Improvement idea", p.idea),
            ],
        ),
        (
            "In their own words",
            [("Hopes for", p.statement), ("About them", p.biography), ("Adjustments", p.adjustments)],
        ),
    ]
    if kept_apart_from is not None:
        shown.append(("For the leads only", [("Should not be paired with", "\n".join(kept_apart_from))]))
    return shown


def _grade(participant: Participant) -> str:
    """What it was read as, and what was written where that has other words."""
    if not participant.grade:
        return participant.grade_text
    label, written = participant.grade.label, participant.grade_text
    return label if set(fold_loosely(written).split()) <= set(fold_loosely(label).split()) else f"{written} ({label})"
