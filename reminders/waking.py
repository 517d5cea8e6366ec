"""Waking the sender for an urgent message. The sweep of the scheduler is the safety net, so nothing here may fail."""

from django.db import transaction


def on_commit(pk) -> None:
    """Send this message as soon as its transaction is through."""
    transaction.on_commit(lambda: None, robust=True)
