"""One's own choices and calendar; and the mailbox of local mode, open while signed out so that a code can be read."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import open_to_signed_in
from elements import calendar, diary
from reminders import actions, feeds
from reminders import mailbox as letters
from reminders.forms import PreferenceForm
from reminders.mailbox import load_letter, only_in_local_mode
from reminders.preferences import wishes_of

CALENDAR = "text/calendar; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_signed_in
def preferences(request):
    form = PreferenceForm(
        request.POST if request.method == "POST" else None, user=request.user, wishes=wishes_of(request.user)
    )
    if form.is_valid():
        actions.choose(person=request.user, by=request.user, **form.chosen())
        messages.success(request, "Your choices are saved.")
        return redirect("preferences")
    address = feeds.address_of(request.user)
    shown = {
        "form": form,
        "address": address,
        "subscribe": re.sub(r"^https?", "webcal", address),
    }
    return render(request, "reminders/preferences.html", shown)


@require_POST
@open_to_signed_in
def feed_renew(request):
    had_one = feeds.address_of(request.user) != ""
    actions.renew_feed(person=request.user, by=request.user)
    words = (
        "Your calendar has a new address. The older one no longer works."
        if had_one
        else "Your calendar has an address."
    )
    messages.success(request, words)
    return redirect(f"{reverse('preferences')}#calendar")


@require_POST
@open_to_signed_in
def feed_drop(request):
    actions.drop_feed(person=request.user, by=request.user)
    messages.success(request, "Your calendar has no address any more.")
    return redirect(f"{reverse('preferences')}#calendar")


@login_not_required
@require_safe
def feed(request, person_id, token):
    """Read by calendar programmes, which do not sign in: the address itself is the secret."""
    owner = feeds.owner_of(person_id=person_id, token=token)
    if owner is None:
        raise Http404
    file = calendar.feed(diary.of([owner])[owner.pk], name="Paired Learning")
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponse(file, content_type=CALENDAR, headers=headers)


@login_not_required
@require_safe
@only_in_local_mode
def mailbox(request):
    return render(request, "reminders/mailbox.html", {"letters": letters.newest()})


@login_not_required
@require_safe
@only_in_local_mode
@load_letter
def mailbox_letter(request, letter):
    return render(request, "reminders/mailbox_letter.html", {"letter": letter})


@login_not_required
@require_safe
@only_in_local_mode
@load_letter
def mailbox_calendar(request, letter):
    headers = {"Content-Disposition": 'attachment; filename="invite.ics"'}
    return HttpResponse(letter.calendar, content_type=CALENDAR, headers=headers)
