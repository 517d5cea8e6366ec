"""How far a project is, what became of it after the programme, and a partner who joins it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import charts, clock
from elements.sent import posted
from projects import actions, checks
from projects.choices import CHECKS
from projects.forms.progress import CheckForm, InvolveForm, ScoreForm
from projects.involving import strangers
from projects.loaders import load_project
from projects.scores import as_chart, scores_of


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_score(request, project):
    """Owners say how far they are, and read what was said so far; others read the latest on the project's page."""
    form = ScoreForm(posted(request), latest=project.score)
    if form.is_valid():
        actions.say_score(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("project_score", project.pk)
    chart = as_chart(scores_of(project, user=request.user))
    return render(request, "projects/project_score.html", {"project": project, "form": form, "chart": chart})


@require_safe
@load_project
@requires("projects.change_project")
def score_svg(request, project):
    """The picture on its page; 404 while there is nothing to draw."""
    chart = as_chart(scores_of(project, user=request.user))
    if chart is None:
        raise Http404
    return charts.svg_response(chart, request.GET.get("size", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_check(request, project, months):
    """Open for good from that many months after the programme on."""
    if months not in CHECKS:
        raise Http404
    on, check = clock.today(), checks.answer(project, months)
    opens_on = checks.opens_on(project.cohort, months)
    form = CheckForm(posted(request), check=check)
    if form.is_valid():
        actions.say_what_became(
            project=project, months=months, by=request.user, now=timezone.now(), on=on, **form.cleaned_data
        )
        messages.success(request, "Thank you. You can change your answer at any time.")
        return redirect(project)
    shown = {"project": project, "months": months, "form": form, "check": check, "opens_on": opens_on}
    return render(request, "projects/project_check.html", {**shown, "is_open": check is not None or opens_on <= on})


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def project_involve(request, project):
    partners = strangers(project, request.user)
    form = InvolveForm(posted(request), partners=partners)
    if form.is_valid():
        chosen = next(each for each in partners if str(each.pk) == form.cleaned_data["partner"])
        part = form.cleaned_data["part"]
        actions.involve_partner(
            project=project, partner=chosen, part=part, by=request.user, now=timezone.now(), on=clock.today()
        )
        messages.success(request, f"{chosen.name} is in your project now.")
        return redirect(project)
    return render(request, "projects/project_involve.html", {"project": project, "form": form, "partners": partners})
