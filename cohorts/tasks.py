"""Housekeeping of cohorts."""

from celery import shared_task

from cohorts.actions import importing


@shared_task(name="cohorts.forget_uploads")
def forget_uploads() -> int:
    """Delete uploaded sheets that were left lying; returns how many."""
    return importing.forget_uploads()
