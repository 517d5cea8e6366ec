"""What a clock asks of the post room. Celery, the embedded scheduler and cron run the same function."""

from celery import shared_task

from reminders import delivery, due


@shared_task(name="reminders.compose_due")
def compose_due() -> int:
    """Write what is due now, as today's rows say; returns how many messages are new."""
    return due.compose_due()


@shared_task(name="reminders.send_due")
def send_due() -> int:
    """Send what is due now; returns how many messages were handled."""
    return delivery.send_round()
