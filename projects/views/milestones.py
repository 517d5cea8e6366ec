"""Milestones and next steps of a project, and its end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import keep_typed
from accounts.permission import requires
from elements import clock
from elements.sent import posted
from projects import actions
from projects.forms.milestones import CloseForm, MilestoneForm, NewMilestoneForm, NextStepForm
from projects.loaders import load_milestone, load_next_step, load_project
from projects.page import LEFT_OPEN, ProjectPage
from projects.review_page import is_reviewed, standing

SAID = (actions.TooMany, actions.ProjectHasEnded, actions.NobodyGoesOn, actions.OwnerIsNotOfProject)


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def milestone_create(request, project):
    form = NewMilestoneForm(posted(request))
    if form.is_valid():
        found = {**form.cleaned_data, "due_on": form.cleaned_data.get("due_on") or None}
        try:
            actions.add_milestone(project=project, by=request.user, now=timezone.now(), **found)
        except SAID as refusal:
            form.add_error(None, str(refusal) or refusal.unsaid)
        else:
            messages.success(request, "The milestone is set.")
            return redirect(f"{project.get_absolute_url()}#milestones")
    return render(request, "projects/milestone_create.html", {"project": project, "form": form})


@require_POST
@load_project
@requires("projects.change_project")
def milestone_usual(request, project):
    actions.add_usual_milestones(project=project, by=request.user, now=timezone.now(), on=clock.today())
    messages.success(request, "The usual milestones are set. Change them as you like.")
    return redirect(f"{project.get_absolute_url()}#milestones")


@require_safe
@load_milestone
@requires("projects.read_project")
def milestone_detail(request, milestone):
    page = ProjectPage(milestone.project, request.user, clock.today())
    shown = {"milestone": milestone, "project": milestone.project, "page": page}
    shown["line"] = standing(milestone, user=request.user, on=page.on)
    return render(request, "projects/milestone_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_milestone
@requires("projects.change_project")
def milestone_edit(request, milestone):
    form = MilestoneForm(posted(request), row=milestone)
    if form.is_valid():
        found = {**form.cleaned_data, "due_on": form.cleaned_data.get("due_on") or None}
        try:
            actions.edit_milestone(milestone=milestone, by=request.user, now=timezone.now(), on=clock.today(), **found)
        except actions.ChangedMeanwhile as meanwhile:
            form.look_again(meanwhile)
        else:
            messages.success(request, "Saved.")
            return redirect(f"{milestone.project.get_absolute_url()}#milestones")
    shown = {"milestone": milestone, "form": form, "is_reviewed": is_reviewed(milestone)}
    return render(request, "projects/milestone_edit.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_milestone
@requires("projects.change_project")
def milestone_remove(request, milestone):
    """Where it is reviewed, the page says so and has no button."""
    if request.method == "POST":
        try:
            actions.remove_milestone(milestone=milestone, by=request.user, now=timezone.now())
        except actions.IsReviewed as refusal:
            messages.error(request, refusal.sentence)
            return redirect(milestone)
        messages.success(request, "The milestone is removed.")
        return redirect(f"{milestone.project.get_absolute_url()}#milestones")
    shown = {"milestone": milestone, "is_reviewed": is_reviewed(milestone)}
    return render(request, "projects/milestone_remove.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def next_step_create(request, project):
    form = NextStepForm(posted(request), project=project, user=request.user, on=clock.today())
    if form.is_valid():
        try:
            actions.add_next_step(
                project=project, by=request.user, now=timezone.now(), on=clock.today(), **form.cleaned_data
            )
        except SAID as refusal:
            form.add_error(None, str(refusal) or refusal.unsaid)
        else:
            messages.success(request, "The next step is agreed.")
            return redirect(_after_step(request, project))
    shown = {"project": project, "form": form, "back": _after_step(request, project)}
    return render(request, "projects/next_step_create.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_next_step
@requires("projects.change_action")
def next_step_edit(request, action):
    project = action.project
    form = NextStepForm(posted(request), row=action, project=project, user=request.user, on=clock.today())
    if form.is_valid():
        try:
            actions.change_next_step(action=action, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.ChangedMeanwhile as meanwhile:
            form.look_again(meanwhile)
        except actions.OwnerIsNotOfProject as refusal:
            form.add_error("owner", refusal.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect(_after_step(request, project))
    shown = {"project": project, "form": form, "back": _after_step(request, project)}
    return render(request, "projects/next_step_edit.html", shown)


def _after_step(request, project) -> str:
    """Where a next step was opened from: the page that closes the project, or the project."""
    if request.GET.get("then") == "close":
        return reverse("project_close", args=[project.pk])
    return f"{project.get_absolute_url()}#next-steps"


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_close(request, project):
    """What is refused for want of a next step with a day is kept, and stands there again after one was given."""
    page = ProjectPage(project, request.user, clock.today())
    form = CloseForm(posted(request), project=project, has_next_step=any(step.due_on for step in page.next_steps))
    if form.is_valid():
        try:
            actions.close_project(
                project=project, by=request.user, now=timezone.now(), on=clock.today(), **form.cleaned_data
            )
        except SAID as refusal:
            form.add_error(None, str(refusal) or refusal.unsaid)
        else:
            messages.success(request, f"The project is closed. {LEFT_OPEN}")
            return redirect(project)
    if form.is_bound and form.lacks_next_step:
        keep_typed(request)
    return render(request, "projects/project_close.html", {"project": project, "form": form, "page": page})


@require_POST
@load_project
@requires("projects.change_project")
def project_reopen(request, project):
    actions.reopen_project(project=project, by=request.user, now=timezone.now())
    messages.success(request, "The project goes on.")
    return redirect(project)
