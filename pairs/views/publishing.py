"""Publish a run, with everything shown first, and take it back for ten minutes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from pairs import actions
from pairs.announcing import addressees, example_of, first_choices, publication
from pairs.digest import digest_of
from pairs.forms.revising import PublishForm
from pairs.loaders import load_run
from pairs.models import Proposal

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@load_run
@requires("pairs.find_pairs")
def run_publish(request, run):
    """The example follows what is chosen in the form, and can be sent to oneself, before anything is published."""
    proposals = list(Proposal.objects.visible_to(request.user).filter(run=run).with_people())
    letters, first = addressees(proposals), first_choices(run)
    is_yes = not {"show", "test"} & request.POST.keys()
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        run=run,
        messages=len(letters),
        shown=digest_of(proposals),
        is_yes=is_yes,
        initial=first,
    )
    if form.is_valid() and is_yes:
        try:
            actions.publish_run(run=run, by=request.user, shown=form.cleaned_data["shown"], **form.choices)
        except (actions.CannotChange, actions.RunIsOutOfDate) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("run_published", run_id=run.pk)
    elif form.is_valid() and "test" in request.POST and proposals:
        actions.try_publication(run=run, proposal=proposals[0], by=request.user, **form.choices)
        messages.success(request, f"The message is on its way to you, at {request.user.email}. Nobody else gets it.")
    shown = {
        "run": run,
        "form": form,
        "page_obj": Paginator(letters, A_PAGE).get_page(request.GET.get("page")),
        "letters": letters,
        "pair_count": len(proposals),
        "example": example_of(run, proposals, **(form.choices or first)),
    }
    return render(request, "pairs/run_publish.html", shown)


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
