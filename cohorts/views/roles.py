"""Who is lead, facilitator, evaluator or sponsor of a cohort."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts.actions.roles import left_without_lead
from cohorts.forms.roles import RoleForm
from cohorts.loaders import load_cohort, load_role
from cohorts.models import Cohort, Role


@require_safe
@load_cohort
@requires("cohorts.name_lead")
def role_list(request, cohort):
    roles = Role.objects.visible_to(request.user).reaching(cohort)
    return render(request, "cohorts/role_list.html", {"cohort": cohort, "roles": roles})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.name_lead")
def role_add(request, cohort):
    form = RoleForm(request.POST if request.method == "POST" else None, programme=cohort.programme)
    if form.is_valid():
        try:
            role = actions.name_role(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.HoldsRoleAlready as problem:
            form.add_error("email", str(problem))
        else:
            messages.success(request, f"{role.name} is {role.get_kind_display().lower()} and will get a message.")
            return redirect("role_list", cohort.pk)
    return render(request, "cohorts/role_add.html", {"form": form, "cohort": cohort})


def _page_of(role, user) -> tuple:
    """Where a role is listed, as far as its reader may see: an administrator sees programmes, not cohorts."""
    if role.cohort_id and Cohort.objects.visible_to(user).filter(pk=role.cohort_id).exists():
        return "role_list", role.cohort_id
    return "programme_detail", role.programme_id or role.cohort.programme_id


@require_http_methods(["GET", "HEAD", "POST"])
@load_role
@requires("cohorts.name_lead")
def role_end(request, role):
    back = _page_of(role, request.user)
    if request.method == "POST":
        try:
            actions.end_role(role=role, by=request.user)
        except actions.NeedsALead as problem:
            messages.error(request, str(problem))
            return redirect(*back)
        messages.success(request, f"The role of {role.name or role.user.email} has ended.")
        # Whoever ends her own role may not see that page any more.
        return redirect("home") if role.user_id == request.user.pk else redirect(*back)
    context = {
        "role": role,
        "back": back,
        "is_oneself": role.user_id == request.user.pk,
        "left": left_without_lead(role, programme=role.programme or role.cohort.programme),
    }
    return render(request, "cohorts/role_end.html", context)
