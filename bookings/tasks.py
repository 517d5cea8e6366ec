"""What a clock asks of the sessions: places that nobody answered for go to whoever is next."""

import logging

from celery import shared_task

from bookings import actions
from bookings.models import Session
from elements.refusals import Refusal
from reminders.statements import database_now

log = logging.getLogger(__name__)


@shared_task(name="bookings.lapse_offers")
def lapse_offers() -> int:
    """See to every offer that has run out, each session by itself; returns how many sessions had one.

    Running it twice, or twice at once, is safe. A session that fails stops no other.
    """
    now, seen = database_now(), 0
    for pk in list(Session.objects.with_offers_over(now).values_list("pk", flat=True)):
        try:
            actions.lapse_offers(session=pk, now=now)
            seen += 1
        except Refusal:
            log.info("A session with an offer that ran out is gone.")
        except Exception:
            log.exception("The offers of a session were not seen to.")
    return seen
