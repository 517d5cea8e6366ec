"""The lead's hand: what a swap would cost before she says yes."""

from dataclasses import dataclass

from pairs.matching.refusals import ProblemRefused
from pairs.matching.solution import Objective, objective, pairings
from pairs.matching.table import refusal


@dataclass(frozen=True)
class SwapCost:
    """Two pairs as they are and as they would be: (a, b, S) each; the cohort's figures; rules newly broken.

    ``total_change`` is in T, below 0 when the swap costs something. ``waiting`` are keys who would be left over.
    """

    old: tuple[tuple[str, str, int], ...]
    new: tuple[tuple[str, str, int], ...]
    before: Objective
    after: Objective
    rules: tuple[str, ...]
    waiting: tuple[str, ...]

    @property
    def total_change(self):
        """Change of the sum of T."""
        return self.after.total - self.before.total


def swap_cost(table, pairs, first, second):
    """The SwapCost of exchanging the partners of two pairs among ``pairs``, each (key of a, key of b).

    ``second`` may have None for one side: somebody who waits takes the place of the other in ``first``.
    Raises UnknownPerson, and ProblemRefused when a pair to swap is not among the pairs.
    """
    pairs = [tuple(pair) for pair in pairs]
    first, second = tuple(first), tuple(second)
    waiting = [key for key in second if key and None in second]
    paired = {key for pair in pairs for key in pair}
    standing = second in pairs or (len(waiting) == 1 and waiting[0] not in paired)
    if first not in pairs or not standing or first == second:
        raise ProblemRefused("Choose two different pairs of this list, or a pair and somebody who waits.")
    rest = [pair for pair in pairs if pair not in (first, second)]
    swapped = [(first[0], second[1]), (second[0], first[1])]
    new = [pair for pair in swapped if None not in pair]
    for pair in new:
        cell = table.cell(*pair)
        if cell is None or table.place(pair[0])[0] != "a":
            raise ProblemRefused("; ".join(refusal(table, *pair)) + ": a pair needs one person of each side.")
    old = [pair for pair in (first, second) if None not in pair]
    return SwapCost(
        old=_scored(table, old),
        new=_scored(table, new),
        before=_figures(table, pairs),
        after=_figures(table, rest + new),
        rules=tuple(words for pair in new for words in refusal(table, *pair)),
        waiting=tuple(key for pair in swapped if None in pair for key in pair if key),
    )


def _scored(table, pairs):
    return tuple((a, b, table.score(int(table.totals[table.cell(a, b)]))) for a, b in pairs)


def _figures(table, pairs):
    return objective(pairings(table, (), [table.cell(*pair) for pair in pairs]))
