"""Somebody is asked by mail whether the partners met, and says yes by the link alone."""

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from cohorts.models import Participant
from conversations.actions.holding import IsToCome, hold
from conversations.choices import State
from conversations.models import Conversation, MeetingQuestion
from elements import clock
from pairs.actions.living import own
from pairs.models import Pair


@transaction.atomic
def ask_whether_met(
    *,
    pair: Pair,
    participant: Participant,
    about: str,
    on: date,
    by,
    suggests_on: date | None = None,
    planned: Conversation | None = None,
) -> MeetingQuestion:
    """The row that the link of a question stands on; composing the same message again makes no other."""
    question, _ = MeetingQuestion.objects.get_or_create(
        pair=pair,
        participant=participant,
        about=about,
        asked_on=on,
        defaults={"suggests_on": suggests_on, "planned": planned},
    )
    return question


@transaction.atomic
def record_we_met(*, question: MeetingQuestion, falls_on: date, minutes: int | None, by, now: datetime) -> Conversation:
    """The partners met: one conversation of that day, whoever says so and however often.

    Raises PairHasEnded, IsNoPartner, IsToCome.
    """
    pair = own(question.pair, by=by, now=now)
    question = MeetingQuestion.objects.select_for_update(of=("self",)).select_related("recorded").get(pk=question.pk)
    if question.recorded and question.recorded.state == State.HELD:
        return question.recorded
    if falls_on > clock.local(now).date():
        raise IsToCome("Enter a day that has come")
    conversation = _of_that_day(pair, falls_on) or _planned(question, now) or Conversation(pair=pair, sequence=0)
    if conversation.state != State.HELD:
        hold(conversation, falls_on=falls_on, minutes=minutes, by=by, now=now)
        conversation.save()
        audit.record(by=by, did="recorded by a link that they met", on=conversation, scope=pair.cohort_id)
    question.answered_at, question.recorded = now, conversation
    question.save(update_fields=["answered_at", "recorded"])
    return conversation


def _of_that_day(pair: Pair, falls_on: date) -> Conversation | None:
    """What is known of that day: what took place, or else what was planned."""
    of_day = Conversation.objects.filter(pair=pair, falls_on=falls_on)
    return of_day.held().first() or of_day.planned().first()


def _planned(question: MeetingQuestion, now: datetime) -> Conversation | None:
    """What the question was about, unless it was moved into the time to come meanwhile."""
    return Conversation.objects.planned().filter(pk=question.planned_id, starts_at__lte=now).first()
