"""The showcase: its programme for leads, what owners give to it, and a page of paper about each project."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements import clock, files, paper
from elements.sent import posted, uploaded
from elements.uploads import takes
from projects import actions, sheets
from projects.choices import Part
from projects.forms.showcase import AddForm, DeckForm, ShowcaseForm
from projects.loaders import load_project
from projects.models import Project
from projects.page import ProjectPage, names
from projects.presenting import content_of, deck_of, others, presented_in, programme
from projects.rules import is_presented


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("projects.run_showcase")
def showcase_list(request, cohort):
    """The programme in its order, and one more project for it."""
    form = AddForm(posted(request), choices=others(cohort, user=request.user))
    if form.is_valid():
        found = Project.objects.visible_to(request.user).filter(cohort=cohort).select_related("cohort")
        project = get_object_or_404(found, pk=form.cleaned_data["project"])
        actions.add_to_showcase(project=project, by=request.user)
        messages.success(request, f"{project.title} is on the programme.")
        return _programme_at(project)
    shown = {"cohort": cohort, "form": form}
    shown["lines"] = [(each, " and ".join(names(each, Part.OWNER))) for each in programme(cohort, user=request.user)]
    return render(request, "projects/showcase_list.html", shown)


@require_safe
@load_cohort
@requires("projects.see_running_order")
def running_order(request, cohort):
    """Who presents what, for everybody who takes part."""
    return render(request, "projects/running_order.html", {"cohort": cohort, "lines": presented_in(cohort)})


@require_POST
@load_project
@requires("projects.run_showcase")
def showcase_move(request, project):
    actions.move_in_showcase(project=project, up="up" in request.POST, by=request.user)
    return _programme_at(project)


@require_POST
@load_project
@requires("projects.run_showcase")
def showcase_take_out(request, project):
    actions.take_out_of_showcase(project=project, by=request.user)
    messages.success(request, f"{project.title} is no longer on the programme.")
    return redirect("showcase_list", project.cohort_id)


@require_safe
@load_cohort
@requires("projects.run_showcase")
def showcase_pdf(request, cohort):
    """The pages of all that present, in order, as one file."""
    projects = programme(cohort, user=request.user)
    if not projects:
        messages.warning(request, "No project is on the programme yet. Add one first.")
        return redirect("showcase_list", cohort.pk)
    document = sheets.all_as_pdf(sheets.showcase(projects), title=f"Showcase of {cohort.name}")
    return paper.response(f"{slugify(cohort.name) or 'cohort'}-showcase", document)


@require_safe
@load_project
@requires("projects.see_presented")
def project_showcase(request, project):
    page = ProjectPage(project, request.user, clock.today())
    return render(
        request, "projects/project_showcase.html", {"project": project, "page": page, "deck": deck_of(project)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_showcase_edit(request, project):
    form = ShowcaseForm(posted(request), row=project)
    if form.is_valid():
        try:
            actions.write_for_showcase(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.ChangedMeanwhile as meanwhile:
            form.look_again(meanwhile)
        else:
            messages.success(request, "Saved.")
            return redirect("project_showcase", project.pk)
    return render(request, "projects/project_showcase_edit.html", {"project": project, "form": form})


@takes(f"one file of at most {files.LARGEST // 1024**2} MB: if it is larger, make its pictures smaller and try again")
@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def deck_upload(request, project):
    form = DeckForm(posted(request), uploaded(request))
    if form.is_valid():
        actions.keep_deck(project=project, by=request.user, now=timezone.now(), **form.cleaned_data["file"])
        messages.success(request, "Your file is kept.")
        return redirect("project_showcase", project.pk)
    shown = {"project": project, "form": form, "deck": deck_of(project)}
    return render(request, "projects/deck_upload.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def deck_remove(request, project):
    if request.method == "POST":
        actions.remove_deck(project=project, by=request.user, now=timezone.now())
        messages.success(request, "The file is removed.")
        return redirect("project_showcase", project.pk)
    return render(request, "projects/deck_remove.html", {"project": project, "deck": deck_of(project)})


@require_safe
@load_project
@requires("projects.see_presented")
def deck_download(request, project):
    """Under a name of the house's own."""
    deck = content_of(project)
    if deck is None:
        raise Http404
    name = f"{_file_name(project)}-slides"
    return files.handed_out(name, content=bytes(deck.content), content_type=deck.content_type)


@require_safe
@load_project
@requires("projects.see_project")
def project_sheet(request, project):
    page = ProjectPage(project, request.user, clock.today())
    shown = sheets.sheet(project, belongs=page.belongs, is_presented=is_presented(request.user, project))
    return paper.response(_file_name(project), sheets.as_pdf(shown))


def _file_name(project) -> str:
    return slugify(project.title)[:60].strip("-") or "project"


def _programme_at(project):
    """Back to its line, which gets the focus."""
    return redirect(f"{reverse('showcase_list', args=[project.cohort_id])}#project-{project.pk}")
