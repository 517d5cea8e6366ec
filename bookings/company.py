"""Who else is coming, in one place for page, message and calendar file: numbers, unless the session shows names."""

from dataclasses import dataclass

from bookings.models import Attendee, Session
from elements.phrases import in_a_row


@dataclass(frozen=True)
class Company:
    """The others who have a place, as this reader may know them: `names` is empty where only their number is told.

    Of `slots` nobody meets the others, so it is not said as if they came together.
    """

    number: int
    names: tuple[str, ...] = ()
    slots: bool = False

    @property
    def sentence(self) -> str:
        if not self.number:
            return f"Nobody else has a {'time' if self.slots else 'place'} yet."
        if self.names:
            return f"{'At other times' if self.slots else 'Also coming'}: {in_a_row(self.names)}."
        others = f"{self.number} other {'person has' if self.number == 1 else 'people have'}"
        return f"{others} a time before or after yours." if self.slots else f"{others} a place."


def who_is_coming(session: Session, viewer) -> Company:
    """The others with a place; whoever comes with the reader is none. One query.

    What hosts and leads see of those who come is the register, not this.
    """
    own = Attendee.objects.live().filter(session=session, participant__user=viewer).order_by().values("booking")
    others = Attendee.objects.booked().filter(session=session).exclude(booking__in=own)
    if not session.shows_names:
        return Company(others.count(), slots=session.has_slots)
    names = tuple(others.order_by("participant__name", "pk").values_list("participant__name", flat=True))
    return Company(len(names), names, session.has_slots)
