"""Bounds of a sheet: what just fits is read, what does not is refused."""

import pytest

from cohorts.spreadsheets import LIMITS, SheetRefused, read_sheet
from cohorts.spreadsheets.archive import Archive
from cohorts.spreadsheets.outline import broken_cells, refuse_repeated_texts
from cohorts.tests.spreadsheet_parts import HEADINGS, PEOPLE, pack, parts, worksheet


def text_of(people=1, columns=3, blank=0):
    header = [*HEADINGS, *(f"h{number}" for number in range(columns - 3))]
    line = ";".join(["A B", "a@b.example", "doctor", *("x" for _ in range(columns - 3))])
    return "\n".join([";".join(header), *[""] * blank, *[line] * people]).encode()


def test_the_limits_are_those_that_were_promised():
    promised = (LIMITS.file_bytes, LIMITS.unpacked_bytes, LIMITS.members, LIMITS.people, LIMITS.columns)
    assert promised == (5 * 1024**2, 50 * 1024**2, 200, 5_000, 50)


def test_5000_people_are_read_and_one_more_is_refused():
    assert len(read_sheet(text_of(5_000), "a.csv").rows) == 5_000
    with pytest.raises(SheetRefused, match="more than 5,000 people"):
        read_sheet(text_of(5_001), "a.csv")


def test_50_columns_are_read_and_one_more_is_refused():
    assert len(read_sheet(text_of(columns=50), "a.csv").header) == 50
    with pytest.raises(SheetRefused, match="more than 50 columns"):
        read_sheet(text_of(columns=51), "a.csv")


def test_blank_rows_are_no_people_but_nobody_may_stand_far_below():
    assert read_sheet(text_of(1, blank=9_000), "a.csv").rows[0].number == 9_002
    with pytest.raises(SheetRefused, match="Row 10202 is filled"):
        read_sheet(text_of(1, blank=10_200), "a.csv")
    assert len(read_sheet(text_of(1) + b"\n" * 50_000, "a.csv").rows) == 1


def test_200_members_are_opened_and_one_more_is_refused():
    filling = {f"xl/media/{number}.bin": b"" for number in range(200 - len(parts()))}
    assert len(Archive(pack(parts() | filling)).names) == 200
    with pytest.raises(SheetRefused, match="more than 200 parts"):
        Archive(pack(parts() | filling | {"one": b"more"}))


def test_unpacked_bytes_are_counted_over_all_parts_read():
    archive = Archive(pack({f"{number}": bytes(10 * 1024**2) for number in range(5)}))
    assert all(len(archive.part(f"{number}")) == 10 * 1024**2 for number in range(5))
    with pytest.raises(SheetRefused, match="more than 50 MB"):
        archive.part("0")


@pytest.mark.parametrize(
    "cell", ['<c r="AX9999"><v>1</v></c>', '<c  r="AX9999"><v>1</v></c>', '<c r="XFD999999" s="1"/>']
)
def test_cells_within_bounds_or_without_value_are_taken(cell):
    assert broken_cells(worksheet(f'{PEOPLE}<row r="9999">{cell}</row>').encode()) == {}


@pytest.mark.parametrize(
    "cell", ['<c r="AY5"><v>1</v></c>', '<c r="A10000"><f>1</f></c>', '<c  r="AY5"><is><t>1</t></is></c>']
)
def test_a_filled_cell_out_of_bounds_is_refused(cell):
    with pytest.raises(SheetRefused, match="is filled"):
        broken_cells(worksheet(f"{PEOPLE}<row>{cell}</row>").encode())


def test_both_ways_of_finding_broken_cells_agree():
    cells = (
        '<row r="2"><c r="A2"><f>1</f></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C2" t="str"><f>A1</f><v></v></c></row>'
    )
    plain = worksheet(cells).encode()
    walked = worksheet(cells.replace("<row ", "<row  ")).encode()
    assert broken_cells(plain) == broken_cells(walked)
    assert {place: broken.reason for place, broken in broken_cells(plain).items()} == {
        (1, 0): "a formula without a stored value",
        (1, 1): "#DIV/0!",
    }


def test_shared_texts_may_fill_the_sheet_once_but_not_the_memory():
    shared = b"<sst>" + b"<si><t>" + b"a" * 30_000 + b"</t></si>" + b"</sst>"
    few, many = (b'<c t="s"><v>0</v></c>' * count for count in (700, 900))
    refuse_repeated_texts(few, shared)
    with pytest.raises(SheetRefused):
        refuse_repeated_texts(many, shared)
