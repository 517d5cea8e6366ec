"""How the cells of one column are read: one reader for each field, each value parsed once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from cohorts.spreadsheets.addresses import parse_email
from cohorts.spreadsheets.cleaning import Unclean, clean
from cohorts.spreadsheets.dates import either_way, looks_american, parse_day, plausible_day
from cohorts.spreadsheets.fields import LISTS, LONG_TEXTS, Field
from cohorts.spreadsheets.findings import Parsed, error, quoted, warning
from cohorts.spreadsheets.grades import parse_grade
from cohorts.spreadsheets.lists import split_list, split_people
from cohorts.spreadsheets.names import lost_letters, parse_name, tidy_name
from cohorts.spreadsheets.phones import parse_phone
from cohorts.spreadsheets.sheet import Broken, Cell
from cohorts.spreadsheets.sides import side_of
from cohorts.spreadsheets.vocabulary import Vocabulary

MOST_ENTRIES = 50
# A directorate's own name may hold a comma or a slash ("Surgery, Cancer & Cardiovascular", "HR / Workforce").
SEPARATORS = {"directorates": ";\n", "sites": ";/,\n", "offers": ";,\n", "wants": ";,\n", "interests": ";,\n"}
EXCEL_ERRORS = frozenset(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
Reader = Callable[[Cell], Parsed]


def reader(field: Field, vocabulary: Vocabulary, *, date_system: int = 1900, cells: Iterable[Cell] = ()) -> Reader:
    """Reads any cell of the field's column to (value, finding or None).

    `cells` are all of the column: one American date among them puts every date with two readings in doubt.
    """
    parse = _parser(field, vocabulary, date_system, cells)
    blank: Parsed = ((), None) if field.code in LISTS else (None, None)
    if field.required:
        blank = (None, error("missing", f"{field.label} is missing: fill it in."))
    lines = field.code in LONG_TEXTS or field.code in LISTS
    longest = field.longest * (MOST_ENTRIES if field.code in LISTS else 1)

    def read(cell: Cell) -> Parsed:
        if cell is None:
            return blank
        if isinstance(cell, Broken):
            return blank[0], _broken(cell)
        if isinstance(cell, datetime.date):
            return _from_day(field, cell, vocabulary)
        try:
            text = clean(cell, lines=lines)
        except Unclean as unclean:
            return blank[0], error("hidden_signs", f"This cell {unclean.args[0]}.")
        if not text:
            return blank
        if text in EXCEL_ERRORS:  # as a CSV file keeps them
            return blank[0], _broken(Broken(text))
        if len(text) > longest:
            return blank[0], _too_long(field, len(text), longest)
        return parse(text)

    return read


def _parser(field: Field, vocabulary: Vocabulary, date_system: int, cells: Iterable[Cell]) -> Callable[[str], Parsed]:
    code = field.code
    if code == "name":
        return _name
    if code in ("first_name", "last_name"):
        return lambda text: (text, lost_letters(text))
    if code in ("email", "manager_email", "second_email"):
        return parse_email
    if code == "side":
        return partial(_side, vocabulary=vocabulary)
    if code == "grade":
        return partial(parse_grade, grades=vocabulary.folded_grades())
    if code == "leaves_on":
        american = any(isinstance(cell, str) and looks_american(cell) for cell in cells)
        return partial(_day, american=american, date_system=date_system, today=vocabulary.today)
    if code == "phone":
        return parse_phone
    if code == "exclusions":
        return partial(_people, field=field)
    if code in LISTS:
        return partial(_list, field=field)
    if code in ("manager_name", "previous_partner"):
        return lambda text: (tidy_name(text), lost_letters(text))
    return lambda text: (text, None)


def _name(text: str) -> Parsed:
    if not any(map(str.isalpha, text)):
        return None, error("no_name", f"{quoted(text)} is not a name: write first and last name.")
    return parse_name(text)


def _side(text: str, *, vocabulary: Vocabulary) -> Parsed:
    side, sure = side_of(text, vocabulary.sides)
    first, second = vocabulary.labels
    if side is None:
        return None, error("unknown_side", f"{quoted(text)} is neither {first} nor {second}: write one of the two.")
    if not sure:
        label = vocabulary.labels["ab".index(side)]
        return side, warning("guessed_side", f"{quoted(text)} was taken to mean {label}: check it.")
    return side, None


def _day(text: str, *, american: bool, date_system: int, today: datetime.date | None) -> Parsed:
    day, finding = parse_day(text, date_system=date_system, today=today)
    if american and finding is None and either_way(text):
        finding = warning(
            "ambiguous_date",
            f"{quoted(text)} was read as {day.day} {day:%B %Y}, but other dates of this column have the month "
            "first: check it.",
        )
    return day, finding


def _list(text: str, *, field: Field) -> Parsed:
    return _bounded(split_list(text, SEPARATORS[field.code]), field)


def _people(text: str, *, field: Field) -> Parsed:
    people, finding = _bounded(split_people(text), field)
    return people, finding or lost_letters(text, "a name")


def _bounded(entries: tuple[str, ...], field: Field) -> Parsed:
    if len(entries) > MOST_ENTRIES:
        return (), error("too_many", f"This cell holds {len(entries)} entries: keep {MOST_ENTRIES} at most.")
    size = max(map(len, entries), default=0)
    if size > field.longest:
        return (), error(
            "too_long", f"One entry has {size:,} characters: keep each under {field.longest}, separated by semicolons."
        )
    return entries, None


def _from_day(field: Field, day: datetime.date, vocabulary: Vocabulary) -> Parsed:
    if field.code == "leaves_on":
        return plausible_day(day, today=vocabulary.today)
    empty: Any = () if field.code in LISTS else None
    return empty, error(
        "turned_into_date",
        f"The spreadsheet turned this cell into the date {day:%d/%m/%Y}: format it as text and type it again.",
    )


def _broken(cell: Broken) -> Any:
    return error(
        "broken_cell",
        f"This cell holds {cell.reason}: open the file in your spreadsheet program, put the value itself "
        "into the cell, save and upload it again.",
    )


def _too_long(field: Field, size: int, longest: int) -> Any:
    return error("too_long", f"{field.label} has {size:,} characters: shorten it to {longest:,} at most.")
