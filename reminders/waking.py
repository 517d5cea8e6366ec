"""Waking the sender for an urgent message. The sweep of the scheduler is the safety net, so nothing here may fail."""

import logging
import threading

from celery import current_app
from django.conf import settings
from django.db import close_old_connections, connection, transaction

from reminders import delivery

log = logging.getLogger(__name__)


def on_commit(pk) -> None:
    """Send this message as soon as its transaction is through. A problem here never reaches the request."""
    transaction.on_commit(lambda: wake(pk), robust=True)


def wake(pk) -> None:
    """By the worker where there is one, else from this process; a mail server is never waited for."""
    if settings.REDIS_URL:
        current_app.send_task("reminders.send_due", expires=55, retry=False)
    elif settings.SMTP_URL:
        threading.Thread(target=_send_beside, args=(pk,), daemon=True, name="urgent message").start()
    else:
        delivery.send_one(pk)


def _send_beside(pk) -> None:
    """The work of the thread, with a database connection of its own."""
    close_old_connections()
    try:
        delivery.send_one(pk)
    except Exception:
        log.exception("Message %s waits for the next round.", pk)
    finally:
        connection.close()
