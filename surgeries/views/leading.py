"""Leads publish surgeries, change and move them, call one off, and say how many each may book."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements.refusals import Refusal
from elements.sent import posted
from surgeries import actions
from surgeries.allowances import open_bookings_of
from surgeries.forms.changing import AllowanceForm, CallOffForm, ChangeForm, MoveForm
from surgeries.forms.publishing import PublishForm
from surgeries.hosting import in_the_way, leads_of
from surgeries.listing import lines_of
from surgeries.loaders import load_surgery
from surgeries.models import Surgery
from surgeries.reading import surgery_page
from surgeries.views.too_late import no_longer

A_PAGE = 25
OVER = "This surgery is over or called off, so it stays as it is."


@require_safe
@load_cohort
@requires("surgeries.see_surgeries")
def surgery_list(request, cohort):
    now, found = timezone.now(), Surgery.objects.visible_to(request.user).with_session().filter(cohort=cohort)
    past = request.GET.get("past") == "yes"
    page = Paginator(found.over(now) if past else found.to_come(now), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "cohort": cohort,
        "past": past,
        "page_obj": page,
        "lines": lines_of(page, now=now),
        "allowance": open_bookings_of(cohort.pk),
        "may_publish": request.user.has_perm("surgeries.publish", cohort),
    }
    return render(request, "surgeries/surgery_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("surgeries.publish")
def surgery_publish(request, cohort):
    now = timezone.now()
    form = PublishForm(
        posted(request), cohort=cohort, leads=leads_of(cohort), by=request.user, now=now, doubts=in_the_way
    )
    if form.is_valid():
        try:
            made = actions.publish_surgeries(cohort=cohort, by=request.user, now=now, **form.chosen)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Published." if len(made) == 1 else f"{len(made)} surgeries are published.")
            return redirect("surgery_list", cohort.pk)
    return render(request, "surgeries/surgery_publish.html", {"cohort": cohort, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("surgeries.publish")
def allowance_edit(request, cohort):
    form = AllowanceForm(posted(request), initial={"open_bookings": open_bookings_of(cohort.pk)})
    if form.is_valid():
        actions.set_allowance(cohort=cohort, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. What is booked already stays.")
        return redirect("surgery_list", cohort.pk)
    return render(request, "surgeries/allowance_edit.html", {"cohort": cohort, "form": form})


@require_safe
@load_surgery
@requires("surgeries.see_surgery")
def surgery_detail(request, surgery):
    runs = request.user.has_perm("surgeries.run_surgery", surgery)
    page = surgery_page(surgery, user=request.user, runs=runs, now=timezone.now())
    return render(request, "surgeries/surgery_detail.html", {"surgery": surgery, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_surgery
@requires("surgeries.run_surgery")
def surgery_change(request, surgery):
    now = timezone.now()
    if surgery.session.is_off or surgery.session.is_over(now):
        return no_longer(request, surgery, OVER)
    clashes = partial(in_the_way_of, surgery)
    form = ChangeForm(posted(request), session=surgery.session, leads=leads_of(surgery.cohort), clashes=clashes)
    if form.is_valid():
        try:
            actions.change_surgery(surgery=surgery, by=request.user, now=now, **form.chosen)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            is_told = {"hosts", "place", "link"} & set(form.changed_data)
            messages.success(request, "Saved. Everybody concerned gets one email." if is_told else "Saved.")
            return redirect(surgery)
    return render(request, "surgeries/surgery_change.html", {"surgery": surgery, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_surgery
@requires("surgeries.run_surgery")
def surgery_move(request, surgery):
    now = timezone.now()
    if surgery.session.is_off or surgery.session.is_over(now):
        return no_longer(request, surgery, OVER)
    form = MoveForm(posted(request), session=surgery.session, now=now, clashes=partial(in_the_way_of, surgery))
    if form.is_valid():
        before = surgery.session.sequence
        try:
            actions.move_surgery(surgery=surgery, by=request.user, now=now, **form.moments)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            is_moved = surgery.session.sequence != before
            moved = "Moved. Everybody keeps the place and is told once."
            messages.success(request, moved if is_moved else "It is at that time already. Nobody is told anything.")
            return redirect(surgery)
    return render(request, "surgeries/surgery_move.html", {"surgery": surgery, "form": form})


def in_the_way_of(surgery, *, starts_at, ends_at, hosts=None, place=None):
    """What else the hosts of this surgery, and its room, have at another time; or other hosts, or another room."""
    session = surgery.session
    hosts = [host.user for host in session.hosts.all()] if hosts is None else hosts
    place = session.place if place is None else place
    return in_the_way(surgery.cohort, hosts, [(starts_at, ends_at)], place=place, but=session)


@require_http_methods(["GET", "HEAD", "POST"])
@load_surgery
@requires("surgeries.run_surgery")
def surgery_call_off(request, surgery):
    now = timezone.now()
    if surgery.session.is_off or surgery.session.is_over(now):
        return no_longer(request, surgery, OVER)
    form = CallOffForm(posted(request))
    if form.is_valid():
        try:
            actions.call_off_surgery(surgery=surgery, by=request.user, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Called off. Everybody who booked or waits gets one email with the reason.")
            return redirect(surgery)
    page = surgery_page(surgery, user=request.user, runs=True, now=now)
    return render(request, "surgeries/surgery_call_off.html", {"surgery": surgery, "form": form, "page": page})
