"""What a column is: the lead's own heading first, the shape of the values second."""

import pytest

from cohorts.spreadsheets import FIELDS, Row, guess_columns
from cohorts.spreadsheets.fields import PARTS_OF_NAME, missing_fields
from cohorts.spreadsheets.folding import fold_loosely
from cohorts.spreadsheets.synonyms import SYNONYMS


def guess(*header, rows=()):
    guessed = guess_columns(header, tuple(Row(number, cells) for number, cells in enumerate(rows, 2)))
    return [guessed.get(index) for index in range(len(header))]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("  NAME ", "name"),
        ("Full name:", "name"),
        ("E-mail address", "email"),
        ("Work e–mail *", "email"),
        ("I am a…", "side"),
        ("Are you a doctor or a manager?", "side"),
        ("AfC Band", "grade"),
        ("Grade / AfC band", "grade"),
        ("Division", "directorates"),
        ("Site(s)", "sites"),
        ("Which days do you work?", "working_pattern"),
        ("Rotation / contract end", "leaves_on"),
        ("Date of leaving this trust (dd/mm/yyyy)", "leaves_on"),
        ("Line manager or supervisor", "manager_name"),
        ("Line manager's e-mail", "manager_email"),
        ("What I can offer a partner to see", "offers"),
        ("What would you like to see or shadow?", "wants"),
        ("Improvement idea (optional)", "idea"),
        ("Should not be paired with", "exclusions"),
        ("Is there anybody you should not be paired with, and why?", "exclusions"),
        ("Mobile", "phone"),
        ("Personal email", "second_email"),
        ("Staff Group", "staff_group"),
        ("Access needs", "adjustments"),
        ("Timestamp", None),
        ("Shoe size", None),
        ("", None),
    ],
)
def test_a_heading_names_its_field(heading, field):
    assert guess(heading) == [field]


def test_every_label_of_a_field_is_its_own_synonym():
    for field in FIELDS:
        if field.code not in PARTS_OF_NAME:
            assert guess(field.label) == [field.code]


def test_synonyms_are_folded_and_belong_to_one_field():
    headings = [heading for words in SYNONYMS.values() for heading in words.split("|")]
    assert [heading for heading in headings if fold_loosely(heading) != heading] == []
    assert len(set(headings)) == len(headings)
    assert set(SYNONYMS) == {field.code for field in FIELDS}


def test_a_second_address_beside_the_manager_is_the_managers():
    assert guess("Name", "E-mail", "Line manager", "E-mail") == ["name", "email", "manager_name", "manager_email"]
    assert guess("Name", "E-mail", "Supervisor", "Their e-mail") == ["name", "email", "manager_name", "manager_email"]


def test_each_field_is_given_once_to_the_surest_column():
    assert guess("Your grade or band, please", "Band") == [None, "grade"]
    assert guess("Site", "Hospital") == ["sites", None]


def test_values_speak_where_headings_do_not():
    rows = [("Sam Hill", "s@t.example", "doctor", "07700900123"), ("Jo Ray", "j@t.example", "mgr", "7700900124")]
    assert guess("", "Kontakt", "X", "Y", rows=rows) == ["name", "email", "side", "phone"]


def test_a_heading_that_the_values_deny_is_not_believed():
    assert guess("Name", "E-mail", "Role", rows=[("A B", "room 5", "Manager"), ("C D", "room 6", "Doctor")]) == [
        "name",
        None,
        "side",
    ]
    assert guess("Role", "I am a", rows=[("Manager", "manager")]) == ["role_title", "side"]
    assert guess("Name", "Category", rows=[("A B", "Sister"), ("C D", "Porter")]) == ["name", "role_title"]
    assert guess("Line manager", rows=[("a@b.example",), ("c@d.example",)]) == ["manager_email"]


def test_first_and_last_name_stand_for_the_name():
    assert guess("Surname", "Forename", "Email") == ["last_name", "first_name", "email"]
    assert guess("Name", "Surname", "Forename") == ["name", None, None]
    assert [field.code for field in missing_fields({0: "last_name", 1: "first_name"})] == ["email", "side"]
    assert [field.code for field in missing_fields({0: "last_name"})] == ["name", "email", "side"]
