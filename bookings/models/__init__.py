"""Sessions with places, who hosts them, who asked for a place, who comes, and which places are taken.

A party is whoever books together: one person, or several. Keys to the floors below have no way back.
"""

from bookings.models.places import Attendee, Booking, Seat
from bookings.models.sessions import Host, Session

__all__ = ["Attendee", "Booking", "Host", "Seat", "Session"]
