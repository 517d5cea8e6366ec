"""Settings that people of past cohorts found worth seeing, and visits each way as a lead sees them."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort, load_participant
from elements import clock
from shadowing.forms.reciprocity import ReciprocityFilter
from shadowing.listing import asked_for, lines
from shadowing.worth_seeing import worth_seeing

A_PAGE = 50


@require_safe
@load_participant
@requires("shadowing.see_settings")
def setting_list(request, participant):
    worth = worth_seeing(participant.cohort, on=clock.today())
    return render(request, "shadowing/setting_list.html", {"participant": participant, "worth": worth})


@require_safe
@load_cohort
@requires("shadowing.see_reciprocity")
def reciprocity_list(request, cohort):
    pairs = asked_for(user=request.user, cohort=cohort, query=request.GET)
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "cohort": cohort,
        "form": ReciprocityFilter(request.GET),
        "page_obj": page,
        "lines": lines(page, user=request.user, cohort=cohort),
        "sides": [cohort.label_a, cohort.label_b],
    }
    return render(request, "shadowing/reciprocity_list.html", shown)
