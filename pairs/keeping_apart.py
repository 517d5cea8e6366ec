"""What people wrote about managers and exclusions, read as rules between two participants.

An address decides by itself. A name may fit several people: the rule holds for each of them until a lead says
who is meant, so that a pair is never made by mistake of silence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, F, TextField
from django.db.models.functions import Cast

from cohorts.models import Meant, Participant
from cohorts.spreadsheets import name_key
from cohorts.words import split_lines
from pairs import matching
from pairs.models import Exclusion

MANAGER, EXCLUSION = "manager", "exclusion"


class Writer(NamedTuple):
    """What a participant wrote about others, and what others may have written of her: a row instead of a model.

    A cohort of thousands is read for one page, where models would cost ten times as much; for the same reason `key`
    and `kept` stay the texts of the database until somebody fits.
    """

    key: str
    name: str
    side: str
    role_title: str
    email: str
    second_email: str
    manager_name: str
    manager_email: str
    kept: str

    @property
    def pk(self) -> UUID:
        return UUID(self.key)

    @property
    def kept_apart_from(self) -> list[str]:
        return split_lines(self.kept) if self.kept else []


TEXTS = {
    "key": Cast("pk", CharField()),
    "email": F("user__email"),
    "kept": Cast("kept_apart_from", TextField()),
}


def writers(people) -> list[Writer]:
    """The rows of a queryset of participants, in its order; one query."""
    return list(map(Writer._make, people.annotate(**TEXTS).values_list(*Writer._fields).iterator()))


@dataclass(frozen=True)
class Finding:
    """`participant` wrote `words`, which fit `other`. `is_meant` is the lead's answer, None while unanswered.

    `in_private` is True for what she named on her own page, and not in her application.
    """

    participant: Participant | Writer
    part: str
    other: Participant | Writer
    words: str
    by_email: bool
    is_meant: bool | None
    in_private: bool = False

    @property
    def holds(self) -> bool:
        return self.by_email or self.is_meant is not False

    @property
    def is_question(self) -> bool:
        return not self.by_email


def findings(
    people: Iterable[Participant | Writer], answers: Iterable[Meant], said: Mapping[UUID, list[str]]
) -> list[Finding]:
    """Everything that people wrote and that fits another of them. No queries; linear in the people.

    `said` is what they named in private (`PrivateWord.objects.said_in`).
    """
    people = list(people)
    written = list(_written(people, said))
    fitting = _fitting({words for _, _, words, _ in written}, people)
    if not fitting:
        return []
    answered = {(answer.participant_id, answer.part, answer.other_id): answer.is_meant for answer in answers}
    found = []
    for person, part, words, in_private in written:
        by_email, others = fitting.get(words, (False, ()))
        found += [
            Finding(
                person,
                part,
                other,
                words[0] or words[1],
                by_email=by_email,
                is_meant=answered.get((person.pk, part, other.pk)),
                in_private=in_private,
            )
            for other in others
            if other.pk != person.pk
        ]
    return found


def _fitting(written: set[tuple[str, str]], people: list[Participant | Writer]) -> dict:
    """{(name, address): (whether the address fits, whom it fits)}; a name counts where the address fits nobody.

    A few managers are named by thousands: whatever was written is read once, and a person costs two look-ups.
    """
    by_email = {address.strip().casefold(): [] for _, address in written if address}
    by_name = {name_key(words): [] for words, _ in written if words}
    for person in people:
        for address in _addresses(person):
            if address in by_email:
                by_email[address].append(person)
        if by_name and (key := name_key(person.name)) in by_name:
            by_name[key].append(person)
    found = {}
    for words, address in written:
        known = by_email[address.strip().casefold()] if address else []
        if others := known or (by_name[name_key(words)] if words else []):
            found[words, address] = bool(known), others
    return found


def bars(found: Iterable[Finding], exclusions: Iterable[Exclusion], partners: Iterable[tuple]) -> tuple:
    """The findings that hold, the exclusions and the earlier partners as Bars for the bench, once each."""
    bars = {}
    for finding in found:
        if finding.holds:
            bar = _bar_of(finding)
            bars[frozenset((bar.a, bar.b)), bar.rule] = bar
    for exclusion in exclusions:
        one, other = exclusion.one, exclusion.other
        bar = _excluded(one, other, by=None)
        bars[frozenset((bar.a, bar.b)), bar.rule] = bar
    for one, other in partners:
        words = f"{one.name} and {other.name} have been partners before"
        bars[frozenset((str(one.pk), str(other.pk))), "previous"] = matching.Bar(
            str(one.pk), str(other.pk), "previous", words
        )
    return tuple(bars.values())


def _addresses(person: Participant | Writer) -> Iterable[str]:
    email, second = person.email if isinstance(person, Writer) else person.user.email, person.second_email
    return {email, second.casefold()} if second else (email,)


def _written(people: Iterable[Participant | Writer], said: Mapping[UUID, list[str]]) -> Iterator[tuple]:
    """(who, part, (name, address), in private) of each thing that people wrote about others."""
    for person in people:
        if person.manager_name or person.manager_email:
            yield person, MANAGER, (person.manager_name, person.manager_email), False
        for entry in person.kept_apart_from:
            yield person, EXCLUSION, _name_or_address(entry), False
        for entry in said.get(person.pk, ()) if said else ():
            yield person, EXCLUSION, _name_or_address(entry), True


def _name_or_address(entry: str) -> tuple[str, str]:
    return ("", entry) if "@" in entry else (entry, "")


def _bar_of(finding: Finding):
    one, other = finding.participant, finding.other
    if finding.part == MANAGER:
        return matching.Bar(str(one.pk), str(other.pk), "manages", f"{other.name} manages {one.name}")
    return _excluded(one, other, by=one)


def _excluded(one: Participant | Writer, other: Participant | Writer, *, by: Participant | Writer | None):
    """The code says whose exclusion it is, a lead's or that of one of the two: a reason against one is not against all.

    The words say it not, since they are shown.
    """
    words = f"{one.name} and {other.name} are kept apart by an exclusion"
    return matching.Bar(str(one.pk), str(other.pk), f"excluded:{by.pk}" if by else "excluded", words)
