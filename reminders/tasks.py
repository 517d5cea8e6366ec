"""What a clock asks of the post room. Celery, the embedded scheduler and cron run the same function."""

from celery import shared_task

from reminders import delivery


@shared_task(name="reminders.send_due")
def send_due() -> int:
    """Send what is due now; returns how many messages were handled."""
    return delivery.send_round()
