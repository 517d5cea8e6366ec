"""What a swap would cost, in words, before the lead says yes."""

from dataclasses import dataclass

from pairs import matching
from pairs.models import Proposal, Run
from pairs.reasons import points
from pairs.workings import Workings


@dataclass(frozen=True)
class Cost:
    """Two pairs as they are and as they would be, each (names, S); change of the total; rules that would break.

    `locked` are those of the two pairs that a lead locked together.
    """

    old: list[tuple[str, int]]
    new: list[tuple[str, int]]
    total: int
    worst_before: int | None
    worst_after: int | None
    rules: tuple[str, ...]
    locked: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        if self.total == 0:
            return "The total stays the same."
        change = "1 point" if abs(self.total) == 1 else f"{abs(self.total)} points"
        return f"The total would {'fall' if self.total < 0 else 'rise'} by {change}."


def cost_of(run: Run, first: Proposal, second: Proposal) -> Cost:
    """The cost of exchanging the partners of two proposals of a run."""
    workings = Workings(run)
    ids = [(str(proposal.a_id), str(proposal.b_id)) for proposal in (first, second)]
    found = matching.swap_cost(workings.table, workings.pairs(), *ids)
    change, weight_sum = found.total_change, workings.table.weight_sum
    sign = -1 if change < 0 else 1
    return Cost(
        old=[_named(workings.names, pair) for pair in found.old],
        new=[_named(workings.names, pair) for pair in found.new],
        total=sign * points(abs(change), weight_sum),
        worst_before=found.before.worst,
        worst_after=found.after.worst,
        rules=found.rules,
        locked=tuple(str(proposal) for proposal in (first, second) if proposal.is_locked),
    )


def _named(names: dict[str, str], pair: tuple[str, str, int]) -> tuple[str, int]:
    a, b, score = pair
    return f"{names[a]} and {names[b]}", score
