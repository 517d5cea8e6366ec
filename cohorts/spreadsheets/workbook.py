"""An XLSX workbook, read through a fresh archive that holds only what was checked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import python_calamine

from cohorts.spreadsheets.archive import DAMAGED, Archive
from cohorts.spreadsheets.limits import LIMITS, SheetRefused
from cohorts.spreadsheets.markup import Part, checked, walk
from cohorts.spreadsheets.outline import Breaks, broken_cells, refuse_repeated_texts
from cohorts.spreadsheets.rebuilding import rebuilt

NOT_A_WORKBOOK = (
    "This file is not an Excel workbook inside: open it in your spreadsheet program, "
    "choose Save As, Excel Workbook (.xlsx), and upload the new file."
)
MACROS = "This workbook holds macros: choose Save As, Excel Workbook (.xlsx), and upload the new file."
BINARY = "This workbook is in Excel's binary format: choose Save As, Excel Workbook (.xlsx), and upload that."
OTHER_OFFICE = (
    "This is a document of another program, not an Excel workbook: "
    "choose Save As, Excel Workbook (.xlsx) or CSV, and upload the new file."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it; `part` is None for a chart and for a part that is not there."""

    name: str
    visible: bool
    part: str | None


@dataclass(frozen=True, slots=True)
class Grid:
    """All values of one worksheet from cell A1 on, as the reader gives them, and its broken cells."""

    name: str
    values: list[list[Any]]
    broken: Breaks


class Workbook:
    """The sheets of an XLSX file. Raises `SheetRefused` where it is damaged, hostile or something else."""

    def __init__(self, content: bytes) -> None:
        self._archive = Archive(content)
        self._refuse_other_kinds()
        home = self._home()
        self._main = checked(self._archive.part(home) or b"")
        self._relations = self._related(home)
        self.date_system = 1900
        self.sheets: list[Listed] = []
        walk(self._main, self._listed)
        self._styles = self._support("styles")
        self._shared = self._support("sharedStrings")

    def grids(self) -> Iterator[Grid]:
        """The visible worksheets in order, each read only when asked for."""
        visible = [sheet for sheet in self.sheets if sheet.visible and sheet.part]
        for sheet in visible[: LIMITS.sheets_tried]:
            broken, fresh = self._examined(sheet.part or "")
            yield Grid(sheet.name, _values(fresh), broken)

    def _examined(self, name: str) -> tuple[Breaks, io.BytesIO]:
        part = checked(self._archive.part(name) or b"")
        broken = broken_cells(part)
        refuse_repeated_texts(part, self._shared)
        return broken, rebuilt(part, shared=self._shared, styles=self._styles, date_system=self.date_system)

    def _refuse_other_kinds(self) -> None:
        names = self._archive.names
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
            raise SheetRefused(MACROS)
        if "xl/workbook.bin" in names:
            raise SheetRefused(BINARY)
        if "mimetype" in names or any(name.startswith(("word/", "ppt/", "index/")) for name in names):
            raise SheetRefused(OTHER_OFFICE)
        types = self._archive.part("[Content_Types].xml")
        if types is None:
            raise SheetRefused(NOT_A_WORKBOOK)
        if b"macroenabled" in checked(types).lower():
            raise SheetRefused(MACROS)

    def _home(self) -> str:
        for kind, target in self._related("").values():
            if kind == "officeDocument" and target in self._archive:
                return target
        if "xl/workbook.xml" in self._archive:
            return "xl/workbook.xml"
        raise SheetRefused(NOT_A_WORKBOOK)

    def _related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id to (kind, name of the target)."""
        folder, _, file = name.rpartition("/")
        part = self._archive.part(f"{folder}/_rels/{file}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = attributes.get("Target", "")
                inside = target if target.startswith("/") else f"{folder}/{target}"
                found[attributes.get("Id", "")] = (kind, inside.lstrip("/"))

        if part is not None:
            walk(checked(part), start)
        return found

    def _listed(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            if attributes.get("date1904", "0").strip().lower() in ("1", "true", "on"):
                self.date_system = 1904
        elif tag == "sheet":
            relation = next((attributes[key] for key in attributes if key.rpartition(":")[2] == "id"), "")
            kind, target = self._relations.get(relation, ("", ""))
            visible = attributes.get("state", "visible") == "visible"
            part = target if kind == "worksheet" and target in self._archive else None
            self.sheets.append(Listed(attributes.get("name", ""), visible, part))

    def _support(self, kind: str) -> Part:
        for found, target in self._relations.values():
            if found == kind and target in self._archive:
                return checked(self._archive.part(target) or b"")
        return b""


def _values(fresh: io.BytesIO) -> list[list[Any]]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(fresh) as book:
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except BaseException as error:
        # A panic of the reader's Rust side derives from BaseException and has no importable name.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise SheetRefused(DAMAGED) from error
        raise
