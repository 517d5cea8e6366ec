"""The pairing bench against scipy's assignment on the same matrix: CPU seconds, run in turn, best of several.

The reference is ``scipy.optimize.linear_sum_assignment`` (LSA) on the very cost matrix of the first stage. Two
cohorts of 1,000 a side are measured: *varied* answers, where few scores are equal, and *tied* ones, where most
are, as in a real sheet with short lists to tick.
"""

import datetime
import random
import time
from functools import partial

from scipy.optimize import linear_sum_assignment

from pairs import matching
from pairs.matching.potentials import potentials
from pairs.matching.stages import free_field, grouped, levels, stage_cost

SIZE = 1000
ROUNDS = 5
GOALS = {"score and solve": 2.5, "fairest with proofs": 20, "proof of one stage": 5}
WHAT_IF_SECONDS = {"everyone": 0.1, "total": 0.1, "fairest": 0.5}
_WEIGHTS = {"directorate": -2, "site": 2, "days": 1, "wishes": 3, "interests": 1, "theme": 1, "seniority": 1}


def rows():
    """One dict {name, ours, reference, ratio, goal} for each figure, seconds of CPU."""
    kinds = {"varied": False, "tied": True}
    return [row for kind, tied in kinds.items() for row in _rows(kind, cohort(SIZE, SIZE, tied=tied))] + what_ifs()


def _rows(kind, asked):
    field = free_field(matching.prepare(asked), ())
    costs = {aim: stage_cost(grouped(levels(aim, field), SIZE)[0], SIZE) for aim in ("everyone", "total")}
    columns = linear_sum_assignment(costs["everyone"])[1]

    def solved(aim, *, proven):
        return matching.solve(matching.prepare(asked), aim, proven=proven)

    def reference(aim="everyone"):
        return linear_sum_assignment(costs[aim])

    return [
        *(
            _row(
                f"score and solve, {aim}, {kind}, n={SIZE}",
                partial(solved, aim, proven=False),
                partial(reference, aim),
                GOALS["score and solve"],
            )
            for aim in costs
        ),
        _row(
            f"fairest with proofs, {kind}, n={SIZE}",
            partial(solved, "fairest", proven=True),
            reference,
            GOALS["fairest with proofs"],
        ),
        _row(
            f"proof of one stage, {kind}, n={SIZE}",
            lambda: potentials(costs["everyone"], columns),
            reference,
            GOALS["proof of one stage"],
        ),
    ]


def what_ifs():
    """The 34 what-ifs of 17 by 17 in seconds of wall time; the reference is the limit itself, the goal 1."""
    table = matching.prepare(cohort(17, 17, tied=True))
    found = []
    for aim, limit in WHAT_IF_SECONDS.items():
        solution = matching.solve(table, aim)
        seconds = min(_wall(partial(matching.why_nots, table, solution)) for _ in range(ROUNDS))
        found.append(
            {
                "name": f"34 what-ifs, {aim}, 17 by 17, against {limit * 1000:.0f} ms",
                "ours": seconds,
                "reference": limit,
                "ratio": seconds / limit,
                "goal": 1,
            }
        )
    return found


def cohort(doctors, managers, *, tied, seed=1):
    """A made-up problem: long lists and many answers, or short lists that most people tick alike."""
    dealt = random.Random(seed)  # noqa: S311 - a fixed draw
    sizes = {"d": 4, "s": 2, "k": 5, "i": 4, "t": 3} if tied else {"d": 40, "s": 6, "k": 30, "i": 15, "t": 10}

    def some(letter, most):
        chosen = dealt.sample(range(sizes[letter]), dealt.randint(1, min(most, sizes[letter])))
        return tuple(f"{letter}{number}" for number in sorted(chosen))

    people = tuple(
        matching.Person(
            key=f"{side}{number}",
            email=f"{side}{number}@trust.example",
            name=f"Person {side}{number}",
            side=side,
            level=dealt.randint(1, 5),
            directorates=some("d", 1),
            sites=some("s", 2),
            days=(0, 1, 2, 3, 4) if tied else tuple(sorted(dealt.sample(range(5), dealt.randint(2, 5)))),
            offers=some("k", 2 if tied else 4),
            wants=some("k", 2 if tied else 4),
            interests=some("i", 1 if tied else 3),
            themes=some("t", 1),
        )
        for side, many in (("a", doctors), ("b", managers))
        for number in range(many)
    )
    return matching.Problem(
        people=people,
        starts_on=datetime.date(2027, 2, 1),
        ends_on=datetime.date(2027, 11, 1),
        weights=_WEIGHTS,
        seed="5eed",
    )


def _row(name, ours, reference, goal):
    """Ours and the reference in turn; the least of ROUNDS each, since noise only ever adds."""
    times = [(_cpu(ours), _cpu(reference)) for _ in range(ROUNDS)]
    mine, theirs = (min(column) for column in zip(*times, strict=True))
    return {"name": name, "ours": mine, "reference": theirs, "ratio": mine / theirs, "goal": goal}


def _cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def _wall(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
