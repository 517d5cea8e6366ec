"""Making a cohort from a preset, and changing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permission import requires
from cohorts import actions
from cohorts.forms.places import PresetForm
from cohorts.forms.setup import CohortForm, RungForm, new_cohort_values
from cohorts.loaders import load_cohort, load_programme
from cohorts.models import SheetImport
from cohorts.presets import PRESETS


@require_http_methods(["GET", "HEAD", "POST"])
@load_programme
@requires("cohorts.make_cohort")
def cohort_create(request, programme):
    """First what to start from, by GET; then every value filled in, by POST to the same address."""
    start = PresetForm(request.GET or None)
    if not start.is_valid():
        return render(request, "cohorts/cohort_create.html", {"form": start, "programme": programme})
    preset = PRESETS[start.cleaned_data["preset"]]
    form = CohortForm(
        request.POST if request.method == "POST" else None,
        elements_off=preset.elements_off,
        initial=new_cohort_values(preset=preset, starts_on=start.cleaned_data["starts_on"]),
    )
    if form.is_valid():
        try:
            cohort = actions.make_cohort(programme=programme, preset=preset.code, by=request.user, **form.cleaned_data)
        except actions.NameIsTaken as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, f"{cohort} was made. Next, bring in its people.")
            return redirect(cohort)
    context = {"form": form, "programme": programme, "preset": preset}
    return render(request, "cohorts/cohort_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def cohort_edit(request, cohort):
    """Everything but the launch, which has a page of its own."""
    form = CohortForm(
        request.POST if request.method == "POST" else None,
        elements_off=cohort.elements_off,
        launch_on=cohort.starts_on,
        initial={name: getattr(cohort, name, None) for name in CohortForm.base_fields if name != "elements_on"},
    )
    if form.is_valid():
        try:
            actions.change_cohort(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.NameIsTaken as problem:
            form.add_error("name", str(problem))
        except actions.EndsBeforeLaunch as problem:
            form.add_error("ends_on", str(problem))
        else:
            messages.success(request, f"{cohort} was saved.")
            return redirect(cohort)
    return render(request, "cohorts/cohort_edit.html", {"form": form, "cohort": cohort})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def rung_edit(request, cohort):
    """Who is eligible, and which level of seniority each grade and band means; an import that asked waits for it."""
    sheet = None
    if request.GET.get("back") == "import":
        sheet = SheetImport.objects.visible_to(request.user).waiting_in(cohort).defer("sheet").first()
    back = reverse("import_preview", args=[sheet.pk]) if sheet else cohort.get_absolute_url()
    sent = request.POST if request.method == "POST" else None
    forms = [RungForm(sent, rung=rung) for rung in cohort.rungs.select_related("term")]
    are_right = [form.is_valid() for form in forms]  # each is asked, so that each shows its own error
    if sent is not None and all(are_right):
        actions.change_rungs(cohort=cohort, rungs={form.rung.pk: form.cleaned_data for form in forms}, by=request.user)
        messages.success(request, "Eligibility and levels were saved.")
        return redirect(back)
    # Each form with an error stands in the context by itself, so that the error summary finds it.
    broken = {f"row_{form.rung.pk}": form for form in forms if form.errors}
    context = {"forms": forms, "cohort": cohort, "back": back, "back_label": sheet or cohort, **broken}
    return render(request, "cohorts/rung_edit.html", context)
