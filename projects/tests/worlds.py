"""Projects to use in tests: made through actions."""

from datetime import date

from django.utils import timezone

from pairs.models import Pair
from projects import actions
from projects.choices import Shape
from projects.models import Cycle, Milestone, Project, Review, SupportRequest

BEGUN_ON = date(2027, 2, 3)


def begun(pair: Pair, owner, *, title="Discharge letters on the day", shape=Shape.JOINT, **more) -> Project:
    """A project of the two, or of one with the other as critical friend; read as a page reads it."""
    given = {"title": title, "shape": shape, "now": timezone.now(), "on": BEGUN_ON, "by": owner.user, **more}
    return read(actions.begin_project(pair=pair, **given))


def read(project: Project) -> Project:
    return Project.objects.with_people().with_counts().get(pk=project.pk)


def planned(project: Project, owner, *, plan="Ring the ward", **more) -> Cycle:
    given = {
        "prediction": "Half of them answer",
        "starts_on": BEGUN_ON,
        "now": timezone.now(),
        "by": owner.user,
        **more,
    }
    cycle = actions.plan_cycle(project=project, plan=plan, **given)
    cycle.project = read(project)
    return cycle


def milestone_of(project: Project, *, title="First letters on the day", **more) -> Milestone:
    return Milestone.objects.create(project=read(project), title=title, **more)


def reviewed(milestone: Milestone, friend, **more) -> Review:
    given = {"strong": "The aim", "now": timezone.now(), "by": friend.user, **more}
    return actions.write_review(milestone=milestone, **given)


def request_of(project: Project, owner, *, words="Figures of last year", **more) -> SupportRequest:
    given = {"kind": "data", "now": timezone.now(), "by": owner.user, **more}
    return actions.ask_for_support(project=project, words=words, **given)
