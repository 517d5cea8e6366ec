"""How far the goals of an agreement have come, as partners marked them half way and near the end."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from elements import clock
from pairs.choices import Point
from pairs.looking_back import Asked, asked_of, goal_points
from pairs.models import Agreement, GoalReview, Pair


@dataclass(frozen=True)
class Mark:
    """What was said of a goal, and on which day: who marked early did not mark half way."""

    state: str
    note: str
    day: str


@dataclass(frozen=True)
class Marks:
    """Of every goal what was said, the oldest first."""

    goals: list[str]
    reviews: list[GoalReview]

    @property
    def lines(self) -> list[tuple[str, list[Mark]]]:
        said = defaultdict(list)
        for each in sorted(self.reviews, key=lambda each: each.marked_at):
            day = clock.in_full(clock.local(each.marked_at).date())
            said[each.number].append(Mark(each.get_state_display(), each.note, day))
        return [(goal, said[number]) for number, goal in enumerate(self.goals, 1)]

    def boxes(self, point: Point) -> dict[str, str]:
        """What the form holds at first."""
        found = {}
        for each in self.reviews:
            if each.point == point:
                found |= {f"state_{each.number}": each.state, f"note_{each.number}": each.note}
        return found


def marks_of(agreement: Agreement | None) -> Marks:
    """Of a version, or of none; one query."""
    return Marks(agreement.goals, list(agreement.reviews.all())) if agreement else Marks([], [])


def asked_on(pair: Pair, on: date) -> Asked:
    """What a mark on this day counts for: before half way it is early, and counts for it."""
    return asked_of(goal_points(pair, pair.cohort), on)
