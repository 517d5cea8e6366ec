"""The cycles of a project: the list, a plan, and the four steps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import clock
from projects import actions
from projects.cycle_page import A_PAGE, CyclePage, before, state_of
from projects.forms.cycles import ActForm, DoForm, PlanForm, StudyForm, as_before, as_planned
from projects.loaders import load_cycle, load_project
from projects.models import Cycle
from projects.rules import is_owner
from projects.views.projects import posted


@require_safe
@load_project
@requires("projects.read_project")
def cycle_list(request, project):
    cycles = Cycle.objects.visible_to(request.user).filter(project=project)
    page = Paginator(cycles, A_PAGE).get_page(request.GET.get("page"))
    may_plan = is_owner(request.user, project) and not project.ended_on
    shown = {"project": project, "page_obj": page, "lines": [(each, state_of(each)) for each in page]}
    return render(request, "projects/cycle_list.html", shown | {"may_plan": may_plan})


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def cycle_create(request, project):
    """With the plan of the cycle before, where that is to be adapted."""
    earlier = before(project, request.GET.get("after", ""))
    form = PlanForm(posted(request), project=project, initial=as_before(earlier) if earlier else {})
    if form.is_valid():
        try:
            cycle = actions.plan_cycle(project=project, by=request.user, now=timezone.now(), **form.chosen)
        except actions.ProjectHasEnded as over:
            form.add_error(None, over.sentence)
        else:
            messages.success(request, "Planned.")
            return redirect(cycle)
    return render(request, "projects/cycle_create.html", {"project": project, "form": form, "earlier": earlier})


@require_safe
@load_cycle
@requires("projects.read_project")
def cycle_detail(request, cycle):
    return render(request, "projects/cycle_detail.html", {"cycle": cycle, "page": CyclePage(cycle, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_edit(request, cycle):
    form = PlanForm(posted(request), project=cycle.project, initial=as_planned(cycle))
    if form.is_valid():
        try:
            cycle = actions.edit_cycle(cycle=cycle, by=request.user, now=timezone.now(), **form.chosen)
        except actions.PlanIsFixed as fixed:
            messages.error(request, fixed.sentence)
        else:
            messages.success(request, "Saved.")
        return redirect(cycle)
    return render(request, "projects/cycle_edit.html", {"cycle": cycle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_do(request, cycle):
    form = DoForm(posted(request), initial={"did": cycle.did})
    if form.is_valid():
        return written(request, cycle, actions.do_cycle, form, "Saved. Next: what does it show?")
    return render(request, "projects/cycle_do.html", {"cycle": cycle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_study(request, cycle):
    form = StudyForm(posted(request), initial={"studied": cycle.studied})
    if form.is_valid():
        return written(request, cycle, actions.study_cycle, form, "Saved. Next: what follows from it?")
    return render(request, "projects/cycle_study.html", {"cycle": cycle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_act(request, cycle):
    form = ActForm(posted(request), initial={"act": cycle.act, "act_words": cycle.act_words})
    if form.is_valid():
        return written(request, cycle, actions.act_on_cycle, form, "Saved. This cycle is complete.")
    return render(request, "projects/cycle_act.html", {"cycle": cycle, "form": form})


def written(request, cycle, action, form, words: str):
    """One step of the four, or the sentence that another comes first."""
    try:
        action(cycle=cycle, by=request.user, now=timezone.now(), on=clock.today(), **form.cleaned_data)
    except actions.StepComesLater as early:
        messages.error(request, early.sentence)
    else:
        messages.success(request, words)
    return redirect(cycle)
