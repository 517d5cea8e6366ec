"""Who is asked for feedback now: nobody but herself is told."""

from datetime import date

from workshops.models import Asked, Meeting


def may_answer(meeting: Meeting, user, *, on: date) -> bool:
    """Whether this person was there, has not answered, and still may."""
    if not meeting.is_open or on > meeting.feedback_until:
        return False
    return Asked.objects.visible_to(user).filter(meeting=meeting, has_answered=False).exists()


def to_be_asked(participants, *, on: date):
    """Rows of those who may say what they thought and have not, each with its date and workshop. One query."""
    open_ones = {"meeting__is_closed": False, "meeting__feedback_until__gte": on}
    mine = Asked.objects.filter(participant__in=participants, has_answered=False, **open_ones)
    return mine.select_related("meeting__session", "meeting__workshop")
