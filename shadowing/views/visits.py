"""A pair's visits: arrange, answer, change, prepare, confirm, talk over, call off, put off, print."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from elements import clock, paper
from elements.links import hour_asked
from elements.sent import posted
from pairs.actions import PairHasEnded
from pairs.clashes import clashes
from pairs.loaders import load_pair
from pairs.partners import partnership
from shadowing import actions
from shadowing.actions.visit_in_hand import can_be_removed
from shadowing.choices import TOOK_PLACE, VisitState
from shadowing.forms.visit_days import ConfirmForm, DebriefForm, LogForm, MinutesForm, PrepareForm
from shadowing.forms.visits import AcceptForm, ArrangeForm, CallOffForm, ChangeForm, PutOffForm
from shadowing.host_sheet import as_pdf, host_sheet
from shadowing.loaders import load_visit
from shadowing.models import Visit
from shadowing.reciprocity import meters
from shadowing.visit_letters import uid_of
from shadowing.visit_page import OFF_PAGES, is_asked_about, shares, visit_line, visit_page
from shadowing.worth_seeing import worth_seeing

A_PAGE = 50
REFUSALS = (PairHasEnded, actions.IsNoPartner, actions.CannotBe)  # nothing that the form could mend
SAID_AGAIN = (actions.VisitHasChanged, actions.VisitIsPast)


@require_safe
@load_pair
@requires("shadowing.see_visits")
def visit_list(request, pair):
    visits = Visit.objects.visible_to(request.user).filter(pair=pair).for_lines()
    page = Paginator(visits, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "pair": pair,
        "seen": partnership(pair, request.user),
        "page_obj": page,
        "lines": [visit_line(visit, request.user, now=timezone.now()) for visit in page],
        "meters": meters(pair, viewer=request.user),
        "may_arrange": request.user.has_perm("shadowing.arrange_visit", pair),
    }
    return render(request, "shadowing/visit_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("shadowing.arrange_visit")
def visit_create(request, pair):
    seen, now = partnership(pair, request.user), timezone.now()
    look, asked = partial(clashes, request.user), hour_asked(request.GET)
    form = ArrangeForm(posted(request), partnership=seen, now=now, asked=asked, clashes=look)
    if form.is_valid():
        try:
            visit = actions.arrange_visit(pair=pair, by=request.user, now=now, **form.chosen)
        except SAID_AGAIN as refusal:
            form.add_error(None, str(refusal))
        except REFUSALS as over:
            return gone(request, over)
        else:
            messages.success(request, f"{visit.other(request.user).name} gets an email and can say yes.")
            return redirect(visit)
    worth = worth_seeing(pair.cohort, on=clock.local(now).date())
    return render(request, "shadowing/visit_create.html", {"pair": pair, "seen": seen, "form": form, "worth": worth})


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("shadowing.arrange_visit")
def visit_log(request, pair):
    seen = partnership(pair, request.user)
    form, there = LogForm(posted(request), partnership=seen, on=clock.today()), None
    if form.is_valid():
        try:
            visit = actions.log_visit(pair=pair, by=request.user, now=timezone.now(), **form.chosen)
        except actions.VisitIsThere as twice:
            form.add_error("day", str(twice))
            there = twice.other
        except REFUSALS as over:
            return gone(request, over)
        else:
            messages.success(request, "Saved. The hours count for both of you.")
            return redirect(visit)
    return render(request, "shadowing/visit_log.html", {"pair": pair, "seen": seen, "form": form, "there": there})


@require_safe
@load_visit
@requires("shadowing.see_visit")
def visit_detail(request, visit):
    may_change = request.user.has_perm("shadowing.change_visit", visit)
    page = visit_page(visit, request.user, now=timezone.now(), may_change=may_change)
    return render(request, "shadowing/visit_detail.html", {"visit": visit, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_accept(request, visit):
    if visit.state != VisitState.OFFERED or visit.proposed_by_id == request.user.pk:
        return no_longer(request, visit, "There is nothing to say yes to: this visit is agreed, off, or yours.")
    form = AcceptForm(posted(request), visit=visit, now=timezone.now(), clashes=in_the_way_of(visit, request.user))
    words = "Agreed. You both get it by email, for the calendar."
    return done(request, visit, form, actions.accept_visit, words, "visit_accept")


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_edit(request, visit):
    if not visit.is_ahead:
        return no_longer(request, visit, "This visit is over or off, so it stays as it is.")
    form = ChangeForm(posted(request), visit=visit, now=timezone.now(), clashes=in_the_way_of(visit, request.user))
    other = visit.other(request.user).name

    def words(after) -> str:
        if after.sequence == visit.sequence:
            return "Nothing has changed."
        if after.state == VisitState.OFFERED:
            return f"Suggested. {other} gets an email and can say yes."
        return "Saved. You both get it by email, for the calendar."

    return done(request, visit, form, actions.change_visit, words, "visit_edit")


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_prepare(request, visit):
    if not visit.is_ahead or visit.state == VisitState.OFFERED:
        return no_longer(request, visit, "A visit is prepared once it is agreed, and until it has taken place.")
    form = PrepareForm(posted(request), visit=visit, user=request.user)
    return done(request, visit, form, actions.prepare_visit, "Saved.", "visit_prepare")


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_confirm(request, visit):
    if not is_asked_about(visit, now=timezone.now()):
        return no_longer(request, visit, "Only a visit that was agreed and has begun can be confirmed.")
    form = ConfirmForm(posted(request), visit=visit)
    words = "Thank you. The hours count for both of you."
    return done(request, visit, form, actions.confirm_visit, words, "visit_confirm")


@require_safe
@load_visit
@requires("shadowing.change_visit")
def visit_missed(request, visit):
    """It did not take place: the two ways on from there."""
    if not is_asked_about(visit, now=timezone.now()):
        return no_longer(request, visit, "Nobody asks about this visit: it is ahead, over or off.")
    return render(request, "shadowing/visit_missed.html", about(request, visit))


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_minutes(request, visit):
    """Puts right how long it took, whenever somebody notices."""
    if visit.state not in TOOK_PLACE:
        return no_longer(request, visit, "Say first that the visit took place.")
    form = MinutesForm(posted(request), initial={"minutes": visit.minutes})
    if form.is_valid():
        return carried_out(request, visit, actions.correct_minutes, "Saved.", form.cleaned_data)
    return render(request, "shadowing/visit_minutes.html", about(request, visit, form))


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_remove(request, visit):
    if request.method == "POST":
        try:
            actions.remove_visit(visit=visit, by=request.user, now=timezone.now())
        except REFUSALS as over:
            return gone(request, over, visit)
        messages.success(request, "The visit is removed and no longer counts.")
        return redirect("visit_list", visit.pair_id)
    if not can_be_removed(visit, request.user):
        return no_longer(request, visit, "This visit cannot be removed.")
    return render(request, "shadowing/visit_remove.html", {"visit": visit})


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_debrief(request, visit):
    if visit.state != VisitState.DONE:
        return no_longer(request, visit, "There is nothing to talk over here, or you have said so already.")
    form = DebriefForm(posted(request), visit=visit, on=clock.today())
    if form.is_valid():
        return carried_out(request, visit, actions.debrief_visit, "Saved.", form.cleaned_data)
    return render(request, "shadowing/visit_debrief.html", about(request, visit, form))


@require_POST
@load_visit
@requires("shadowing.change_visit")
def visit_close(request, visit):
    return carried_out(
        request, visit, actions.close_visit, "Skipped. You can still reflect later if you want to.", {"skipped": True}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_call_off(request, visit):
    if not visit.is_ahead:
        return no_longer(request, visit, "This visit is over or off already.")
    way = visit.way_off(request.user)
    form = CallOffForm(posted(request), visit=visit, now=timezone.now(), way=way)
    off = OFF_PAGES[way]
    words = off.said.format(other=visit.other(request.user).name)
    return done(request, visit, form, actions.call_off_visit, words, "visit_call_off", off=off)


@require_http_methods(["GET", "HEAD", "POST"])
@load_visit
@requires("shadowing.change_visit")
def visit_put_off(request, visit):
    if not visit.is_ahead:
        return no_longer(request, visit, "This visit is over or off already.")
    form = PutOffForm(posted(request), visit=visit, now=timezone.now(), clashes=in_the_way_of(visit, request.user))
    words = f"Put off. {visit.other(request.user).name} gets an email and can say yes to the new one."
    return done(request, visit, form, actions.put_off_visit, words, "visit_put_off")


@require_safe
@load_visit
@requires("shadowing.see_visit")
def visit_sheet(request, visit):
    return render(request, "shadowing/visit_sheet.html", {"visit": visit, "sheet": host_sheet(visit)})


@require_safe
@load_visit
@requires("shadowing.see_visit")
def visit_sheet_pdf(request, visit):
    return paper.response("sheet-for-the-day", as_pdf(host_sheet(visit)))


def in_the_way_of(visit, user):
    """What to ask about another time of this visit."""
    return partial(clashes, user, [visit.other(user).user], but=uid_of(visit))


def about(request, visit, form=None) -> dict:
    """What every page that asks something about a visit shows."""
    return {
        "visit": visit,
        "form": form,
        "other": visit.other(request.user),
        "direction": visit_line(visit, request.user, now=timezone.now()).direction,
        "theirs": next((share for share in shares(visit, request.user) if not share.is_own), None),
    }


def done(request, visit, form, action, words: str | Callable[[object], str], page: str, **shown):
    """The form of one action, or what comes after it. `shown` is what its page says besides.

    `words` may follow from what the action gave back: whether anything has changed only the action knows.
    """
    if form.is_valid():
        try:
            after = action(visit=visit, by=request.user, now=timezone.now(), **form.chosen)
        except SAID_AGAIN as refusal:
            form.add_error(None, str(refusal))
        except REFUSALS as over:
            return gone(request, over, visit)
        else:
            messages.success(request, words(after) if callable(words) else words)
            return redirect(after)
    return render(request, f"shadowing/{page}.html", about(request, visit, form) | shown)


def carried_out(request, visit, action, words: str, given: dict):
    """One action without a refusal that a form could mend."""
    try:
        action(visit=visit, by=request.user, now=timezone.now(), **given)
    except REFUSALS as over:
        return gone(request, over, visit)
    messages.success(request, words)
    return redirect(visit)


def no_longer(request, visit, words: str):
    messages.error(request, words)
    return redirect(visit)


def gone(request, over, visit=None):
    """It is as it is. Who is no partner any more goes home: the visit may be closed to her."""
    messages.error(request, str(over))
    return redirect(visit if visit and isinstance(over, actions.CannotBe) else "home")
