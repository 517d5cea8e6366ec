"""What a lead who takes part herself does not see: whatever could name her in an exclusion or as a reason to end.

What is held back is held back for everything about her, whether or not there is an exclusion: a silence that came
only with one would give it away.
"""

from collections.abc import Iterable

from cohorts.models import Participant

HELD_BACK = "You take part yourself: another lead can see this."


def own_keys(user, cohort) -> frozenset[str]:
    """The user's own participant in this cohort as a key of the bench: one or none."""
    return frozenset(map(str, Participant.objects.filter(user=user, cohort=cohort).values_list("pk", flat=True)))


def may_decide_about(user, participant: Participant) -> bool:
    """Whether the user may ask the rules about this person: everybody but herself."""
    return participant.user_id != user.pk


def concerns(own: frozenset[str], keys: Iterable[str | None]) -> bool:
    """Whether one of these keys is the reader's own."""
    return not own.isdisjoint(key for key in keys if key)
