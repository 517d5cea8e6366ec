"""A lead writes to many: draft, list and example, a test to herself, sending, Undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts.circulars import PLACEHOLDERS, Review, called, waits_until
from cohorts.forms.writing import CircularForm
from cohorts.forms.yes import YesForm
from cohorts.loaders import load_circular, load_cohort
from cohorts.models import Circular

A_PAGE = 50


@require_safe
@load_cohort
@requires("cohorts.write_to_people")
def circular_list(request, cohort):
    mine = Circular.objects.visible_to(request.user).filter(cohort=cohort).select_related("by", "cohort__programme")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    lines = [(circular, called(circular), waits_until(circular, now=now)) for circular in page]
    return render(request, "cohorts/circular_list.html", {"cohort": cohort, "page_obj": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.write_to_people")
def circular_write(request, cohort):
    return written(request, cohort, circular=None, initial={"audience": "taking_part"})


@require_http_methods(["GET", "HEAD", "POST"])
@load_circular
@requires("cohorts.write_to_people")
def circular_edit(request, circular):
    said = {"audience": circular.audience, "subject": circular.subject, "body": circular.body}
    return written(request, circular.cohort, circular=circular, initial=said)


def written(request, cohort, *, circular, initial):
    """The form of a new message or of a draft, and what becomes of it."""
    form = CircularForm(request.POST if request.method == "POST" else None, cohort=cohort, initial=initial)
    if form.is_valid():
        try:
            circular = actions.write_circular(cohort=cohort, circular=circular, by=request.user, **form.cleaned_data)
        except actions.CannotSay as refusal:
            for field, sentence in refusal.problems:
                form.add_error(field, sentence)
        except actions.IsSentAlready as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(circular)
    shown = {"cohort": cohort, "circular": circular, "form": form, "placeholders": PLACEHOLDERS}
    return render(request, "cohorts/circular_write.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_circular
@requires("cohorts.write_to_people")
def circular_detail(request, circular):
    review = Review(circular)
    form = YesForm(request.POST if request.method == "POST" else None, number=review.number, mark=review.mark)
    if form.is_valid():
        try:
            actions.send_circular(circular=circular, by=request.user, shown=form.cleaned_data["shown"])
        except (actions.NobodyToWriteTo, actions.ListHasChanged) as refusal:
            messages.error(request, str(refusal))
        return redirect(circular)
    page = Paginator(review.people, A_PAGE).get_page(request.GET.get("page"))
    shown = {"circular": circular, "review": review, "form": form, "page_obj": page}
    return render(request, "cohorts/circular_detail.html", shown)


@require_POST
@load_circular
@requires("cohorts.write_to_people")
def circular_test(request, circular):
    actions.try_circular(circular=circular, by=request.user)
    messages.success(request, f"The message is on its way to you, at {request.user.email}. Nobody else gets it.")
    return redirect(circular)


@require_POST
@load_circular
@requires("cohorts.write_to_people")
def circular_undo(request, circular):
    try:
        actions.undo_circular(circular=circular, by=request.user)
    except actions.TooLateToUndoCircular as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back. Nobody gets the message, and it is a draft again.")
    return redirect(circular)


@require_POST
@load_circular
@requires("cohorts.write_to_people")
def circular_drop(request, circular):
    try:
        actions.drop_circular(circular=circular, by=request.user)
    except actions.IsSentAlready as refusal:
        messages.error(request, str(refusal))
        return redirect(circular)
    messages.success(request, "The draft is deleted.")
    return redirect("circular_list", cohort_id=circular.cohort_id)
