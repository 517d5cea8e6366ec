"""How many open bookings each person of a cohort may have.

One, unless a lead says otherwise: places are few, and whoever has been to one may book the next at once.
"""

from surgeries.models import DEFAULT_OPEN, Allowance


def open_bookings_of(cohort) -> int:
    """Of the cohort with this key. One query."""
    said = Allowance.objects.filter(cohort=cohort).values_list("open_bookings", flat=True).first()
    return said or DEFAULT_OPEN
