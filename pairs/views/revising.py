"""The lead's hand on a draft: swap, trio, reserve, review, open again, discard."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permission import requires
from cohorts.models import Participant
from pairs import actions
from pairs.forms.revising import DissolveForm, SwapForm, TrioForm
from pairs.loaders import load_person_of_run, load_run
from pairs.models import Proposal
from pairs.swapping import cost_of


@require_http_methods(["GET", "HEAD", "POST"])
@load_run
@requires("pairs.find_pairs")
def run_swap(request, run):
    given = request.POST if request.method == "POST" else request.GET
    form = SwapForm(given if "first" in given else None, run=run, user=request.user)
    cost = cost_of(run, form.cleaned_data["first"], form.cleaned_data["second"]) if form.is_valid() else None
    if cost and request.method == "POST":
        try:
            actions.swap_two(run=run, by=request.user, **form.cleaned_data)
        except actions.CannotChange as refusal:
            form.add_error("override" if cost.rules else None, str(refusal))
        else:
            messages.success(request, "The two pairs are swapped. Nobody has been told.")
            return redirect(run)
    if not cost:
        del form.fields["override"]  # a reason is asked for once it is known that a rule breaks
    return render(request, "pairs/run_swap.html", {"run": run, "form": form, "cost": cost})


@require_POST
@load_run
@requires("pairs.find_pairs")
def run_trio(request, run):
    form = TrioForm(request.POST)
    if not form.is_valid():
        raise Http404
    people = Participant.objects.visible_to(request.user).filter(cohort=run.cohort)
    newcomer = get_object_or_404(people, pk=form.cleaned_data["newcomer"])
    proposals = Proposal.objects.visible_to(request.user).filter(run=run).with_people()
    proposal = get_object_or_404(proposals, pk=form.cleaned_data["proposal"])
    try:
        actions.confirm_trio(run=run, newcomer=newcomer, proposal=proposal, by=request.user)
    except actions.CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{newcomer} joins {proposal.a} and {proposal.b}.")
    return redirect(run)


@require_POST
@load_run
@requires("pairs.find_pairs")
def run_dissolve(request, run):
    form = DissolveForm(request.POST)
    if not form.is_valid():
        raise Http404
    proposals = Proposal.objects.visible_to(request.user).filter(run=run).with_people()
    proposal = get_object_or_404(proposals, pk=form.cleaned_data["proposal"])
    leaver = proposal.third
    try:
        actions.dissolve_trio(run=run, proposal=proposal, by=request.user)
    except actions.CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{leaver} waits again. The other two stay a pair.")
    return redirect(run)


@require_http_methods(["GET", "HEAD", "POST"])
@load_person_of_run
@requires("pairs.find_pairs")
def run_reserve(request, run, participant):
    if request.method == "POST":
        try:
            actions.put_on_reserve(run=run, participant=participant, by=request.user)
        except actions.CannotChange as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{participant} is on the reserve list.")
        return redirect(run)
    return render(request, "pairs/run_reserve.html", {"run": run, "participant": participant})


def _moved(request, run, action, words):
    """Do one move of a run's state and say so, or say why not."""
    try:
        action(run=run, by=request.user)
    except actions.CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("run_detail", run_id=run.pk)


@require_POST
@load_run
@requires("pairs.find_pairs")
def run_review(request, run):
    return _moved(request, run, actions.review_run, "This run is in review. Publish it when it is right.")


@require_POST
@load_run
@requires("pairs.find_pairs")
def run_reopen(request, run):
    return _moved(request, run, actions.reopen_run, "This run is a draft again.")


@require_http_methods(["GET", "HEAD", "POST"])
@load_run
@requires("pairs.find_pairs")
def run_discard(request, run):
    if request.method == "POST":
        return _moved(request, run, actions.discard_run, "This run is discarded. You can still read it.")
    return render(request, "pairs/run_discard.html", {"run": run})
