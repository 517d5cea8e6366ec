"""Housekeeping of the hall."""

from celery import shared_task
from django.utils import timezone

from pairs.actions.free_time import forget_old_times as forget


@shared_task(name="pairs.forget_old_times")
def forget_old_times() -> int:
    """Delete times at which somebody could not meet and that are over; returns how many."""
    return forget(timezone.now())
