"""What the people of a pair hear of something that they arranged: one message to each."""

from collections.abc import Iterable
from datetime import datetime

from cohorts.models import Participant
from pairs.models import Pair
from reminders import outbox


def members(pair: Pair) -> list[Participant]:
    """Who belongs to a pair now."""
    return [each.participant for each in pair.memberships.live().select_related("participant__user")]


def tell(
    kind: str,
    thing,
    *,
    name: str,
    pair: Pair,
    until: datetime | None = None,
    people: Iterable[Participant] | None = None,
) -> None:
    """One message to each present member, or to `people`; the answers go to the others. Belongs into the transaction
    of the change.

    `thing` has a sequence, a beginning and an end, and is called `name` in the reference. What is called off is named
    in full by numbers (who was to meet, from when to when): somebody who has left must not read from the row what
    those who stay agreed on afterwards.
    """
    outbox.assert_in_transaction()
    people = members(pair) if people is None else list(people)
    letters = []
    for person in people:
        others = [other for other in people if other.pk != person.pk]
        ref = {
            name: thing.pk,
            "pair": pair.pk,
            "sequence": thing.sequence,
            "with": [other.pk for other in others],
            "starts": int(thing.starts_at.timestamp()),
            "ends": int(thing.ends_at.timestamp()),
        }
        key = f"{kind}:{thing.pk}:{thing.sequence}:{person.pk}"
        answers_to = [other.user for other in others]
        letters.append(outbox.Letter(to=person.user, key=key, ref=ref, reply_to=answers_to, until=until))
    outbox.post_all(kind=kind, letters=letters, scope=pair.cohort_id)
