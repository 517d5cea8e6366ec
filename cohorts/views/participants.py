"""Who takes part: the list, one participant, and the lead's hand on each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts import actions, launches, listing
from cohorts.choices import State
from cohorts.contacts import leads_for
from cohorts.exclusions import readable, reader_of
from cohorts.forms.filters import ParticipantFilter
from cohorts.forms.people import ParticipantForm, StateForm
from cohorts.letters import refusal_of
from cohorts.loaders import load_cohort, load_participant
from cohorts.models import Organisation, Participant
from cohorts.portrait import sections
from elements import house
from reminders.actions import trust_address

# To a lead of one organisation, who is not told whom the others have brought.
NOT_HERE = "This person cannot be added here. Enter another email address, or ask a lead of the whole cohort"


@require_safe
@load_cohort
@requires("cohorts.see_people")
def participant_list(request, cohort):
    filters = ParticipantFilter(request.GET, cohort=cohort)
    asked = filters.asked
    found = Participant.objects.visible_to(request.user).asked_for(cohort, **asked)
    numbers = found.count_by_side_and_state()
    pages = Paginator(listing.shown(found, request.GET.get("sort", "")), listing.PAGE)
    pages.count = sum(numbers.values())  # known already: the paginator need not ask again
    page = pages.get_page(request.GET.get("page"))
    columns = listing.headings(request.GET, cohort)
    context = {
        "cohort": cohort,
        "filters": filters,
        "asked": asked,
        "numbers": listing.by_side(cohort, numbers),
        "page_obj": page,
        "lines": listing.lines(page, cohort),
        "columns": columns,
        "several": len(columns) == len(listing.SORTS),  # organisations
        "query": listing.carried(request.GET),
        "may_import": request.user.has_perm("cohorts.import_people", cohort),
    }
    return render(request, "cohorts/participant_list.html", context)


@require_safe
@load_participant
@requires("cohorts.see_participant")
def participant_detail(request, participant):
    """A lead sees the application; a participant sees her own, without what is for leads only."""
    is_lead = request.user.has_perm("cohorts.change_people", participant)
    entries = panels = None
    if is_lead:
        entries = readable(participant.kept_apart_from, reader_of(request.user, participant.cohort).of(participant))
        panels = house.about(participant=participant, viewer=request.user)
    context = {
        "participant": participant,
        "cohort": participant.cohort,
        "is_lead": is_lead,
        "leads": [] if is_lead else leads_for([participant])[participant.pk],
        "panels": panels,
        "sections": sections(participant, kept_apart_from=entries),
        "refusal": refusal_of(participant.user.email) if is_lead else None,
    }
    return render(request, "cohorts/participant_detail.html", context)


@require_POST
@load_participant
@requires("cohorts.change_people")
def participant_trust_address(request, participant):
    address, scope = participant.user.email, participant.cohort_id
    if trust_address(address=address, about=participant, scope=scope, by=request.user):
        messages.success(request, "Messages go to this address again. What failed before can be sent again.")
    return redirect(participant)


def _refused(problem, user, cohort) -> str:
    return str(problem) if user.has_perm("cohorts.change_cohort", cohort) else NOT_HERE


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_people")
def participant_create(request, cohort):
    form = ParticipantForm(
        request.POST if request.method == "POST" else None,
        cohort=cohort,
        organisations=Organisation.objects.visible_to(request.user).led_in(cohort, request.user),
        reader=reader_of(request.user, cohort),
    )
    if form.is_valid():
        try:
            participant = actions.add_participant(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.TakesPartAlready as problem:
            form.add_error("email", _refused(problem, request.user, cohort))
        else:
            messages.success(request, f"{participant} was added.")
            return redirect(participant)
    context = {"form": form, "cohort": cohort, "launch": launches.coming(cohort, now=timezone.now())}
    return render(request, "cohorts/participant_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("cohorts.change_people")
def participant_edit(request, participant):
    form = ParticipantForm(
        request.POST if request.method == "POST" else None,
        cohort=participant.cohort,
        organisations=Organisation.objects.visible_to(request.user).led_in(participant.cohort, request.user),
        reader=reader_of(request.user, participant.cohort),
        participant=participant,
        may_correct=request.user.has_perm("cohorts.correct_address", participant),
    )
    if form.is_valid():
        try:
            actions.change_participant(participant=participant, by=request.user, **form.cleaned_data)
        except actions.TakesPartAlready as problem:
            form.add_error("email", _refused(problem, request.user, participant.cohort))
        except actions.OwnAddress as problem:
            form.add_error("email", str(problem))
        else:
            messages.success(request, f"The details of {participant} were saved.")
            return redirect(participant)
    context = {"form": form, "participant": participant, "instead": actions.OwnAddress.instead(participant)}
    return render(request, "cohorts/participant_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("cohorts.change_people")
def participant_state(request, participant):
    form = StateForm(request.POST if request.method == "POST" else None, participant=participant)
    if form.is_valid():
        try:
            actions.change_state(participant=participant, to=form.cleaned_data["to"], by=request.user)
        except actions.CannotMove as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{participant}: {participant.get_state_display().lower()}.")
            return redirect(participant)
    launch = launches.coming(participant.cohort, now=timezone.now())
    context = {"form": form, "participant": participant, "launch": launch}
    return render(request, "cohorts/participant_state.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("cohorts.change_people")
def participant_withdraw(request, participant):
    """An interruption page first: it says what follows."""
    if request.method == "POST":
        try:
            actions.withdraw_participant(participant=participant, by=request.user)
        except actions.CannotMove as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, f"{participant} has withdrawn.")
        return redirect(participant)
    is_gone = participant.state == State.WITHDRAWN
    panels = [] if is_gone else house.about(participant=participant, viewer=request.user)
    launch = launches.coming(participant.cohort, now=timezone.now())
    context = {"participant": participant, "is_gone": is_gone, "panels": panels, "launch": launch}
    return render(request, "cohorts/participant_withdraw.html", context)
