"""What members hear of their first meeting, and that it is off when they are partners no longer."""

from datetime import datetime

from accounts import audit
from pairs.models import FirstMeeting, Pair
from reminders import outbox

SET, CALLED_OFF = "pairs.meeting_set", "pairs.meeting_called_off"


def tell(kind: str, meeting: FirstMeeting, *, pair: Pair, until: datetime | None = None) -> None:
    """One message to each present member; the answers go to the others. Belongs into the transaction of the change.

    What is called off is named in full by numbers (who was to meet, from when to when): somebody who has left must
    not read from the row what those who stay agreed on afterwards.
    """
    outbox.assert_in_transaction()
    people = [each.participant for each in pair.memberships.live().select_related("participant__user")]
    letters = []
    for person in people:
        others = [other for other in people if other.pk != person.pk]
        ref = {
            "meeting": meeting.pk,
            "pair": pair.pk,
            "sequence": meeting.sequence,
            "with": [other.pk for other in others],
            "starts": int(meeting.starts_at.timestamp()),
            "ends": int(meeting.ends_at.timestamp()),
        }
        key = f"{kind}:{meeting.pk}:{meeting.sequence}:{person.pk}"
        answers_to = [other.user for other in others]
        letters.append(outbox.Letter(to=person.user, key=key, ref=ref, reply_to=answers_to, until=until))
    outbox.post_all(kind=kind, letters=letters, scope=pair.cohort_id)


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
