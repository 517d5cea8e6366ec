"""What it cost in hours."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements import clock
from elements.sent import posted
from workshops import actions
from workshops.forms.time_given import TimeGivenForm
from workshops.loaders import load_time_given
from workshops.time_in_kind import time_in_kind


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("workshops.plan_series", where_off="bookings.count_hours")
def time_given_list(request, cohort):
    """The hours, and one line more of them: also of a cohort without workshops, whose surgeries have hosts."""
    form = TimeGivenForm(posted(request), on=clock.today())
    if form.is_valid():
        given = form.cleaned_data
        actions.add_time(
            cohort=cohort,
            what=given["what"],
            spent_on=given["spent_on"],
            minutes=given["minutes"],
            by=request.user,
            mark=given["sending"],
        )
        messages.success(request, "The hours are added.")
        return redirect("time_given_list", cohort.pk)
    shown = {"cohort": cohort, "form": form, "time": time_in_kind(cohort, now=timezone.now())}
    return render(request, "workshops/time_given_list.html", shown)


@require_POST
@load_time_given
@requires("workshops.plan_series", where_off="bookings.count_hours")
def time_given_remove(request, time_given):
    actions.remove_time(line=time_given, by=request.user)
    messages.success(request, "The line is removed.")
    return redirect("time_given_list", time_given.cohort_id)
