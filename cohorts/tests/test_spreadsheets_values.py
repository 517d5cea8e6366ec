"""Days, working days, telephones and grades: what people and spreadsheets write, and what is made of it."""

import datetime

import pytest

from cohorts.spreadsheets import Vocabulary, grade_key
from cohorts.spreadsheets.dates import parse_day
from cohorts.spreadsheets.days import days_of
from cohorts.spreadsheets.grades import Grade, parse_grade
from cohorts.spreadsheets.phones import parse_phone
from cohorts.tests.spreadsheet_rows import BASE, codes_of, entries_of, entry_of

GRADES = {
    "6": ("6", 6.0),
    "7": ("7", 7.0),
    "8a": ("8a", 8.1),
    "8b": ("8b", 8.2),
    "st3": ("ST3", 3.0),
    "st4": ("ST4", 4.0),
}
GRADES["consultant"] = ("CON", 9.0)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("03/08/2027", (2027, 8, 3)),
        ("3.8.27", (2027, 8, 3)),
        ("03 Aug 2027", (2027, 8, 3)),
        ("31.03.29", (2029, 3, 31)),
        ("01.08.27", (2027, 8, 1)),
        ("1st August 2027", (2027, 8, 1)),
        ("Tuesday 3 August 2027", (2027, 8, 3)),
        ("2027-08-03", (2027, 8, 3)),
        ("2027-08-03 00:00:00", (2027, 8, 3)),
        ("3-Aug-27", (2027, 8, 3)),
        ("3 Sept 2027", (2027, 9, 3)),
        ("August 3, 2027", (2027, 8, 3)),
        ("46602", (2027, 8, 3)),
        ("46602.5", (2027, 8, 3)),
        ("29/02/2028", (2028, 2, 29)),
    ],
)
def test_a_day_is_read_day_first(written, day):
    assert parse_day(written) == (datetime.date(*day), None)


@pytest.mark.parametrize("written", ["", "permanent", "N/A", "TBC"])
def test_an_open_end_is_no_day_and_no_problem(written):
    assert codes_of(entry_of(leaves_on=written)) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/2027", "no_date"),
        ("29/02/2027", "no_date"),
        ("00/00/2027", "no_date"),
        ("12/25/2027", "american_date"),
        ("soon", "no_date"),
        ("August", "no_date"),
        ("03/08", "no_date"),
        ("1/1/1900", "no_date"),
        ("99999", "no_date"),
        ("3/8/2", "no_date"),
        ("12 Foo 2027", "no_date"),
    ],
)
def test_an_impossible_day_is_an_error_at_its_cell(written, code):
    entry = entry_of(leaves_on=written)
    assert codes_of(entry) == [("error", "D2", code)]
    assert entry.values["leaves_on"] is None


def test_bare_numbers_follow_the_date_system_of_the_workbook():
    assert entry_of(1900, leaves_on="46602").values["leaves_on"] == datetime.date(2027, 8, 3)
    assert entry_of(1904, leaves_on="45140").values["leaves_on"] == datetime.date(2027, 8, 3)


def test_one_american_date_puts_dates_of_two_readings_in_doubt():
    codes = (*BASE, "leaves_on")
    written = ["03/04/2027", "12/25/2027", "20/04/2027", "05/05/2027"]
    rows = [
        (f"Person {word}", f"{n}@trust.example", "dr", day)
        for n, (day, word) in enumerate(zip(written, "abcd", strict=True))
    ]
    found = [[problem.code for problem in entry.problems] for entry in entries_of(rows, codes)]
    assert found == [["ambiguous_date"], ["american_date"], [], []]
    assert entries_of(rows[:1], codes)[0].problems == ()


def test_a_leaving_date_that_is_past_is_doubted():
    vocabulary = Vocabulary(today=datetime.date(2027, 1, 1))
    assert codes_of(entry_of(vocabulary=vocabulary, leaves_on="03/08/2017")) == [("warning", "D2", "past_date")]
    assert codes_of(entry_of(vocabulary=vocabulary, leaves_on=datetime.date(2027, 1, 1))) == []


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("Full time", (0, 1, 2, 3, 4)),
        ("full-time", (0, 1, 2, 3, 4)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Mon – Fri", (0, 1, 2, 3, 4)),
        ("Mon to Thurs", (0, 1, 2, 3)),
        ("Mon Tue Thu", (0, 1, 3)),
        ("M,T,W", (0, 1, 2)),
        ("Tues, Wed, Thurs", (1, 2, 3)),
        ("Not Fridays", (0, 1, 2, 3)),
        ("Full time except Wednesday", (0, 1, 3, 4)),
        ("M T W T F", (0, 1, 2, 3, 4)),
        ("MTWTF", (0, 1, 2, 3, 4)),
        ("MWF", (0, 2, 4)),
        ("Mondays and Wednesdays", (0, 2)),
        ("Fri to Mon", (0, 4, 5, 6)),
        ("LTFT: Mon, Tue", (0, 1)),
        ("Sat & Sun", (5, 6)),
        ("Thursday", (3,)),
        ("Tu/Th", (1, 3)),
        ("Mon-Wed, Fri", (0, 1, 2, 4)),
        ("rota (nights 1 in 8)", ()),
        ("rota", ()),
        ("3 days a week", ()),
        ("part time", ()),
        ("0.6 WTE", ()),
        ("", ()),
        ("alternate Mondays", ()),
        ("flexible", ()),
        ("Mon (alternate weeks)", (0,)),
    ],
)
def test_working_days_are_read_where_the_words_settle_them(written, days):
    assert days_of(written) == days


def test_days_come_with_the_pattern_as_written():
    entry = entry_of(working_pattern="rota (nights 1 in 8)")
    assert (entry.values["working_pattern"], entry.values["days"], entry.problems) == ("rota (nights 1 in 8)", (), ())


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("7222791805", "07222791805"),
        ("07222791805", "07222791805"),
        ("07222 791805", "07222 791805"),
        ("447222791805", "+447222791805"),
        ("+44 7222 791805", "+44 7222 791805"),
        ("7222 791805", "07222 791805"),
        ("bleep 1234", "bleep 1234"),
        ("2033110000", "2033110000"),
    ],
)
def test_a_telephone_gets_back_only_what_a_spreadsheet_took(written, kept):
    assert parse_phone(written) == (kept, None)


@pytest.mark.parametrize("written", ["7.7E+09", "7.22279E+09", "7E9", "7,2E+09"])
def test_lost_digits_are_warned_of_and_not_kept(written):
    entry = entry_of(phone=written)
    assert (codes_of(entry), entry.values["phone"]) == ([("warning", "D2", "digits_lost")], None)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Band 8a", "8a"),
        ("8A", "8a"),
        ("b8a", "8a"),
        ("Band 7 ", "7"),
        ("AfC Band 8 A", "8a"),
        ("Band7", "7"),
        ("ST 4", "st4"),
        ("st-4", "st4"),
        ("Agenda for Change band 6", "6"),
        ("Consultant", "consultant"),
        ("Bank nurse", "bank nurse"),
    ],
)
def test_a_grade_has_one_key_however_written(written, key):
    assert grade_key(written) == key


@pytest.mark.parametrize(
    ("written", "code", "is_range"),
    [
        ("Band 6/7", "6", True),
        ("7/6", "6", True),
        ("Band 6 or 7", "6", True),
        ("6-7", "6", True),
        ("ST3/4", "ST3", True),
        ("ST3-ST4", "ST3", True),
        ("8a/b", "8a", True),
        ("Consultant (new)", "CON", False),
        ("band 8B", "8b", False),
    ],
)
def test_a_grade_is_ranked_a_range_by_its_lowest(written, code, is_range):
    grade, finding = parse_grade(written, Vocabulary(grades=GRADES).folded_grades())
    assert (grade.text, grade.code, grade.is_range, finding) == (written, code, is_range, None)


def test_an_unknown_grade_is_kept_as_written_and_doubted():
    entry = entry_of(vocabulary=Vocabulary(grades=GRADES), grade="Band 6/Wizard")
    assert (codes_of(entry), entry.values["grade"]) == ([("warning", "D2", "unknown_grade")], Grade("Band 6/Wizard"))


def test_a_band_that_became_a_date_is_an_error_that_says_so():
    assert codes_of(entry_of(grade=datetime.date(2027, 7, 6))) == [("error", "D2", "turned_into_date")]
