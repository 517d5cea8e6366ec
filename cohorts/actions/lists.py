"""Writes about a cohort's own rows of the lists."""

from django.db import transaction
from django.utils.text import slugify

from accounts import audit
from cohorts.actions.refusals import NameIsTaken, RowIsShared
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort, Term
from cohorts.spreadsheets.folding import fold


@transaction.atomic
def add_term(*, cohort: Cohort, list: str, label: str, by, aliases=()) -> Term:
    """Add a row of the cohort's own to one of its lists. Raises NameIsTaken for words that are in the list."""
    take_turn(cohort)  # two adding at once would make the same code
    there = Term.objects.offered_to(cohort).filter(list=list)
    if fold(label) in {fold(term.label) for term in there}:
        raise NameIsTaken(label)
    mine = Term.objects.filter(cohort=cohort, list=list)
    term = Term.objects.create(
        cohort=cohort,
        list=list,
        code=_free_code(slugify(label)[:50] or "row", set(mine.values_list("code", flat=True))),
        label=label,
        aliases=aliases,
        sort_order=10_000 + mine.count(),
    )
    audit.record(by=by, did="added a row to a list", on=term, scope=cohort.pk)
    return term


@transaction.atomic
def switch_term(*, term: Term, active: bool, by) -> Term:
    """Offer a row of the cohort's own again, or no longer; whoever has it keeps it. Raises RowIsShared."""
    if term.cohort_id is None:
        raise RowIsShared(term)
    term.active = active
    term.save(update_fields=["active"])
    did = "switched on a row of a list" if active else "switched off a row of a list"
    audit.record(by=by, did=did, on=term, scope=term.cohort_id)
    return term


def _free_code(code: str, taken: set[str]) -> str:
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    return free
