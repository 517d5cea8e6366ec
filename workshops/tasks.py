"""What a clock asks of the workshops: those who were there are asked, and answers are let out when the time is over."""

import logging
from datetime import datetime, timedelta

from celery import shared_task
from django.db.models import Q

from elements import clock
from reminders.statements import database_now
from workshops import actions
from workshops.models import Meeting

log = logging.getLogger(__name__)
LATEST = timedelta(days=60)  # after that nobody is asked any more how it was


@shared_task(name="workshops.ask_and_close")
def ask_and_close(now: datetime | None = None) -> int:
    """Open and close what is due; returns how many dates were looked at.

    Running it twice, or twice at once, is safe. A date that fails stops no other.
    """
    now, seen = now or database_now(), 0
    today = clock.local(now).date()
    # Also those that are planned as yet: where everybody was marked before the start, nobody says that it took place.
    ended = Q(session__ends_at__lte=now, session__ends_at__gte=now - LATEST, session__state__in=["planned", "held"])
    asks = Q(workshop__asks_feedback=True, feedback_until=None) & ended
    is_open = Q(feedback_until__isnull=False)
    for meeting in list(Meeting.objects.filter(asks | is_open, is_closed=False)):
        try:
            if meeting.feedback_until and meeting.feedback_until < today:
                actions.close_feedback(meeting=meeting, now=now)
            else:
                actions.open_feedback(meeting=meeting, now=now)
            seen += 1
        except Exception:
            log.exception("The feedback of a date of a workshop was not seen to.")
    return seen
