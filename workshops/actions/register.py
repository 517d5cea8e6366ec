"""Who was there, who says so herself with the code of the room, and who has caught up with what she missed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from bookings import actions as sessions
from bookings.choices import Attendance
from bookings.models import Attendee, Session
from cohorts.actions.turns import take_own_turn
from cohorts.models import Participant
from elements import clock
from elements.refusals import Refusal
from workshops.dates import standings
from workshops.models import CatchUp, Meeting, Tries, Workshop
from workshops.room_code import TRIES, is_code


class TooManyTries(Refusal):
    unsaid = "That was the last try. Tell somebody who runs the workshop that you are here."


class WasThere(Refusal):
    unsaid = "You were there, so there is nothing to catch up with."


class NotMissed(Refusal):
    """It has not taken place, or she has a place, or the register does not say yet whether she came."""

    unsaid = "There is nothing to catch up with yet. You can when the workshop has taken place without you."


@transaction.atomic
def mark_all_present(*, meeting: Meeting, by, now: datetime) -> int:
    """Everybody of whom nothing was said yet was there; returns how many. Raises NotYours, SessionIsOff, TooEarly."""
    return sessions.all_present(session=meeting.session, by=by, now=now)


@transaction.atomic
def mark_in_register(*, attendee: Attendee, attendance: str, minutes: int | None, by, now: datetime) -> None:
    """How one person was there, also in place of what was said before. Raises what `bookings.take_register` raises."""
    sessions.take_register(session=attendee.session, marks={attendee.pk: (attendance, minutes)}, by=by, now=now)


@transaction.atomic
def add_walk_in(*, meeting: Meeting, participant: Participant, by, now: datetime) -> None:
    """Somebody came without a place: she has one now, and was there. Raises what `bookings.walk_in` raises.

    A place on another date of the workshop is free for somebody else, and she waits for none: who was there is done.
    """
    others = list(
        Meeting.objects.filter(workshop=meeting.workshop_id).exclude(pk=meeting.pk).values_list("pk", flat=True)
    )
    take_own_turn(participant)
    Session.objects.locked_in_turn({meeting.pk, *others})  # as whoever changes from one date to the other
    booking = sessions.walk_in(session=meeting.session, party=[participant], by=by, now=now)
    line = Attendee.objects.get(booking=booking, participant=participant)
    if not line.attendance:
        present = {line.pk: (Attendance.ATTENDED, None)}
        sessions.take_register(session=meeting.session, marks=present, by=by, now=now)
    sessions.let_go(participant=participant, sessions=others, by=by, now=now)


@transaction.atomic
def check_in_with_code(*, meeting: Meeting, participant: Participant, code: str, by, now: datetime) -> bool:
    """Whether the code was right, and so she is marked as there. A wrong one counts, and after five none is looked at.

    Raises TooManyTries, CannotBe where she has no place or it is another day.
    """
    known = {"meeting": meeting, "participant": participant, "cohort_id": meeting.cohort_id}
    tries, _ = Tries.objects.select_for_update().get_or_create(**known)
    if tries.wrong >= TRIES:
        raise TooManyTries
    if not is_code(meeting, code, now):
        Tries.objects.filter(pk=tries.pk).update(wrong=F("wrong") + 1)
        return False
    sessions.check_in(session=meeting.session, by=by, now=now)
    return True


@transaction.atomic
def catch_up(*, workshop: Workshop, participant: Participant, by, now: datetime) -> None:
    """She missed it and has read what there is; a second time nothing happens. Raises WasThere, NotMissed."""
    mine = standings([workshop], participant, now)[workshop.pk]
    if mine.was_there:
        raise WasThere
    if not mine.has_missed:
        raise NotMissed
    known = {"workshop": workshop, "participant": participant, "cohort_id": workshop.cohort_id}
    made, is_new = CatchUp.objects.get_or_create(**known, defaults={"done_on": clock.local(now).date()})
    if is_new:
        audit.record(by=by, did="caught up with a workshop", on=made, scope=workshop.cohort_id)
