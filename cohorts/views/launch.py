"""The launch of a cohort: when and where, and calling it off."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permission import requires
from cohorts import actions, launches
from cohorts.forms.launch import LaunchForm
from cohorts.loaders import load_cohort
from elements import clock


def button(launch, number: int) -> str:
    """A button that writes to people says to how many."""
    people = "1 person" if number == 1 else f"{number:,} people"
    if number == 0:
        return "Save"
    return f"Save and tell {people}" if launch and not launch.called_off else f"Save and invite {people}"


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def launch_edit(request, cohort):
    launch = launches.launch_of(cohort)
    form = LaunchForm(
        request.POST if request.method == "POST" else None,
        cohort=cohort,
        initial={name: getattr(launch, name, None) for name in LaunchForm.base_fields},
    )
    if form.is_valid():
        try:
            number = actions.set_launch(cohort=cohort, by=request.user, **form.cleaned_data)
        except clock.NoSuchTime as problem:
            form.add_error("begins", str(problem))
        else:
            messages.success(request, f"The launch was saved. {launches.told(number)}")
            return redirect(cohort)
    context = {
        "cohort": cohort,
        "launch": launch,
        "form": form,
        "guests": (guests := launches.guests_of(cohort)),
        "is_over": (is_over := launches.is_over(cohort, on=clock.today())),
        "button": button(launch, 0 if is_over else guests.number),
    }
    return render(request, "cohorts/launch_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def launch_call_off(request, cohort):
    """First what follows, by GET."""
    if request.method == "POST":
        number = actions.call_off_launch(cohort=cohort, by=request.user)
        messages.success(request, f"The launch is called off. {launches.told(number)}")
        return redirect(cohort)
    launch = launches.coming(cohort, now=timezone.now())
    context = {
        "cohort": cohort,
        "launch": launch,
        "when": launches.when(launch) if launch else "",
        "place": launches.place_in_short(launch) if launch else "",
        "guests": launches.guests_of(cohort),
    }
    return render(request, "cohorts/launch_call_off.html", context)
