"""What the actions of this floor refuse, each with a sentence for whoever asked."""

from elements.refusals import Refusal


class SessionIsOff(Refusal):
    """A session that is called off or held takes no bookings and does not move."""


class HasBegun(Refusal):
    """What is for the time before a session comes too late."""

    unsaid = "This session has begun already."


class NotOpenYet(Refusal):
    """Booking opens later."""


class IsFull(Refusal):
    """There is no place, and whoever asks does not want to wait for one."""

    unsaid = "The last place has just been taken. You can join the waiting list."


class SlotIsTaken(Refusal):
    """Somebody else has this time, or it is over."""

    unsaid = "That time has just been taken. Choose another."


class NobodyAsked(Refusal):
    """A booking is for somebody who takes part in the cohort of the session."""

    unsaid = "Only people who take part in this cohort can book."


class BookedApart(Refusal):
    """Of a party one is there already, by a booking of another party."""

    unsaid = "One of you has a place or waits here already. Let go of that first, then book together."


class TooManyOpen(Refusal):
    """Somebody has as many bookings ahead as the programme allows."""


class TooLate(Refusal):
    """The time in which people cancel by themselves is over."""


class OfferIsOver(Refusal):
    """An offer was answered already, or ran out."""

    unsaid = "This place is not held for you any more."


class CannotBe(Refusal):
    """As things stand this is not possible, and the sentence says why."""


class NeedsReason(Refusal):
    unsaid = "Enter why it is called off. Everybody who booked reads it."


class BelowTaken(Refusal):
    """The capacity cannot be lower than what is taken."""


class WrongTimes(Refusal):
    """Beginning and end do not make a session."""


class WrongHosts(Refusal):
    """A session has as many hosts as its room allows."""


class NotYours(Refusal):
    """Only those who booked, the hosts of the session and the leads of its cohort do this."""

    unsaid = "Only those who booked, the hosts and the leads can do this."


class TooEarly(Refusal):
    """What is said of a session afterwards cannot be said before its day."""
