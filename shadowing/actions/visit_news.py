"""What the two hear of their visit."""

from cohorts.models import Participant
from reminders import outbox
from shadowing.models import Visit

PROPOSED, AGREED = "shadowing.visit_proposed", "shadowing.visit_agreed"
MOVED, CALLED_OFF = "shadowing.visit_moved", "shadowing.visit_called_off"


def tell(kind: str, visit: Visit, *, to: list[Participant], way: str = "") -> None:
    """One message to each; answers go to the other. Belongs into the transaction of the change.

    `way` is that in which a visit is off: who had proposed it cannot be seen from the row any more.
    """
    outbox.assert_in_transaction()
    letters = [
        outbox.Letter(
            to=person.user,
            key=f"{kind}:{visit.pk}:{visit.sequence}:{person.pk}",
            ref={"visit": visit.pk, "pair": visit.pair_id, "sequence": visit.sequence, **({"way": way} if way else {})},
            reply_to=[visit.other(person.user).user],
            # What is off has to leave the calendar, however late.
            until=visit.ends_at if kind != CALLED_OFF else None,
        )
        for person in to
    ]
    outbox.post_all(kind=kind, letters=letters, scope=visit.cohort_id)
