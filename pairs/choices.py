"""States and lists of the hall, each in one table."""

from django.db import models

from cohorts.choices import State


class Aim(models.TextChoices):
    """What a run tries first; a sentence for the lead each."""

    EVERYONE = "everyone", "Nobody unpaired first"
    TOTAL = "total", "Best total"
    FAIREST = "fairest", "Fairest"


AIM_SENTENCES = {
    Aim.EVERYONE: "As many pairs as the rules allow; among those, the highest total score.",
    Aim.TOTAL: "The highest total score, even if that leaves more people waiting.",
    Aim.FAIREST: "As many pairs as the rules allow; then the worst-off pairs as good as can be.",
}


class Criterion(models.TextChoices):
    """What the agreement of two people is made of, in the order of the bench."""

    DIRECTORATE = "directorate", "Directorate or specialty"
    SITE = "site", "Site"
    DAYS = "days", "Working days"
    WISHES = "wishes", "Offers and wishes"
    INTERESTS = "interests", "Interests"
    THEME = "theme", "Improvement theme"
    SENIORITY = "seniority", "Seniority"


REVERSIBLE = frozenset({Criterion.DIRECTORATE, Criterion.SITE, Criterion.SENIORITY})
ONE_WAY = {0: "Does not count", 1: "Counts a little", 2: "Counts", 3: "Counts a lot"}
BOTH_WAYS = {
    -3: "Different counts a lot",
    -2: "Different counts",
    -1: "Different counts a little",
    0: "Does not count",
    1: "The same counts a little",
    2: "The same counts",
    3: "The same counts a lot",
}
FIRST_WEIGHTS = {
    Criterion.DIRECTORATE: 0,
    Criterion.SITE: 2,
    Criterion.DAYS: 2,
    Criterion.WISHES: 3,
    Criterion.INTERESTS: 1,
    Criterion.THEME: 1,
    Criterion.SENIORITY: 0,
}


# What a hard rule is called where somebody wrote a reason against it, by the code that the bench gives it.
RULES = {
    "manages": "line manager",
    "excluded": "kept apart",
    "previous": "partners before",
    "weeks": "too few weeks in common",
    "sides": "both of one side",
}


def rules_named(codes) -> str:
    """ "line manager, kept apart", for codes of rules; what follows a colon in a code is not shown."""
    return ", ".join(dict.fromkeys(RULES.get(code.partition(":")[0], "a rule") for code in codes))


# Where a participant can still come to a pair, now or later.
MAY_BE_PAIRED = frozenset({State.DRAFT, State.APPLIED, State.ACCEPTED, State.RESERVE})


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class HoursKind(models.TextChoices):
    """Usual hours of work, and hours beside them in which somebody is ready to meet as well."""

    WORKING = "working", "Working hours"
    AGREED = "agreed", "Other hours that are all right"


class BusySource(models.TextChoices):
    """Where a time comes from at which somebody cannot meet."""

    TYPED = "typed", "Typed"
    ROTA = "rota", "From your rota"


# Who no longer takes part keeps no times here.
NO_LONGER = frozenset({State.DECLINED, State.WITHDRAWN, State.COMPLETED})


class RunState(models.TextChoices):
    """Where a run stands. Proposals of a draft may be changed by hand; in review they rest until published."""

    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    PUBLISHED = "published", "Published"
    DISCARDED = "discarded", "Discarded"


# From each state, the states that may follow.
TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    RunState.DRAFT: frozenset({RunState.REVIEW, RunState.DISCARDED}),
    RunState.REVIEW: frozenset({RunState.DRAFT, RunState.PUBLISHED, RunState.DISCARDED}),
    RunState.PUBLISHED: frozenset({RunState.REVIEW}),  # only by Undo, while nothing has been sent
    RunState.DISCARDED: frozenset({RunState.DRAFT}),
}


class Point(models.TextChoices):
    """When partners are asked to look back."""

    MONTH = "month", "After a month"
    MIDDLE = "middle", "Half way"
    END = "end", "Near the end"


class GoalState(models.TextChoices):
    """How far a goal has come."""

    ON_THE_WAY = "on_the_way", "On the way"
    REACHED = "reached", "Reached"
    DROPPED = "dropped", "Dropped"


SCALE = {
    1: "Strongly disagree",
    2: "Disagree",
    3: "Neither agree nor disagree",
    4: "Agree",
    5: "Strongly agree",
}


class EndKind(models.TextChoices):
    """Why a pair ended, without blame."""

    FINISHED = "finished", "The programme came to its end"
    WITHDRAWAL = "withdrawal", "Somebody left the programme"
    MOVED = "moved", "Somebody changed post or place"
    NO_TIME = "no_time", "There was no time for it"
    NO_MATCH = "no_match", "It was not the right pairing"
    REPAIRED = "repaired", "They have been paired anew"
    OTHER = "other", "Something else"
