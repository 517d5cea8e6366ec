"""The cycles of a project: the list, a plan, and the four steps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import clock
from elements.sent import posted
from projects import actions
from projects.cycle_page import A_PAGE, CyclePage, before, state_of
from projects.forms.cycles import ActForm, DoForm, PlanForm, StudyForm, as_before
from projects.loaders import load_cycle, load_project
from projects.models import Cycle
from projects.rules import is_owner


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
    if cycle.did and request.method != "POST":
        messages.info(request, actions.PlanIsFixed.unsaid)
        return redirect(cycle)
    form = PlanForm(posted(request), project=cycle.project, row=cycle)
    if form.is_valid():
        try:
            actions.edit_cycle(cycle=cycle, by=request.user, now=timezone.now(), **form.chosen)
        except actions.ChangedMeanwhile as meanwhile:
            form.look_again(meanwhile)
        except actions.PlanIsFixed as fixed:
            form.add_error(None, fixed.sentence)
        else:
            messages.success(request, "Saved.")
            return redirect(cycle)
    return render(request, "projects/cycle_edit.html", {"cycle": cycle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_do(request, cycle):
    form = DoForm(posted(request), row=cycle)
    if form.is_valid() and is_written(request, cycle, actions.do_cycle, form):
        messages.success(request, "Saved. Next: what does it show?")
        return redirect(cycle)
    return render(request, "projects/cycle_do.html", {"cycle": cycle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_study(request, cycle):
    """Not opened before something was done: what is typed then could not be kept."""
    if request.method != "POST" and (sentence := cycle.comes_first("studied")):
        messages.info(request, sentence)
        return redirect("cycle_do", cycle.pk)
    form = StudyForm(posted(request), row=cycle)
    if form.is_valid() and is_written(request, cycle, actions.study_cycle, form):
        messages.success(request, "Saved. Next: what follows from it?")
        return redirect(cycle)
    return render(request, "projects/cycle_study.html", {"cycle": cycle, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cycle
@requires("projects.change_project")
def cycle_act(request, cycle):
    """Not opened before it was studied."""
    if request.method != "POST" and (sentence := cycle.comes_first("act")):
        messages.info(request, sentence)
        return redirect("cycle_study", cycle.pk)
    form = ActForm(posted(request), row=cycle)
    if form.is_valid() and is_written(request, cycle, actions.act_on_cycle, form):
        messages.success(request, "Saved. This cycle is complete.")
        return redirect(cycle)
    return render(request, "projects/cycle_act.html", {"cycle": cycle, "form": form})


def is_written(request, cycle, action, form) -> bool:
    """One step of the four; where it cannot be, the form says why and keeps what was typed."""
    try:
        action(cycle=cycle, by=request.user, now=timezone.now(), on=clock.today(), **form.cleaned_data)
    except actions.ChangedMeanwhile as meanwhile:
        form.look_again(meanwhile)
    except actions.StepComesLater as early:
        form.add_error(None, early.sentence)
    else:
        return True
    return False
