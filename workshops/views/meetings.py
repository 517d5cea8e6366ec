"""Dates: planned, moved, called off by leads; booked and given back by those who take part."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from bookings.company import who_is_coming
from bookings.overlaps import overlaps_of
from bookings.reading import place_in_line, why_no_offer
from cohorts.loaders import load_cohort
from elements.refusals import Refusal
from elements.sent import posted
from workshops import actions
from workshops.dates import hosted_by
from workshops.forms.dates import (
    CallOffForm,
    DatesForm,
    MeetingForm,
    PlaceForm,
    ProposedForm,
    TimeForm,
    day_field,
    days_sent,
)
from workshops.loaders import load_meeting, load_own_meeting, load_workshop
from workshops.people import host_choices, hosts_named, register_of, who_runs
from workshops.proposed import days_proposed, proposed_dates
from workshops.series import in_her_way, last_date, meeting_page, own_booking, own_part, without_date


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("workshops.plan_series")
def workshop_dates(request, cohort):
    """A day for each workshop that has none, in one form; of a form that was sent also for those that have one now."""
    workshops, now = without_date(cohort, request.user, sent=days_sent(request.POST)), timezone.now()
    proposed = days_proposed(cohort, now=now)
    given = {"host_choices": host_choices(cohort), "now": now, "until": cohort.ends_on, "proposed": proposed}
    form = DatesForm(posted(request), workshops=workshops, **given)
    if form.is_valid():
        given = form.cleaned_data
        try:
            meetings = actions.plan_dates(
                cohort=cohort,
                dates=form.days,
                hosts=hosts_named(cohort, given["hosts"]),
                place=given["place"],
                link=given["link"],
                capacity=given["capacity"],
                offer_hours=given["offer_hours"],
                asks_needs=given["asks_needs"],
                by=request.user,
                now=timezone.now(),
                mark=given["sending"],
            )
        except actions.ManyDates as refusal:
            form.add_error(day_field(refusal.workshop), refusal.sentence)
        else:
            number = len(meetings)
            messages.success(request, f"{number} workshop{' has' if number == 1 else 's have'} a date.")
            return redirect("workshop_list", cohort.pk)
    return render(request, "workshops/workshop_dates.html", {"cohort": cohort, "form": form, "workshops": workshops})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("workshops.plan_series")
def proposed_list(request, cohort):
    """Dates that the series brought along from another cohort: taken over, or left out."""
    dates = proposed_dates(cohort, now=timezone.now())
    choices = [(each.key, f"{each.workshop.title}: {each.when}") for each in dates]
    form = ProposedForm(posted(request), choices=choices, hints={each.key: each.as_it_was for each in dates})
    if form.is_valid():
        chosen = form.cleaned_data["dates"]
        try:
            meetings = actions.take_over_dates(cohort=cohort, chosen=chosen, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            number = len(meetings)
            messages.success(request, f"{number} date{' is' if number == 1 else 's are'} set. Facilitators are told.")
            return redirect("workshop_list", cohort.pk)
    return render(request, "workshops/proposed_list.html", {"cohort": cohort, "form": form, "dates": dates})


@require_safe
@requires("workshops.see_hosted", where_off="workshops.see_hosted")  # it is about no cohort
def hosted_list(request):
    """The dates that somebody runs herself, in every cohort: those to come, then those that were."""
    ahead, past = hosted_by(request.user, now=timezone.now())
    return render(request, "workshops/hosted_list.html", {"ahead": ahead, "past": past})


@require_http_methods(["GET", "HEAD", "POST"])
@load_workshop
@requires("workshops.plan_series")
def meeting_create(request, workshop):
    cohort, now, like = workshop.cohort, timezone.now(), last_date(workshop)
    hosts = host_choices(cohort)
    form = MeetingForm(posted(request), host_choices=hosts, now=now, until=cohort.ends_on, like=like)
    if form.is_valid():
        given = form.cleaned_data
        try:
            meeting = actions.plan_meeting(
                workshop=workshop,
                place=given["place"],
                link=given["link"],
                capacity=given["capacity"],
                offer_hours=given["offer_hours"],
                hosts=hosts_named(workshop.cohort, given["hosts"]),
                by=request.user,
                now=timezone.now(),
                mark=given["sending"],
                starts_at=form.moments["starts_at"],
                ends_at=form.moments["ends_at"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{workshop.title} takes place on {meeting.session.when}.")
            return redirect(workshop)
    return render(request, "workshops/meeting_create.html", {"workshop": workshop, "form": form})


@require_safe
@load_meeting
@requires("workshops.see_workshop")
def meeting_detail(request, meeting):
    now = timezone.now()
    page = meeting_page(meeting, request.user, now=now)
    shown = {"meeting": meeting, "session": meeting.session, "page": page, "hosts": who_runs(meeting)}
    if page.looks_after:
        shown["register"] = register_of(meeting)
        shown["overlaps"] = [] if page.date.is_off else overlaps_of(meeting.session)
        shown["why_no_offer"] = why_no_offer(meeting.session, now)
    if page.me:
        shown["company"] = who_is_coming(meeting.session, request.user)
        shown["in_the_way"] = in_her_way(page, user=request.user)
    return render(request, "workshops/meeting_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_meeting
@requires("workshops.plan_series")
def meeting_move(request, meeting):
    form = TimeForm(posted(request), meeting=meeting, now=timezone.now(), until=meeting.cohort.ends_on)
    if form.is_valid():
        try:
            is_moved = actions.move_meeting(
                meeting=meeting,
                by=request.user,
                now=timezone.now(),
                starts_at=form.moments["starts_at"],
                ends_at=form.moments["ends_at"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            moved = "The date is moved. Everybody who has a place or waits is told."
            messages.success(request, moved if is_moved else "It is at that time already. Nobody is told anything.")
            return redirect(meeting)
    return render(request, "workshops/meeting_move.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_meeting
@requires("workshops.plan_series")
def meeting_change(request, meeting):
    form = PlaceForm(posted(request), meeting=meeting, host_choices=host_choices(meeting.cohort, meeting))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_meeting(
                meeting=meeting,
                place=given["place"],
                link=given["link"],
                capacity=given["capacity"],
                offer_hours=given["offer_hours"],
                hosts=hosts_named(meeting.cohort, given["hosts"], meeting),
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "The date is changed.")
            return redirect(meeting)
    return render(request, "workshops/meeting_change.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_meeting
@requires("workshops.plan_series")
def meeting_call_it_off(request, meeting):
    form = CallOffForm(posted(request))
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.call_off_meeting(meeting=meeting, reason=reason, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "The date is called off. Everybody who had a place or waited is told.")
            return redirect(meeting.workshop)
    return render(request, "workshops/meeting_call_it_off.html", {"meeting": meeting, "form": form})


@require_POST
@load_meeting
@requires("workshops.book_place")
def meeting_book(request, meeting):
    me = own_part(meeting.cohort, request.user)
    booking = actions.book_place(meeting=meeting, participant=me, by=request.user, now=timezone.now())
    if booking.is_booked:
        messages.success(request, f"You have a place: {meeting.session.when}.")
    else:
        said = f"You are number {place_in_line(booking)} on the waiting list. We write to you when a place comes free."
        messages.success(request, said)
    return redirect(meeting)


@require_POST
@load_own_meeting
@requires("workshops.book_place")
def meeting_take(request, meeting):
    """Yes to a place that came free."""
    me = own_part(meeting.cohort, request.user)
    booking = own_booking(meeting, request.user)
    actions.take_offer(meeting=meeting, participant=me, booking=booking, by=request.user, now=timezone.now())
    messages.success(request, f"You have a place: {meeting.session.when}.")
    return redirect(meeting)


@require_POST
@load_own_meeting
@requires("workshops.book_place")
def meeting_let_go(request, meeting):
    """No to a place that came free."""
    actions.let_offer_go(booking=own_booking(meeting, request.user), by=request.user, now=timezone.now())
    messages.success(request, "Thank you. The place goes to whoever is next.")
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@load_own_meeting
@requires("workshops.book_place")
def meeting_cancel(request, meeting):
    if request.method == "POST":
        booking = own_booking(meeting, request.user)
        actions.give_place_back(booking=booking, by=request.user, now=timezone.now())
        gone = "Your place is free for somebody else."
        messages.success(request, gone if booking.booked_at else "You are off the waiting list.")
        return redirect(meeting)
    return render(request, "workshops/meeting_cancel.html", {"meeting": meeting, "session": meeting.session})
