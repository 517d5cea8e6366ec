"""From rows to people: every value parsed, every problem with the address of its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from cohorts.spreadsheets.columns import Reader, reader
from cohorts.spreadsheets.days import days_of
from cohorts.spreadsheets.fields import BY_CODE, PARTS_OF_NAME, missing_fields
from cohorts.spreadsheets.findings import ERROR, WARNING
from cohorts.spreadsheets.names import name_key, tidy_name
from cohorts.spreadsheets.sheet import Sheet
from cohorts.spreadsheets.vocabulary import Vocabulary


class Problem(NamedTuple):
    """`level` is "error" (the row cannot be taken) or "warning" (the lead may accept it).

    `cell` is an address such as "E7"; `words` say what to do; `code` names the kind for programs.
    """

    level: str
    cell: str
    field: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the sheet: the row's number, a parsed value for each mapped field, what is wrong.

    Blank is None, or () for lists. "grade" is a `Grade`, "side" is "a" or "b", "leaves_on" a day; with
    "working_pattern" comes "days", Monday 0 to Sunday 6, empty where the words do not settle them.
    """

    number: int
    values: dict[str, Any]
    problems: tuple[Problem, ...]


_days = lru_cache(maxsize=4096)(days_of)


def parse_rows(sheet: Sheet, mapping: Mapping[int, str], vocabulary: Vocabulary) -> tuple[Entry, ...]:
    """The people of a sheet under a mapping of column index to field code; rows without any value are left out.

    Raises ValueError for a mapping that names an unknown or repeated field or a column that is not there.
    """
    columns = _columns(sheet, mapping, vocabulary)
    lacking = [field for field in missing_fields(dict(mapping)) if field.code != "name" or not _parts(mapping)]
    entries: list[Entry] = []
    seen = _Seen()
    for number, cells in sheet.rows:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        filled = False
        for index, code, letters, memory, read in columns:
            cell = cells[index]
            parsed = memory.get(cell)
            if parsed is None:
                parsed = memory[cell] = read(cell)
            values[code], finding = parsed
            if finding is not None:
                problems.append(Problem(finding.level, f"{letters}{number}", code, finding.words, finding.code))
            if values[code] or (finding is not None and finding.code != "missing"):
                filled = True
        if not filled:
            continue
        for field in lacking:
            words = f"{field.label} is missing: no column of the file was chosen for it."
            problems.append(Problem(ERROR, f"{sheet.columns[0]}{number}", field.code, words, "missing"))
        if _parts(mapping):
            _join_name(values, problems, sheet, mapping, number)
        if "working_pattern" in values:
            pattern = values["working_pattern"]
            values["days"] = _days(pattern) if pattern else ()
        seen.compare(number, values, problems, sheet, mapping)
        entries.append(Entry(number, values, tuple(problems)))
    return tuple(entries)


def _columns(
    sheet: Sheet, mapping: Mapping[int, str], vocabulary: Vocabulary
) -> list[tuple[int, str, str, dict[Any, Any], Reader]]:
    codes = list(mapping.values())
    if len(set(codes)) != len(codes) or not set(codes) <= BY_CODE.keys():
        raise ValueError("each column needs a known field, and each field one column")
    if not all(0 <= index < len(sheet.columns) for index in mapping):
        raise ValueError("the mapping names a column that the sheet does not have")
    return [
        (
            index,
            code,
            sheet.columns[index],
            {},
            reader(
                BY_CODE[code],
                vocabulary,
                date_system=sheet.date_system,
                cells=[row.cells[index] for row in sheet.rows] if code == "leaves_on" else (),
            ),
        )
        for index, code in sorted(mapping.items())
    ]


def _parts(mapping: Mapping[int, str]) -> bool:
    codes = set(mapping.values())
    return codes >= PARTS_OF_NAME and "name" not in codes


def _join_name(
    values: dict[str, Any], problems: list[Problem], sheet: Sheet, mapping: Mapping[int, str], number: int
) -> None:
    name = tidy_name(" ".join(filter(None, (values["first_name"], values["last_name"]))))
    values["name"] = name or None
    for code in ("first_name", "last_name"):
        if not values[code] and not any(problem.field == code for problem in problems):
            problems.append(
                Problem(
                    ERROR,
                    _address(sheet, mapping, code, number),
                    code,
                    "Part of the name is missing: fill it in.",
                    "missing",
                )
            )


def _address(sheet: Sheet, mapping: Mapping[int, str], code: str, number: int) -> str:
    index = next((index for index, given in mapping.items() if given == code), 0)
    return sheet.address(number, index)


class _Seen:
    """Addresses and names of the rows above."""

    def __init__(self) -> None:
        self.emails: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def compare(
        self,
        number: int,
        values: dict[str, Any],
        problems: list[Problem],
        sheet: Sheet,
        mapping: Mapping[int, str],
    ) -> None:
        email, name = values.get("email"), values.get("name")
        if email:
            cell = _address(sheet, mapping, "email", number)
            above = self.emails.setdefault(email, cell)
            if above != cell:
                words = f"{email} already stands in {above}: keep one row for each person."
                problems.append(Problem(ERROR, cell, "email", words, "repeated_email"))
                return
        if name:
            code = "name" if "name" in mapping.values() else "last_name"
            cell = _address(sheet, mapping, code, number)
            above = self.names.setdefault(name_key(name), cell)
            if above != cell:
                words = (
                    f"{name} also stands in {above} with another address: "
                    "accept this if they are two people, or keep one of the rows."
                )
                problems.append(Problem(WARNING, cell, "name", words, "same_name"))
