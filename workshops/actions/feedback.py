"""Those who were there are asked, answer, and are heard once there are enough of them.

No action here leaves a line in the audit record about a person: it would say who answered, and when.
"""

from datetime import datetime, timedelta
from random import SystemRandom

from django.db import transaction

from accounts import audit
from bookings.choices import WAS_THERE
from bookings.models import Attendee
from elements import clock
from elements.disclosure import LEAST
from elements.refusals import Refusal
from workshops.models import RATINGS, TEXTS, Asked, Feedback, Meeting

OPEN_FOR = timedelta(days=14)


class NotAskedForFeedback(Refusal):
    """Was not there, or the time is over."""

    unsaid = "Only those who were there are asked, until two weeks afterwards."


class HasAnswered(Refusal):
    """Nobody knows which answer is whose, so none is changed."""

    unsaid = "You have answered already. Nobody knows which answer is yours, so it cannot be changed."


@transaction.atomic
def open_feedback(*, meeting: Meeting, now: datetime, by=None) -> int:
    """Ask everybody who was there, all at once; returns how many are asked newly. Twice is once.

    Who is marked as there later is asked as well, as long as answers are taken. Nothing happens before the end, and as
    long as the register has a gap.
    """
    meeting = Meeting.objects.locked(meeting)
    if meeting is None or meeting.is_closed or not meeting.workshop.asks_feedback or meeting.session.ends_at > now:
        return 0
    lines = Attendee.objects.booked().filter(session=meeting.session_id)
    if meeting.feedback_until is None:
        if lines.filter(attendance="").exists() or not lines.filter(attendance__in=sorted(WAS_THERE)).exists():
            return 0
        meeting.feedback_until = clock.local(now).date() + OPEN_FOR
        meeting.save(update_fields=["feedback_until"])
        audit.record(by=by, did="asked those who were there for feedback", on=meeting, scope=meeting.cohort_id)
    there = lines.filter(attendance__in=sorted(WAS_THERE)).order_by("participant").values_list("participant", flat=True)
    known = set(Asked.objects.filter(meeting=meeting).values_list("participant", flat=True))
    new = [Asked(meeting=meeting, cohort_id=meeting.cohort_id, participant_id=pk) for pk in there if pk not in known]
    Asked.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def give_feedback(
    *,
    meeting: Meeting,
    met_aims: int,
    relevant: int,
    facilitated: int,
    confident: int,
    keep: str,
    change: str,
    action: str,
    by,
    now: datetime,
) -> None:
    """One answer of somebody who was there, kept without her. Raises NotAskedForFeedback, HasAnswered."""
    meeting = Meeting.objects.locked(meeting)
    today = clock.local(now).date()
    if meeting is None or not meeting.is_open or today > meeting.feedback_until:
        raise NotAskedForFeedback
    mine = Asked.objects.filter(meeting=meeting, participant__user=by)
    if not mine.exists():
        raise NotAskedForFeedback
    if not mine.filter(has_answered=False).update(has_answered=True):
        raise HasAnswered
    Feedback.objects.create(
        workshop_id=meeting.workshop_id,
        meeting=meeting,
        met_aims=met_aims,
        relevant=relevant,
        facilitated=facilitated,
        confident=confident,
        keep=keep,
        change=change,
        action=action,
    )


@transaction.atomic
def close_feedback(*, meeting: Meeting, now: datetime, by=None) -> bool:
    """The last day is over: what could join answers to people goes; whether something was closed. Twice is once.

    The answers are written again in random order under new keys, without the date of the workshop that they belong to.
    What is shown grows by five people or more at a time, so that no difference between two days is one person's answer:
    fewer wait until another date of the workshop closes.
    """
    meeting = Meeting.objects.locked(meeting)
    if meeting is None or not meeting.is_open or clock.local(now).date() <= meeting.feedback_until:
        return False
    _written_anew(Feedback.objects.filter(meeting=meeting), is_shown=False)
    meeting.asked, meeting.is_closed = Asked.objects.filter(meeting=meeting).count(), True
    meeting.save(update_fields=["asked", "is_closed"])
    Asked.objects.filter(meeting=meeting).delete()
    waiting = Feedback.objects.filter(workshop=meeting.workshop_id, meeting=None, is_shown=False)
    if waiting.count() >= LEAST:
        _written_anew(waiting, is_shown=True)
        Meeting.objects.filter(workshop=meeting.workshop_id, is_closed=True).update(is_told=True)
    audit.record(by=by, did="closed the feedback of a workshop", on=meeting, scope=meeting.cohort_id)
    return True


def _written_anew(answers, *, is_shown: bool) -> None:
    """The same answers under new keys, in random order, of the workshop alone."""
    columns = ("workshop_id", *RATINGS, *TEXTS)
    found = list(answers.values(*columns))
    answers.delete()
    SystemRandom().shuffle(found)
    Feedback.objects.bulk_create(Feedback(**each, is_shown=is_shown) for each in found)
