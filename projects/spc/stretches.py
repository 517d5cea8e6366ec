"""Runs of points that have something in common, found for all points and both directions at once.

Flags are one byte for each point: bit 1 (`UP`) is set where something holds upwards, bit 2 (`DOWN`) where it holds
downwards. Whether it holds for two points is then one AND, whichever way it goes.
"""

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.uint8]
UP, DOWN = 1, 2


def both(up: npt.NDArray[np.bool_], down: npt.NDArray[np.bool_]) -> Flags:
    """One byte for each point from what holds upwards and what holds downwards, each of shape (n,); written over."""
    flags = down.view(np.uint8)
    flags += flags
    flags += up.view(np.uint8)
    return flags


def all_of(flags: Flags, length: int) -> Flags:
    """What holds for all of the `length` points that begin at each: shape (n,) gives (n - length + 1,), at least 0."""
    return _doubling(flags, length, np.bitwise_and)


def spread(windows: Flags, length: int, points: int) -> Flags:
    """What holds for any window of `length` that a point lies in: shape (points - length + 1,) gives (points,)."""
    padded = np.zeros(points + length - 1, dtype=np.uint8)  # a point lies in the windows that begin up to it
    padded[length - 1 : length - 1 + len(windows)] = windows
    return _doubling(padded, length, np.bitwise_or)


def _doubling(flags: Flags, length: int, joined: np.ufunc) -> Flags:
    """What is known of 2 in a row at two places 2 apart is known of 4: so 7 take three steps, of 1, 2 and 3."""
    have = 1
    while have < length:
        step = min(have, length - have)
        flags = joined(flags[:-step], flags[step:])
        have += step
    return flags


def in_a_row(flags: Flags, least: int) -> Flags:
    """The flags that belong to runs of at least so many."""
    return spread(all_of(flags, least), least, len(flags))


def bounds(flags: Flags, way: int) -> list[tuple[int, int]]:
    """The first and the last place of each run in one direction, `UP` or `DOWN`."""
    edges = np.flatnonzero(np.diff((flags & way) != 0, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], (end - 1 for end in edges[1::2]), strict=True))
