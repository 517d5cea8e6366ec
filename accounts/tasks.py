"""Housekeeping of accounts."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts import actions


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Delete sessions that are over."""
    call_command("clearsessions")


@shared_task(name="accounts.forget_drafts")
def forget_drafts() -> int:
    """Delete what was typed long ago and never handed in."""
    return actions.forget_drafts(now=timezone.now())
