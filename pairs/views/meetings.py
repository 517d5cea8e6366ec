"""Partners arrange their first meeting, move it and call it off."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permission import requires
from elements.links import hour_asked
from pairs import actions
from pairs.clashes import clashes
from pairs.first_meetings import uid_of
from pairs.forms.meeting import CallOffForm, MeetingForm
from pairs.loaders import load_pair
from pairs.partners import partnership


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.arrange_meeting")
def meeting_edit(request, pair):
    sent = request.POST if request.method == "POST" else None
    seen, meeting_there = partnership(pair, request.user), getattr(pair, "first_meeting", None)
    look = partial(clashes, request.user, seen.partner_users, but=meeting_there and uid_of(meeting_there))
    form = MeetingForm(sent, pair=pair, asked=hour_asked(request.GET), clashes=look)
    before = pair.meeting and pair.meeting.sequence
    if form.is_valid():
        try:
            meeting = actions.set_meeting(pair=pair, by=request.user, now=timezone.now(), **form.chosen)
        except (actions.MeetingHasChanged, actions.MeetingIsPast) as refusal:
            form.add_error(None, str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return _gone(request, over)
        else:
            told = (
                "Nothing has changed."
                if meeting.sequence == before
                else "Each of you gets it by email, for the calendar."
            )
            messages.success(request, f"You meet on {meeting.when}. {told}")
            return redirect(pair)
    return render(request, "pairs/meeting_edit.html", {"pair": pair, "form": form, "seen": seen})


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.arrange_meeting")
def meeting_call_off(request, pair):
    if not (pair.meeting and pair.meeting.is_to_come):
        messages.error(request, "There is no first meeting ahead that could be called off.")
        return redirect(pair)
    form = CallOffForm(request.POST if request.method == "POST" else None, pair=pair)
    if form.is_valid():
        try:
            actions.call_off_meeting(pair=pair, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (actions.MeetingHasChanged, actions.MeetingIsPast) as refusal:
            messages.error(request, str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return _gone(request, over)
        else:
            messages.success(
                request, "Your first meeting is called off. Whoever was told of it gets an email that says so."
            )
        return redirect(pair)
    seen = partnership(pair, request.user)
    return render(request, "pairs/meeting_call_off.html", {"pair": pair, "form": form, "seen": seen})


def _gone(request, over):
    """The pair's page is no longer this reader's."""
    messages.error(request, str(over))
    return redirect("home")
