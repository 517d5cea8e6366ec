"""How messages read in a cohort: the standard words, or those of its lead."""

from dataclasses import asdict

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.forms.wording import WordingForm
from cohorts.loaders import load_cohort
from cohorts.wordings import load_wording, placeholders_of, with_examples, wordings_of
from reminders.actions import drop_wording, set_wording


@require_safe
@load_cohort
@requires("cohorts.handle_post")
def wording_list(request, cohort):
    return render(request, "cohorts/wording_list.html", {"cohort": cohort, "wordings": wordings_of(cohort)})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.handle_post")
@load_wording
def wording_edit(request, cohort, wording):
    """Nothing is saved before `save` is pressed, which stands beside the preview."""
    kind, is_sent = wording.kind, request.method == "POST"
    form = WordingForm(request.POST if is_sent else None, kind=kind, initial=asdict(wording.words))
    shown = {"cohort": cohort, "wording": wording, "form": form, "placeholders": placeholders_of(kind)}
    if form.is_valid():
        if "save" in request.POST:
            set_wording(scope=cohort.pk, kind=kind, words=form.words, by=request.user)
            messages.success(request, f"Messages read in these words from now on: {kind.label}.")
            return redirect("wording_list", cohort.pk)
        shown["preview"] = with_examples(kind, form.words)
    return render(request, "cohorts/wording_edit.html", shown)


@require_POST
@load_cohort
@requires("cohorts.handle_post")
@load_wording
def wording_drop(request, cohort, wording):
    drop_wording(scope=cohort.pk, kind=wording.kind, by=request.user)
    messages.success(request, f"Messages read in the standard words again: {wording.kind.label}.")
    return redirect("wording_list", cohort.pk)
