"""Whether an element that is asked for a week says what it says when each of the days is asked for by itself."""

from collections import Counter
from datetime import date, time, timedelta

from elements import clock
from reminders.due import due_on


def _said(reminders, on) -> Counter:
    found = due_on(reminders, on, clock.at(on, time()))
    return Counter((each.kind, each.about, each.to, each.at) for each in found)


def told_in(element, first: date, days: int) -> Counter:
    """{kind: how often it was due}, with every week that begins on one of these days compared with its days."""
    kinds = Counter()
    for number in range(days):
        week = [first + timedelta(days=number + n) for n in range(7)]
        at_once = list(element.reminders(on=week[0], until=week[-1]))
        assert len({(each.kind, each.about, each.to) for each in at_once}) == len(at_once)
        for on in week:
            alone = _said(element.reminders(on=on), on)
            assert _said(at_once, on) == alone, f"{on} in the week of {week[0]}"
            kinds.update(kind for kind, *_ in alone)
    return kinds
