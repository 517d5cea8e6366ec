"""The drawn order: among equally good answers a draw decides, never the order of the sheet."""

import hashlib


def drawn(people, *, seed):
    """The people sorted by sha256(seed + e-mail): the same for the same seed, whoever was typed in first."""
    return tuple(sorted(people, key=lambda person: (_ticket(seed, person.email), person.key)))


def _ticket(seed, email):
    return hashlib.sha256((seed + email).encode()).hexdigest()
