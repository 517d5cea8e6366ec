"""The shipped lists: whole, unambiguous, and added once."""

import pytest
from django.apps import apps

from cohorts import taxonomies
from cohorts.choices import TermList
from cohorts.models import Term
from cohorts.spreadsheets.folding import fold

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", taxonomies.TABLES)
def test_codes_labels_and_aliases_mean_one_row_each(name):
    meanings = {}
    for entry in taxonomies.TABLES[name]:
        for words in {fold(words) for words in (entry.label, *entry.aliases)}:
            assert meanings.setdefault(words, entry.code) == entry.code, words
    assert len({entry.code for entry in taxonomies.TABLES[name]}) == len(taxonomies.TABLES[name])


def test_grades_and_bands_share_no_words_because_a_sheet_has_one_column_for_both():
    def words(table):
        return {fold(words) for entry in table for words in (entry.code, entry.label, *entry.aliases)}

    assert not words(taxonomies.GRADES) & words(taxonomies.BANDS)


def test_every_list_is_one_that_the_models_know():
    assert set(taxonomies.TABLES) <= set(TermList.values)


def test_rows_are_there_after_migrating_and_loading_again_adds_none():
    assert Term.objects.filter(list="band", organisation=None).count() == len(taxonomies.BANDS)
    assert taxonomies.load(apps) == 0


def test_a_row_that_was_renamed_or_switched_off_stays_so():
    Term.objects.filter(list="grade", code="SpR").update(label="Registrar (old)", active=False)
    Term.objects.filter(list="grade", code="F1").delete()
    assert taxonomies.load(apps) == 1
    kept = Term.objects.get(list="grade", code="SpR")
    assert (kept.label, kept.active) == ("Registrar (old)", False)


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("grade", "Specialist registrar", "SpR"),
        ("grade", "Consultant (new)", "CON"),
        ("grade", "Clinical fellow", "LED"),
        ("grade", "foundation year 2", "F2"),
        ("setting", "a list in theatre", "operating-theatre"),
        ("setting", "board meeting (public part)", "public-board"),
        ("setting", "waiting list (PTL) meeting", "waiting-list"),
        ("setting", "labour ward handover", None),
        ("setting", "stroke thrombolysis call", None),
    ],
)
def test_words_people_write(name, written, code):
    meant = [e.code for e in taxonomies.TABLES[name] if fold(written) in {fold(w) for w in (e.label, *e.aliases)}]
    assert meant == ([code] if code else [])


def test_bands_sort_by_rank_and_not_by_letters():
    codes = list(Term.objects.filter(list="band", rank__lt=10).order_by("rank").values_list("code", flat=True))
    assert codes == ["1", "2", "3", "4", "5", "MT", "6", "7", "8a", "8b", "8c", "8d", "9"]
