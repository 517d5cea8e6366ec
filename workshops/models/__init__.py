"""The series of workshops with its dates, what is read for it, what people want from it and thought of it."""

from workshops.models.feedback import RATINGS, TELLS, TEXTS, Asked, Feedback
from workshops.models.meetings import CatchUp, Meeting, Tries
from workshops.models.needs import Need
from workshops.models.proposed import ProposedDate
from workshops.models.series import Material, Workshop
from workshops.models.time_given import TimeGiven

__all__ = [
    "RATINGS",
    "TELLS",
    "TEXTS",
    "Asked",
    "CatchUp",
    "Feedback",
    "Material",
    "Meeting",
    "Need",
    "ProposedDate",
    "TimeGiven",
    "Tries",
    "Workshop",
]
