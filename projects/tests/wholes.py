"""Projects with a row of each kind that there can be, each with the same words in every text.

Made row by row and not through actions: what is searched for, handed out and forgotten has to stand in every column,
also in those that no single action fills.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import CharField, TextField, URLField
from django.urls import reverse

from projects.models import (
    Action,
    Annotation,
    Check,
    Cycle,
    Deck,
    Driver,
    Measure,
    Milestone,
    Point,
    Project,
    Recalculation,
    Review,
    Score,
    SupportRequest,
)
from projects.tests.worlds import BEGUN_ON, read

WRITTEN_AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
BESIDE = 4  # points on each side of a recalculation


def said_by(friend, milestone: Milestone, words: str) -> Review:
    """What a critical friend says at a milestone."""
    return Review.objects.create(
        project=milestone.project,
        milestone=milestone,
        friend=friend,
        strong=words,
        worries=words,
        ask=words,
        next_words=words,
        written_at=WRITTEN_AT,
        changed_at=WRITTEN_AT,
    )


def whole(project: Project, owner, *, by, words="kingfisher") -> Project:
    """The same with a row of each kind that a project can have, each with these words in every text."""
    project = Project.objects.get(pk=project.pk)
    for name in texts_of(Project):
        setattr(project, name, words)
    project.registration_url = f"https://improve.trust.example/{words}"
    project.save()
    driver = Driver.objects.create(project=project, kind="idea", words=words)
    Cycle.objects.create(
        project=project,
        number=project.cycles.count() + 1,
        idea=driver,
        starts_on=BEGUN_ON,
        act="adopt",
        acted_on=BEGUN_ON,
        **dict.fromkeys(texts_of(Cycle), words),
    )
    kept = dict.fromkeys(texts_of(Milestone), words)
    Milestone.objects.create(project=project, state="reached", reached_on=BEGUN_ON, **kept)
    Milestone.objects.create(project=project, state="dropped", **kept)
    measure = Measure.objects.create(
        project=project, kind="outcome", good="up", is_main=True, **dict.fromkeys(texts_of(Measure), words)
    )
    # Some before the recalculation and some after it, so that its reason is on the picture.
    Point.objects.bulk_create(
        Point(measure=measure, day=BEGUN_ON + timedelta(weeks=week), value=7 + week % 2, note=words)
        for week in range(-BESIDE, BESIDE + 1)
    )
    Recalculation.objects.create(measure=measure, day=BEGUN_ON, reason=words, by=by)
    Annotation.objects.create(measure=measure, day=BEGUN_ON, words=words)
    Score.objects.create(project=project, value="2.5", said_by=owner, said_at=WRITTEN_AT)
    Check.objects.create(project=project, months=6, still="yes", words=words, said_by=owner, said_at=WRITTEN_AT)
    Deck.objects.create(
        project=project, name=f"{words}.pdf", content_type="application/pdf", size=1, content=b"x", added_at=WRITTEN_AT
    )
    given = {"cohort": project.cohort, "project": project}
    Action.objects.create(owner=owner, words=words, said_on=BEGUN_ON, goes_to=words, due_on=BEGUN_ON, **given)
    SupportRequest.objects.create(
        kind="data",
        words=words,
        asked_by=owner,
        asked_at=WRITTEN_AT,
        state="no",
        answer=words,
        answered_by=by,
        answered_at=WRITTEN_AT,
        closed_at=WRITTEN_AT,
        **given,
    )
    return read(project)


def ended(project: Project, *, words="kingfisher") -> Project:
    """Stopped, with what was learned."""
    Project.objects.filter(pk=project.pk).update(ended_on=BEGUN_ON, end_kind="stopped", learned=words, handed_to=words)
    return read(project)


def texts_of(model) -> list[str]:
    """Its columns in which somebody writes."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and not isinstance(field, URLField)
    ]


PARTS = (
    "driver_list",
    "measure_list",
    "cycle_list",
    "review_list",
    "support_list",
    "project_showcase",
    "project_sheet",
)


def pages_of(project: Project) -> set[str]:
    """The addresses of its parts, of its checks, and of each row that has a page."""
    pages = {reverse(name, args=[project.pk]) for name in PARTS}
    pages.add(reverse("project_check", args=[project.pk, 6]))
    rows = (*project.measured.all(), *project.requests.all(), *project.cycles.all(), *project.milestones.all())
    return pages | {row.get_absolute_url() for row in rows}
