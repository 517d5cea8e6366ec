"""Ours and the reference in turn, in one process: CPU seconds, the median of several; and what is counted."""

import time
from contextlib import contextmanager
from itertools import pairwise
from statistics import median

from django.db import connection

ROUNDS = 5


def row(name, ours, reference, goal, *, rounds=ROUNDS, before=None):
    """One figure {name, ours, reference, ratio, goal}: both are called without arguments, seconds of CPU.

    What `before` does ahead of each turn of ours is not counted.
    """
    turns = [_turn(ours, reference, before) for _ in range(rounds + 1)]
    turns = turns[1:]  # the first loads what later ones find loaded
    mine, theirs = (median(column) for column in zip(*turns, strict=True))
    return against(name, mine, theirs, goal)


def _turn(ours, reference, before):
    if before:
        before()
    return cpu(ours), cpu(reference)


def against(name, ours, reference, goal):
    """One figure from two that were measured already, in any one unit."""
    return {"name": name, "ours": ours, "reference": reference, "ratio": ours / reference, "goal": goal}


def cpu(work):
    """Seconds of CPU, the kernel's for us included."""
    start = time.process_time()
    work()
    return time.process_time() - start


class Asked:
    """The statements of one piece of work: `statements`, and the `seconds` that the database took for them."""

    def __init__(self):
        self.statements, self.seconds = [], 0.0

    def __call__(self, execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - start
            self.statements.append(sql)

    @property
    def number(self):
        return len(self.statements)

    @property
    def for_the_work(self):
        """Statements without the borders of transactions; a bulk INSERT that SQLite has to split counts once."""
        verbs = [sql.split(" (")[0] if sql.startswith("INSERT") else sql for sql in self.statements]
        inner = [verb for verb in verbs if "SAVEPOINT" not in verb and not verb.startswith("BEGIN")]
        return sum(verb != before or "INSERT" not in verb for before, verb in pairwise(["", *inner]))

    @property
    def most_repeated(self):
        """How often the most frequent statement was sent; its values do not count, savepoints are left out."""
        real = [sql for sql in self.statements if "SAVEPOINT" not in sql]
        return max((real.count(sql) for sql in set(real)), default=0)


@contextmanager
def asked():
    """Watch what the database is asked inside, without keeping the values."""
    watching = Asked()
    with connection.execute_wrapper(watching):
        yield watching
