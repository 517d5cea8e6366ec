"""The administrator's pages over organisations."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts.forms.places import OrganisationForm
from cohorts.loaders import load_organisation
from cohorts.models import Organisation


@require_safe
@requires("cohorts.make_organisation")
def organisation_list(request):
    organisations = Organisation.objects.visible_to(request.user)
    return render(request, "cohorts/organisation_list.html", {"organisations": organisations})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("cohorts.make_organisation")
def organisation_create(request):
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            organisation = actions.make_organisation(by=request.user, **form.cleaned_data)
        except actions.NameIsTaken as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"{organisation} was added.")
            return redirect("organisation_list")
    return render(request, "cohorts/organisation_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_organisation
@requires("cohorts.make_organisation")
def organisation_edit(request, organisation):
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial={"name": organisation.name})
    if form.is_valid():
        try:
            actions.change_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        except actions.NameIsTaken as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"{organisation} was saved.")
            return redirect("organisation_list")
    return render(request, "cohorts/organisation_edit.html", {"form": form, "organisation": organisation})
