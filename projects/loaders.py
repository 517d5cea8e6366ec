"""From the id in an address to an object that this person may see; everything else is the same 404."""

from cohorts.loaders import loader
from projects.models import (
    Action,
    Annotation,
    Cycle,
    Driver,
    Measure,
    MethodLink,
    Milestone,
    Point,
    Project,
    Recalculation,
    Review,
    SupportRequest,
)

load_action = loader(
    "action", lambda user: Action.objects.visible_to(user).with_people().with_project().select_related("cohort")
)
load_next_step = loader(
    "action", lambda user: Action.objects.visible_to(user).of_own_projects(user).open().with_people().with_project()
)
load_project = loader("project", lambda user: Project.objects.visible_to(user).with_people().with_counts())
load_cycle = loader("cycle", lambda user: Cycle.objects.visible_to(user).with_project())
load_driver = loader("driver", lambda user: Driver.objects.visible_to(user).with_project())
load_milestone = loader("milestone", lambda user: Milestone.objects.visible_to(user).with_project())
load_measure = loader("measure", lambda user: Measure.objects.visible_to(user).with_project())
load_review = loader("review", lambda user: Review.objects.visible_to(user).with_project())
load_support = loader("support", lambda user: SupportRequest.objects.visible_to(user).with_project())
load_point = loader("point", lambda user: Point.objects.visible_to(user).with_measure())
load_recalculation = loader("recalculation", lambda user: Recalculation.objects.visible_to(user).with_measure())
load_annotation = loader("annotation", lambda user: Annotation.objects.visible_to(user).with_measure())
load_method_link = loader(
    "method_link", lambda user: MethodLink.objects.visible_to(user).select_related("cohort__programme")
)
