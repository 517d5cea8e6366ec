"""A reflection is written, changed, shared, offered, taken back, redacted and deleted: each by its author alone.

The audit of what is private names no cohort: that somebody reflects is nobody's to read. No text is ever in it.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_own_turn
from cohorts.models import Participant
from elements import once
from elements.refusals import Refusal
from pairs.actions.living import PairHasEnded
from pairs.models import Membership
from reminders import outbox
from reminders.choices import LIVE
from reminders.heard import HEARD, written_to
from shadowing.actions.visit_days import close_visit
from shadowing.actions.visit_in_hand import IsNoPartner, held
from shadowing.models import Reflection, Visit
from shadowing.readers import partners_now

SHARED = "shadowing.reflection_shared"
SAID_ONCE = timedelta(hours=1)  # who stops sharing by mistake, and shares again, sends one message


class ReflectedAlready(Refusal):
    """There is one reflection of each person about a visit."""

    def __init__(self, other: Reflection):
        self.other = other
        super().__init__("You have written about this visit already. Copy what you want to keep into what is there.")


class IsRedacted(Refusal):
    """The text is gone for good."""


class NobodyToShareWith(Refusal):
    """There is no partner at present who could read it."""


class IsNotTheAuthor(Refusal):
    """A reflection is its author's."""


@transaction.atomic
def write_reflection(
    *,
    author: Participant,
    guide: str,
    answers: dict[str, str],
    by,
    now: datetime,
    tags: list[str] = (),
    usefulness: int | None = None,
    warned: bool = False,
    visit: Visit | None = None,
    mark: UUID | None = None,
) -> Reflection:
    """Write a reflection, which only its author can read. About a visit, it closes the visit.

    `mark` is that of the page: the same words from it a second time are the same reflection.
    Raises ReflectedAlready, IsNotTheAuthor.
    """
    if author.user_id != by.pk:
        raise IsNotTheAuthor("Only you write your reflections.")
    take_own_turn(author)
    key = once.key(mark, str(visit and visit.pk), guide, answers, list(tags), usefulness)
    if key and (written := Reflection.objects.filter(author=author, once=key).first()):
        return written
    pair_id = _pair_of(author, now)
    if visit is not None:
        visit = held(visit)
    if visit is not None:  # what was written about a visit that is removed meanwhile is kept without it
        pair_id = visit.pair_id
        if already := Reflection.objects.filter(visit=visit, author=author).first():
            raise ReflectedAlready(already)
    reflection = Reflection.objects.create(
        author=author,
        pair_id=pair_id,
        visit=visit,
        guide=guide,
        answers=answers,
        tags=list(tags),
        usefulness=usefulness,
        warned=warned,
        once=key,
        written_at=now,
        changed_at=now,
    )
    if visit is not None and visit.visitor_id == author.pk:
        with suppress(IsNoPartner, PairHasEnded):  # who has left the pair may still write, and changes nothing there
            close_visit(visit=visit, by=by, now=now)
    audit.record(by=by, did="wrote a reflection", on=reflection)
    return reflection


@transaction.atomic
def skip_reflection(*, visit: Visit, by, now: datetime) -> Visit:
    """Nothing to write about this visit: it is not asked for again. Raises CannotBe, IsNoPartner, PairHasEnded."""
    return close_visit(visit=visit, by=by, now=now, skipped=True)


@transaction.atomic
def change_reflection(
    *,
    reflection: Reflection,
    answers: dict[str, str],
    by,
    now: datetime,
    tags: list[str] = (),
    usefulness: int | None = None,
    warned: bool = False,
) -> Reflection:
    """Change what one wrote; whoever may read it reads the new words. Raises IsRedacted, IsNotTheAuthor."""
    reflection = _whole(reflection, by)
    if (reflection.answers, reflection.tags, reflection.usefulness) == (answers, list(tags), usefulness):
        return reflection
    reflection.answers, reflection.tags, reflection.usefulness = answers, list(tags), usefulness
    reflection.warned = reflection.warned or warned
    reflection.changed_at = now
    reflection.save()
    audit.record(by=by, did="changed a reflection", on=reflection)
    return reflection


@transaction.atomic
def share_reflection(*, reflection: Reflection, by, now: datetime) -> Reflection:
    """The present partner may read it, and is told that it is there. A second time nothing happens.

    Raises NobodyToShareWith, IsRedacted, IsNotTheAuthor.
    """
    reflection = _whole(reflection, by)
    if reflection.shared_at:
        return reflection
    partners = partners_now(reflection, now=now)
    if not partners:
        raise NobodyToShareWith("You have no partner at present who could read it.")
    reflection.shared_at = now
    reflection.save(update_fields=["shared_at"])
    for partner in partners:
        if _was_told_lately(reflection, partner, now):
            continue
        outbox.post(
            kind=SHARED,
            to=partner.user,
            ref={"reflection": str(reflection.pk)},
            key=f"{SHARED}:{reflection.pk}:{now.timestamp()}:{partner.pk}",
            scope=None,  # that something is shared is the partners' alone: no lead finds it in the post room
            reply_to=by,
        )
    audit.record(by=by, did="shared a reflection with the partner", on=reflection)
    return reflection


def _was_told_lately(reflection: Reflection, partner: Participant, now: datetime) -> bool:
    """Whether a message of the last hour says so already: one that was sent, or goes out with what holds by then."""
    told = written_to(partner.user, kinds=[SHARED], reflection=reflection.pk)
    return any(each.state in HEARD | LIVE and (each.sent_at is None or each.sent_at > now - SAID_ONCE) for each in told)


@transaction.atomic
def unshare_reflection(*, reflection: Reflection, by) -> Reflection:
    """The partner can read it no longer, from now on. Raises IsNotTheAuthor."""
    reflection = _own(reflection, by)
    if reflection.shared_at:
        reflection.shared_at = None
        reflection.save(update_fields=["shared_at"])
        audit.record(by=by, did="stopped sharing a reflection", on=reflection)
    return reflection


@transaction.atomic
def offer_reflection(*, reflection: Reflection, may_quote: bool, by, now: datetime) -> Reflection:
    """The evaluators may read it without a name, and quote from it if `may_quote`.

    Raises IsRedacted, IsNotTheAuthor.
    """
    reflection = _whole(reflection, by)
    if not reflection.offered_at or reflection.may_quote != may_quote:
        reflection.offered_at, reflection.may_quote = reflection.offered_at or now, may_quote
        reflection.save(update_fields=["offered_at", "may_quote"])
        audit.record(by=by, did="offered a reflection to the evaluation", on=reflection)
    return reflection


@transaction.atomic
def take_reflection_back(*, reflection: Reflection, by) -> Reflection:
    """The evaluators can read it no longer, from now on. Raises IsNotTheAuthor."""
    reflection = _own(reflection, by)
    if reflection.offered_at:
        reflection.offered_at, reflection.may_quote = None, False
        reflection.save(update_fields=["offered_at", "may_quote"])
        audit.record(by=by, did="took a reflection back from the evaluation", on=reflection)
    return reflection


@transaction.atomic
def redact_reflection(*, reflection: Reflection, by, now: datetime) -> Reflection:
    """Its text is gone for good, for everybody; that there was one stays. Raises IsNotTheAuthor."""
    return _redact(_own(reflection, by), by, now)


@transaction.atomic
def redact_offered(*, reflection: Reflection, by, now: datetime) -> Reflection | None:
    """The same by an evaluator, for a text that is offered at that moment; None where it is offered no longer."""
    reflection = Reflection.objects.locked(reflection)
    if not Reflection.objects.offered_to(by).filter(pk=reflection.pk).exists():
        return None
    return _redact(reflection, by, now)


@transaction.atomic
def delete_reflection(*, reflection: Reflection, by) -> None:
    """It is gone, as if it had never been written. Raises IsNotTheAuthor."""
    reflection = _own(reflection, by)
    audit.record(by=by, did="deleted a reflection", on=reflection)
    reflection.delete()


def _own(reflection: Reflection, by) -> Reflection:
    reflection = Reflection.objects.locked(reflection)
    if reflection.author.user_id != by.pk:
        raise IsNotTheAuthor("A reflection is its author's.")
    return reflection


def _whole(reflection: Reflection, by) -> Reflection:
    reflection = _own(reflection, by)
    if reflection.redacted_at:
        raise IsRedacted("The text of this reflection was removed for good.")
    return reflection


def _redact(reflection: Reflection, by, now: datetime) -> Reflection:
    if not reflection.redacted_at:
        was_offered = reflection.offered_at
        reflection.answers, reflection.tags, reflection.redacted_at = {}, [], now
        reflection.shared_at = reflection.offered_at = None
        reflection.may_quote = False
        reflection.save()
        scope = reflection.author.cohort_id if was_offered else None
        audit.record(by=by, did="redacted a reflection", on=reflection, scope=scope)
    return reflection


def _pair_of(author: Participant, now: datetime):
    """The pair that the author is in and knows of; None without one."""
    live = Membership.objects.live().filter(participant=author, pair__shown_from__lte=now)
    return live.values_list("pair", flat=True).first()
