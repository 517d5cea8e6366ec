"""What a lead who takes part herself does not see: whatever could name her in an exclusion or as a reason to end.

What is held back is held back for everything about her, whether or not there is an exclusion: a silence that came
only with one would give it away.
"""

from collections.abc import Iterable

from accounts.names import fold_email
from cohorts.exclusions import Reader, means, reader_of
from cohorts.models import Participant
from cohorts.spreadsheets.names import name_key
from pairs import matching

HELD_BACK = "You take part yourself: another lead can see this."
A_LOCK_BREAKS_A_RULE = (
    "A lock joins two people whom a rule keeps apart. You take part yourself: another lead can see which."
)


def own_keys(user, cohort) -> frozenset[str]:
    """The user's own participant in this cohort as a key of the bench: one or none."""
    return frozenset(map(str, Participant.objects.filter(user=user, cohort=cohort).values_list("pk", flat=True)))


def may_decide_about(user, participant: Participant) -> bool:
    """Whether the user may ask the rules about this person: everybody but herself."""
    return participant.user_id != user.pk


def concerns(own: frozenset[str], keys: Iterable[str | None]) -> bool:
    """Whether one of these keys is the reader's own."""
    return not own.isdisjoint(key for key in keys if key)


def readable_texts(texts: Iterable[str], *, user, cohort) -> list[str]:
    """Free texts as the user may read them: nothing, as if none were written, where one may speak of her.

    No queries where nothing was written.
    """
    texts = list(texts)
    if not any(texts) or not own_keys(user, cohort):
        return texts
    reader = reader_of(user, cohort)
    return ["" if _mentions(text, reader) else text for text in texts]


def _mentions(text: str, reader: Reader) -> bool:
    """Whether a sentence has an address of the reader or any part of her names, initials aside."""
    folded = fold_email(text)
    parts = {part for name in reader.names for part in name if len(part) > 1}
    called = parts | {f"{part}s" for part in parts}  # "Hazel's", without its apostrophe
    return any(address in folded for address in reader.addresses) or not called.isdisjoint(name_key(text).split())


def is_rule_between_others(table, answer, *, own: frozenset[str], reader: Reader) -> bool:
    """Whether a why-not is a rule between two others, and would be whatever anybody said about the reader.

    `own` are keys of the table. Somebody called like the reader is taken for her. At equal scores a rule about
    the reader decides who is the best other partner, so there the answer is not about others alone.
    """
    if answer.kind != "rule" or any(means(table.person(key).name, reader) for key in (answer.person, answer.other)):
        return False
    cells = (table.cell(answer.person, key) for key in own)
    return all(table.score(int(table.totals[cell])) < answer.score for cell in cells if cell)


def refusal_words(refusal: Exception, *, user, cohort) -> str:
    """Why no pairs could be found, without names for a lead who takes part: her own lock may be the one."""
    if isinstance(refusal, matching.LockBreaksRule) and own_keys(user, cohort):
        return A_LOCK_BREAKS_A_RULE
    return str(refusal)
