"""The three aims side by side, with what each costs."""

from dataclasses import dataclass

from pairs.matching.problem import AIMS
from pairs.matching.solution import Solution
from pairs.matching.solving import solve


@dataclass(frozen=True)
class AimResult:
    """One aim's Solution and its figures.

    ``wishes`` counts the people whose partner offers at least one of their wishes. ``same_pairs`` names the other
    aims that give the same pairs, ``same_figures`` those that give the same pairs, worst score and total.
    """

    aim: str
    solution: Solution
    pairs: int
    worst: int | None
    total: int
    wishes: int
    same_pairs: tuple[str, ...]
    same_figures: tuple[str, ...]


def aims_side_by_side(table):
    """An AimResult for each of AIMS, in that order. Raises what ``solve`` raises."""
    solutions = {aim: solve(table, aim) for aim in AIMS}
    return tuple(
        AimResult(
            aim=aim,
            solution=solution,
            pairs=solution.objective.pairs,
            worst=solution.objective.worst,
            total=solution.objective.total,
            wishes=wishes_met(table, solution.pairs),
            same_pairs=_agreeing(solutions, aim, lambda found: found.pairs),
            same_figures=_agreeing(solutions, aim, _figures),
        )
        for aim, solution in solutions.items()
    )


def wishes_met(table, pairs):
    """How many people of these pairs have a partner who offers at least one of their wishes."""
    people = [(table.person(a), table.person(b)) for a, b in pairs]
    return sum(bool(set(wisher.wants) & set(partner.offers)) for a, b in people for wisher, partner in ((a, b), (b, a)))


def _figures(solution):
    return solution.objective.pairs, solution.objective.worst, solution.objective.total


def _agreeing(solutions, aim, view):
    return tuple(other for other in AIMS if other != aim and view(solutions[other]) == view(solutions[aim]))
