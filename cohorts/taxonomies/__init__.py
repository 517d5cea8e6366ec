"""The lists that ship with the house, as plain tables: each row is added once and never renamed.

An administrator or lead may switch a row off or add rows of their own; a label that people have been shown stays
readable, so loading adds what is missing and leaves every row that is there alone.
"""

from cohorts.taxonomies.bands import BANDS
from cohorts.taxonomies.directorates import DIRECTORATES
from cohorts.taxonomies.grades import GRADES
from cohorts.taxonomies.leadership import COMPETENCIES, LEADERSHIP
from cohorts.taxonomies.row import Entry
from cohorts.taxonomies.settings import SETTINGS
from cohorts.taxonomies.staff_groups import STAFF_GROUPS

# Interests, improvement themes and sites are nobody's in common: they are a cohort's or an organisation's own.
TABLES: dict[str, tuple[Entry, ...]] = {
    "setting": SETTINGS,
    "grade": GRADES,
    "band": BANDS,
    "staff_group": STAFF_GROUPS,
    "directorate": DIRECTORATES,
    "leadership": LEADERSHIP,
    "competency": COMPETENCIES,
}


def load(apps) -> int:
    """Add the rows that are missing, in two queries; returns how many were added. `apps` is a registry of models."""
    Term = apps.get_model("cohorts", "Term")
    there = set(Term.objects.filter(organisation=None, cohort=None).values_list("list", "code"))
    missing = [
        Term(
            list=name,
            code=entry.code,
            label=entry.label,
            group=entry.group,
            flags=entry.flags,
            rank=entry.rank,
            aliases=list(entry.aliases),
            sort_order=place * 10,
        )
        for name, table in TABLES.items()
        for place, entry in enumerate(table, start=1)
        if (name, entry.code) not in there
    ]
    Term.objects.bulk_create(missing)
    return len(missing)
