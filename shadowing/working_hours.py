"""Whether a visit looks like one out of hours: a suggestion, which the two may change."""

from datetime import datetime, time

from elements.clock import local
from shadowing.choices import Flag

FROM, UNTIL = time(7), time(19)
SATURDAY = 5


def is_out_of_hours(*, flags: str, starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """By the time if there is one: before 7am, after 7pm, at the weekend or into the next day; else by the setting."""
    if starts_at is None or ends_at is None:
        return Flag.OUT_OF_HOURS in flags
    first, last = local(starts_at), local(ends_at)
    is_day = first.date() == last.date() and first.time() >= FROM and last.time() <= UNTIL
    return not is_day or first.weekday() >= SATURDAY
