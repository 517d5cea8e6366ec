"""Publish a run, with everything shown first, and take it back for ten minutes."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from pairs import actions
from pairs.announcing import announcement, publication
from pairs.digest import digest_of
from pairs.forms.revising import PublishForm
from pairs.loaders import load_run
from pairs.models import Proposal

A_PAGE = 50


@require_http_methods(["GET", "POST"])
@load_run
@requires("pairs.find_pairs")
def run_publish(request, run):
    proposals = list(Proposal.objects.visible_to(request.user).filter(run=run).with_people())
    told = announcement(run, proposals)
    first = {"initiator_side": "a", "first_meeting_by": max(run.cohort.starts_on, timezone.localdate()) + timedelta(14)}
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        run=run,
        messages=len(told["letters"]),
        shown=digest_of(proposals),
        initial=first,
    )
    if form.is_valid():
        form.cleaned_data.pop("count", None)
        try:
            actions.publish_run(run=run, by=request.user, **form.cleaned_data)
        except (actions.CannotChange, actions.RunIsOutOfDate) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("run_published", run_id=run.pk)
    page = Paginator(told["letters"], A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairs/run_publish.html", {"run": run, "form": form, "page_obj": page, **told})


@require_safe
@load_run
@requires("pairs.find_pairs")
def run_published(request, run):
    return render(request, "pairs/run_published.html", {"run": run, **publication(run)})


@require_POST
@load_run
@requires("pairs.find_pairs")
def run_undo(request, run):
    try:
        actions.undo_publication(run=run, by=request.user)
    except actions.TooLateToUndo as late:
        messages.error(request, str(late))
        return redirect("run_published", run_id=run.pk)
    messages.success(request, "Taken back. Nobody was told, and the run is in review again.")
    return redirect(run)
