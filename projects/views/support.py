"""Support asked of the leads: of a project, of a cohort, asked, answered, settled."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements import clock
from elements.sent import posted
from projects import actions
from projects.forms.support import AnswerForm, SupportForm
from projects.leads import leads_asked
from projects.loaders import load_project, load_support
from projects.replies import Line, Queue, lines_of, owners
from projects.rules import is_owner

TOLD = "Asked. Your leads get an email, and you get one when they have answered."
NOBODY_TOLD = (
    "Asked. Nobody could be told: your cohort has no lead now who has no part in the project. Whoever becomes one "
    "finds your request, and you get an email when it is answered."
)
STANDS = ["state", "answer", "answered_by", "answered_at", "closed_at"]


@require_safe
@load_project
@requires("projects.see_support")
def support_list(request, project):
    shown = {
        "project": project,
        "lines": lines_of(project, user=request.user, on=clock.today()),
        "may_ask": is_owner(request.user, project) and not project.ended_on,
    }
    return render(request, "projects/support_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_project
@requires("projects.change_project")
def support_create(request, project):
    form = SupportForm(posted(request))
    if form.is_valid():
        try:
            support = actions.ask_for_support(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.ProjectHasEnded as over:
            form.add_error(None, over.sentence)
        else:
            is_told = bool(leads_asked([project])[project.pk])
            messages.success(request, TOLD if is_told else NOBODY_TOLD)
            return redirect(support)
    return render(request, "projects/support_create.html", {"project": project, "form": form})


@require_safe
@load_support
@requires("projects.see_support")
def support_detail(request, support):
    return render(request, "projects/support_detail.html", about(request, support))


@require_http_methods(["GET", "HEAD", "POST"])
@load_support
@requires("projects.answer_support")
def support_answer(request, support):
    if support.is_closed and request.method != "POST":
        messages.info(request, "This request is settled.")
        return redirect(support)
    form, told = AnswerForm(posted(request), support=support), support.project.owners_word
    if form.is_valid():
        try:
            support = actions.answer_support(support=support, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.AnsweredMeanwhile as meanwhile:
            support.refresh_from_db(fields=STANDS)
            form.look_again(support, meanwhile.sentence)
        except actions.IsSettled as settled:
            support.refresh_from_db(fields=STANDS)
            form.add_error(None, settled.sentence)
        else:
            messages.success(request, f"Saved. An email tells the {told} that there is an answer.")
            return redirect(support)
    return render(request, "projects/support_answer.html", about(request, support) | {"form": form})


@require_POST
@load_support
@requires("projects.change_project")
def support_close(request, support):
    actions.close_support(support=support, by=request.user, now=timezone.now())
    messages.success(request, "Settled. Ask again whenever you need more.")
    return redirect(support)


@require_safe
@load_cohort
@requires("projects.see_portfolio")
def support_queue(request, cohort):
    queue = Queue(cohort, request.user, clock.today(), request.GET.get("page"))
    return render(request, "projects/support_queue.html", {"cohort": cohort, "queue": queue, "page_obj": queue.page})


def about(request, support) -> dict:
    """What the pages of one request show."""
    return {
        "support": support,
        "line": Line(support, owners(support.project), clock.today()),
        "may_answer": not support.is_closed and request.user.has_perm("projects.answer_support", support),
        "may_close": not support.is_closed and request.user.has_perm("projects.change_project", support),
    }
