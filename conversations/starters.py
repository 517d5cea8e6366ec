"""Questions to begin with, by month of a pair: the standard ones, and those of a cohort once a lead changed any."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Starter:
    """A question that two may talk about; `month` is the month of their pair that it is meant for."""

    month: int
    code: str
    words: str
    is_active: bool = True


STANDARD = (
    Starter(
        1,
        "week",
        "Walk me through your week. What makes a day good or bad, who do you answer to, and what about your work gets"
        " measured?",
    ),
    Starter(2, "tradeoff", "Tell me one decision you took this month. What did you have to give up to make it?"),
    Starter(
        3,
        "pathway",
        "Choose one patient pathway. What does each of us see of it, and where does the other lose sight of it?",
    ),
    Starter(4, "money", "Who holds which budget around us? If you had to stop one thing, what would it be?"),
    Starter(
        5,
        "safety",
        "How does news of a risk reach you, and how does it reach me? What gets lost on the way?",
    ),
    Starter(6, "mistaken", "What do people on my side get wrong about yours? What do we get right?"),
    Starter(7, "blocked", "Describe a change you tried to make that did not happen. What stood in the way?"),
    Starter(
        8,
        "next",
        "What will each of us do differently now, and whom should we introduce to each other?",
    ),
)
SUGGESTED = 3  # at most so many are suggested at a time
MONTHS = 24


def month_of(*, since, on) -> int:
    """The month that a pair is in, from 1."""
    return max((on.year - since.year) * 12 + on.month - since.month - (on.day < since.day), 0) + 1


def suggested(starters, *, month: int) -> list:
    """At most three: of this month and the months after it, filled up with the latest before."""
    active = sorted((each for each in starters if each.is_active), key=lambda each: each.month)
    ahead = [each for each in active if each.month >= month][:SUGGESTED]
    before = [each for each in active if each.month < month]
    missing = SUGGESTED - len(ahead)
    return (before[-missing:] if missing else []) + ahead
