"""The series: for leads to put together, for everybody else to follow."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements import clock
from elements.house import is_switched_off
from elements.sent import posted
from workshops import actions
from workshops.choices import KIND
from workshops.forms.series import NewWorkshopForm, WorkshopForm
from workshops.loaders import load_workshop
from workshops.series import last_day, series_of, with_materials, workshop_page


@require_safe
@load_cohort
@requires("workshops.see_workshops", where_off="workshops.keep_materials")
def workshop_list(request, cohort):
    """The series; where the cohort has no workshops any more, what stays of it for those who take part."""
    shown = {"cohort": cohort, "series": series_of(cohort, request.user, now=timezone.now())}
    if is_switched_off(KIND, cohort):
        shown |= {"is_off": True, "kept": with_materials(cohort, request.user)}
    return render(request, "workshops/workshop_list.html", shown)


@require_POST
@load_cohort
@requires("workshops.plan_series")
def workshop_set_up(request, cohort):
    try:
        actions.set_up_usual_workshops(cohort=cohort, by=request.user)
    except actions.SeriesIsThere as there:  # pressed twice, or by two leads at once
        messages.warning(request, there.sentence)
        return redirect("workshop_list", cohort.pk)
    messages.success(
        request, "The six usual workshops are set up. Change their words as you like, and set their dates."
    )
    return redirect("workshop_list", cohort.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("workshops.plan_series")
def workshop_create(request, cohort):
    form = NewWorkshopForm(posted(request), cohort=cohort, on=clock.today())
    if form.is_valid():
        given = form.cleaned_data
        workshop = actions.add_workshop(cohort=cohort, by=request.user, mark=given.pop("sending"), **given)
        messages.success(request, f"{workshop.title} is part of the series.")
        return redirect(workshop)
    return render(request, "workshops/workshop_create.html", {"cohort": cohort, "form": form})


@require_safe
@load_workshop
@requires("workshops.see_workshop")
def workshop_detail(request, workshop):
    page = workshop_page(workshop, request.user, now=timezone.now())
    return render(request, "workshops/workshop_detail.html", {"workshop": workshop, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_workshop
@requires("workshops.plan_series")
def workshop_edit(request, workshop):
    form = WorkshopForm(posted(request), workshop=workshop, on=clock.today(), takes_place=last_day(workshop))
    if form.is_valid():
        try:
            actions.change_workshop(workshop=workshop, by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.NeedsAreClosed as refusal:
            form.add_error("needs_until", refusal.sentence.removesuffix("."))
        else:
            messages.success(request, "The workshop is changed.")
            return redirect(workshop)
    return render(request, "workshops/workshop_edit.html", {"workshop": workshop, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_workshop
@requires("workshops.plan_series")
def workshop_remove(request, workshop):
    if request.method == "POST":
        actions.remove_workshop(workshop=workshop, by=request.user)
        messages.success(request, f"{workshop.title} is removed.")
        return redirect("workshop_list", workshop.cohort_id)
    return render(request, "workshops/workshop_remove.html", {"workshop": workshop})


@require_POST
@load_workshop
@requires("workshops.plan_series")
def workshop_move(request, workshop):
    """Back to its line, which gets the focus."""
    actions.move_workshop(workshop=workshop, up="up" in request.POST, by=request.user)
    return redirect(f"{reverse('workshop_list', args=[workshop.cohort_id])}#workshop-{workshop.pk}")
