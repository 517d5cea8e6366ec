"""What confirming an uploaded sheet would do, row by row. Computed from today's rows; nothing is kept."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from accounts.names import fold_email
from cohorts import spreadsheets
from cohorts.arrivals import ELIGIBILITY, LEAVE, TAKE, Arrival, Known, arrive, introduction
from cohorts.exclusions import readable, reader_of
from cohorts.models import SheetImport

SEEN_HERE = "same_name"  # the bench knows the names of the file alone; here the people of the cohort are compared too
STATUSES = {
    "error": "Error",
    "warning": "Warning",
    "new": "New",
    "matched": "Matched",
    "unchanged": "Unchanged",
    "left out": "Left out",
}


@dataclass(frozen=True)
class Warned:
    """Something a lead should look at. `options` are (value, words); the first is what accepting all means."""

    key: str
    cell: str
    words: str
    options: tuple[tuple[str, str], ...] = ((TAKE, "Import it as written"), (LEAVE, "Leave this row out"))
    answer: str = ""


@dataclass
class Line:
    """A row of the sheet and what it would do."""

    number: int
    name: str
    email: str
    arrival: Arrival
    values: dict[str, Any]
    known: Known
    errors: list[tuple[str, str]] = field(default_factory=list)  # (cell, words)
    warnings: list[Warned] = field(default_factory=list)
    remarks: tuple[str, ...] = ()  # what is good to know and asks nothing

    @property
    def address(self) -> str:
        """The address that the cohort knows the person by; the row may have another of theirs."""
        return self.arrival.participant.user.email if self.arrival.participant else self.email

    @property
    def status(self) -> str:
        if self.errors:
            return "error"
        if self.arrival.is_unchanged:
            return "unchanged"
        if any(warned.answer == LEAVE for warned in self.warnings):
            return "left out"
        if any(not warned.answer for warned in self.warnings):
            return "warning"
        return "matched" if self.arrival.participant else "new"

    @cached_property
    def introduction(self) -> str:
        """Who would be added, worked out only for the lines of the page that is read; empty for everybody else."""
        is_added = self.arrival.participant is None and self.status in {"new", "warning"}
        return introduction(self.values, self.arrival, self.known) if is_added else ""

    @property
    def label(self) -> str:
        return STATUSES[self.status]

    @property
    def is_written(self) -> bool:
        return self.status in {"new", "matched"}


@dataclass(frozen=True)
class Preview:
    """All rows of an upload, with what was noticed about the file as a whole."""

    lines: list[Line]
    notes: tuple[str, ...]
    missing: tuple[str, ...]  # labels of required columns that no column was chosen for

    @cached_property
    def counts(self) -> dict[str, int]:
        counts = dict.fromkeys(STATUSES, 0)
        for line in self.lines:
            counts[line.status] += 1
        return counts

    @property
    def is_ready(self) -> bool:
        """Whether it may be confirmed: no error, no open warning, and something to write."""
        return not self.missing and not self.counts["error"] and not self.counts["warning"] and bool(self.lines)

    @property
    def changes_nothing(self) -> bool:
        return not self.missing and bool(self.lines) and self.counts["unchanged"] == len(self.lines)

    @property
    def asks_who_is_eligible(self) -> bool:
        return any(warned.key.endswith(f".{ELIGIBILITY}") for _, warned in self.open_warnings())

    def open_warnings(self) -> list[tuple[Line, Warned]]:
        return [
            (line, warned)
            for line in self.lines
            if line.status == "warning"
            for warned in line.warnings
            if not warned.answer
        ]


def preview(upload: SheetImport) -> Preview:
    """Compare an uploaded sheet with the people of its cohort; a fixed number of queries.

    Whoever uploaded it reads it: a lead who takes part does not see what others wrote of her.
    """
    sheet = spreadsheets.sheet_from_json(upload.sheet)
    mapping = {int(index): code for index, code in upload.columns.items() if code}
    if missing := spreadsheets.missing_fields(mapping):
        return Preview([], sheet.notes, tuple(each.label for each in missing))
    reader = reader_of(upload.by, upload.cohort)
    known = Known.of(upload.cohort, reader=reader, default_organisation=upload.answers.get("organisation", ""))
    entries = spreadsheets.parse_rows(sheet, mapping, known.vocabulary)
    lines = [_line(entry, known, upload.answers, sheet, mapping) for entry in entries]
    _warn_of_same_names(lines, known, upload.answers, sheet, mapping)
    _warn_of_names_that_fit_several(lines, known, upload.answers, sheet, mapping)
    return Preview(lines, sheet.notes, ())


def _line(entry, known: Known, answers: dict[str, Any], sheet, mapping: dict[int, str]) -> Line:
    values = entry.values
    line = Line(
        number=entry.number,
        name=values.get("name") or "",
        email=values.get("email") or "",
        arrival=arrive(values, known),
        values=values,
        known=known,
    )
    line.remarks = line.arrival.remarks
    for problem in entry.problems:
        if problem.level == "error":
            line.errors.append((problem.cell, problem.words))
        elif problem.code != SEEN_HERE:
            _warn(line, answers, code=f"{problem.code}-{problem.field}", cell=problem.cell, words=problem.words)
    for code, column, words, options in line.arrival.doubts:
        cell = _cell(sheet, mapping, column, entry.number)
        _warn(line, answers, code=code, cell=cell, words=words, options=options)
    return line


def _warn(line: Line, answers: dict[str, Any], *, code: str, cell: str, words: str, options=None) -> None:
    key = f"{line.number}.{code}"
    warned = Warned(key=key, cell=cell, words=words, **({"options": options} if options else {}))
    allowed = {value for value, _ in warned.options}
    answer = answers.get("warnings", {}).get(key, "")
    line.warnings.append(Warned(key, cell, words, warned.options, answer if answer in allowed else ""))


def _cell(sheet, mapping: dict[int, str], code: str, number: int) -> str:
    column = next((index for index, found in mapping.items() if found == code), None)
    return f"row {number}" if column is None else sheet.address(number, column)


def _everybody(lines: list[Line], known: Known) -> dict[str, dict[str, str]]:
    """{name key: {address: name}} over the sheet and the people already here."""
    found: dict[str, dict[str, str]] = {}
    for email, participant in known.participants.items():
        found.setdefault(spreadsheets.name_key(participant.name), {})[email] = participant.name
    for line in lines:
        if line.name and line.email:
            found.setdefault(spreadsheets.name_key(line.name), {})[line.address] = line.name
    return found


def _warn_of_same_names(lines, known, answers, sheet, mapping) -> None:
    everybody = _everybody(lines, known)
    for line in lines:
        others = [email for email in everybody.get(spreadsheets.name_key(line.name), {}) if email != line.address]
        if line.email and others:
            _warn(
                line,
                answers,
                code="same-name",
                cell=_cell(sheet, mapping, "name", line.number),
                words=f"{line.name} is also here with another address: {', '.join(sorted(others))}. "
                "Accept if these are two people; leave the row out if it is one person twice.",
                options=((TAKE, "Two people: import this row"), (LEAVE, "The same person: leave this row out")),
            )


def _asked_about(fields: dict[str, Any], known: Known) -> list[str]:
    """Exclusions by name that this reader may be asked about; of the others everybody of the name counts."""
    return [words for words in readable(fields.get("kept_apart_from", []), known.reader) if "@" not in words]


def _warn_of_names_that_fit_several(lines, known, answers, sheet, mapping) -> None:
    """A line manager without address, or an exclusion, given by a name that several people have."""
    everybody = _everybody(lines, known)
    for line in lines:
        fields = line.arrival.fields
        asked = [("manager", "manager_name", fields.get("manager_name", ""))] if not fields.get("manager_email") else []
        asked += [("exclusion", "exclusions", words) for words in _asked_about(fields, known)]
        for part, column, words in asked:
            fits = {
                email: name
                for email, name in everybody.get(spreadsheets.name_key(words), {}).items()
                if email != fold_email(line.address)
            }
            if len(fits) > 1:
                people = tuple((email, f"Only {name}, {email}") for email, name in sorted(fits.items()))
                _warn(
                    line,
                    answers,
                    code=f"{part}-{spreadsheets.name_key(words)}",
                    cell=_cell(sheet, mapping, column, line.number),
                    words=f"“{words}” fits {len(fits)} people. Say who is meant.",
                    options=(("all", "Everybody of that name"), *people, ("none", "None of them")),
                )
