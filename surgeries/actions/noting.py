"""Hosts note what was said of a booking; its lines become actions, evidence and a request for support."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts import audit
from bookings.models import Booking
from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from projects.actions import note_action, note_evidence, note_support
from projects.models import Milestone
from surgeries.models import Note, Topic


class NoteHasChanged(Refusal):
    """Another host was faster, and her words are not overwritten unread."""

    unsaid = "Somebody has changed this note while you wrote. Read it below, put both together, and save again."


class NothingToNoteFor(Refusal):
    """Actions belong to a project or to a pair."""

    unsaid = "There is neither a project nor a pair that this could stand for. Keep it in the note."


@dataclass(frozen=True)
class Deed:
    """Something that one of them is going to do."""

    owner: Participant
    words: str
    due_on: date | None = None


@dataclass(frozen=True)
class Evidence:
    """How a milestone can be seen."""

    milestone: Milestone
    words: str


@dataclass(frozen=True)
class Wanted:
    """Support that an owner of the project needs, said in the surgery."""

    owner: Participant
    kind: str
    words: str


def mark(note: Note | None) -> str:
    """What the page showed of a note, so that nobody overwrites what she has not read."""
    said = f"{note.written_at.timestamp():.6f}{note.words}" if note else ""
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def write_note(
    *,
    booking: Booking,
    words: str,
    by,
    now: datetime,
    deeds: Iterable[Deed] = (),
    evidence: Evidence | None = None,
    support: Wanted | None = None,
    warned: bool = False,
    seen: str | None = None,
    sent: UUID | None = None,
) -> Note | None:
    """The note as it reads now, None where it says nothing; its lines go to the project or, without one, to the pair.

    The same page sent twice adds nothing. Raises IsGone, NoteHasChanged, NothingToNoteFor, and what
    `projects.actions` refuses of a line.
    """
    booking = Booking.objects.select_for_update(of=("self",)).filter(pk=booking.pk).select_related("session").first()
    if booking is None or not booking.is_booked:
        raise IsGone("This booking is over.")
    topic = Topic.objects.filter(booking=booking).select_related("project", "pair").first()
    for deed in deeds:
        _agree(booking, topic, deed, by=by, now=now)
    if evidence:
        _refuse_strange(topic, evidence.milestone.project_id)
        note_evidence(milestone=evidence.milestone, words=evidence.words, by=by, now=now)
    if support:
        if not (topic and topic.project):
            raise NothingToNoteFor
        given = {"kind": support.kind, "words": support.words, "owner": support.owner, "mark": sent}
        note_support(project=topic.project, by=by, now=now, **given)
    return _write(booking, words, by=by, now=now, warned=warned, seen=seen)


def _agree(booking: Booking, topic: Topic | None, deed: Deed, *, by, now: datetime) -> None:
    about = {"project": topic.project} if topic and topic.project else {"pair": topic and topic.pair}
    if not any(about.values()):
        raise NothingToNoteFor
    note_action(
        owner=deed.owner,
        words=deed.words,
        due_on=deed.due_on,
        said_on=booking.session.day,
        said_in=booking.pk,
        by=by,
        now=now,
        **about,
    )


def _refuse_strange(topic: Topic | None, project) -> None:
    """A host writes for the project of the booking alone."""
    if topic is None or topic.project_id != project:
        raise NothingToNoteFor


def _write(booking: Booking, words: str, *, by, now: datetime, warned: bool, seen: str | None) -> Note | None:
    there = Note.objects.filter(booking=booking).first()
    if (there.words if there else "") == words:
        return there
    if seen is not None and seen != mark(there):
        raise NoteHasChanged
    audit.record(by=by, did="noted what was said in a surgery", on=booking, scope=booking.cohort_id)
    if not words:
        there.delete()
        return None
    note = there or Note(booking=booking, cohort_id=booking.cohort_id)
    note.words, note.written_by, note.written_at = words, by, now
    note.warned = note.warned or warned
    note.save()
    return note
