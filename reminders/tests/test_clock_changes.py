"""On the four Sundays of 2026 and 2027 on which the clocks change, each reminder comes once and at its hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import User
from elements import clock
from elements.contract import Reminder
from reminders.due import compose_due
from reminders.models import Message
from reminders.tests import trial

CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]
QUARTERS = [time(hour, minute) for hour in range(4) for minute in (0, 15, 30, 45)]


@pytest.mark.django_db
@pytest.mark.parametrize("day", CHANGES, ids=str)
def test_each_reminder_once_and_at_its_hour_minute_by_minute(day, alone):
    ann = User.objects.create(email="ann@trust.example")
    change = datetime.combine(day, time(1), UTC)
    minutes = [change + timedelta(minutes=minute) for minute in range(-120, 121)]
    hours = [hour for hour in QUARTERS if minutes[0] <= clock.at(day, hour) <= minutes[-1]]
    for hour in hours:
        about = f"{hour:%H.%M}"
        trial.DUE.append(Reminder(kind="trial.soon", to=ann, about=about, at=clock.at(day, hour), ref={"about": about}))
    came = []
    for now in minutes:
        before = set(Message.objects.values_list("ref__about", flat=True))
        compose_due(now=now)
        new = Message.objects.exclude(ref__about__in=before).values_list("ref__about", flat=True)
        came += [(about, f"{clock.local(now):%H.%M}") for about in new]
    is_spring = day.month == 3
    assert sorted(came) == [(f"{h:%H.%M}", "02.00" if is_spring and h.hour == 1 else f"{h:%H.%M}") for h in hours]
    assert len(hours) == (16 if is_spring else 13)


def test_nine_in_the_morning_is_nine_on_every_day_of_five_years():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(5 * 366)]
    assert {clock.local(clock.at(day)).time() for day in days} == {time(9)}
    assert {clock.at(day).astimezone(UTC).hour for day in days} == {8, 9}


def test_local_time_there_and_back_is_the_same_except_where_there_is_none():
    for day in [*CHANGES, date(2026, 6, 1)]:
        for minute in range(24 * 60):
            hour = time(*divmod(minute, 60))
            is_missing = day.month == 3 and hour.hour == 1
            assert clock.local(clock.at(day, hour).astimezone(UTC)).time() == (time(2) if is_missing else hour)
            if is_missing:
                with pytest.raises(clock.NoSuchTime, match=r"Choose 12:45am or 2am\."):
                    clock.chosen(day, hour)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "1:30am BST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "1:30am GMT"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "2:30am"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "2am"),
        (datetime(2027, 1, 6, 12, 0, tzinfo=UTC), "midday"),
        (datetime(2027, 7, 6, 23, 0, tzinfo=UTC), "midnight"),
        (datetime(2027, 1, 6, 0, 5, tzinfo=UTC), "12:05am"),
    ],
)
def test_how_a_time_is_said(moment, words):
    assert clock.in_figures(moment) == words


def test_tomorrow_is_reckoned_in_london():
    """At half past eleven at night in summer UTC is still on yesterday's date."""
    moment = datetime(2027, 7, 6, 22, 30, tzinfo=UTC)
    assert clock.local(moment).date() == date(2027, 7, 6)
    late = datetime(2027, 7, 6, 23, 30, tzinfo=UTC)
    assert clock.from_today(date(2027, 7, 8), on=clock.local(late).date()) == "tomorrow"
    assert clock.from_today(date(2027, 7, 7), on=clock.local(late).date()) == "today"
    assert clock.from_today(date(2027, 7, 9), on=clock.local(late).date()) == "on Friday 9 July 2027"
