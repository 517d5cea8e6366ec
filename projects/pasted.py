"""Points out of a paste or a sheet: words become days and values, and whatever is refused names its row."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.spreadsheets import LIMITS, Broken, Cell, Row, separator_of
from cohorts.spreadsheets.cleaning import Unclean, clean
from cohorts.spreadsheets.dates import parse_day, plausible_day
from cohorts.spreadsheets.findings import quoted
from elements.clock import in_full
from projects.columns import NOTHING_KNOWN, Column, Wanted, WhichColumn, meant
from projects.models import LARGEST, MOST_POINTS, Point

LONGEST_NOTE = Point._meta.get_field("note").max_length or 0
LONGEST_CELL = 60  # characters of a day or a number
SHOWN = 8  # refusals of one paste
LOOKED_AT = 200  # rows that tell what a column holds
TITLES = 40  # how far down the first day may stand
LINE_END = re.compile(r"\r\n|\r|\n|\Z")
BLANK = " \t;,|\u00a0\ufeff"

NUMBER = re.compile(r"[+-]?(?=\.?\d)(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?(?:e[+-]?\d{1,3})?", re.ASCII)
THOUSANDS = re.compile(r"\d{1,3}", re.ASCII), re.compile(r"\d{3}(?:\.\d+)?", re.ASCII)
MONTH = re.compile(r"([a-z]{3,9})(?:[\s\-]+(\d{4})|-(\d\d))", re.ASCII)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
NOTES = ("note", "comment", "remark", "annotation")
TOO_LARGE = f"must lie between \u2212{LARGEST:,.0f} and {LARGEST:,.0f}"

Given = tuple[date, float, str]  # day, value, note


class RowsRefused(ValueError):
    """Nothing of it is taken; `sentences` say why, a line for each row that is wrong."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class NotRead(ValueError):
    """One cell cannot be read; `str()` says why and what to do."""


@dataclass(frozen=True)
class Pasted:
    """Points in the order of time, and sentences on what was left out or put in order."""

    points: tuple[Given, ...]
    said: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()  # of numbers, where one of several had to be chosen


def number_of(text: str) -> float:
    """A number as people write it: "1,234.5", "87%", "£20", "−3". Raises NotRead."""
    written = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip().lstrip("'")
    bare = "".join(written.casefold().split()).removeprefix("£").removesuffix("%")
    if not bare or len(bare) > LONGEST_CELL or not NUMBER.fullmatch(bare):
        if bare.startswith("=") and len(bare) > 1:
            raise NotRead(f"{quoted(text)} is a formula: paste its value")
        if re.fullmatch(r"[+-]?\d+,\d{1,2}", bare, re.ASCII):
            raise NotRead(f"{quoted(text)} is not a number: write decimals with a point, like 87.5")
        raise NotRead(f"{quoted(text)} is not a number")
    value = float(bare.replace(",", ""))
    if not abs(value) <= LARGEST:
        raise NotRead(f"{quoted(text)} {TOO_LARGE}")
    return value + 0.0  # no minus before nothing


def day_of(cell: Cell, *, date_system: int = 1900) -> date:
    """A day as people in Britain write it; a month is its first day. Raises NotRead."""
    if isinstance(cell, date):
        day, finding = plausible_day(cell)
    else:
        text = clean(str(cell or ""))[: LONGEST_CELL + 1]
        if month := MONTH.fullmatch(text.casefold()):
            text = f"1 {month[1]} {month[2] or f'20{month[3]}'}"
        day, finding = parse_day(text, date_system=date_system)
    if finding:
        raise NotRead(finding.words.rstrip("."))
    if day is None:
        raise NotRead(f"{quoted(str(cell or ''))} is not a date: write it like 31/07/2027")
    return day


def read_paste(text: str, wanted: Wanted = NOTHING_KNOWN) -> Pasted:
    """Two columns, or three with a note: day and value, between them a tab, a semicolon or a comma.

    Raises RowsRefused, WhichColumn.
    """
    separator = separator_of(line for _, line in _filled(text))
    return read_rows(rows_of(text, separator), cut_at=separator, wanted=wanted)


def rows_of(text: str, separator: str) -> list[Row]:
    """The lines that hold anything, each cut into its cells and counted from 1. Raises RowsRefused."""
    _refuse_too_many(sum(1 for _ in _filled(text)), most=MOST_POINTS + TITLES)
    return [
        Row(number, tuple(cell.strip() or None for cell in _cut(line, separator)[: LIMITS.columns]))
        for number, line in _filled(text)
    ]


def _filled(text: str) -> Iterable[tuple[int, str]]:
    """One line after the other, so that a long paste is counted before it is kept."""
    start = 0
    for number, end in enumerate(LINE_END.finditer(text), start=1):
        line, start = text[start : end.start()], end.end()
        if line.strip(BLANK):
            yield number, line


def _cut(line: str, separator: str) -> list[str]:
    """Line by line, so that a quotation mark that is never closed swallows no row below it."""
    try:
        return next(csv.reader([line], delimiter=separator))
    except (csv.Error, StopIteration):
        return line.split(separator)


def read_rows(
    rows: Sequence[Row], *, date_system: int = 1900, cut_at: str = "", wanted: Wanted = NOTHING_KNOWN
) -> Pasted:
    """The points of rows, whichever their columns of days and of numbers are. Raises RowsRefused, WhichColumn.

    `cut_at` is what stood between the cells of pasted lines; a file has cells without. No row has more cells than a
    file may have columns: all are made as long as the longest.
    """
    if not rows:
        raise RowsRefused("There is no row in it. Each row has a day and a value, like 4/1/2027 and 14")
    if max(len(row.cells) for row in rows) < 2:
        raise RowsRefused(
            f"Row {rows[0].number} has one column. Put a tab, a semicolon or a comma between the day and its value"
        )
    _refuse_too_many(len(rows), most=MOST_POINTS + TITLES)
    return _Reader(rows, date_system, cut_at, wanted).read()


def _refuse_too_many(number: int, *, most: int = MOST_POINTS) -> None:
    """Headings may come on top of the points, as long as nobody has told them apart."""
    if number > most:
        raise RowsRefused(
            f"There are {number:,} rows, and a measure holds at most {MOST_POINTS:,} points. "
            "Take a part of them, or one value a week instead of one a day"
        )


class _Reader:
    """Reads rows one after the other, and gathers what is wrong with any of them."""

    def __init__(self, rows: Sequence[Row], date_system: int, cut_at: str, wanted: Wanted):
        self.date_system, self.cut_at = date_system, cut_at
        self.width = max(len(row.cells) for row in rows)
        self.rows = [Row(row.number, row.cells + (None,) * (self.width - len(row.cells))) for row in rows]
        self.day = next(self._columns(self._is_day), 0)
        others = [column for column in range(self.width) if column != self.day]
        numbers = [column for column in self._columns(self._is_number) if column != self.day]
        # The nearest after the days; of several a person has the last word.
        self.value = min(numbers or others, key=lambda column: (column < self.day, column))
        self.several = self._several(numbers) if len(numbers) > 1 and not self._has_split_thousands() else ()
        if self.several:
            self.value = self._one_of(self.several, wanted)
        self.is_asked = bool(self.several) and wanted.column is not None
        self.wrong: list[str] = []
        self.blank: list[int] = []
        self.given: dict[date, tuple[int, float, str]] = {}
        self.is_sorted = True

    def read(self) -> Pasted:
        rows = self.rows
        headings: list[Row] = []
        while rows and len(headings) < TITLES and self._is_heading(rows[0]):
            headings, rows = [*headings, rows[0]], rows[1:]
        self.note = self._note_column(headings)
        _refuse_too_many(len(rows))
        for row in rows:
            try:
                self._take(row)
            except NotRead as problem:
                self.wrong.append(f"Row {row.number}: {problem}")
            except Unclean as problem:
                self.wrong.append(f"Row {row.number}: one of its cells {problem}")
        if self.wrong:
            raise RowsRefused(*self._shown())
        if not self.given:
            raise RowsRefused("No row has both a day and a value. Write them like 4/1/2027 and 14")
        points = [(day, value, note) for day, (_, value, note) in sorted(self.given.items())]
        return Pasted(tuple(points), tuple(self._said(headings)), self.several if self.is_asked else ())

    def _several(self, numbers: Sequence[int]) -> tuple[Column, ...]:
        """Columns of numbers as a person tells them apart."""
        first = next((place for place, row in enumerate(self.rows) if self._can(day_of, row.cells[self.day])), 0)
        above, below = self.rows[:first][-TITLES:], self.rows[first : first + LOOKED_AT]
        return tuple(
            Column(
                column,
                next((str(row.cells[column]) for row in reversed(above) if row.cells[column]), "")[:LONGEST_CELL],
                tuple(str(row.cells[column])[:LONGEST_CELL] for row in below if row.cells[column] is not None),
            )
            for column in numbers
        )

    def _one_of(self, several: Sequence[Column], wanted: Wanted) -> int:
        if wanted.column in [column.place for column in several]:
            return wanted.column
        if found := meant(several, wanted):
            return found.place
        raise WhichColumn(several)

    def _has_split_thousands(self) -> bool:
        """Whether a comma within numbers was taken for one between columns, which is refused row by row."""
        return any(self._is_split(row) for row in self.rows[:LOOKED_AT])

    def _is_split(self, row: Row) -> bool:
        cell, after = (*row.cells, None)[self.value : self.value + 2]
        first, rest = THOUSANDS
        return (
            self.cut_at == ","
            and isinstance(cell, str)
            and isinstance(after, str)
            and bool(first.fullmatch(cell))
            and bool(rest.fullmatch(after))
        )

    def _take(self, row: Row) -> None:
        day_cell, value_cell = row.cells[self.day], row.cells[self.value]
        if value_cell is None:
            self.blank.append(row.number)
            return
        if day_cell is None:
            raise NotRead(f"the value {quoted(str(value_cell))} has no day")
        day = day_of(self._whole(day_cell), date_system=self.date_system)
        value = self._value(value_cell, row)
        note = self._note(row)
        if day in self.given:
            raise NotRead(f"{in_full(day)} is also in row {self.given[day][0]}: keep one of the two")
        self.is_sorted = self.is_sorted and day >= next(reversed(self.given), day)
        self.given[day] = row.number, value, note

    def _value(self, cell: Cell, row: Row) -> float:
        cell = self._whole(cell)
        if isinstance(cell, date):
            raise NotRead(f"{cell:%d/%m/%Y} is a date where a number is expected")
        if not self.several and self._is_split(row):
            after = row.cells[self.value + 1]
            raise NotRead(
                f"“{cell},{after}” may be one number or two. Copy the cells out of your spreadsheet, or put a "
                "semicolon between day and value"
            )
        return number_of(cell)

    def _note(self, row: Row) -> str:
        cell = row.cells[self.note] if self.note is not None else None
        if cell is None or isinstance(cell, Broken):
            return ""
        note = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else clean(cell)
        if len(note) > LONGEST_NOTE:
            raise NotRead(f"its note has {len(note):,} characters, and at most {LONGEST_NOTE} are kept")
        return note

    def _whole(self, cell: Cell) -> str | date:
        if isinstance(cell, Broken):
            raise NotRead(
                f"one of its cells holds {cell.reason}. Open the sheet, put the cell right, save it and try again"
            )
        return cell or ""

    def _columns(self, looks: Callable[[Cell], bool]) -> Iterable[int]:
        """The columns in which at least half of what is filled looks so."""
        for column in range(self.width):
            filled = [row.cells[column] for row in self.rows[:LOOKED_AT] if row.cells[column] is not None]
            if filled and sum(map(looks, filled)) * 2 >= len(filled):
                yield column

    def _is_day(self, cell: Cell) -> bool:
        if isinstance(cell, str) and SERIAL.fullmatch(cell):
            return False  # as likely a number
        return self._can(day_of, cell)

    def _is_number(self, cell: Cell) -> bool:
        return isinstance(cell, Broken) or (isinstance(cell, str) and self._can(number_of, cell))

    def _can(self, read: Callable, cell: Cell) -> bool:
        try:
            read(cell)
        except (NotRead, Unclean):
            return False
        return True

    def _is_heading(self, row: Row) -> bool:
        """Words above the first day: neither a day nor a number, and no figure where the day should be."""
        day, value = row.cells[self.day], row.cells[self.value]
        if isinstance(day, date | Broken) or isinstance(value, date | Broken) or self._can(day_of, day):
            return False
        has_figure = any(map(str.isdigit, day or ""))
        return value is None or not (has_figure or self._is_number(value))

    def _note_column(self, headings: Sequence[Row]) -> int | None:
        for row in headings:
            for column, cell in enumerate(row.cells):
                if column not in (self.day, self.value) and str(cell or "").casefold().strip().startswith(NOTES):
                    return column
        taken = {self.day, self.value, *(column.place for column in self.several)}
        others = [column for column in range(self.width) if column not in taken]
        return others[0] if len(others) == 1 or (self.cut_at and others) else None

    def _shown(self) -> list[str]:
        if len(self.wrong) <= SHOWN:
            return self.wrong
        more = len(self.wrong) - SHOWN
        return [*self.wrong[:SHOWN], f"{more:,} more {'row has' if more == 1 else 'rows have'} something to put right"]

    def _said(self, headings: Sequence[Row]) -> Iterable[str]:
        if not self.is_sorted:
            yield "The days were not in order, and were put in order."
        if blank := len(self.blank):
            what = (
                "1 row without a value was left out: row"
                if blank == 1
                else (f"{blank:,} rows without a value were left out: rows")
            )
            yield f"{what} {_listed(self.blank)}."
        if self.several:
            heading = next((column.heading for column in self.several if column.place == self.value), "")
            named = f", {quoted(heading)}," if heading else ""
            yield f"Of several columns of numbers column {self.value + 1}{named} was read."
        if headings:
            numbers = _listed([row.number for row in headings])
            one, many = f"Row {numbers} was read as a heading.", f"Rows {numbers} were read as headings."
            yield one if len(headings) == 1 else many


def _listed(numbers: Sequence[int]) -> str:
    """ "3", "3 and 7", "3, 7, 9 and 12 more"."""
    if len(numbers) > SHOWN:
        return f"{', '.join(map(str, numbers[:SHOWN]))} and {len(numbers) - SHOWN:,} more"
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last
