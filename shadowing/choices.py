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


class WayOff(models.TextChoices):
    """What it is when a visit does not take place: it depends on where it stands and on who says so."""

    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"
    CALLED_OFF = "called_off", "Called off"
    PUT_OFF = "put_off", "Put off"


class OffReason(models.TextChoices):
    """Why a visit is called off or put off."""

    PRESSURE = "pressure", "Clinical pressure"
    ROTA = "rota", "Rota"
    AREA = "area", "The host area cannot take a visitor"
    ILLNESS = "illness", "Illness"
    OTHER = "other", "Another reason"


class Flag(models.TextChoices):
    """What a setting is like. A row of the catalogue has its flags; for a setting in own words the pair says it."""

    CLINICAL = "C", "A clinical area"
    OUT_OF_HOURS = "O", "Often out of hours"
    PATIENTS = "P", "Patients are there"
    PAPERS = "X", "Confidential papers are seen or discussed"


# With one of these, whoever is in charge of the area has to agree before a visit is ready.
NEEDS_AREA = frozenset({Flag.CLINICAL, Flag.PATIENTS, Flag.PAPERS})


class Part(models.TextChoices):
    """Which of the two somebody is in a visit."""

    VISITOR = "visitor", "Visitor"
    HOST = "host", "Host"
