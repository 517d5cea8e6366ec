"""How somebody wants to hear from the house: what is switched off, and when it is quiet."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from elements import clock
from reminders.choices import QUIET_FROM, QUIET_UNTIL
from reminders.models import Preference


@dataclass(frozen=True)
class Wishes:
    """What a person chose, or the standard where they chose nothing."""

    muted: frozenset[str] = field(default_factory=frozenset)
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL

    def quiet_ends(self, now: datetime) -> datetime | None:
        """When the quiet hours end that `now` lies in; None outside of them. Equal hours are none."""
        here = clock.local(now)
        begins, ends, hour = self.quiet_from, self.quiet_until, here.time()
        if begins == ends:
            return None
        if begins < ends:
            return clock.at(here.date(), ends) if begins <= hour < ends else None
        if hour >= begins:
            return clock.at(here.date() + timedelta(days=1), ends)
        return clock.at(here.date(), ends) if hour < ends else None


def wishes_of(person) -> Wishes:
    row = Preference.objects.filter(person=person).first()
    return Wishes(frozenset(row.muted), row.quiet_from, row.quiet_until) if row else Wishes()


def muted_by(person) -> frozenset[str]:
    """The names of kinds that this person has switched off."""
    return wishes_of(person).muted


def all_muted() -> set[tuple]:
    """(person, kind) for whatever anybody has switched off: one query."""
    rows = Preference.objects.exclude(muted=[]).values_list("person", "muted")
    return {(person, kind) for person, muted in rows for kind in muted}
