"""What the bench refuses, each as a sentence that can be shown to the lead."""


class MatchingError(ValueError):
    """Base of all refusals of the bench; ``str(error)`` is a sentence for the lead."""


class ProblemRefused(MatchingError):
    """The problem contradicts itself: a weight out of range, a person twice, a side that does not exist."""


class UnknownPerson(MatchingError):
    """A lock, a bar or a question names somebody who is not in the problem."""


class LockedTwice(MatchingError):
    """Two locks claim the same person."""


class LockBreaksRule(MatchingError):
    """A lock joins two people whom a rule keeps apart, and no override was written."""


class ProofRefused(MatchingError):
    """The stored solution and its proof do not follow from the problem."""
