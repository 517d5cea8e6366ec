"""Everything of this floor that one person is named in, to be handed to that person."""

from collections.abc import Iterator

from bookings.models import Attendee, Host
from elements.contract import Row

ELEMENT = "Sessions"


def everything_about(*, user) -> Iterator[Row]:
    """Each booking that she was part of, with how she was there, and each session that she hosts. Two queries."""
    lines = Attendee.objects.filter(participant__user=user).select_related("booking", "session")
    for each in lines.order_by("session__starts_at", "pk"):
        there = f", {each.get_attendance_display().lower()}" if each.attendance else ""
        minutes = f" ({each.minutes} minutes)" if each.minutes else ""
        stands = each.booking.get_state_display().lower()
        text = f"{each.session.title}, {each.session.when}: {stands}{there}{minutes}"
        yield Row(ELEMENT, "bookings.attendee", str(each.pk), "a place asked for", text)
    for host in Host.objects.filter(user=user).select_related("session").order_by("session__starts_at", "pk"):
        text = f"{host.session.title}, {host.session.when}"
        yield Row(ELEMENT, "bookings.host", str(host.pk), "a session hosted", text)
