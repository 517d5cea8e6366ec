"""Programmes: made by the administrator, who names their leads; leads see their cohorts here and make new ones."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts.forms.places import ProgrammeForm
from cohorts.forms.roles import RoleForm
from cohorts.loaders import load_programme
from cohorts.models import Cohort, Organisation, Programme, Role


@require_safe
@requires("cohorts.make_programme")
def programme_list(request):
    programmes = Programme.objects.visible_to(request.user).prefetch_related("organisations")
    return render(request, "cohorts/programme_list.html", {"programmes": programmes})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("cohorts.make_programme")
def programme_create(request):
    organisations = Organisation.objects.visible_to(request.user)
    if not organisations:
        return render(request, "cohorts/programme_create.html")
    form = ProgrammeForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if form.is_valid():
        programme = actions.make_programme(by=request.user, **form.cleaned_data)
        messages.success(request, f"{programme} was made. Now name its first lead.")
        return redirect("programme_role_add", programme.pk)
    return render(request, "cohorts/programme_create.html", {"form": form, "organisations": organisations})


@require_safe
@load_programme
@requires("cohorts.see_programme")
def programme_detail(request, programme):
    context = {
        "programme": programme,
        "organisations": programme.organisations.all(),
        "cohorts": Cohort.objects.visible_to(request.user).filter(programme=programme),
        "roles": Role.objects.visible_to(request.user).filter(programme=programme).select_related("user"),
        "may_change": request.user.has_perm("cohorts.make_programme"),
        "may_name": request.user.has_perm("cohorts.name_lead", programme),
        "may_make_cohort": request.user.has_perm("cohorts.make_cohort", programme),
    }
    return render(request, "cohorts/programme_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_programme
@requires("cohorts.make_programme")
def programme_edit(request, programme):
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        organisations=Organisation.objects.visible_to(request.user),
        initial={"name": programme.name, "organisations": programme.organisations.all()},
    )
    if form.is_valid():
        actions.change_programme(programme=programme, by=request.user, **form.cleaned_data)
        messages.success(request, f"{programme} was saved.")
        return redirect(programme)
    return render(request, "cohorts/programme_edit.html", {"form": form, "programme": programme})


@require_http_methods(["GET", "HEAD", "POST"])
@load_programme
@requires("cohorts.name_lead")
def programme_role_add(request, programme):
    form = RoleForm(request.POST if request.method == "POST" else None, programme=programme, initial={"kind": "lead"})
    if form.is_valid():
        try:
            role = actions.name_role(programme=programme, by=request.user, **form.cleaned_data)
        except actions.HoldsRoleAlready as problem:
            form.add_error("email", str(problem))
        else:
            messages.success(request, f"{role.name} is {role.get_kind_display().lower()} and will get a message.")
            return redirect(programme)
    return render(request, "cohorts/programme_role_add.html", {"form": form, "programme": programme})
