"""What a lead who takes part herself does not see: whatever could name her in an exclusion or as a reason to end.

What is held back is held back for everything about her, whether or not there is an exclusion: a silence that came
only with one would give it away. Somebody called as she is, or reached at an address of hers, is taken for her: what
was written about her fits that person, too, and a rule about the one would tell of the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.names import fold_email
from cohorts.exclusions import Reader, means, reader_of
from cohorts.models import Participant
from cohorts.spreadsheets.names import name_key
from pairs import matching

HELD_BACK = "You take part yourself: another lead can see this."
NOT_HERS = "You take part yourself: another lead decides about you, and about anybody of your name."
NO_PAIRS_FOUND = (
    "Pairs cannot be found with the locks and rules as they are. You take part yourself: another lead can see why."
)


@dataclass(frozen=True)
class OwnPart:
    """What a reader is in a cohort herself: her `keys` of the bench, one or none, and what she is called there."""

    keys: frozenset[str]
    reader: Reader | None  # None for who does not take part

    def is_about(self, *people: Participant) -> bool:
        """Whether one of these people is the reader, or may be taken for her."""
        return self.reader is not None and any(self._is(person) for person in people)

    def _is(self, person: Participant) -> bool:
        addresses = {person.user.email, fold_email(person.second_email)}
        return (
            str(person.pk) in self.keys
            or means(person.name, self.reader)
            or not self.reader.addresses.isdisjoint(addresses)
        )

    def is_named_in(self, text: str) -> bool:
        """Whether a sentence has an address of the reader or any part of her names."""
        return self.reader is not None and _mentions(text, self.reader)

    def override(self, text: str, people: Iterable[Participant]) -> str:
        """A reason against a rule as the reader may read it: as if there were none, where it may be about her."""
        return "" if self.is_named_in(text) or self.is_about(*people) else text


def own_part(user, cohort) -> OwnPart:
    """One query for a lead who does not take part, two for one who does."""
    keys = own_keys(user, cohort)
    return OwnPart(keys, reader_of(user, cohort) if keys else None)


def own_keys(user, cohort) -> frozenset[str]:
    """The user's own participant in this cohort as a key of the bench: one or none."""
    return frozenset(map(str, Participant.objects.filter(user=user, cohort=cohort).values_list("pk", flat=True)))


def may_decide_about(user, cohort, *people: Participant) -> bool:
    """Whether the user may ask the rules about these people: everybody but herself and whoever is taken for her."""
    return not own_part(user, cohort).is_about(*people)


def concerns(own: frozenset[str], keys: Iterable[str | None]) -> bool:
    """Whether one of these keys is the reader's own."""
    return not own.isdisjoint(key for key in keys if key)


def readable_texts(texts: Iterable[str], *, user, cohort) -> list[str]:
    """Free texts as the user may read them: nothing, as if none were written, where one may speak of her.

    No queries where nothing was written.
    """
    texts = list(texts)
    if not any(texts):
        return texts
    own = own_part(user, cohort)
    return ["" if own.is_named_in(text) else text for text in texts]


def _mentions(text: str, reader: Reader) -> bool:
    """Whether a sentence has an address of the reader or any part of her names, initials aside."""
    folded = fold_email(text)
    parts = {part for name in reader.names for part in name if len(part) > 1}
    called = parts | {f"{part}s" for part in parts}  # "Hazel's", without its apostrophe
    return any(address in folded for address in reader.addresses) or not called.isdisjoint(name_key(text).split())


def is_rule_between_others(table, answer, *, own: frozenset[str]) -> bool:
    """Whether a why-not about two others is a rule, and would be whatever anybody said about the reader.

    `own` are keys of the table. At equal scores a rule about the reader decides who is the best other partner, so
    there the answer is not about others alone.
    """
    if answer.kind != "rule":
        return False
    cells = (table.cell(answer.person, key) for key in own)
    return all(table.score(int(table.totals[cell])) < answer.score for cell in cells if cell)


def refusal_words(refusal: Exception, *, user, cohort) -> str:
    """Why no pairs could be found; one sentence for a lead who takes part, since the cause may be her own lock."""
    if isinstance(refusal, matching.MatchingError) and own_keys(user, cohort):
        return NO_PAIRS_FOUND
    return str(refusal)
