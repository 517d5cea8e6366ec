"""A pair's projects, and each project's own page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import clock
from elements.sent import posted
from pairs.loaders import load_pair
from pairs.partners import partnership
from projects import actions
from projects.forms.projects import AimForm, BeginForm, ProjectForm, from_idea, has_not_begun
from projects.loaders import load_project
from projects.page import ProjectPage
from projects.reading import projects_and_whose


@require_safe
@load_pair
@requires("projects.see_projects")
def project_list(request, pair):
    lines, seen = projects_and_whose(request.user, pair=pair), partnership(pair, request.user)
    idea = has_not_begun(seen.me.idea, [project for project, _ in lines])
    shown = {"pair": pair, "seen": seen, "lines": lines, "offers_idea": idea}
    return render(request, "projects/project_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("projects.begin_project")
def project_create(request, pair):
    """At first with the idea of the application, where there is one."""
    seen = partnership(pair, request.user)
    form = BeginForm(posted(request), initial=from_idea(seen.me.idea) if "idea" in request.GET else {})
    if form.is_valid():
        project = actions.begin_project(
            pair=pair, by=request.user, now=timezone.now(), on=clock.today(), **form.cleaned_data
        )
        messages.success(request, "Your project has begun.")
        return redirect(project)
    return render(request, "projects/project_create.html", {"pair": pair, "seen": seen, "form": form})


@require_safe
@load_project
@requires("projects.see_project")
def project_detail(request, project):
    page = ProjectPage(project, request.user, clock.today())
    return render(request, "projects/project_detail.html", {"project": project, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_edit(request, project):
    form = ProjectForm(posted(request), row=project)
    if form.is_valid():
        try:
            actions.edit_project(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.ChangedMeanwhile as meanwhile:
            form.look_again(meanwhile)
        else:
            messages.success(request, "Saved.")
            return redirect(project)
    return render(request, "projects/project_edit.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_aim(request, project):
    form = AimForm(posted(request), row=project, on=clock.today())
    if form.is_valid():
        try:
            actions.set_aim(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.ProjectHasEnded as over:
            form.add_error(None, over.sentence)
        except actions.ChangedMeanwhile as meanwhile:
            form.look_again(meanwhile)
        else:
            is_next = form.cleaned_data["aim"] and not project.measure_count
            further = " Next: say under “Measures” how you will know that it is met." if is_next else ""
            messages.success(request, f"Saved.{further}")
            return redirect(project)
    return render(request, "projects/project_aim.html", {"project": project, "form": form})
