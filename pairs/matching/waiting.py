"""Who is left over, and why.

From a person x left over, alternate: go to every allowed partner, from a partner to the person paired with
it. If an unpaired partner is reached, one more pair was possible and the aim preferred not to (Berge 1957).
Otherwise the people X reached on the side of x have only the partners N(X) reached, and |X| = |N(X)| + 1:
Hall's condition (Hall 1935) fails. X is minimal: a subset without x is fully paired with allowed partners, and
a failing subset that holds x must hold, with each of its people, everybody paired with their allowed
partners, hence all of X. So nobody can be taken out without the shortage vanishing. Locked people stand
outside.
"""

from dataclasses import dataclass

import numpy as np

from pairs.matching.locks import locked_cells
from pairs.matching.refusals import ProblemRefused
from pairs.matching.rules import counted, weeks_available
from pairs.matching.solution import Objective, objective
from pairs.matching.solving import resolve
from pairs.matching.wording import difference, listed, points, small


@dataclass(frozen=True)
class Shortage:
    """Why ``person`` (key) is left over.

    ``kind``: "uneven" (the other side has too few people), "hall" (``people``, among them the person, may only
    be paired with ``partners``, one fewer), "aim" (one more pair was possible, at a price). ``instead_of`` is who
    would wait if this person were placed, ``after`` the cohort's figures then; empty and None when nobody
    may be paired with the person or no price was asked for.
    """

    person: str
    kind: str
    people: tuple[str, ...]
    partners: tuple[str, ...]
    instead_of: tuple[str, ...]
    before: Objective
    after: Objective | None
    words: str


def left_over_reasons(table, solution, *, priced=True):
    """One Shortage for each person left over, in drawn order, side a first.

    Each price costs one more solve; ``priced=False`` leaves it out where hundreds are left over.
    """
    return tuple(left_over_reason(table, solution, person, priced=priced) for person in solution.left_over)


def left_over_reason(table, solution, person, *, priced=True):
    """The Shortage of one person left over (key). Raises UnknownPerson, and ProblemRefused for a paired one."""
    if person in solution.partners:
        raise ProblemRefused(f"{table.names[person]} is not left over.")
    locked = locked_cells(table, table.problem.locks)
    side, place = table.place(person)
    own, others = (table.a, table.b) if side == "a" else (table.b, table.a)
    free_others = _free(others, table, locked)
    people, partners, open_partner = _reached(table, solution, locked, side, place)
    if open_partner:
        kind = "aim"
    elif len(partners) == len(free_others) and len(own) > len(others):
        kind = "uneven"
    else:
        kind = "hall"
    people = tuple(own[k].key for k in sorted(people))
    partners = tuple(others[k].key for k in sorted(partners))
    after, instead_of = None, ()
    if partners and priced:
        keep = [table.cell(*pair) for pair in solution.pairs]
        found = resolve(table, solution.aim, locked=locked, keep=keep, placed=(side, place))
        after = objective(found)
        paired = {key for pairing in found for key in (pairing.a, pairing.b)}
        instead_of = tuple(key for key in solution.partners if key not in paired)
    words = _why(table, kind, side, person, people, partners)
    if after is not None:
        words += " " + _price(table, solution, person, instead_of, after)
    return Shortage(person, kind, people, partners, instead_of, solution.objective, after, words)


def _free(people, table, locked):
    held = {key for cell in locked for key in (table.a[cell.i].key, table.b[cell.j].key)}
    return {k for k, person in enumerate(people) if person.key not in held}


def _reached(table, solution, locked, side, start):
    """(places on the own side, places on the other side, whether an unpaired partner was reached)."""
    allowed = table.allowed if side == "a" else table.allowed.T
    others = table.b if side == "a" else table.a
    free = _free(others, table, locked)
    place_of = {key: table.place(key)[1] for key in solution.partners.values()}
    mate = {k: place_of[solution.partners[p.key]] for k, p in enumerate(others) if p.key in solution.partners}
    people, partners, queue = {start}, set(), [start]
    while queue:
        for k in np.flatnonzero(allowed[queue.pop()]).tolist():
            if k in free and k not in partners:
                partners.add(k)
                if k not in mate:
                    return people, partners, True
                if mate[k] not in people:
                    people.add(mate[k])
                    queue.append(mate[k])
    return people, partners, False


def _why(table, kind, side, person, people, partners):
    one, other = table.problem.labels if side == "a" else table.problem.labels[::-1]
    names = table.names
    if kind == "aim":
        return f"{names[person]} could be placed, but this aim prefers to leave {names[person]} waiting."
    if kind == "uneven":
        own, others = (len(table.a), len(table.b)) if side == "a" else (len(table.b), len(table.a))
        short = own - others
        return f"{counted(own, one.one, one.many)}, {counted(others, other.one, other.many)}: {small(short)} must wait."
    if not partners:
        return _nobody(table, side, person, other)
    number = counted(len(partners), other.one, other.many)
    return (
        f"{len(people)} {one.many} may only be paired with the same {number}, so one must wait: "
        f"{listed(names[key] for key in people)} with {listed(names[key] for key in partners)}."
    )


def _nobody(table, side, person, other):
    problem = table.problem
    weeks = weeks_available(table.person(person), starts_on=problem.starts_on, ends_on=problem.ends_on)
    if weeks < problem.weeks:
        return (
            f"{table.names[person]} has {counted(weeks, 'week', 'weeks')} before the end or the day of leaving, "
            f"and this cohort asks for {problem.weeks} in common."
        )
    if not len(table.b if side == "a" else table.a):
        return f"There is no {other.one} in this cohort to pair {table.names[person]} with."
    return f"Rules or locks leave no {other.one} for {table.names[person]}."


def _price(table, solution, person, instead_of, after):
    before = solution.objective
    instead = f" instead of {listed(table.names[key] for key in instead_of)}" if instead_of else ""
    start = f"Placing {table.names[person]}{instead}"
    if before.ordered(solution.aim) == after.ordered(solution.aim):
        return f"{start} is equally good: this was drawn."
    if (before.pairs, before.bands) == (after.pairs, after.bands) or (
        solution.aim == "everyone" and before.pairs == after.pairs
    ):
        return f"{start} costs {points(before.total - after.total, table.weight_sum)}."
    return f"{start} has a price: {difference(solution.aim, before, after, table.weight_sum)}."
