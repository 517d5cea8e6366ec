"""The usual milestones of an improvement project, in our words: a start that its owners change as they like."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Usual:
    """`share` is how much of the time until the end of the programme has passed when it is due."""

    title: str
    share: float


USUAL = (
    Usual("We have talked with the people it concerns, patients among them", 0.15),
    Usual("The aim is agreed: how much, by when, for whom", 0.25),
    Usual("We know how it is now: the measure has its first points", 0.4),
    Usual("A change has been tested on a small scale", 0.65),
    Usual("We can show what changed, and who goes on with it", 0.95),
)


def usual_milestones(*, on: date, ends_on: date) -> list[tuple[str, date]]:
    """(title, due day) of each, spread from `on` until the end; a week apart where the end is near or past."""
    days = (ends_on - on).days
    if days < 7 * len(USUAL):
        return [(usual.title, on + timedelta(weeks=number)) for number, usual in enumerate(USUAL, 1)]
    return [(usual.title, on + timedelta(days=round(days * usual.share))) for usual in USUAL]
