"""Who else is coming, in one place for page, message and calendar file: numbers, unless the session shows names."""

from dataclasses import dataclass

from bookings.models import Attendee, Session
from elements.phrases import in_a_row


@dataclass(frozen=True)
class Company:
    """The others who have a place, as this reader may know them: `names` is empty where only their number is told."""

    number: int
    names: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        if not self.number:
            return "Nobody else has a place yet."
        if self.names:
            return f"Also coming: {in_a_row(self.names)}."
        return f"{self.number} other {'person has' if self.number == 1 else 'people have'} a place."


def who_is_coming(session: Session, viewer) -> Company:
    """The others with a place. One query. What hosts and leads see of those who come is the register, not this."""
    others = Attendee.objects.booked().filter(session=session).exclude(participant__user=viewer)
    if not session.shows_names:
        return Company(others.count())
    names = tuple(others.order_by("participant__name", "pk").values_list("participant__name", flat=True))
    return Company(len(names), names)
