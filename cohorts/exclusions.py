"""Who should not be paired with whom, as written: a lead who takes part never reads what names her."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.names import fold_email
from cohorts.models import Cohort, Participant
from cohorts.spreadsheets.names import name_key


@dataclass(frozen=True)
class Reader:
    """Whoever reads: every address and name by which an entry may mean this person."""

    addresses: frozenset[str]
    names: tuple[frozenset[str], ...]  # each name as the set of its parts
    rows: frozenset = frozenset()  # primary keys of the reader's own participants
    is_of_own_row: bool = False

    def of(self, participant: Participant | None) -> "Reader":
        """Whoever reads this participant's entries: in her own row any of them may be another lead's about her."""
        return replace(self, is_of_own_row=True) if participant and participant.pk in self.rows else self


def reader_of(user, cohort: Cohort) -> Reader:
    """The addresses and names of a user, as the account has them and as this cohort knows them; one query."""
    known = Participant.objects.filter(cohort=cohort, user=user)
    names, addresses, rows = {user.name}, {user.email}, set()
    for row, name, preferred, second in known.values_list("pk", "name", "preferred_name", "second_email"):
        rows.add(row)
        names |= {name, preferred}
        addresses.add(fold_email(second))
    return Reader(
        frozenset(address for address in addresses if address),
        tuple(frozenset(name_key(name).split()) for name in names if name_key(name)),
        frozenset(rows),
    )


def means(words: str, reader: Reader) -> bool:
    """Whether an entry may mean the reader: an address of hers, or a name whose every part is part of hers."""
    folded = fold_email(words)
    if reader.is_of_own_row or any(address in folded for address in reader.addresses):
        return True
    written = frozenset(name_key(words).split())
    return bool(written) and any(written <= own or own <= written for own in reader.names)


def readable(written: Iterable[str], reader: Reader) -> list[str]:
    """The entries that this reader may see."""
    return [words for words in written if not means(words, reader)]


def joined(edited: Iterable[str], written: Iterable[str], reader: Reader) -> list[str]:
    """What the reader edited, with the entries she could not see kept."""
    hidden = [words for words in written if means(words, reader)]
    return list(dict.fromkeys([*edited, *hidden]))
