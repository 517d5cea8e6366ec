"""The clock on the wall of a journey: it is set by the test and goes on from there, whatever hour it really is.

So a session can be today in an hour, then now, then over, also on a Sunday at 23:55. The database has a clock of its
own, by which messages go out: `everything_goes_out` lets nothing wait for it.
"""

import time
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from reminders.delivery import send_round
from reminders.models import LocalLetter, Message

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Wall:
    """What `timezone.now()` says while the test runs; in the server as well, which is a thread of this process."""

    def __init__(self, monkeypatch, moment: datetime) -> None:
        self.turn_to(moment)
        monkeypatch.setattr(timezone, "now", self.now)

    def turn_to(self, moment: datetime) -> None:
        self.moment, self.since = moment.astimezone(UTC), time.monotonic()

    def now(self) -> datetime:
        return self.moment + timedelta(seconds=time.monotonic() - self.since)


def everything_goes_out() -> None:
    """Whatever was written is sent now."""
    Message.objects.filter(state="queued").update(next_at=LONG_AGO, expires_at=None)
    send_round()


def letters_to(user, subject: str = "") -> list[LocalLetter]:
    """What arrived, oldest first."""
    return list(LocalLetter.objects.filter(to_addr=user.email, subject__contains=subject).order_by("sent_at"))
