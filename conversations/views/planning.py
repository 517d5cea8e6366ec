"""Partners plan a conversation, move it and call it off."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permission import requires
from conversations import actions
from conversations.choices import State
from conversations.forms.planning import MoveForm, PlanForm, SeenForm
from conversations.loaders import load_conversation
from conversations.reading import you_and
from conversations.upcoming import uid_of
from conversations.views.refusals import gone
from elements.links import hour_asked
from pairs.clashes import clashes
from pairs.loaders import load_pair
from pairs.partners import partnership

SENT = "Each of you gets it by email, for the calendar."


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("conversations.talk")
def conversation_plan(request, pair):
    sent = request.POST if request.method == "POST" else None
    seen = partnership(pair, request.user)
    look = partial(clashes, request.user, seen.partner_users)
    form = PlanForm(sent, pair=pair, initial={"minutes": 60} | hour_asked(request.GET), clashes=look)
    if form.is_valid():
        try:
            planned = actions.plan_conversation(pair=pair, by=request.user, now=timezone.now(), **form.chosen)
        except actions.ConversationIsPast as refusal:
            form.add_error(None, str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return gone(request, over)
        else:
            messages.success(request, f"You talk on {planned.when}. {SENT}")
            return redirect(pair)
    shown = {"pair": pair, "form": form, "seen": seen}
    return render(request, "conversations/conversation_plan.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_conversation
@requires("conversations.change_conversation")
def conversation_move(request, conversation):
    if conversation.state != State.PLANNED:
        messages.error(request, "This conversation is not planned any more.")
        return redirect(conversation)
    seen = partnership(conversation.pair, request.user)
    look = partial(clashes, request.user, seen.partner_users, but=uid_of(conversation))
    form = MoveForm(request.POST if request.method == "POST" else None, conversation=conversation, clashes=look)
    if form.is_valid():
        try:
            moved = actions.move_conversation(
                conversation=conversation, by=request.user, now=timezone.now(), **form.chosen
            )
        except (actions.ConversationHasChanged, actions.ConversationIsPast) as refusal:
            form.add_error(None, str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return gone(request, over)
        else:
            told = "Nothing has changed." if moved.sequence == conversation.sequence else SENT
            messages.success(request, f"You talk on {moved.when}. {told}")
            return redirect(moved)
    shown = {"conversation": conversation, "form": form, "who": you_and(conversation.pair, user=request.user)}
    return render(request, "conversations/conversation_move.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_conversation
@requires("conversations.change_conversation")
def conversation_call_off(request, conversation):
    if conversation.state != State.PLANNED:
        messages.error(request, "There is nothing planned here that could be called off.")
        return redirect(conversation)
    form = SeenForm(request.POST if request.method == "POST" else None, conversation=conversation)
    if form.is_valid():
        try:
            actions.call_off_conversation(
                conversation=conversation, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.ConversationHasChanged as refusal:
            messages.error(request, str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return gone(request, over)
        else:
            told = "Each of you gets an email that says so." if conversation.is_to_come else "It counts as not held."
            messages.success(request, f"The conversation is called off. {told}")
        return redirect(conversation)
    shown = {"conversation": conversation, "form": form}
    return render(request, "conversations/conversation_call_off.html", shown)
