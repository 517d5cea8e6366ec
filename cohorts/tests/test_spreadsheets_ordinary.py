"""Sheets as hospitals really save them: each is read to exactly the same people."""

import datetime
import io

import openpyxl
import pytest
import xlsxwriter

from cohorts.spreadsheets import SheetRefused, Vocabulary, guess_columns, parse_rows, read_sheet
from cohorts.tests.spreadsheet_parts import book, pack, parts, row, workbook_xml, worksheet

HEADER = ["Name", "E-mail address", "I am a", "Grade / AfC band", "Leaving date", "Mobile"]
PEOPLE = [
    ["Zoë Fernández-Hart", "zoe.hart@trust.example", "Doctor", "ST5", "04/08/2027", "07868288909"],
    ["Samantha O'Brien", "samantha.obrien@trust.example", "Manager", "Band 8a", "31/03/2029", "07617483380"],
]
EXPECTED = [
    ("Zoë Fernández-Hart", "zoe.hart@trust.example", "a", "ST5", datetime.date(2027, 8, 4), "07868288909"),
    ("Samantha O'Brien", "samantha.obrien@trust.example", "b", "Band 8a", datetime.date(2029, 3, 31), "07617483380"),
]


def people_of(content, name):
    sheet = read_sheet(content, name)
    entries = parse_rows(sheet, guess_columns(sheet.header, sheet.rows), Vocabulary())
    assert [problem for entry in entries for problem in entry.problems] == []
    return [
        (
            *(entry.values[code] for code in ("name", "email", "side")),
            entry.values["grade"].text,
            entry.values["leaves_on"],
            entry.values["phone"],
        )
        for entry in entries
    ]


def text(separator=";", end="\r\n", above=(), header=HEADER, people=PEOPLE, below=()):
    lines = [*above, separator.join(header), *(separator.join(person) for person in people), *below]
    return end.join(lines) + end


def saved(rows, *, with_book=None, prepare=None, date_1904=False):
    """Rows written by XlsxWriter; days as dates, numbers as numbers."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(
        made, {"in_memory": True, "default_date_format": "dd/mm/yyyy", "date_1904": date_1904}
    ) as new:
        sheet = new.add_worksheet("People")
        if prepare:
            prepare(new, sheet)
        for number, cells in rows:
            for column, cell in enumerate(cells):
                sheet.write_datetime(number, column, cell) if isinstance(cell, datetime.date) else sheet.write(
                    number, column, cell
                )
        if with_book:
            with_book(new, sheet)
    return made.getvalue()


def days(people):
    """The same people as a spreadsheet holds them: real dates and telephones that became numbers."""
    return [[*person[:4], datetime.datetime.strptime(person[4], "%d/%m/%Y"), float(person[5])] for person in people]


def numbered(rows, first=0):
    return list(enumerate(rows, first))


def by_openpyxl():
    made = openpyxl.Workbook()
    made.active.append(["Paired Learning 2027"])
    made.active.merge_cells("A1:F1")
    made.active.append([])
    made.active.append(HEADER)
    for person in days(PEOPLE):
        made.active.append(person)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def hidden_first(new, sheet):
    other = new.add_worksheet("Old list")
    other.write_row(0, 0, HEADER)
    other.write_row(1, 0, ["Nobody Here", "nobody@trust.example", "Doctor", "F1", "", ""])
    other.hide()


def far_formats(new, sheet):
    grey = new.add_format({"bg_color": "#eeeeee"})
    sheet.write_blank(30_000, 0, None, grey)
    sheet.write_blank(1, 60, None, grey)


def prefixed():
    sheet = worksheet(row(1, HEADER) + "".join(row(n, p) for n, p in enumerate(PEOPLE, 2)))
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    return book(sheet.replace("xmlns=", "xmlns:x="))


def stored_formulas():
    def write(new, sheet):
        sheet.write_formula(1, 0, '="Zoë "&"Fernández-Hart"', None, "Zoë Fernández-Hart")

    return saved(numbered([HEADER, *days(PEOPLE)]), with_book=write)


SURNAME_FIRST = [
    ["Fernández-Hart, Dr Zoë", *PEOPLE[0][1:]],
    ["O'Brien, Samantha", *PEOPLE[1][1:]],
]
SPLIT = [["First name", "Surname", *HEADER[1:]]] + [[*person[0].split(" "), *person[1:]] for person in PEOPLE]
FORM = ["Timestamp", "What is your full name?", "What is your work e-mail address?", "Are you a doctor or a manager?"]
FORM += ["What is your grade or band? *", "When do you leave the trust (date of leaving)?", "Mobile number (optional)"]

ORDINARY = {
    "UTF-8": lambda: ("a.csv", text().encode()),
    "UTF-8 with a mark": lambda: ("a.csv", text(",").encode("utf-8-sig")),
    "Windows-1252": lambda: ("a.csv", text().encode("cp1252")),
    "UTF-16": lambda: ("a.txt", text("\t").encode("utf-16")),
    "UTF-16 big-endian with a mark": lambda: ("a.csv", b"\xfe\xff" + text().encode("utf-16-be")),
    "UTF-16 without a mark": lambda: ("a.txt", text("\t").encode("utf-16-le")),
    "tabs": lambda: ("a.tsv", text("\t").encode()),
    "commas with quotes": lambda: ("a.CSV", text('","', '"\r\n"').join(('"', "")).encode()[:-1]),
    "sep= line": lambda: ("a.csv", ("sep=,\r\n" + text(",")).encode()),
    "sep= line after a mark": lambda: ("a.csv", ("sep=;\r\n" + text()).encode("utf-16")),
    "carriage returns only": lambda: ("a.csv", text(end="\r").encode()),
    "line feeds only": lambda: ("a.csv", text(end="\n").encode()),
    "title rows": lambda: (
        "a.csv",
        text(above=["Paired Learning 2027;;;", "Closing 15 January, at noon", ""]).encode(),
    ),
    "blank rows": lambda: ("a.csv", text(above=["", ""], below=[";;;;;", "", ";;;;;"]).encode()),
    "padded headings": lambda: ("a.csv", text(header=[f"  {h}\u00a0 " for h in HEADER]).encode()),
    "headings in capitals": lambda: ("a.csv", text(header=[h.upper() for h in HEADER]).encode()),
    "empty columns between": lambda: ("a.csv", text(";;").encode()),
    "first column empty": lambda: (
        "a.csv",
        text("\n;")
        .replace("\n;", ";")
        .replace("Name;", ";Name;", 1)
        .replace("\nZ", "\n;Z")
        .replace("\nS", "\n;S")
        .encode(),
    ),
    "headings again further down": lambda: ("a.csv", text(people=[PEOPLE[0], HEADER, PEOPLE[1]]).encode()),
    "surname first": lambda: ("a.csv", text(people=SURNAME_FIRST).encode()),
    "first name and surname": lambda: ("a.csv", text(header=SPLIT[0], people=SPLIT[1:]).encode()),
    "questions of a form": lambda: (
        "a.csv",
        text(",", header=FORM, people=[["2027-01-05 10:22", *p] for p in PEOPLE]).encode(),
    ),
    "telephones kept by a formula": lambda: ("a.csv", text(people=[[*p[:5], f'="{p[5]}"'] for p in PEOPLE]).encode()),
    "line breaks inside a heading": lambda: (
        "a.csv",
        text(header=['"I am\n a"' if h == "I am a" else h for h in HEADER]).encode(),
    ),
    "workbook with real dates": lambda: ("a.xlsx", saved(numbered([HEADER, *days(PEOPLE)]))),
    "workbook of 1904": lambda: ("a.xlsx", saved(numbered([HEADER, *days(PEOPLE)]), date_1904=True)),
    "workbook with text only": lambda: ("a.XLSX", saved(numbered([HEADER, *PEOPLE]))),
    "workbook with title rows": lambda: (
        "a.xlsx",
        saved([(0, ["Paired Learning"]), *numbered([HEADER, *days(PEOPLE)], 4)]),
    ),
    "merged title": lambda: ("a.xlsx", by_openpyxl()),
    "stored formulas": lambda: ("a.xlsx", stored_formulas()),
    "hidden sheet": lambda: ("a.xlsx", saved(numbered([HEADER, *days(PEOPLE)]), prepare=hidden_first)),
    "formats far away": lambda: ("a.xlsx", saved(numbered([HEADER, *days(PEOPLE)]), with_book=far_formats)),
    "prefixed tags": lambda: ("a.xlsx", prefixed()),
    "serial numbers as text": lambda: (
        "a.csv",
        text(people=[[*PEOPLE[0][:4], "46603", PEOPLE[0][5]], [*PEOPLE[1][:4], "47208", PEOPLE[1][5]]]).encode(),
    ),
}


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_file_is_read_to_the_same_people(kind):
    name, content = ORDINARY[kind]()
    assert people_of(content, name) == EXPECTED


def test_the_notes_say_how_a_text_file_was_read():
    note, doubt = read_sheet(text().encode("cp1252"), "a.csv").notes
    assert note == "Read as Windows-1252, separated by semicolons."
    assert doubt.startswith("The file does not name its encoding")
    assert read_sheet(text(",").encode(), "a.csv").notes == ("Read as UTF-8, separated by commas.",)


def test_sheets_that_are_not_read_are_named_and_hidden_ones_never_read():
    content = saved(numbered([HEADER, *days(PEOPLE)]), prepare=hidden_first)
    assert read_sheet(content, "a.xlsx").notes == ("The hidden sheet “Old list” was not read.",)


def test_a_workbook_with_only_hidden_sheets_is_refused():
    hidden = workbook_xml('<sheet name="People" sheetId="1" state="veryHidden" r:id="rId1"/>')
    with pytest.raises(SheetRefused, match="no visible sheet"):
        read_sheet(pack(parts(workbook=hidden)), "a.xlsx")


def test_the_list_of_people_is_found_behind_another_visible_sheet():
    def notes_first(new, sheet):
        sheet.write_row(0, 0, ["To do", "By whom"])
        sheet.write_row(1, 0, ["Ask divisions", "Sam"])
        people = new.add_worksheet("Applications")
        for number, person in enumerate([HEADER, *PEOPLE]):
            people.write_row(number, 0, person)

    content = saved([], with_book=notes_first)
    assert read_sheet(content, "a.xlsx").name == "Applications"
    assert people_of(content, "a.xlsx") == EXPECTED


def test_rows_keep_the_number_and_columns_the_letters_of_the_file():
    content = saved([(0, ["Title"]), (3, ["", *HEADER]), (4, ["", *PEOPLE[0]]), (9, ["", *PEOPLE[1]])])
    sheet = read_sheet(content, "a.xlsx")
    assert (sheet.header_row, [row.number for row in sheet.rows]) == (4, [5, 10])
    assert sheet.columns == ("B", "C", "D", "E", "F", "G")
    assert sheet.address(10, 1) == "C10"


def test_numbers_and_truths_become_plain_words():
    content = saved(
        numbered(
            [["Name", "E-mail", "Band", "Side"], ["A B", "a@b.example", 7, True], ["C D", "c@d.example", 0.6, "x"]]
        )
    )
    assert [row.cells[2:] for row in read_sheet(content, "a.xlsx").rows] == [("7", "TRUE"), ("0.6", "x")]


@pytest.mark.parametrize("formula", ["SUM(1,2)", 'A1&" x"'])
def test_a_formula_without_stored_value_is_an_error_at_its_cell(formula):
    made = openpyxl.Workbook()
    made.active.append(HEADER)
    made.active.append([f"={formula}", *PEOPLE[0][1:]])
    kept = io.BytesIO()
    made.save(kept)
    sheet = read_sheet(kept.getvalue(), "a.xlsx")
    (entry,) = parse_rows(sheet, guess_columns(sheet.header, sheet.rows), Vocabulary())
    (problem,) = entry.problems
    assert (problem.level, problem.cell, problem.code) == ("error", "A2", "broken_cell")
    assert "a formula without a stored value" in problem.words


def test_an_error_of_a_formula_is_an_error_at_its_cell_in_both_kinds_of_file():
    cells = '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="inlineStr"><is><t>a@b.example</t></is></c></row>'
    walked = cells.replace('t="e"', "t = 'e'")
    csv = "Name;E-mail;I am a\nX Y;x@y.example;Dr\n#REF!;a@b.example;Dr\n"
    files = [("a.csv", csv.encode())]
    files += [("a.xlsx", book(worksheet(row(1, HEADER[:3]) + row(2) + more))) for more in (cells, walked)]
    for name, content in files:
        sheet = read_sheet(content, name)
        entries = parse_rows(sheet, guess_columns(sheet.header, sheet.rows), Vocabulary())
        problem = entries[-1].problems[0]
        assert (problem.cell, problem.code) == ("A3", "broken_cell")
        assert "#REF!" in problem.words
