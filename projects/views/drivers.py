"""The driver tree: what drives the aim, and what could be tried."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements.sent import posted
from projects import actions
from projects.choices import DriverKind
from projects.forms.drivers import BranchForm
from projects.loaders import load_driver, load_project
from projects.rules import is_owner
from projects.tree import found_in, tree_of


@require_safe
@load_project
@requires("projects.read_project")
def driver_list(request, project):
    tree = tree_of(project)
    may_add = is_owner(request.user, project) and not project.ended_on and not tree.is_full
    shown = {"project": project, "tree": tree, "is_owner": is_owner(request.user, project), "may_add": may_add}
    return render(request, "projects/driver_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def driver_create(request, project):
    """A driver, or with `kind=idea` an idea; under the aim, or under the driver that `under` names."""
    kind = DriverKind.IDEA if request.GET.get("kind") == DriverKind.IDEA else DriverKind.DRIVER
    under = None
    if key := request.GET.get("under"):
        if (branch := found_in(tree_of(project), key)) is None:
            raise Http404
        under = branch.driver
    form = BranchForm(posted(request))
    if form.is_valid():
        try:
            actions.add_driver(
                project=project, kind=kind, under=under, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except (actions.TooDeep, actions.TreeIsFull, actions.ProjectHasEnded) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Added.")
            return redirect("driver_list", project.pk)
    shown = {"project": project, "form": form, "is_idea": kind == DriverKind.IDEA, "under": under}
    return render(request, "projects/driver_create.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_driver
@requires("projects.change_project")
def driver_edit(request, driver):
    form = BranchForm(posted(request), initial={"words": driver.words})
    if form.is_valid():
        actions.rename_driver(driver=driver, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("driver_list", driver.project_id)
    return render(request, "projects/driver_edit.html", {"driver": driver, "project": driver.project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_driver
@requires("projects.change_project")
def driver_remove(request, driver):
    if request.method == "POST":
        number = actions.remove_driver(driver=driver, by=request.user, now=timezone.now())
        messages.success(request, "Removed." if number == 1 else f"Removed, with all {number} branches.")
        return redirect("driver_list", driver.project_id)
    branch = tree_of(driver.project).by_key.get(driver.pk)
    if branch is None:
        raise Http404
    heading = "Remove this branch?"
    if branch.below:
        heading = f"Remove this, and {branch.below} more {'branch' if branch.below == 1 else 'branches'} under it?"
    body = "\n".join([driver.words, *(f"Under it: {words}" for words in branch.words_below())])
    shown = {"branch": branch, "project": driver.project, "heading": heading, "body": body}
    return render(request, "projects/driver_remove.html", shown)
