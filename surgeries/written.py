"""Everything of this room that one person wrote or is named in, to be handed to that person."""

from collections.abc import Iterator

from django.db.models import Q

from bookings.models import Attendee
from elements import clock
from elements.contract import Row
from surgeries.models import Note, Topic

ELEMENT = "Design surgeries"


def everything_about(*, user) -> Iterator[Row]:
    """What she asked, and every note of a talk of hers or by her. What a partner asked is not in it. Two queries."""
    asked = Topic.objects.filter(booking__by=user).exclude(words="").select_related("booking__session")
    for topic in asked.order_by("booking__session__starts_at", "pk"):
        label = f"what to discuss on {clock.in_full(topic.booking.session.day)}"
        yield Row(ELEMENT, "surgeries.topic", str(topic.pk), label, topic.words)
    mine = Attendee.objects.filter(participant__user=user).order_by().values("booking")
    notes = Note.objects.filter(Q(written_by=user) | Q(booking__in=mine)).select_related("booking__session")
    for note in notes.order_by("booking__session__starts_at", "pk"):
        label = f"note of the surgery on {clock.in_full(note.booking.session.day)}"
        yield Row(ELEMENT, "surgeries.note", str(note.pk), label, note.words)
