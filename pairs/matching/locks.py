"""The lead's locks as cells of the table, refused when they contradict a rule or each other."""

from dataclasses import dataclass

from pairs.matching.refusals import LockBreaksRule, LockedTwice
from pairs.matching.table import forbidding, refusal


@dataclass(frozen=True)
class Locked:
    """A locked pair: row and column in drawn order, and the override where a rule forbids it."""

    i: int
    j: int
    override: str = ""


def locked_cells(table, locks):
    """The locks as a tuple of Locked. Raises LockedTwice, LockBreaksRule, UnknownPerson."""
    taken, cells = set(), []
    for lock in locks:
        cell = table.cell(lock.a, lock.b)
        if cell is None:
            raise LockBreaksRule(
                " and ".join(refusal(table, lock.a, lock.b)) + ": a pair needs one person of each side."
            )
        for key in (lock.a, lock.b):
            if key in taken:
                raise LockedTwice(f"{table.names[key]} is locked twice. Remove one of the two locks.")
            taken.add(key)
        forbidden = not table.allowed[cell]
        if forbidden and not lock.override.strip():
            raise LockBreaksRule(
                "; ".join(refusal(table, lock.a, lock.b)) + ". Write down why this pair is locked all the same."
            )
        if lock.overridden is not None and not forbidding(table, lock.a, lock.b) <= set(lock.overridden):
            raise LockBreaksRule(
                f"{table.names[lock.a]} and {table.names[lock.b]} are locked with a reason that was written before "
                "another rule forbade this pair. Remove the lock, or make it again with a reason."
            )
        cells.append(Locked(cell[0], cell[1], override=lock.override if forbidden else ""))
    return tuple(cells)
