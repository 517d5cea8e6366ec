"""Points out of a paste: how its cells are told apart, and that no paste costs more than a page may."""

import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.spreadsheets import LIMITS, read_table
from projects import pasted
from projects.columns import Wanted, WhichColumn


@pytest.mark.parametrize(
    ("text", "day", "value", "note"),
    [
        ("4/1/2027\t14", date(2027, 1, 4), 14, ""),
        ("4 Jan 2027;1,234.5;Snow", date(2027, 1, 4), 1234.5, "Snow"),
        ("2027-01-04,87%", date(2027, 1, 4), 87, ""),
        ('04.01.27,"1,234"', date(2027, 1, 4), 1234, ""),
        ("Mon 4th January 2027\t-3", date(2027, 1, 4), -3, ""),
        ("Jan-27\t£20.50", date(2027, 1, 1), 20.5, ""),
        ("January 2027\t\u22120.5", date(2027, 1, 1), -0.5, ""),
        ("14\t4/1/2027", date(2027, 1, 4), 14, ""),
        ("Week\tLetters\n4/1/2027\t14", date(2027, 1, 4), 14, ""),
        ("4/1/2027\t0", date(2027, 1, 4), 0, ""),
        ("46391\t14", date(2027, 1, 4), 14, ""),
    ],
)
def test_days_and_numbers_are_read_as_people_write_them(text, day, value, note):
    assert pasted.read_paste(text).points == ((day, value, note),)


DAYS = [f"{day}/1/2027" for day in range(4, 14)]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize("other", ["\t", ";", ","])
def test_another_separator_in_one_note_makes_no_row_unreadable(separator, other):
    rows = [separator.join((each, "14", "Snow")) for each in DAYS]
    rows[3] = separator.join((DAYS[3], "14", f'"ice{other} wind"'))
    read = pasted.read_paste("\n".join(rows))
    assert [day.day for day, _, _ in read.points] == list(range(4, 14))
    assert read.points[3][2] == " ".join(f"ice{other} wind".split())
    table = read_table("\n".join(rows).encode(), "a.csv")
    assert pasted.read_rows(table.rows).points == read.points


def test_commas_in_a_title_and_in_each_value_make_no_comma_the_separator_of_a_table():
    rows = ["Late letters, ward 7", *(f"{each}\t1,234" for each in DAYS)]
    assert {value for _, value, _ in pasted.read_paste("\n".join(rows)).points} == {1234}
    table = read_table("\n".join(rows).encode(), "a.tsv")
    assert len(pasted.read_rows(table.rows).points) == len(DAYS)


def test_only_the_columns_of_a_file_are_taken_of_a_long_row():
    rows = pasted.rows_of("1" + "," * 6000 + "x\n1,2", ",")
    assert [len(row.cells) for row in rows] == [LIMITS.columns, 2]


@pytest.mark.parametrize(
    ("first", "row", "number"),
    [("1" + "," * 6000, "1,2", 4_000), ("1" + "," * 6000, "1,2", 6_000), ("1,2", "1,2", 250_000)],
)
def test_no_paste_costs_more_than_a_few_times_its_rows(first, row, number):
    text = "\n".join([first, *[row] * number])
    tracemalloc.start()
    try:
        with pytest.raises(pasted.RowsRefused):
            pasted.read_paste(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000


LINES = st.lists(
    st.tuples(
        st.one_of(st.dates(date(1990, 1, 1), date(2110, 1, 1)).map("{:%d/%m/%Y}".format), st.text(max_size=20)),
        st.sampled_from(["\t", ";", ",", "  "]),
        st.one_of(st.floats().map(str), st.integers().map(str), st.text(max_size=20)),
    ).map("".join),
    max_size=12,
)


@given(lines=LINES, ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_whatever_is_pasted_is_read_or_refused_with_a_sentence(lines, ending):
    try:
        points = pasted.read_paste(ending.join(lines)).points
    except (pasted.RowsRefused, WhichColumn):
        return
    days = [day for day, _, _ in points]
    assert days == sorted(set(days))
    assert all(abs(value) <= 1e12 for _, value, _ in points)


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_second_column_of_three_figures_is_no_half_of_a_number_where_no_comma_cuts(separator):
    text = "\n".join(separator.join(row) for row in (["Day", "Late", "All"], *([day, "14", "120"] for day in DAYS)))
    with pytest.raises(WhichColumn):
        pasted.read_paste(text)
    read = pasted.read_paste(text, Wanted(column=1))
    assert [(value, note) for _, value, note in read.points] == [(14, "")] * len(DAYS)
    with pytest.raises(pasted.RowsRefused, match="may be one number or two"):
        pasted.read_paste("\n".join(f"{day},14,120" for day in DAYS))
