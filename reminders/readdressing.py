"""One person of a cohort turns out to be another: whose messages go where, and who is told what again."""

import uuid

from django.db.models.functions import Now

from accounts.models import User
from elements.registry import kinds
from reminders import outbox
from reminders.addresses import address_of
from reminders.choices import LIVE, MAY_BE_CANCELLED, MAY_BE_SENT_AGAIN, MAY_HAVE_ARRIVED, State
from reminders.models import Message


def readdress(*, scope: uuid.UUID, old: User, new: User) -> None:
    """One person of a scope is not `old` but `new`: nothing of it goes to `old` any more. A fixed number of queries
    and a few for each message concerned, whoever `new` is.

    What waits goes to `new`, and so does what did not arrive, if it is sent again. Answers to others' waiting messages
    go to `new`. What the house told `old` and is still so, it tells `new`; requests and reminders come by themselves,
    and what a lead wrote to many is not repeated. Part of the action that says so, when its rows name `new` already.
    """
    outbox.assert_in_transaction()
    theirs = Message.objects.within([scope]).to_people([old]).without_tests()
    gone = list(theirs.filter(state__in=MAY_BE_SENT_AGAIN).exclude(expires_at__lte=Now()).order_by("created_at", "id"))
    _hand_over(list(theirs.filter(state__in=LIVE).select_for_update()), old=old, new=new)
    theirs.exclude(state__in=MAY_HAVE_ARRIVED).update(recipient=new)
    _answer_to(scope, old=old, new=new)
    _tell_again(gone, new=new)


def _hand_over(waiting: list[Message], *, old: User, new: User) -> None:
    """Messages that have not gone yet, under keys of the new person: what derives messages finds them there.

    What a sender has just taken is taken back from it. What the new person has under that key already is not needed.
    """
    keys = {each.pk: each.key.replace(str(old.pk), str(new.pk)) for each in waiting}
    keys |= {each.pk: each.key for each in waiting if ":again:" in each.key}  # counted with what they repeat
    taken = dict(Message.objects.filter(key__in=keys.values()).values_list("key", "recipient"))
    for message in waiting:
        key = keys[message.pk]
        message.recipient, message.to_addr = new, address_of(new)
        message.ref = {name: str(new.pk) if value == str(old.pk) else value for name, value in message.ref.items()}
        if message.state == State.CLAIMED:
            message.state, message.claimed_by, message.claimed_at = State.QUEUED, "", None
        if key not in taken:
            message.key = key
        elif key != message.key and taken[key] == new.pk and message.state in MAY_BE_CANCELLED:
            message.state, message.sealed = State.CANCELLED, ""
        message.save(
            update_fields=["recipient", "to_addr", "ref", "state", "claimed_by", "claimed_at", "key", "sealed"]
        )


def _answer_to(scope: uuid.UUID, *, old: User, new: User) -> None:
    for message in Message.objects.within([scope]).filter(state__in=LIVE, reply_to__contains=old.email):
        people = [new.email if each == old.email else each for each in message.reply_to.split(", ")]
        Message.objects.filter(pk=message.pk).update(reply_to=", ".join(dict.fromkeys(people)))


def _tell_again(gone: list[Message], *, new: User) -> None:
    """Each fact once, whatever was sent again before."""
    told = {each.name: each for each in kinds() if not (each.is_optional or each.words or each.secret or each.counted)}
    latest = {message.key.partition(":again:")[0]: message for message in gone if message.kind in told}
    for root, message in latest.items():
        repeats = Message.objects.keyed(f"{root}:again:")
        is_on_its_way = repeats.filter(state__in=LIVE).exists()
        if not is_on_its_way and told[message.kind].wanted(message.ref, new):
            again = outbox.post(
                kind=message.kind,
                to=new,
                ref=message.ref,
                key=f"{root}:again:{repeats.count() + 1}",
                scope=message.scope,
                until=message.expires_at,
                reply_to=message.reply_to.split(", ") if message.reply_to else None,
            )
            outbox.keep_words(of=message, on=again)
