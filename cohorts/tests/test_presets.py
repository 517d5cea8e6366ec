"""Presets: known codes only, and a last day that people would name too."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.presets import LEVELS, PRESETS, end_of
from cohorts.taxonomies import BANDS, GRADES

CODES = {entry.code for entry in (*BANDS, *GRADES)}


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_eligible_grades_and_bands_exist(preset):
    assert set(preset.eligible_a) <= CODES
    assert set(preset.eligible_b) <= CODES


def test_every_grade_and_band_but_the_bare_contract_has_a_level():
    assert set(LEVELS) == CODES - {"MD"}
    assert set(LEVELS.values()) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2027, 2, 1), 9, date(2027, 10, 31)),
        (date(2027, 5, 31), 9, date(2028, 2, 29)),
        (date(2027, 12, 15), 1, date(2028, 1, 14)),
        (date(2027, 1, 1), 12, date(2027, 12, 31)),
    ],
)
def test_end_of_so_many_months(starts_on, months, ends_on):
    assert end_of(starts_on=starts_on, months=months) == ends_on


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 36))
def test_the_end_is_within_a_day_or_so_of_the_calendar(starts_on, months):
    days = (end_of(starts_on=starts_on, months=months) - starts_on).days
    assert 30.4 * months - 4 <= days <= 30.5 * months + 3


def test_imperial_is_nine_months_of_registrars_and_bands_6_and_7():
    imperial = PRESETS["imperial"]
    assert (imperial.months, imperial.meets_every, imperial.workshops_planned) == (9, 28, 6)
    assert imperial.eligible_b == ("6", "7")
    assert "SpR" in imperial.eligible_a
    assert "F2" not in imperial.eligible_a
