"""Somebody leaves: a pair ends; a trio goes on as two, with somebody who begins and answers that reach who is left."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Participant
from pairs.actions.calling_off import call_off
from pairs.actions.living import end_pair, live
from pairs.actions.meeting_news import drop_meeting
from pairs.actions.publishing import PUBLISHED
from pairs.choices import EndKind
from pairs.models import Membership, Pair
from reminders import outbox
from reminders.choices import MAY_BE_CANCELLED, State
from reminders.models import Message


@transaction.atomic
def leave_pair(*, participant: Participant, on: date, by) -> None:
    """Somebody withdraws: a pair ends, a trio goes on as two."""
    take_turn(participant.cohort)
    for membership in Membership.objects.live().filter(participant=participant).select_related("pair__cohort"):
        others = membership.pair.memberships.live().exclude(pk=membership.pk).select_related("participant__user")
        rest = [other.participant for other in others]
        if len({person.side for person in rest}) < 2:
            end_pair(pair=membership.pair, kind=EndKind.WITHDRAWAL, on=on, by=by)
        else:
            _leave_trio(membership, participant, rest, on=on, by=by)


def _leave_trio(membership: Membership, leaver: Participant, rest: list[Participant], *, on: date, by) -> None:
    pair = live(membership.pair)
    drop_meeting(pair=pair, by=by, now=timezone.now())
    membership.until = max(on, membership.since)
    membership.told = timezone.now() >= pair.shown_from
    membership.save(update_fields=["until", "told"])
    audit.record(by=by, did="left a trio", on=pair, scope=pair.cohort_id)
    call_off(pair=pair, by=by, to=leaver.user_id)
    if pair.initiator_id == leaver.pk:
        pair.initiator = next((person for person in rest if person.side == leaver.side), rest[0])
        pair.save(update_fields=["initiator"])
        audit.record(by=by, did="named who begins in a pair", on=pair, scope=pair.cohort_id)
    _write_anew(pair, leaver, rest, by=by)


def _write_anew(pair: Pair, leaver: Participant, rest: list[Participant], *, by) -> None:
    """Letters that still wait would send answers to the one who left: each is replaced by one to the partners left."""
    waiting = Message.objects.filter(
        scope=pair.cohort_id, kind=PUBLISHED, state__in=MAY_BE_CANCELLED, ref__pair=str(pair.pk)
    )
    for person in rest:
        for letter in waiting.filter(recipient=person.user_id):
            was_held = letter.state == State.HELD
            try:
                outbox.cancel(message=letter, by=by)
            except outbox.CannotMove:
                continue  # a sender was faster
            root = letter.key.partition(":again:")[0]
            again = outbox.post(
                kind=letter.kind,
                to=person.user,
                ref=letter.ref,
                key=f"{root}:without:{leaver.pk}",
                scope=letter.scope,
                not_before=letter.next_at,
                reply_to=[other.user for other in rest if other.pk != person.pk],
            )
            outbox.keep_words(of=letter, on=again)
            if was_held:
                outbox.hold(message=again, by=by)
