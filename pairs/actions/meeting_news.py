"""What members hear of their first meeting, and that it is off when they are partners no longer."""

from datetime import datetime

from accounts import audit
from pairs import telling
from pairs.models import FirstMeeting, Pair

SET, CALLED_OFF = "pairs.meeting_set", "pairs.meeting_called_off"


def tell(kind: str, meeting: FirstMeeting, *, pair: Pair, until: datetime | None = None) -> None:
    telling.tell(kind, meeting, name="meeting", pair=pair, until=until)


def off(meeting: FirstMeeting, *, pair: Pair, by, now: datetime) -> None:
    """The meeting does not take place; every present member is told."""
    meeting.called_off, meeting.set_by, meeting.changed_at = True, by, now
    meeting.sequence += 1
    meeting.save(update_fields=["called_off", "set_by", "changed_at", "sequence"])
    tell(CALLED_OFF, meeting, pair=pair)
    audit.record(by=by, did="called a first meeting off", on=meeting, scope=pair.cohort_id)


def drop_meeting(*, pair: Pair, by, now: datetime) -> None:
    """Call off what is still to come, for everybody who is in the pair until now. The pair is locked."""
    ahead = FirstMeeting.objects.filter(pair=pair, called_off=False, starts_at__gt=now).first()
    if ahead:
        off(ahead, pair=pair, by=by, now=now)
