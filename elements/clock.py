"""The one place that knows what time it is in London."""

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """Today in London; rules about time take a date as an argument and get this one at the door."""
    return timezone.localdate()


def local(moment: datetime) -> datetime:
    """An aware moment in London time."""
    return timezone.localtime(moment)
