"""A word to the leads in confidence is said, and dealt with. The audit names no cohort: a lead may be the partner."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_own_turn
from cohorts.confidence import SAID, hearers
from cohorts.models import ConfidentialWord, Participant
from elements import once
from elements.refusals import Refusal
from reminders import outbox


class NobodyHears(Refusal):
    """There is no lead who could read it in confidence."""

    def __init__(self) -> None:
        super().__init__("There is no lead at present who could read this in confidence. Nothing was sent")


class IsNotOnesOwn(Refusal):
    """A word is said by oneself, and dealt with by others."""


@transaction.atomic
def say_word(
    *, author: Participant, words: str, by, now: datetime, warned: bool = False, mark: UUID | None = None
) -> ConfidentialWord:
    """Tell the leads something; each who may read it hears that there is something.

    `mark` is that of the page: the same words from it a second time are the same word.
    Raises NobodyHears, IsNotOnesOwn.
    """
    if author.user_id != by.pk:
        raise IsNotOnesOwn("Only you speak for yourself.")
    take_own_turn(author)
    key = once.key(mark, words)
    if key and (said := ConfidentialWord.objects.filter(author=author, once=key).first()):
        return said
    leads = hearers(author)
    if not leads:
        raise NobodyHears
    word = ConfidentialWord.objects.create(
        cohort_id=author.cohort_id, author=author, words=words, warned=warned, said_at=now, once=key
    )
    # No scope: the leads' list of messages is read by every lead, and one of them may be the author's partner.
    letters = [
        outbox.Letter(to=lead.user, key=f"{SAID}:{word.pk}:{lead.user_id}", ref={"word": str(word.pk)})
        for lead in leads
    ]
    outbox.post_all(kind=SAID, letters=letters)
    audit.record(by=by, did="said a word to the leads in confidence", on=word)
    return word


@transaction.atomic
def answer_word(*, word: ConfidentialWord, by, now: datetime) -> ConfidentialWord:
    """A lead has dealt with it. A second time nothing happens. Raises IsNotOnesOwn."""
    word = ConfidentialWord.objects.select_for_update(of=("self",)).select_related("author").get(pk=word.pk)
    if word.author.user_id == by.pk:
        raise IsNotOnesOwn("Another lead deals with what you said.")
    if word.answered_at is None:
        word.answered_at, word.answered_by = now, by
        word.save(update_fields=["answered_at", "answered_by"])
        audit.record(by=by, did="dealt with a word in confidence", on=word)
    return word


@transaction.atomic
def reopen_word(*, word: ConfidentialWord, by) -> ConfidentialWord:
    """It is not dealt with after all: it waits for a lead again, and nobody is written to. Raises IsNotOnesOwn."""
    word = ConfidentialWord.objects.select_for_update(of=("self",)).select_related("author").get(pk=word.pk)
    if word.author.user_id == by.pk:
        raise IsNotOnesOwn("Another lead deals with what you said.")
    if word.answered_at is not None:
        word.answered_at, word.answered_by = None, None
        word.save(update_fields=["answered_at", "answered_by"])
        audit.record(by=by, did="opened a word in confidence again", on=word)
    return word
