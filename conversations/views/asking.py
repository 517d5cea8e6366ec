"""The page of a link from a message: open without sign-in, it can only record that two met."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conversations import actions
from conversations.choices import State
from conversations.forms.holding import WeMetForm
from conversations.questions import met_already, opened
from elements import clock


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def we_met(request, question_id, token):
    question = opened(question_id=question_id, token=token, on=clock.today())
    if question is None:
        return _unkept(render(request, "conversations/_link_over.html", status=404), "no-referrer")
    met_on = met_already(question)
    sent = request.POST if request.method == "POST" else None
    form = WeMetForm(sent, question=question, today=clock.today(), is_again=met_on is not None)
    if form.is_valid():
        try:
            actions.record_we_met(question=question, by=question.participant.user, now=timezone.now(), **form.chosen)
        except actions.IsToCome as refusal:
            form.add_error("day", str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner):
            return _unkept(render(request, "conversations/_link_over.html", status=404), "no-referrer")
        else:
            return _unkept(redirect("we_met", question_id, token), "no-referrer")
    recorded = question.recorded if question.recorded and question.recorded.state == State.HELD else None
    shown = {"question": question, "form": form, "recorded": recorded, "met_on": met_on}
    # A form on a page that sends no referrer at all is sent with an unknown origin, which is refused; this one tells
    # the address to this house alone.
    return _unkept(render(request, "conversations/we_met.html", shown), "no-referrer" if recorded else "same-origin")


def _unkept(response, referrer: str):
    """No cache keeps it, and no other house learns the address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = referrer
    return response
