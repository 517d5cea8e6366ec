"""Who is kept apart, runs of the matching with their proposals, pairs over time, and what they agree on and tell.

Proposals live in their run; a pair is born when the run is published. Keys to the floors below have no way back.
"""

from pairs.models.agreements import Agreement, GoalReview, Signature
from pairs.models.free_time import BusyTime, UsualHours
from pairs.models.living import FirstMeeting, Membership, Pair
from pairs.models.pairing import Exclusion, Lock, Pairing, PrivateWord, first_weights
from pairs.models.pulses import Pulse
from pairs.models.runs import Proposal, Publication, Run

__all__ = [
    "Agreement",
    "BusyTime",
    "Exclusion",
    "FirstMeeting",
    "GoalReview",
    "Lock",
    "Membership",
    "Pair",
    "Pairing",
    "PrivateWord",
    "Proposal",
    "Publication",
    "Pulse",
    "Run",
    "Signature",
    "UsualHours",
    "first_weights",
]
