"""How long pure work takes, seen so that a busy machine is not the finding."""

import time

TURNS = 5


def seconds(work, *, until=0.0):
    """Seconds of CPU of the quickest of five turns, or of the first one under `until`.

    Neighbours and a collection of garbage lengthen a turn; nothing shortens one.
    """
    quickest = float("inf")
    for _ in range(TURNS):
        began = time.process_time()
        work()
        quickest = min(quickest, time.process_time() - began)
        if quickest < until:
            break
    return quickest
