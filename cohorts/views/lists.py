"""The lists that a cohort may add to: themes, interests, sites, directorates and settings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts.choices import TermList
from cohorts.forms.lists import OWN_LISTS, ListForm, TermForm
from cohorts.loaders import load_cohort, load_term
from cohorts.models import Term


def address_of(cohort, chosen) -> str:
    return reverse("term_list", args=[cohort.pk], query={"list": chosen})


@require_safe
@load_cohort
@requires("cohorts.change_cohort")
def term_list(request, cohort):
    form = ListForm(request.GET)
    chosen = TermList(form.cleaned_data["list"]) if form.is_valid() else OWN_LISTS[0]
    rows = Term.objects.visible_to(request.user).in_list_of(cohort, chosen)
    context = {"cohort": cohort, "lists": OWN_LISTS, "chosen": chosen, "terms": rows}
    return render(request, "cohorts/term_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def term_add(request, cohort):
    form = TermForm(
        request.POST if request.method == "POST" else None, initial={"list": request.GET.get("list", OWN_LISTS[0])}
    )
    if form.is_valid():
        try:
            term = actions.add_term(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.NameIsTaken as problem:
            form.add_error("label", str(problem))
        else:
            messages.success(request, f"{term} was added.")
            return redirect(address_of(cohort, term.list))
    return render(request, "cohorts/term_add.html", {"form": form, "cohort": cohort})


@require_POST
@load_term
@requires("cohorts.change_cohort")
def term_switch(request, term):
    """Offer a row again, or no longer."""
    actions.switch_term(term=term, active=not term.active, by=request.user)
    messages.success(request, f"{term} is offered again." if term.active else f"{term} is no longer offered.")
    return redirect(address_of(term.cohort, term.list))
