"""Somebody's own record for a portfolio: what, when, in which role, for how long, and the own words that are ticked."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from cohorts.models import Participant
from elements import clock, house, paper
from elements.contract import RecordLine

NOT_RECORDED = "Not recorded"
HEADING = "This record holds no patient-identifiable information."
DOCUMENT = "cohorts/paper/record.typ"


@dataclass(frozen=True)
class Hours:
    """Of one kind of thing in one role: how often, and how long in all."""

    label: str
    times: int
    minutes: int

    @property
    def words(self) -> str:
        return clock.duration(self.minutes) if self.minutes else NOT_RECORDED


@dataclass(frozen=True)
class Record:
    """The lines of somebody's record, with the hours made from them."""

    participant: Participant
    lines: list[RecordLine]

    @property
    def parts(self) -> list[tuple[str, list[RecordLine]]]:
        """[(name of the element, its lines)]; what is only words to tick is no line."""
        told = sorted((line for line in self.lines if not line.ref), key=attrgetter("element"))
        return [(name, list(lines)) for name, lines in groupby(told, key=attrgetter("element"))]

    @property
    def hours(self) -> list[Hours]:
        found = defaultdict(list)
        for line in self.lines:
            if not line.ref:
                found[f"{line.element}, as {line.role}" if line.role else line.element].append(line.minutes or 0)
        return [Hours(label, len(minutes), sum(minutes)) for label, minutes in sorted(found.items())]

    @property
    def texts(self) -> list[RecordLine]:
        """Own words that may be ticked."""
        return [line for line in self.lines if line.ref]

    @property
    def shelves(self) -> list[str]:
        """The addresses where own words are kept."""
        return list(dict.fromkeys(line.url for line in self.texts if line.url))


def record_of(participant: Participant) -> Record:
    """The record of somebody read with the cohort."""
    return Record(participant, house.record(participant=participant))


def as_pdf(record: Record, *, ticked: Collection[str], on) -> bytes:
    """The record as a document, with those of the own words that are ticked."""
    person, cohort = record.participant, record.participant.cohort
    return paper.pdf(
        DOCUMENT,
        {
            "title": f"Paired learning record of {person.name}",
            "heading": HEADING,
            "footer": f"{person.name}, {cohort.programme.name}",
            "facts": _told(
                ("Name", person.name),
                ("Job title", person.role_title),
                ("Organisation", person.organisation.name if person.organisation else ""),
                ("Programme", f"{cohort.programme.name}, {cohort.name}"),
                ("From", f"{clock.in_full(cohort.starts_on)} to {clock.in_full(cohort.ends_on)}"),
                ("Record made on", clock.in_full(on)),
            ),
            "hours": [(line.label, str(line.times), line.words) for line in record.hours],
            "parts": [{"name": name, "lines": [_line(line) for line in lines]} for name, lines in record.parts],
            "texts": [{"title": each.title, "text": each.text} for each in record.texts if each.ref in ticked],
        },
    )


def _told(*facts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(key, value) for key, value in facts if value]


def _line(line: RecordLine) -> dict[str, str]:
    """No cell is empty: whoever reads a portfolio should not wonder what was left out."""
    time = clock.duration(line.minutes) if line.minutes else NOT_RECORDED
    return {"day": clock.in_full(line.on), "label": line.label, "role": line.role or "took part", "time": time}


def chosen(record: Record, refs: Iterable[str]) -> set[str]:
    """Those refs that are this person's own; anything else is nobody's."""
    return {each.ref for each in record.texts} & set(refs)
