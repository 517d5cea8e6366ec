"""The two example files of the documentation, read to the last cell that matters."""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from cohorts import spreadsheets

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
BANDS = {"6": ("6", 6.0), "Band 7": ("7", 7.0), "band 8A": ("8a", 8.1)}
TODAY = datetime.date(2026, 11, 23)


def read(name):
    sheet = spreadsheets.read_sheet((EXAMPLES / name).read_bytes(), name)
    mapping = spreadsheets.guess_columns(sheet.header, sheet.rows)
    return sheet, mapping, spreadsheets.parse_rows(sheet, mapping, spreadsheets.Vocabulary(today=TODAY))


@pytest.mark.parametrize("name", ["applicants.xlsx", "applicants-semicolon.csv"])
def test_each_example_gives_36_people_without_errors(name):
    _, mapping, entries = read(name)
    assert len(mapping) == 17
    assert Counter(entry.values["side"] for entry in entries) == {"a": 19, "b": 17}
    assert [problem for entry in entries for problem in entry.problems if problem.level == "error"] == []


def test_the_workbook_says_what_it_left_out_and_where_its_headings_stand():
    sheet, mapping, _ = read("applicants.xlsx")
    assert (sheet.name, sheet.header_row, sheet.rows[0].number, sheet.rows[-1].number) == ("Applications", 4, 5, 42)
    assert sheet.notes == ("The sheet “Notes” was not read.",)
    assert mapping[9] == "manager_name"
    assert mapping[10] == "manager_email"


def test_the_same_name_with_another_address_is_a_warning_at_the_later_cell():
    warned = [(problem.cell, problem.code) for entry in read("applicants.xlsx")[2] for problem in entry.problems]
    assert warned == [("A9", "same_name"), ("A26", "same_name")]


def test_names_that_lost_letters_are_warned_of_and_recognised_as_poorer():
    whole = {entry.values["email"]: entry for entry in read("applicants.xlsx")[2]}
    poorer = []
    for entry in read("applicants-semicolon.csv")[2]:
        name, old = entry.values["name"], whole[entry.values["email"]].values["name"]
        warned = any(problem.code == "lost_letters" for problem in entry.problems)
        assert warned == (name != old) == spreadsheets.same_but_poorer(name, old)
        if warned:
            poorer.append(name)
    assert poorer == [
        "Aisha Al-?asan",
        "Aisha Al-?asan",
        "Oluwaseun Adébáy??",
        "Nguy?n Th? Mai",
        "?ukasz Wójcik",
    ]


def test_both_examples_agree_in_everything_but_lost_letters():
    whole = {entry.values["email"]: entry.values for entry in read("applicants.xlsx")[2]}
    for entry in read("applicants-semicolon.csv")[2]:
        old = whole[entry.values["email"]]
        assert {code: value for code, value in entry.values.items() if code != "name"} == {
            code: value for code, value in old.items() if code != "name"
        }


def test_two_exclusions_stand_in_the_workbook_one_by_address_and_one_by_name():
    given = [entry.values["exclusions"] for entry in read("applicants.xlsx")[2] if entry.values["exclusions"]]
    assert given == [("gareth.henderson@trust.nhs.example",), ("Malcolm Marshall",)]


def test_grades_are_ranked_where_the_caller_has_them():
    sheet, mapping, _ = read("applicants.xlsx")
    entries = spreadsheets.parse_rows(sheet, mapping, spreadsheets.Vocabulary(grades=BANDS))
    managers = {entry.values["grade"] for entry in entries if entry.values["side"] == "b"}
    assert managers == {
        ("8A", "8a", 8.1, False),
        ("8a", "8a", 8.1, False),
        ("Band 6/7", "6", 6.0, True),
        ("Band 7", "7", 7.0, False),
        ("7", "7", 7.0, False),
        ("b7", "7", 7.0, False),
        ("6", "6", 6.0, False),
    }


@pytest.mark.parametrize("name", ["applicants.xlsx", "applicants-semicolon.csv"])
def test_a_sheet_kept_as_json_comes_back_equal(name):
    sheet, _, _ = read(name)
    assert spreadsheets.sheet_from_json(spreadsheets.sheet_to_json(sheet)) == sheet


def test_the_template_is_understood_without_a_question():
    assert len(spreadsheets.guess_columns(spreadsheets.TEMPLATE_HEADINGS, ())) == len(spreadsheets.TEMPLATE_HEADINGS)
