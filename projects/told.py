"""What projects tell the house: the days of a pair's timeline, and how much each person did. No words of theirs."""

from collections.abc import Iterator

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from elements.contract import Counts, Entry
from elements.links import links_to
from projects.choices import MilestoneState, Part
from projects.models import Cycle, Involvement, Milestone, Project

BEGUN, REACHED = "Project begun", "Milestone reached"


def timeline(*, pairs, viewer) -> Iterator[Entry]:
    """When projects that began in these pairs began, and reached their milestones. One query.

    They are no contact: who works on a project need not have met. Who belongs to a project is led to it, and told
    which it was; the house and the leads read the kind and the day.
    """
    used = [pair.pk for pair in pairs if "projects" not in pair.cohort.elements_off]
    if not used:
        return
    reached = Milestone.objects.filter(project__pair__in=used, state=MilestoneState.REACHED)
    rows = _rows(
        Project.objects.filter(pair__in=used), BEGUN, viewer, of="pair_id", on="begun_on", about="pk", which="title"
    ).union(
        _rows(reached, REACHED, viewer, of="project__pair_id", on="reached_on", about="project_id", which="title"),
        all=True,
    )
    address = links_to("project_detail")
    for pair, day, project, is_own, label, which in rows:
        said = f"{label}: {which}" if which else label
        yield Entry(pair=pair, on=day, label=said, state="done", url=address(project) if is_own else "")


def _rows(found: QuerySet, label: str, viewer, *, of: str, on: str, about: str, which: str) -> QuerySet:
    """(pair, day, project, whether the viewer belongs to it, label, and which it was for whoever does)."""
    involved = Involvement.objects.filter(project=OuterRef(about), until=None)
    own = involved.filter(participant__user=viewer) if viewer is not None else involved.none()
    said = {"told_of": F(of), "told_on": F(on), "about": F(about), "is_own": Exists(own)}
    said["label"] = Value(label, CharField())
    said["which"] = Case(When(is_own=True, then=F(which)), default=Value(""), output_field=CharField())
    return found.order_by().annotate(**said).values_list(*said)


def measures(*, cohorts) -> dict[object, Counts]:
    """Of everybody who owns a project: how many, and what was reached in them. One query."""
    used = [cohort.pk for cohort in cohorts if "projects" not in cohort.elements_off]
    owned = Involvement.objects.filter(cohort__in=used, part=Part.OWNER, until=None).order_by()
    reached = _number(Milestone.objects.filter(state=MilestoneState.REACHED))
    closed = _number(Cycle.objects.filter(acted_on__isnull=False))
    rows = (
        owned.annotate(reached_in_it=reached, closed_in_it=closed)
        .values("participant")
        .annotate(owned=Count("pk"), reached=Sum("reached_in_it"), closed=Sum("closed_in_it"))
    )
    return {
        row["participant"]: {
            "projects owned": row["owned"],
            "milestones reached": row["reached"],
            "cycles closed": row["closed"],
        }
        for row in rows
    }


def _number(rows: QuerySet) -> Coalesce:
    """How many of these belong to the project of the outer row."""
    counted = rows.filter(project=OuterRef("project")).order_by().values("project").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
