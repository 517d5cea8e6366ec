"""Partners arrange when they meet first, move it and call it off."""

from datetime import UTC, datetime

from django.db import transaction

from accounts import audit
from elements.refusals import Refusal
from pairs.actions.living import own
from pairs.actions.meeting_news import SET, off, tell
from pairs.models import FirstMeeting, Pair


class MeetingIsPast(Refusal):
    """The first meeting lies in the past."""


class MeetingHasChanged(Refusal):
    """It is no longer what the reader of the page saw."""


@transaction.atomic
def set_meeting(
    *, pair: Pair, starts_at: datetime, ends_at: datetime, place: str, by, now: datetime, seen: str = ""
) -> FirstMeeting:
    """Arrange the first meeting, or move it; every member gets it for the calendar. Without a change nothing is sent.

    `seen` is the mark of what the page showed. Raises PairHasEnded, IsNoPartner, MeetingIsPast, MeetingHasChanged.
    """
    # Of an hour that comes twice, Python calls a moment in London equal to no other: moments are compared in UTC.
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    pair = own(pair, by=by, now=now)
    if starts_at <= now:
        raise MeetingIsPast("Enter a time that is still to come.")
    meeting = FirstMeeting.objects.filter(pair=pair).first() or FirstMeeting(pair=pair)
    was = (meeting.starts_at, meeting.ends_at, meeting.place, meeting.called_off)
    if was == (starts_at, ends_at, place, False):
        return meeting
    _refuse_another(meeting, seen)
    meeting.starts_at, meeting.ends_at, meeting.place, meeting.called_off = starts_at, ends_at, place, False
    meeting.sequence, meeting.changed_at, meeting.set_by = meeting.sequence + 1, now, by
    meeting.save()
    tell(SET, meeting, pair=pair, until=ends_at)
    did = "arranged a first meeting" if meeting.sequence == 1 else "changed a first meeting"
    audit.record(by=by, did=did, on=meeting, scope=pair.cohort_id)
    return meeting


@transaction.atomic
def call_off_meeting(*, pair: Pair, by, now: datetime, seen: str = "") -> FirstMeeting | None:
    """The first meeting does not take place; every member is told. A second time nothing happens.

    Raises PairHasEnded, IsNoPartner, MeetingIsPast, MeetingHasChanged.
    """
    pair = own(pair, by=by, now=now)
    meeting = FirstMeeting.objects.filter(pair=pair).first()
    if meeting is None or meeting.called_off:
        return meeting
    _refuse_another(meeting, seen)
    if meeting.starts_at <= now:
        raise MeetingIsPast("Your first meeting has begun or is over, so it cannot be called off.")
    off(meeting, pair=pair, by=by, now=now)
    return meeting


def _refuse_another(meeting: FirstMeeting, seen: str) -> None:
    """Who saw something else is told what it is now, and may save again."""
    if not seen or seen == mark(meeting):
        return
    now_is = "called off" if meeting.called_off else f"on {meeting.when}"
    raise MeetingHasChanged(
        f"Your first meeting was changed while you had this page open: it is {now_is}. "
        "Send this page again if you still want to change it."
    )


def mark(meeting: FirstMeeting | None) -> str:
    """A mark of what a page shows of a first meeting."""
    return str(meeting.sequence if meeting else 0)
