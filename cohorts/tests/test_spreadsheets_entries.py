"""Lists, sides and whole rows: what is missing, repeated or asked."""

import pytest

from cohorts.spreadsheets import Sheet, Vocabulary, parse_rows, side_words
from cohorts.spreadsheets.lists import split_list, split_people
from cohorts.tests.spreadsheet_rows import BASE, codes_of, entries_of, entry_of


@pytest.mark.parametrize(
    ("field", "written", "entries"),
    [
        ("directorates", "Surgery, Cancer & Cardiovascular", ("Surgery, Cancer & Cardiovascular",)),
        ("directorates", "HR / Workforce", ("HR / Workforce",)),
        ("directorates", "Finance; Digital\nfinance", ("Finance", "Digital")),
        ("sites", "St Mary's / Western Eye", ("St Mary's", "Western Eye")),
        ("sites", "A; B, C\nD", ("A", "B", "C", "D")),
        (
            "wants",
            "bed meeting, board meeting (public part, monthly)",
            ("bed meeting", "board meeting (public part, monthly)"),
        ),
        ("offers", "• ward round\n• clinic", ("ward round", "clinic")),
        ("offers", "1. a list in theatre\n2. clinic", ("a list in theatre", "clinic")),
        ("interests", "safety,, Safety , flow", ("safety", "flow")),
        ("offers", "bed meeting - 2 hours", ("bed meeting - 2 hours",)),
        ("interests", "none", ()),
        ("wants", "clinic (am, theatre", ("clinic (am", "theatre")),
        ("exclusions", "Evans, Sandra", ("Sandra Evans",)),
        ("exclusions", "Dr Sandra Evans; A.B@C.Example", ("Sandra Evans", "a.b@c.example")),
        ("exclusions", "a@b.example, c@d.example", ("a@b.example", "c@d.example")),
        ("exclusions", "n/a", ()),
        ("exclusions", "Sam Hill, Jo Ray", ("Sam Hill", "Jo Ray")),
    ],
)
def test_several_answers_in_one_cell_are_told_apart(field, written, entries):
    assert entry_of(**{field: written}).values[field] == entries


def test_lists_are_split_outside_brackets_only():
    assert split_list("a (b; c); d", ";") == ("a (b; c)", "d")
    assert split_people("") == ()


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("doctor", "a"),
        ("Dr", "a"),
        ("DR.", "a"),
        ("Clinician", "a"),
        ("Registrar", "a"),
        ("Mgr", "b"),
        ("General manager", "b"),
        (" MANAGER ", "b"),
    ],
)
def test_the_side_is_read_in_the_words_people_use(written, side):
    assert (entry_of(side=written).values["side"], entry_of(side=written).problems) == (side, ())


def test_an_unsettled_side_is_asked_and_the_cohorts_own_labels_win():
    assert codes_of(entry_of(side="Nurse")) == [("error", "C2", "unknown_side")]
    assert codes_of(entry_of(side="doctor and manager")) == [("error", "C2", "unknown_side")]
    assert codes_of(entry_of(side="Manager of estates")) == [("warning", "C2", "guessed_side")]
    vocabulary = Vocabulary(sides=side_words("Nurses", "Consultants"), labels=("nurse", "consultant"))
    assert entry_of(vocabulary=vocabulary, side="NURSE").values["side"] == "a"
    assert entry_of(vocabulary=vocabulary, side="consultant").values["side"] == "b"


def test_a_repeated_address_is_an_error_on_the_later_row_that_names_the_earlier_cell():
    rows = [("Sam Hill", "s@t.example", "dr"), ("Jo Ray", "S@T.example", "mgr")]
    first, second = entries_of(rows, tuple(BASE))
    assert first.problems == ()
    assert codes_of(second) == [("error", "B3", "repeated_email")]
    assert "B2" in second.problems[0].words


def test_what_is_missing_is_an_error_and_an_empty_row_is_nobody():
    entries = entries_of([("Sam Hill", None, "dr"), (None, None, None), (None, "a@b.example", None)], tuple(BASE))
    assert [codes_of(entry) for entry in entries] == [
        [("error", "B2", "missing")],
        [("error", "A4", "missing"), ("error", "C4", "missing")],
    ]


def test_a_required_field_without_column_is_an_error_of_every_row():
    (entry,) = entries_of([("Sam Hill", "s@t.example")], ("name", "email"))
    assert codes_of(entry) == [("error", "A2", "missing")]
    assert entry.problems[0].field == "side"


def test_first_and_last_name_make_the_name():
    codes = ("first_name", "last_name", "email", "side")
    whole, part = entries_of([("Dr Sam", "Hill", "s@t.example", "dr"), ("Jo", None, "j@t.example", "dr")], codes)
    assert (whole.values["name"], whole.problems) == ("Sam Hill", ())
    assert codes_of(part) == [("error", "B3", "missing")]


@pytest.mark.parametrize("mapping", [{0: "name", 1: "name"}, {0: "nothing"}, {7: "name"}])
def test_a_mapping_that_cannot_be_is_an_error_of_the_caller(mapping):
    with pytest.raises(ValueError, match="column"):
        parse_rows(Sheet("", ("a", "b"), 1, (), (), ("A", "B")), mapping, Vocabulary())
