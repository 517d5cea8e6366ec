"""People say what they want from a workshop."""

from datetime import date

from django.db import transaction

from cohorts.actions.turns import take_own_turn
from cohorts.models import Participant
from elements.refusals import Refusal
from workshops.models import Need, Workshop


class NotAsked(Refusal):
    """The last day of asking has passed, or nobody is asked."""

    unsaid = "Nobody is asked any more what they want from this workshop."


@transaction.atomic
def say_need(*, workshop: Workshop, participant: Participant, confidence: int, words: str, by, on: date) -> None:
    """What this person wants, in place of what she said before. Raises NotAsked.

    Without an audit record: it would say who answered, and when.
    """
    take_own_turn(participant)
    # Under a lock: whoever ends the asking at this moment reads this answer with the others, or it is refused.
    asking = Workshop.objects.select_for_update(no_key=True).filter(pk=workshop.pk, needs_until__gte=on)
    if asking.only("pk").first() is None:
        raise NotAsked
    known = {"workshop": workshop, "cohort_id": workshop.cohort_id, "participant": participant}
    said = {"side": participant.side, "confidence": confidence, "words": words}
    Need.objects.update_or_create(**known, defaults=said)
