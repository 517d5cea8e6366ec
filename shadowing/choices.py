"""States of a visit and what may follow them; why a visit does not take place."""

from django.db import models


class VisitState(models.TextChoices):
    """Where a visit stands."""

    OFFERED = "offered", "Offered"
    AGREED = "agreed", "Agreed"
    READY = "ready", "Ready"
    DONE = "done", "Done"
    DEBRIEFED = "debriefed", "Debriefed"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"
    REARRANGED = "rearranged", "Rearranged"


TRANSITIONS = {
    VisitState.OFFERED: {VisitState.AGREED, VisitState.CANCELLED, VisitState.REARRANGED},
    VisitState.AGREED: {VisitState.READY, VisitState.DONE, VisitState.CANCELLED, VisitState.REARRANGED},
    VisitState.READY: {VisitState.AGREED, VisitState.DONE, VisitState.CANCELLED, VisitState.REARRANGED},
    VisitState.DONE: {VisitState.DEBRIEFED},
    VisitState.DEBRIEFED: {VisitState.CLOSED},
    VisitState.CLOSED: set(),
    VisitState.CANCELLED: set(),
    VisitState.REARRANGED: set(),
}
AHEAD = frozenset({VisitState.OFFERED, VisitState.AGREED, VisitState.READY})
# What counts for hours and reciprocity.
TOOK_PLACE = frozenset({VisitState.DONE, VisitState.DEBRIEFED, VisitState.CLOSED})
OFF = frozenset({VisitState.CANCELLED, VisitState.REARRANGED})


class OffReason(models.TextChoices):
    """Why a visit is called off or put off."""

    PRESSURE = "pressure", "Clinical pressure"
    ROTA = "rota", "Rota"
    AREA = "area", "The host area cannot take a visitor"
    ILLNESS = "illness", "Illness"
    OTHER = "other", "Another reason"
