"""Who is kept apart, runs of the matching with their proposals, and pairs over time.

Proposals live in their run; a pair is born when the run is published. Keys to the floors below have no way back.
"""

from pairs.models.free_time import BusyTime, UsualHours
from pairs.models.living import FirstMeeting, Membership, Pair
from pairs.models.pairing import Exclusion, Lock, Pairing, PrivateWord, first_weights
from pairs.models.runs import Proposal, Publication, Run

__all__ = [
    "BusyTime",
    "Exclusion",
    "FirstMeeting",
    "Lock",
    "Membership",
    "Pair",
    "Pairing",
    "PrivateWord",
    "Proposal",
    "Publication",
    "Run",
    "UsualHours",
    "first_weights",
]
