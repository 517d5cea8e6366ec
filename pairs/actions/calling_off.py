"""Letters about a pair that wait, for people who are partners no longer."""

from pairs.models import Pair
from reminders import outbox
from reminders.choices import MAY_BE_CANCELLED
from reminders.models import Message

PUBLISHED = "pairs.pair_published"


def call_off(*, pair: Pair, by, to=None) -> int:
    """Cancel what still waits about this pair, to one user or to everybody; returns how many.

    Belongs into the transaction of the change. A letter that a sender took a moment before stays as it is.
    """
    outbox.assert_in_transaction()
    waiting = Message.objects.filter(
        scope=pair.cohort_id, kind=PUBLISHED, state__in=MAY_BE_CANCELLED, ref__pair=str(pair.pk)
    )
    cancelled = 0
    for letter in waiting.filter(recipient=to) if to else waiting:
        try:
            outbox.cancel(message=letter, by=by)
        except outbox.CannotMove:
            continue
        cancelled += 1
    return cancelled
