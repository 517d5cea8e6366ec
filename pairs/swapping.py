"""What a swap would cost, in words, before the lead says yes."""

from dataclasses import dataclass

from pairs import matching
from pairs.models import Proposal, Run
from pairs.reasons import points
from pairs.workings import Workings


@dataclass(frozen=True)
class Cost:
    """Two pairs as they are and as they would be, each (names, S); the run's total; rules that would break.

    `locked` are those of the two pairs that a lead locked together.
    """

    old: list[tuple[str, int]]
    new: list[tuple[str, int]]
    total_before: int
    total_after: int
    worst_before: int | None
    worst_after: int | None
    rules: tuple[str, ...]
    locked: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        before, after = self.total_before, self.total_after
        if before == after:
            return f"The total stays {before}."
        change = "1 point" if abs(after - before) == 1 else f"{abs(after - before)} points"
        return f"The total would {'fall' if after < before else 'rise'} by {change}, from {before} to {after}."


def cost_of(run: Run, first: Proposal, second: Proposal) -> Cost:
    """The cost of exchanging the partners of two proposals of a run."""
    workings = Workings(run)
    ids = [(str(proposal.a_id), str(proposal.b_id)) for proposal in (first, second)]
    found = matching.swap_cost(workings.table, workings.pairs(), *ids)
    amount, weight_sum = workings.amount(workings.groups()), workings.table.weight_sum
    return Cost(
        old=[_named(workings.names, pair) for pair in found.old],
        new=[_named(workings.names, pair) for pair in found.new],
        total_before=points(amount, weight_sum),
        total_after=points(amount + found.total_change, weight_sum),
        worst_before=found.before.worst,
        worst_after=found.after.worst,
        rules=found.rules,
        locked=tuple(str(proposal) for proposal in (first, second) if proposal.is_locked),
    )


def _named(names: dict[str, str], pair: tuple[str, str, int]) -> tuple[str, int]:
    a, b, score = pair
    return f"{names[a]} and {names[b]}", score
