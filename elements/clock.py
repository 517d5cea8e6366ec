"""The one place that knows what time it is in London."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

LONDON = ZoneInfo("Europe/London")
MORNING = time(9)  # when reminders go out, by the clock on the wall


class NoSuchTime(ValueError):
    """The hour that the clocks leave out in March."""

    def __init__(self, before: datetime, after: datetime):
        super().__init__(f"The clocks go forward then. Choose {in_figures(before)} or {in_figures(after)}.")


def today() -> date:
    """Today in London; rules about time take a date as an argument and get this one at the door."""
    return timezone.localdate()


def local(moment: datetime) -> datetime:
    """An aware moment in London time."""
    return timezone.localtime(moment)


def at(day: date, hour: time = MORNING) -> datetime:
    """That day and hour by the clock on London's wall, as an aware moment.

    Of an hour that comes twice it is the first; an hour that is left out becomes the moment of the change.
    """
    wall = datetime.combine(day, hour, LONDON)
    real = wall.astimezone(UTC).astimezone(LONDON)
    if real.replace(tzinfo=None) == wall.replace(tzinfo=None):
        return wall
    return _change_after(wall)


def chosen(day: date, hour: time) -> datetime:
    """Like `at`, for what a person types: raises NoSuchTime, with the nearest times that there are."""
    moment = at(day, hour)
    if local(moment).time() != hour:
        raise NoSuchTime((moment.astimezone(UTC) - timedelta(minutes=15)).astimezone(LONDON), moment)
    return moment


def _change_after(wall: datetime) -> datetime:
    """The first moment of summer time, for a time that it leaves out: the hour it begins at, in UTC, is 01:00."""
    return datetime.combine(wall.date(), time(1), UTC).astimezone(LONDON)


def is_doubled(moment: datetime) -> bool:
    """Whether the clock on the wall shows this time twice, so that it has to be said which."""
    here = local(moment)
    return here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()


def in_figures(moment: datetime) -> str:
    """ "9am", "2:30pm", "midday", "midnight"; "1:30am GMT" where the clock shows it twice."""
    here = local(moment)
    words = in_figures_of(here.time())
    return f"{words} {here.tzname()}" if is_doubled(here) else words


def in_figures_of(hour: time) -> str:
    """ "9am", "2:30pm", "midday", "midnight"."""
    if named := {time(12): "midday", time(0): "midnight"}.get(hour.replace(second=0, microsecond=0)):
        return named
    return f"{hour.hour % 12 or 12}{f':{hour.minute:02}' if hour.minute else ''}{'am' if hour.hour < 12 else 'pm'}"


@lru_cache(maxsize=4096)  # a page says a few days many times
def in_full(day: date) -> str:
    """ "Wednesday 6 January 2027"."""
    return date_format(day, "l j F Y")


@lru_cache(maxsize=4096)
def in_brief(day: date) -> str:
    """ "6 January 2027"."""
    return date_format(day, "j F Y")


def span(starts_at: datetime, ends_at: datetime) -> str:
    """ "Wednesday 6 January 2027, 2pm to 4pm"."""
    first, last = local(starts_at), local(ends_at)
    if first.date() == last.date():
        return f"{in_full(first.date())}, {in_figures(first)} to {in_figures(last)}"
    return f"{in_full(first.date())}, {in_figures(first)} to {in_full(last.date())}, {in_figures(last)}"


def duration(minutes: int) -> str:
    """ "45 minutes", "1 hour", "2 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in ((hours, "hour"), (rest, "minute"))]
    return " ".join(part for part in parts if not part.startswith("0 ")) or "0 minutes"


def from_today(day: date, *, on: date) -> str:
    """ "today", "tomorrow" or "on Wednesday 6 January 2027": right only on the day it is said."""
    return {0: "today", 1: "tomorrow"}.get((day - on).days) or f"on {in_full(day)}"
