"""What stands in partners' calendars at a time that one of them is about to enter, in sentences for that one."""

from collections.abc import Iterable
from datetime import datetime

from elements import clock, diary
from elements.contract import Event


def clashes(me, partners: Iterable, *, starts_at: datetime, ends_at: datetime, but: str = "") -> list[str]:
    """What speaks against this time, for `me` among `partners` (users). `but` is the `uid` of what is being moved.

    Of one's own things it is said what they are; of a partner's only that there is something, since it may be from
    another pair. Each element is asked once.
    """
    partners = list(partners)
    found = {
        person: [event for event in diary.in_the_way(events, starts_at=starts_at, ends_at=ends_at) if event.uid != but]
        for person, events in diary.of([me, *partners]).items()
    }
    theirs = [{event.uid for event in found[each.pk]} for each in partners]
    told = [
        _own(event, is_shared=bool(theirs) and all(event.uid in uids for uids in theirs), number=len(theirs) + 1)
        for event in found[me.pk]
    ]
    mine = {event.uid for event in found[me.pk]}
    if any(uids - mine for uids in theirs):
        who = "Your partner" if len(partners) == 1 else "One of your partners"
        told.append(f"{who} already has something in the programme at that time")
    return told


def _own(event: Event, *, is_shared: bool, number: int) -> str:
    who = "You" if not is_shared else "You both" if number == 2 else "You all"
    what = f"a {event.kind}" if event.kind else "something in the programme"
    return f"{who} already have {what} at that time: {clock.span(event.starts_at, event.ends_at)}"
