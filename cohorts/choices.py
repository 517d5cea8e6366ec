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
