"""Everything of this room that one person wrote or is named in, to be handed to that person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from cohorts.models import Participant
from elements.contract import Row
from elements.keys import written
from projects.choices import Part
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

ELEMENT = "Projects and agreed actions"


@dataclass(frozen=True)
class Kept:
    """A table with the columns that say something. Somebody's rows are those of which one of `whose` holds: a path, and
    what stands there, one of the keys that `everything_about` gives.
    """

    model: type[Model]
    columns: tuple[str, ...]
    whose: tuple[tuple[str, str], ...]


OF_PROJECT, OF_MEASURE = (("project__in", "owned"),), (("measure__project__in", "owned"),)
KEPT = (
    Kept(
        Project,
        (
            "title",
            "problem",
            "aim",
            "aim_amount",
            "aim_for",
            "stakeholders",
            "patients_voice",
            "registration",
            "registration_url",
            "abstract",
            "gain_patients",
            "gain_service",
            "learned",
            "handed_to",
        ),
        (("pk__in", "owned"),),
    ),
    Kept(Involvement, ("part",), (("participant__in", "people"),)),
    Kept(Action, ("words", "goes_to"), (("owner__in", "people"), *OF_PROJECT)),
    Kept(Driver, ("words",), OF_PROJECT),
    Kept(Cycle, ("plan", "prediction", "did", "studied", "act_words"), OF_PROJECT),
    Kept(Milestone, ("title", "reason", "evidence"), OF_PROJECT),
    Kept(Measure, ("name", "definition", "unit", "source", "frequency"), OF_PROJECT),
    Kept(Point, ("value", "note"), OF_MEASURE),
    Kept(Recalculation, ("reason",), (("by", "user"), *OF_MEASURE)),
    Kept(Annotation, ("words",), OF_MEASURE),
    Kept(Score, ("value",), (("said_by__in", "people"),)),
    Kept(Check, ("words",), (("said_by__in", "people"), *OF_PROJECT)),
    Kept(Deck, ("name",), OF_PROJECT),
    Kept(Review, ("strong", "worries", "ask", "next_words"), (("friend__in", "people"),)),
    Kept(SupportRequest, ("words",), (("asked_by__in", "people"), *OF_PROJECT)),
    Kept(SupportRequest, ("answer",), (("answered_by", "user"), *OF_PROJECT)),
)


def everything_about(*, user) -> Iterator[Row]:
    """One query. What a project's critical friends wrote of it is theirs, and not in it."""
    people = Participant.objects.filter(user=user).order_by().values("pk")
    owned = Involvement.objects.filter(participant__in=people, part=Part.OWNER, until=None).order_by().values("project")
    asked = {"user": user.pk, "people": people, "owned": owned}
    first, *rest = [_rows(kept, column, asked) for kept in KEPT for column in kept.columns]
    for kind, ref, label, text in first.union(*rest, all=True):
        yield Row(ELEMENT, kind, ref, label, text)


def _rows(kept: Kept, column: str, asked: dict) -> QuerySet:
    """(kind, key, label, text) of one column, without what is empty."""
    hers = Q()
    for path, which in kept.whose:
        hers |= Q(**{path: asked[which]})
    name = str(kept.model._meta.get_field(column).verbose_name)
    said = {
        "row_kind": Value(kept.model._meta.label_lower, CharField()),
        "row_ref": written("pk"),
        "row_label": Value(name, CharField()),
        "row_text": Cast(column, TextField()),
    }
    found = kept.model._default_manager.filter(hers).order_by().annotate(**said)
    return found.exclude(row_text="").values_list(*said)
