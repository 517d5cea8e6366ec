"""Those who were there are asked, answer, and are heard once there are enough of them.

No action here leaves a line in the audit record about a person: it would say who answered, and when.
"""

from datetime import datetime, timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import Q

from accounts import audit
from bookings.choices import WAS_THERE
from bookings.models import Attendee
from elements import clock, disclosure
from elements.refusals import Refusal
from workshops.choices import SCALE
from workshops.models import RATINGS, TELLS, TEXTS, Asked, Feedback, Meeting, Workshop
from workshops.querysets import TAKES_PART

OPEN_FOR = timedelta(days=14)


class NotAskedForFeedback(Refusal):
    """Was not there, or the time is over."""

    unsaid = "Only those who were there are asked, until two weeks afterwards."


class HasAnswered(Refusal):
    """Nobody knows which answer is whose, so none is changed."""

    unsaid = "You have answered already. Nobody knows which answer is yours, so it cannot be changed."


@transaction.atomic
def open_feedback(*, meeting: Meeting, now: datetime, by=None) -> int:
    """Ask everybody who was there and takes part still, all at once; returns how many are asked newly. Twice is once.

    Who is marked as there later is asked as well, as long as answers are taken. Nothing happens before the end, and as
    long as the register has a gap. Who has withdrawn sees no page of the cohort any more, so she is not asked.
    """
    meeting = Meeting.objects.locked(meeting)
    if meeting is None or meeting.is_closed or not meeting.workshop.asks_feedback or meeting.session.ends_at > now:
        return 0
    lines = Attendee.objects.booked().filter(session=meeting.session_id)
    were_there = lines.filter(attendance__in=sorted(WAS_THERE), participant__state__in=TAKES_PART)
    if meeting.feedback_until is None:
        if lines.filter(attendance="").exists() or not were_there.exists():
            return 0
        meeting.feedback_until = clock.local(now).date() + OPEN_FOR
        meeting.save(update_fields=["feedback_until"])
        audit.record(by=by, did="asked those who were there for feedback", on=meeting, scope=meeting.cohort_id)
    there = were_there.order_by("participant").values_list("participant", flat=True)
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

    The answers are written again in random order under new keys, without the date of the workshop that they belong to,
    and those of earlier dates with them. Fewer than five wait until another date of the workshop closes.
    """
    meeting = Meeting.objects.locked(meeting)
    if meeting is None or not meeting.is_open or clock.local(now).date() <= meeting.feedback_until:
        return False
    # Another date may close at the same moment, with the same answers that are to be written anew.
    Workshop.objects.select_for_update(no_key=True).only("pk").get(pk=meeting.workshop_id)
    answers = Feedback.objects.filter(Q(meeting=meeting) | Q(meeting=None), workshop=meeting.workshop_id)
    found = list(answers.values("workshop_id", "is_shown", *RATINGS, *TEXTS, *TELLS))
    is_told = _let_out(found)
    _write_anew(answers, found)
    meeting.asked, meeting.is_closed = Asked.objects.filter(meeting=meeting).count(), True
    meeting.save(update_fields=["asked", "is_closed"])
    Asked.objects.filter(meeting=meeting).delete()
    if is_told:
        Meeting.objects.filter(workshop=meeting.workshop_id, is_closed=True).update(is_told=True)
    audit.record(by=by, did="closed the feedback of a workshop", on=meeting, scope=meeting.cohort_id)
    return True


def _let_out(answers: list[dict]) -> bool:
    """Mark what is shown from now on of the answers to one workshop; whether anything is, which takes five new ones.

    Whoever reads the page on two days sees the difference. So what is new of a number must bear to be shown alone; else
    it never is, because also together with later ones it would be worked out that those all gave the same. What is new
    of a text question waits for later ones until five people wrote something.
    """
    new = [each for each in answers if not each["is_shown"]]
    if len(new) < disclosure.LEAST:
        return False
    for name in RATINGS:
        is_told = disclosure.distribution((each[name] for each in new), scale=SCALE).is_shown
        for each in new:
            each[f"tells_{name}"] = is_told
    for name in TEXTS:
        written = [each for each in answers if each[name].strip() and not each[f"tells_{name}"]]
        is_told = bool(disclosure.texts(each[name] for each in written))
        for each in written:
            each[f"tells_{name}"] = is_told
    for each in new:
        each["is_shown"] = True
    return True


def _write_anew(answers, found: list[dict]) -> None:
    """The same answers under new keys, in random order, of the workshop alone."""
    answers.delete()
    SystemRandom().shuffle(found)
    Feedback.objects.bulk_create(Feedback(**each) for each in found)
