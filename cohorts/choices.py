"""States and lists of the ground floor, each in one table."""

from django.db import models


class Side(models.TextChoices):
    """The two sides of a cohort; their labels are the cohort's own."""

    A = "a", "first side"
    B = "b", "second side"

    @property
    def other(self) -> "Side":
        return Side.B if self == Side.A else Side.A


class State(models.TextChoices):
    """Where a participant stands, from draft to the end."""

    DRAFT = "draft", "Draft"
    APPLIED = "applied", "Applied"
    ACCEPTED = "accepted", "Accepted"
    RESERVE = "reserve", "Reserve list"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    COMPLETED = "completed", "Completed"


GONE = (State.DECLINED, State.WITHDRAWN)
NOT_GONE = tuple(state for state in State if state not in GONE)
# From each state, the states that may follow.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPLIED, State.WITHDRAWN}),
    State.APPLIED: frozenset({State.ACCEPTED, State.RESERVE, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.RESERVE, State.WITHDRAWN, State.COMPLETED}),
    State.RESERVE: frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN}),
    State.DECLINED: frozenset({State.ACCEPTED, State.RESERVE}),
    State.WITHDRAWN: frozenset({State.ACCEPTED, State.RESERVE}),
    State.COMPLETED: frozenset({State.ACCEPTED}),
}


class RoleKind(models.TextChoices):
    """What somebody does in a programme besides taking part."""

    LEAD = "lead", "Lead"
    FACILITATOR = "facilitator", "Facilitator"
    EVALUATOR = "evaluator", "Evaluator"
    SPONSOR = "sponsor", "Sponsor"


ASKED_TO_SIGN_IN = "cohorts.invitation_waiting"  # a kind of mail
PRIVILEGED = frozenset({RoleKind.LEAD, RoleKind.EVALUATOR})
HOSTS = frozenset({RoleKind.LEAD, RoleKind.FACILITATOR})  # who is invited to the launch without taking part


class TermList(models.TextChoices):
    """The lists that forms offer and that words are tied to."""

    SETTING = "setting", "Shadowing settings"
    GRADE = "grade", "Doctors' grades"
    BAND = "band", "Agenda for Change bands and other contracts"
    STAFF_GROUP = "staff_group", "Staff groups"
    DIRECTORATE = "directorate", "Directorates"
    SITE = "site", "Sites"
    INTEREST = "interest", "Interests"
    THEME = "theme", "Improvement themes"
    LEADERSHIP = "leadership", "Leadership dimensions"
    COMPETENCY = "competency", "Medical leadership competencies"


class CircularState(models.TextChoices):
    """Where a message to many stands. A sent one is a draft again after Undo."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"


class Audience(models.TextChoices):
    """Who gets a message to many: people of the cohort, as they stand when it is sent. Nobody who has withdrawn."""

    TAKING_PART = "taking_part", "Everybody who takes part"
    SIDE_A = "side_a", "The first side"
    SIDE_B = "side_b", "The second side"
    RESERVE = "reserve", "The reserve list"
    APPLIED = "applied", "People waiting for a decision"


# The columns that make somebody belong to an audience.
BELONGS: dict[Audience, dict[str, str]] = {
    Audience.TAKING_PART: {"state": State.ACCEPTED},
    Audience.SIDE_A: {"state": State.ACCEPTED, "side": Side.A},
    Audience.SIDE_B: {"state": State.ACCEPTED, "side": Side.B},
    Audience.RESERVE: {"state": State.RESERVE},
    Audience.APPLIED: {"state": State.APPLIED},
}
