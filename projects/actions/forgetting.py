"""Somebody is forgotten: the texts that were hers alone go, and what is a partner's as well stays without her name.

Numbers and days stay everywhere: they tell of a service, and a report may rest on them.
"""

from datetime import date

from django.db import transaction
from django.db.models import DateField, F, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Greatest, Lower

from accounts import audit
from accounts.models import User
from cohorts.models import Participant
from projects.choices import EndKind, MilestoneState, Part, SupportState
from projects.models import (
    Action,
    Annotation,
    Check,
    Cycle,
    Deck,
    Driver,
    Involvement,
    Measure,
    Milestone,
    Point,
    Project,
    Recalculation,
    Review,
    Score,
    SupportRequest,
)

REMOVED = "Removed, because its author has left"  # where a constraint wants words
FORMER = "a former participant"
PROJECT = "Project of a former participant"


@transaction.atomic
def forget_person(*, user: User, by, on: date) -> None:
    """Take out everything in this room that is hers alone, and her name. A fixed number of queries."""
    Recalculation.objects.filter(by=user).update(by=None)
    SupportRequest.objects.filter(answered_by=user).update(answered_by=None)
    people = list(Participant.objects.filter(user=user).values_list("pk", flat=True))
    _name_nobody(user, people)
    if people:  # a lead need not take part
        _forget_participant(people, on)
    audit.record(by=by, did="took somebody out of the projects", on=user)


def _forget_participant(people: list, on: date) -> None:
    alone = _owned_alone(people)
    _empty_projects(alone)
    Action.objects.filter(Q(project__in=alone) | Q(project=None, owner__in=people)).update(words=REMOVED, goes_to="")
    # The owners of other projects see that there was a review, and no word of it.
    Review.objects.filter(friend__in=people).update(strong=REMOVED, worries="", ask="", next_words="")
    Score.objects.filter(said_by__in=people).update(said_by=None)
    Check.objects.filter(said_by__in=people).update(said_by=None)
    shared = Involvement.objects.filter(participant__in=people, until=None).exclude(project__in=alone)
    shared.update(until=Greatest("since", Value(on, DateField())))  # whoever is left owns it alone


def _owned_alone(people: list) -> list:
    """The projects that nobody else owns now."""
    owned = Involvement.objects.filter(part=Part.OWNER, until=None)
    shared = owned.exclude(participant__in=people).values("project")
    return list(owned.filter(participant__in=people).exclude(project__in=shared).values_list("project", flat=True))


def _name_nobody(user: User, people: list) -> None:
    """Where she is named as the one who goes on with something, in any project."""
    names = {user.name, *Participant.objects.filter(pk__in=people).values_list("name", flat=True)} - {""}
    for rows, column in ((Project.objects, "handed_to"), (Action.objects, "goes_to")):
        rows.annotate(said=Lower(column)).filter(said__in=[name.lower() for name in names]).update(**{column: FORMER})


def _empty_projects(alone: list) -> None:
    """Of each row its words; what a constraint wants is said to be removed."""
    projects, of_them = Project.objects.filter(pk__in=alone), {"project__in": alone}
    projects.filter(end_kind=EndKind.STOPPED).update(learned=REMOVED)
    projects.exclude(end_kind=EndKind.STOPPED).update(learned="")
    words = ("problem", "aim", "aim_amount", "aim_for", "stakeholders", "patients_voice", "registration")
    words += ("registration_url", "abstract", "gain_patients", "gain_service", "handed_to")
    projects.update(title=PROJECT, **dict.fromkeys(words, ""))
    Driver.objects.filter(**of_them).update(words=REMOVED)
    Cycle.objects.filter(**of_them).update(plan=REMOVED, prediction=REMOVED, did="", studied="", act_words="")
    milestones = Milestone.objects.filter(**of_them)
    milestones.update(title="Milestone", evidence="")
    milestones.filter(state=MilestoneState.DROPPED).update(reason=REMOVED)
    milestones.exclude(state=MilestoneState.DROPPED).update(reason="")
    # A measure's name is unique in its project: its key says nothing of anybody.
    unnamed = Concat(Value("Measure "), Cast(F("pk"), TextField()))
    Measure.objects.filter(**of_them).update(name=unnamed, definition="", unit="", source="", frequency="")
    of_measures = {"measure__project__in": alone}
    Point.objects.filter(**of_measures).update(note="")
    Recalculation.objects.filter(**of_measures).update(reason=REMOVED)
    Annotation.objects.filter(**of_measures).delete()
    Deck.objects.filter(**of_them).delete()
    Check.objects.filter(**of_them).update(words="")
    asked = SupportRequest.objects.filter(**of_them)
    asked.filter(state=SupportState.NOT_POSSIBLE).update(answer=REMOVED)
    asked.exclude(state=SupportState.NOT_POSSIBLE).update(answer="")
    asked.update(words=REMOVED)
