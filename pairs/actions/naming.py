"""A participant says, in private, with whom she must not be paired."""

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Meant, Participant
from cohorts.spreadsheets import fold, name_key
from elements.refusals import Refusal
from pairs.keeping_apart import EXCLUSION
from pairs.models import PrivateWord

MOST = 20  # names of one person: more would be a wish not to be paired at all, which is for the leads to hear


class TooManyNamed(Refusal):
    """Somebody has named as many people as one can."""


@transaction.atomic
def name_in_private(*, participant: Participant, words: str, by) -> PrivateWord:
    """Keep her apart from whomever these words mean, now or later. Saying it twice is saying it once.

    Whoever names somebody anew means it: where a lead had answered that this name means somebody else, the question
    is open again, and the rule holds until it is answered. The record says that somebody was named, to no lead and
    without the name. Raises TooManyNamed.
    """
    take_turn(participant.cohort)
    named = list(PrivateWord.objects.of(participant))
    if kept := next((each for each in named if fold(each.words) == fold(words)), None):
        return kept
    if len(named) >= MOST:
        raise TooManyNamed(f"You have named {MOST} people. Take one back first, or write to your leads.")
    answers = Meant.objects.filter(participant=participant, part=EXCLUSION, is_meant=False).select_related("other")
    again = [answer.pk for answer in answers if name_key(answer.other.name) == name_key(words)]
    Meant.objects.filter(pk__in=again).delete()
    word = PrivateWord.objects.create(participant=participant, words=words)
    audit.record(by=by, did="named somebody in private", on=word)
    return word


@transaction.atomic
def take_back(*, word: PrivateWord, by) -> None:
    """She may be paired with this person after all, as far as it is her word."""
    take_turn(word.participant.cohort)
    audit.record(by=by, did="took back what was named in private", on=word)
    word.delete()
