"""A cohort at a glance, and its timetable."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts.choices import Side
from cohorts.loaders import load_cohort
from cohorts.models import Participant
from cohorts.next_door import grouped, next_door
from cohorts.stages import by_dates_alone
from elements import house
from elements.clock import today


@require_safe
@load_cohort
@requires("cohorts.see_people")
def cohort_detail(request, cohort):
    people = Participant.objects.visible_to(request.user).filter(cohort=cohort).count_by_side_and_state()
    may_change = request.user.has_perm("cohorts.change_cohort", cohort)
    context = {
        "cohort": cohort,
        "sides": [
            (side, cohort.plural(side), [(state, number) for (s, state), number in people.items() if s == side])
            for side in Side
        ],
        "doors": house.doors(viewer=request.user, where="cohort", cohort=cohort),
        # counts of the whole cohort, for a lead of the whole
        "attention": house.attention(cohorts=[cohort], on=today(), viewer=request.user) if may_change else [],
        "may_change": may_change,
    }
    context["groups"] = grouped(context["doors"])
    context["next_door"] = next_door(cohort, people, context["doors"], context["attention"])
    return render(request, "cohorts/cohort_detail.html", context)


@require_safe
@load_cohort
@requires("cohorts.see_people")
def cohort_timetable(request, cohort):
    """The stages; how many people and pairs there are is told to a lead of the whole cohort alone."""
    stages = house.stages(cohort=cohort, on=today())
    if not request.user.has_perm("cohorts.change_cohort", cohort):
        stages = [by_dates_alone(stage, on=today()) for stage in stages]
    return render(request, "cohorts/cohort_timetable.html", {"cohort": cohort, "stages": stages})
