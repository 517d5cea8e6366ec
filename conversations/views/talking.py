"""Partners log that they talked, read it again, put it right; each keeps a note of her own."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from conversations import actions
from conversations.choices import State
from conversations.forms.holding import DeedFormSet, NoteForm, TalkForm, shown_of
from conversations.forms.planning import SeenForm
from conversations.loaders import load_conversation
from conversations.reading import glance, member_since, offered, own_note, talk_page, talks_of
from conversations.upcoming import in_the_way_of_next
from conversations.views.refusals import gone
from elements import clock
from pairs.letters import present
from pairs.loaders import load_pair

A_PAGE = 25


@require_safe
@load_pair
@requires("conversations.talk")
def conversation_list(request, pair):
    page = Paginator(talks_of(pair, user=request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = {"pair": pair, "page_obj": page, "glance": glance(pair, user=request.user, now=timezone.now())}
    return render(request, "conversations/conversation_list.html", shown)


@require_safe
@load_conversation
@requires("conversations.see_conversation")
def conversation_detail(request, conversation):
    page = talk_page(conversation, user=request.user)
    return render(request, "conversations/conversation_detail.html", {"page": page, "conversation": conversation})


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("conversations.talk")
def conversation_log(request, pair):
    first = {"day": day} if (day := _day_asked_for(request)) else {}
    form, deeds = _forms(request, pair, initial=first)
    other = None
    if _are_valid(form, deeds):
        try:
            logged = actions.log_conversation(
                pair=pair, talk=form.talk(_agreed(deeds)), by=request.user, now=timezone.now()
            )
        except actions.HeldAlready as twice:
            form.add_error("day", str(twice))
            other = twice.other
        except actions.IsToCome as refusal:
            form.add_error("day", str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return gone(request, over)
        else:
            messages.success(request, _saved(logged, form))
            return redirect(logged)
    shown = {"pair": pair, "form": form, "deeds": deeds, "other": other}
    return render(request, "conversations/conversation_log.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_conversation
@requires("conversations.change_conversation")
def conversation_edit(request, conversation):
    """Confirms what was planned, and puts right what was logged."""
    if conversation.state == State.PLANNED and conversation.falls_on > clock.today():
        messages.error(request, "This conversation is still to come. You can log it when it has taken place.")
        return redirect(conversation)
    first = shown_of(conversation, note=own_note(conversation, user=request.user))
    form, deeds = _forms(request, conversation.pair, initial=first, conversation=conversation)
    found = {"other": None, "now_is": None}
    if _are_valid(form, deeds):
        try:
            changed = actions.change_conversation(
                conversation=conversation,
                talk=form.talk(_agreed(deeds)),
                by=request.user,
                now=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except actions.ConversationHasChanged as refusal:
            form.add_error(None, str(refusal))
            found["now_is"] = conversation
        except actions.HeldAlready as twice:
            form.add_error("day", str(twice))
            found["other"] = twice.other
        except actions.IsToCome as refusal:
            form.add_error("day", str(refusal))
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return gone(request, over)
        else:
            messages.success(request, _saved(changed, form))
            return redirect(changed)
    found |= {"conversation": conversation, "form": form, "deeds": deeds}
    return render(request, "conversations/conversation_edit.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@load_conversation
@requires("conversations.change_conversation")
def conversation_remove(request, conversation):
    if conversation.state != State.HELD:
        messages.error(request, "Only a conversation that was logged can be removed.")
        return redirect(conversation)
    form = SeenForm(request.POST if request.method == "POST" else None, conversation=conversation)
    if form.is_valid():
        try:
            actions.remove_conversation(conversation=conversation, by=request.user, now=timezone.now())
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            return gone(request, over)
        messages.success(request, "The conversation is removed and no longer counts.")
        return redirect("conversation_list", conversation.pair_id)
    shown = {"conversation": conversation, "form": form}
    return render(request, "conversations/conversation_remove.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_conversation
@requires("conversations.keep_note")
def note_edit(request, conversation):
    """One's own note; a former partner keeps hers."""
    mine = {"note": own_note(conversation, user=request.user)}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=mine)
    if form.is_valid():
        words = form.cleaned_data["note"]
        actions.write_note(conversation=conversation, words=words, by=request.user, warned=form.has_warned)
        messages.success(request, "Your note is saved." if words else "You have no note here any more.")
        return redirect("home") if conversation.state == State.REMOVED and not words else redirect(conversation)
    return render(request, "conversations/note_edit.html", {"conversation": conversation, "form": form})


def _forms(request, pair, *, initial: dict, conversation=None):
    """(form of the conversation, rows of what they agreed to do; none where the cohort has no such thing)."""
    sent = request.POST if request.method == "POST" else None
    used = conversation.prompts if conversation else ()
    form = TalkForm(
        sent,
        pair=pair,
        starters=offered(pair, user=request.user, on=clock.today(), used=used),
        since=member_since(pair, user=request.user),
        conversation=conversation,
        initial=initial,
        clashes=partial(in_the_way_of_next, pair, request.user),
    )
    if "projects" in pair.cohort.elements_off:
        return form, None
    deeds = DeedFormSet(sent, prefix="deeds", form_kwargs={"people": present(pair), "by": request.user})
    form.beside = deeds.forms
    return form, deeds


def _are_valid(form, deeds) -> bool:
    """Both are asked, so that the page says at once all that is wrong."""
    return all([form.is_valid(), deeds is None or deeds.is_valid()])


def _agreed(deeds) -> list:
    return deeds.agreed if deeds else []


def _day_asked_for(request) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", "")[:10])
    except ValueError:
        return None


def _saved(conversation, form) -> str:
    words = f"Saved: you talked on {clock.in_full(conversation.falls_on)}."
    if not form.next_time:
        return words
    who = "you both" if len(present(form.pair)) == 2 else "you all"
    return f"{words} Your next conversation is planned for {clock.span(*form.next_time)}; {who} get it by email."
