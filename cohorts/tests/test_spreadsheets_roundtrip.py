"""Valid people come back equal from any file; a spoilt file gives people or a refusal, never another end."""

import csv
import datetime
import io
import re
import zipfile

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cohorts.spreadsheets import (
    Entry,
    SheetRefused,
    Vocabulary,
    guess_columns,
    parse_rows,
    read_sheet,
    sheet_from_json,
    sheet_to_json,
)
from cohorts.tests.spreadsheet_parts import pack
from cohorts.tests.test_spreadsheets_people import REAL_NAMES

HEADER = ("Name", "E-mail", "Doctor or manager", "Job title", "Site", "Leaving date", "What I can offer", "Telephone")
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéüñß0123456789 &-", min_size=1, max_size=20).map(
    lambda text: " ".join(f"w{text}".split())
)
ROLES = st.one_of(st.just(""), WORDS, st.sampled_from(['"Lead"', "Lead, theatres; wards", "two\nlines", "a\tb"]))
DAYS = st.one_of(st.none(), st.dates(datetime.date(2026, 1, 1), datetime.date(2035, 12, 31)))
PERSON = st.tuples(
    st.sampled_from(REAL_NAMES),
    st.sampled_from("ab"),
    ROLES,
    st.lists(WORDS, max_size=3, unique=True),
    DAYS,
    st.lists(WORDS, max_size=3, unique=True),
    st.one_of(st.none(), st.integers(7_000_000_000, 7_999_999_999)),
)
PEOPLE = st.lists(PERSON, min_size=1, max_size=8, unique_by=lambda person: person[0])
SIDES = {"a": "Doctor", "b": "manager"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le")


def cells(number, person):
    name, side, role, sites, day, offers, phone = person
    address = f"Person{number}@Trust.example"
    return [name, address, SIDES[side], role, "; ".join(sites), day, "; ".join(offers), phone]


def expected(number, person):
    name, side, role, sites, day, offers, phone = person
    return {
        "name": name,
        "email": f"person{number}@trust.example",
        "side": side,
        "role_title": " ".join(role.split()) or None,
        "sites": tuple(sites),
        "leaves_on": day,
        "offers": tuple(offers),
        "phone": f"0{phone}" if phone else None,
    }


def read_back(content, name):
    sheet = read_sheet(content, name)
    assert sheet_from_json(sheet_to_json(sheet)) == sheet
    entries = parse_rows(sheet, guess_columns(sheet.header, sheet.rows), Vocabulary())
    assert [problem for entry in entries for problem in entry.problems] == []
    return [entry.values for entry in entries]


def as_text(people, separator, end, quoting):
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(HEADER)
    for number, person in enumerate(people):
        name, address, side, role, sites, day, offers, phone = cells(number, person)
        day = day.strftime("%d/%m/%Y") if day else ""
        writer.writerow([name, address, side, role, sites, day, offers, f"0{phone}" if phone else ""])
    return made.getvalue()


def as_workbook(people, *, shared=True, date_1904=False, titles=0):
    made = io.BytesIO()
    options = {
        "constant_memory": not shared,
        "in_memory": True,
        "date_1904": date_1904,
        "default_date_format": "d/m/yy",
    }
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        for row in range(titles):
            sheet.write_string(row, 0, "Paired Learning")
        sheet.write_row(titles, 0, HEADER)
        for number, person in enumerate(people):
            for column, cell in enumerate(cells(number, person)):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(titles + 1 + number, column, cell)
                elif isinstance(cell, int):
                    sheet.write_number(titles + 1 + number, column, cell)
                elif cell:
                    sheet.write_string(titles + 1 + number, column, cell)
    return made.getvalue()


@given(
    people=PEOPLE,
    separator=st.sampled_from(";,\t|"),
    end=st.sampled_from(("\r\n", "\n", "\r")),
    encoding=st.sampled_from(ENCODINGS),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    named=st.booleans(),
)
def test_people_come_back_equal_from_any_text_file(people, separator, end, encoding, quoting, named):
    if encoding == "cp1252":
        people = [("Zoë Fernández-Hart", *person[1:]) for person in people[:1]]
    if end == "\r":
        quoting = csv.QUOTE_ALL  # the writer leaves a newline bare that is not its line end
    text = as_text(people, separator, end, quoting)
    if named:
        text = f"sep={separator}{end}{text}"
    assert read_back(text.encode(encoding), "people.csv") == [expected(*pair) for pair in enumerate(people)]


@given(people=PEOPLE, shared=st.booleans(), date_1904=st.booleans(), titles=st.integers(0, 3))
def test_people_come_back_equal_from_any_workbook(people, shared, date_1904, titles):
    content = as_workbook(people, shared=shared, date_1904=date_1904, titles=titles)
    assert read_back(content, "people.xlsx") == [expected(*pair) for pair in enumerate(people)]


def people_or_refusal(content, name):
    """What the reader makes of anything: entries, or a refusal in words."""
    try:
        sheet = read_sheet(content, name)
    except SheetRefused:
        return None
    assert sheet_from_json(sheet_to_json(sheet)) == sheet
    entries = parse_rows(sheet, guess_columns(sheet.header, sheet.rows), Vocabulary())
    for entry in entries:
        assert isinstance(entry, Entry)
        for problem in entry.problems:
            letters = problem.cell.rstrip("0123456789")
            assert letters in sheet.columns
            assert problem.cell == f"{letters}{entry.number}"
            assert problem.words.endswith(".")
    return entries


@st.composite
def spoilt(draw, content):
    """One to three mutations: flip a byte, cut the end, take a piece out, repeat a piece."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(1, 40))
        kind = draw(st.sampled_from(("flip", "cut", "take", "repeat")))
        if kind == "flip" and content:
            content = content[:at] + bytes([content[at] ^ draw(st.integers(1, 255))]) + content[at + 1 :]
        elif kind == "cut":
            content = content[:at]
        elif kind == "take":
            content = content[:at] + content[at + length :]
        else:
            content = content[: at + length] + content[at:]
    return content


SAMPLE = [
    (name, "ab"[n % 2], "Lead", ["St Mary's"], None, ["clinic", "ward"], None) for n, name in enumerate(REAL_NAMES)
]
WORKBOOK = as_workbook(SAMPLE)
with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as _archive:
    MEMBERS = {name: _archive.read(name) for name in _archive.namelist() if not name.startswith("docProps")}
TEXTS = {encoding: as_text(SAMPLE[:1], ";", "\r\n", csv.QUOTE_MINIMAL).encode(encoding) for encoding in ENCODINGS}


@given(st.data())
def test_a_spoilt_workbook_gives_people_or_a_refusal(data):
    people_or_refusal(data.draw(spoilt(WORKBOOK)), "people.xlsx")


@given(st.data(), st.sampled_from(sorted(MEMBERS)))
def test_a_workbook_spoilt_inside_gives_people_or_a_refusal(data, member):
    content = pack(MEMBERS | {member: data.draw(spoilt(MEMBERS[member]))}, zipfile.ZIP_STORED)
    people_or_refusal(content, "people.xlsx")


@given(st.data(), st.sampled_from(sorted(MEMBERS)), st.sampled_from((b"4294967295", b"-1", b"99999999999", b"", b"A")))
def test_any_number_of_a_workbook_may_lie(data, member, lie):
    numbers = list(re.finditer(rb"\d+", MEMBERS[member]))
    number = data.draw(st.sampled_from(numbers))
    content = MEMBERS[member][: number.start()] + lie + MEMBERS[member][number.end() :]
    people_or_refusal(pack(MEMBERS | {member: content}, zipfile.ZIP_STORED), "people.xlsx")


@given(st.data(), st.sampled_from(ENCODINGS))
def test_a_spoilt_text_file_gives_people_or_a_refusal(data, encoding):
    people_or_refusal(data.draw(spoilt(TEXTS[encoding])), "people.csv")


@given(st.binary(max_size=2_000), st.sampled_from(("a.csv", "a.tsv", "a.xlsx")))
def test_any_bytes_give_people_or_a_refusal(content, name):
    people_or_refusal(content, name)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_any_table_under_known_headings_gives_people_or_a_refusal(rows):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";").writerows([HEADER, *rows])
    people_or_refusal(made.getvalue().encode("utf-16", "surrogatepass"), "a.csv")


@given(st.sampled_from(range(len(HEADER))), PEOPLE)
def test_a_dropped_column_leaves_the_others_as_they_were(dropped, people):
    lines = list(csv.reader(io.StringIO(as_text(people, ";", "\n", csv.QUOTE_ALL), newline=""), delimiter=";"))
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";").writerows([line[:dropped] + line[dropped + 1 :] for line in lines])
    entries = people_or_refusal(made.getvalue().encode(), "a.csv")
    code = list(expected(0, people[0]))[dropped]
    for number, (entry, person) in enumerate(zip(entries, people, strict=True)):
        assert entry.values == {field: value for field, value in expected(number, person).items() if field != code}
        assert any(problem.level == "error" for problem in entry.problems) == (dropped < 3)
