"""What workshops are about, and when their materials are read."""

from django.db import models

KIND = "workshops"  # of sessions, as bookings know them


class Topic(models.TextChoices):
    """What a workshop is about, whatever it is called: so that those of two cohorts can be compared."""

    SELF = "self", "Knowing yourself, and a purpose both sides share"
    SYSTEM = "system", "How the health service works"
    CHANGE = "change", "Skills and methods for making change"
    DESIGN = "design", "Designing safe and good services"
    POWER = "power", "Acting inside a system: a simulation"
    SHARING = "sharing", "Sharing what was learnt"
    OTHER = "other", "Something else"


class When(models.TextChoices):
    """When a material is meant to be read."""

    BEFORE = "before", "Before the workshop"
    AFTER = "after", "Afterwards"


SCALE = range(1, 6)  # of every question that is answered with a number
CONFIDENCE = {
    1: "1, not at all confident",
    2: "2",
    3: "3, somewhat confident",
    4: "4",
    5: "5, very confident",
}
