"""What somebody's projects are, whatever became of the pair."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts.loaders import load_participant
from projects.reading import projects_of


@require_safe
@load_participant
@requires("projects.see_own_projects")
def own_project_list(request, participant):
    shown = {"participant": participant, "lines": projects_of(request.user, cohort=participant.cohort_id)}
    return render(request, "projects/own_project_list.html", shown)
