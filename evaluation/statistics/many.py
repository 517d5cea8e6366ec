"""Several tests read together.

Holm, S. (1979), "A simple sequentially rejective multiple test procedure", *Scand. J. Statistics* 6:65-70.
"""

from collections.abc import Sequence

from evaluation.statistics.refusals import NotAProbability


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjusted p-values in the order given. What was not tested (None) counts for nothing. Raises NotAProbability."""
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    if any(not 0 <= p <= 1 for p, _ in tested):
        raise NotAProbability("A p-value lies between 0 and 1.")
    found: list[float | None] = [None] * len(ps)
    largest = 0.0
    for done, (p, place) in enumerate(tested):
        largest = max(largest, min(1.0, (len(tested) - done) * p))
        found[place] = largest
    return tuple(found)
