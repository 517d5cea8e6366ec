"""Runs: the list, one run, one person, two side by side. Reading a run never solves a large one unasked."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from pairs.comparing import compared
from pairs.forms.revising import CompareForm
from pairs.loaders import load_person_of_run, load_run
from pairs.models import Proposal, Run
from pairs.reading import aims_of, as_it_stands, left_over_of, person_of_run, run_page

A_PAGE = 50


@require_safe
@load_cohort
@requires("pairs.find_pairs")
def run_list(request, cohort):
    runs = Run.objects.visible_to(request.user).filter(cohort=cohort).with_counts()
    page = Paginator(runs.select_related("made_by"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairs/run_list.html", {"cohort": cohort, "page_obj": page})


@require_safe
@load_run
@requires("pairs.find_pairs")
def run_detail(request, run):
    proposals = Proposal.objects.visible_to(request.user).filter(run=run).with_names()
    page = Paginator(proposals, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairs/run_detail.html", {"page_obj": page, **run_page(run, page, user=request.user)})


@require_safe
@load_run
@requires("pairs.find_pairs")
def run_left_over(request, run):
    page = Paginator(left_over_of(run, user=request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairs/run_left_over.html", {"run": run, "page_obj": page})


@require_safe
@load_run
@requires("pairs.find_pairs")
def run_aims(request, run):
    return render(request, "pairs/run_aims.html", {"run": run, "aims": aims_of(run), "now": as_it_stands(run)})


@require_safe
@load_person_of_run
@requires("pairs.find_pairs")
def run_person(request, run, participant):
    found = person_of_run(run, participant, user=request.user)
    return render(request, "pairs/run_person.html", {"run": run, "participant": participant, **found})


@require_safe
@load_run
@requires("pairs.find_pairs")
def run_compare(request, run):
    form = CompareForm(request.GET if "other" in request.GET else None, run=run)
    found = page = None
    if form.is_valid():
        other = get_object_or_404(Run.objects.visible_to(request.user), pk=form.cleaned_data["other"].pk)
        found = compared(run, other)
        page = Paginator(found.lines, A_PAGE).get_page(request.GET.get("page"))
    shown = {"run": run, "form": form, "found": found, "page_obj": page}
    return render(request, "pairs/run_compare.html", shown)
