"""A cohort at a glance, and its timetable."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts.choices import Side
from cohorts.loaders import load_cohort
from cohorts.models import Participant
from cohorts.next_door import next_door
from elements.clock import today
from elements.registry import all_elements


def used_by(cohort):
    """The elements that this cohort has not switched off."""
    return [each for each in all_elements() if not each.optional or each.slug not in cohort.elements_off]


@require_safe
@load_cohort
@requires("cohorts.see_people")
def cohort_detail(request, cohort):
    people = Participant.objects.visible_to(request.user).filter(cohort=cohort).count_by_side_and_state()
    doors = [door for each in used_by(cohort) for door in each.doors(viewer=request.user, cohort=cohort)]
    attention = []
    if request.user.has_perm("cohorts.change_cohort", cohort):  # counts of the whole cohort, for a lead of the whole
        attention = [each for e in used_by(cohort) for each in e.attention(cohorts=[cohort], on=today())]
    context = {
        "cohort": cohort,
        "sides": [
            (side, cohort.plural(side), [(state, number) for (s, state), number in people.items() if s == side])
            for side in Side
        ],
        "doors": sorted((door for door in doors if door.where == "cohort"), key=lambda door: door.order),
        "attention": sorted((each for each in attention if each.count), key=lambda each: each.order),
        "may_change": request.user.has_perm("cohorts.change_cohort", cohort),
    }
    context["next_door"] = next_door(cohort, people, context["doors"], context["attention"])
    return render(request, "cohorts/cohort_detail.html", context)


@require_safe
@load_cohort
@requires("cohorts.see_people")
def cohort_timetable(request, cohort):
    stages = [stage for each in used_by(cohort) for stage in each.stages(cohort=cohort, on=today())]
    stages.sort(key=lambda stage: (stage.order, stage.starts_on or cohort.starts_on))
    return render(request, "cohorts/cohort_timetable.html", {"cohort": cohort, "stages": stages})
