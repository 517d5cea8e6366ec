"""A mark of the pairs that somebody was shown, so that nobody says yes to others."""

import hashlib
from collections.abc import Iterable

from pairs.models import Proposal


def digest_of(proposals: Iterable[Proposal]) -> str:
    """64 letters that are the same for the same people paired the same way, in whatever order. No queries."""
    pairs = sorted(f"{proposal.a_id} {proposal.b_id} {proposal.third_id}" for proposal in proposals)
    return hashlib.sha256("\n".join(pairs).encode()).hexdigest()
