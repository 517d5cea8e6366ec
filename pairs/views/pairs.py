"""Pairs over time: the leads' list and page, the partners' page, pause, resume, end, by hand."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts.forms.yes import YesForm
from cohorts.loaders import load_cohort, load_participant
from elements import clock
from pairs import actions, matching
from pairs.ending import ending_of
from pairs.forms.living import EndForm, PairByHandForm, PairFilter
from pairs.kept import kept_of
from pairs.listing import asked_for, headings, lines
from pairs.loaders import load_pair, load_pair_or_what_is_kept
from pairs.pair_page import pair_page
from pairs.to_call import calls, concerned

A_PAGE = 50
CARDS = 20  # of a page that shows more of each pair


@require_safe
@load_cohort
@requires("pairs.see_pairs")
def pair_list(request, cohort):
    pairs = asked_for(user=request.user, cohort=cohort, query=request.GET)
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    shown = lines(page, user=request.user, cohort=cohort)
    found = {
        "cohort": cohort,
        "form": PairFilter(request.GET),
        "page_obj": page,
        "lines": shown,
        "columns": headings(request.GET, cohort),
        "may_pair": request.user.has_perm("pairs.find_pairs", cohort),
    }
    return render(request, "pairs/pair_list.html", found)


@require_safe
@load_cohort
@requires("pairs.see_pairs")
def quiet_list(request, cohort):
    state = "unmet" if request.GET.get("state") == "unmet" else "quiet"
    found = concerned(user=request.user, cohort=cohort, on=clock.today())
    page = Paginator(getattr(found, state), CARDS).get_page(request.GET.get("page"))
    page.object_list = calls(page.object_list, user=request.user, cohort=cohort)
    counts = {"quiet": len(found.quiet), "unmet": len(found.unmet)}
    shown = {"cohort": cohort, "state": state, "page_obj": page, "counts": counts}
    return render(request, "pairs/quiet_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("pairs.find_pairs")
def pair_create(request, cohort):
    first = {"first_meeting_by": max(cohort.starts_on, timezone.localdate()) + timedelta(14), "initiator_side": "a"}
    form = PairByHandForm(
        request.POST if request.method == "POST" else None, cohort=cohort, user=request.user, initial=first
    )
    if form.is_valid():
        try:
            pair = actions.pair_by_hand(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.PairNeedsReason as refusal:
            form.add_error("override", str(refusal))
        except (actions.SomebodyIsPaired, actions.RulesForbid, matching.MatchingError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Paired. Both get one message in ten minutes.")
            return redirect(pair)
    return render(request, "pairs/pair_create.html", {"cohort": cohort, "form": form})


@require_safe
@load_pair_or_what_is_kept
@requires("pairs.see_pair")
def pair_detail(request, pair):
    page = pair_page(pair, user=request.user, on=clock.today(), number=request.GET.get("page"))
    return render(request, f"pairs/{page.template}", {"pair": pair, "page": page, "leads": page.leads})


@require_safe
@load_participant
@requires("pairs.see_kept")
def kept_list(request, participant):
    kept = kept_of(participant, user=request.user, on=clock.today(), number=request.GET.get("page", "1"))
    return render(request, "pairs/kept_list.html", {"participant": participant, "kept": kept})


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.change_pair")
def pair_pause(request, pair):
    if request.method == "POST":
        return _changed(request, pair, actions.pause_pair, "The pair is paused.", on=timezone.localdate())
    return render(request, "pairs/pair_pause.html", {"pair": pair})


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.change_pair")
def pair_resume(request, pair):
    if request.method == "POST":
        return _changed(request, pair, actions.resume_pair, "The pair goes on.", on=timezone.localdate())
    return render(request, "pairs/pair_resume.html", {"pair": pair})


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.change_pair")
def pair_end(request, pair):
    """First why; then what is called off, who hears of it, and the yes."""
    form, on = EndForm(request.POST if request.method == "POST" else None), timezone.localdate()
    if not form.is_valid() or "change" in request.POST:
        return render(request, "pairs/pair_end.html", {"pair": pair, "form": form})
    try:
        ending = ending_of(pair, kind=form.cleaned_data["kind"], on=on, by=request.user)
    except actions.PairHasEnded as over:
        messages.error(request, str(over))
        return redirect(pair)
    sent = request.POST if "send" in request.POST else None
    yes = YesForm(sent, number=len(ending.told), mark=ending.mark, carried=request.POST)
    if yes.is_valid():
        was_told = pair.state != "Not told yet"
        told = "Please write to both yourself." if was_told else "They never heard of each other."
        words = f"The pair has ended. {told}"
        return _changed(request, pair, actions.end_pair, words, on=on, **form.cleaned_data)
    return render(request, "pairs/pair_end.html", {"pair": pair, "ending": ending, "yes": yes})


def _changed(request, pair, action, words, **given):
    """Do one thing to a pair and say so, or say that it is over."""
    try:
        action(pair=pair, by=request.user, **given)
    except actions.PairHasEnded as over:
        messages.error(request, str(over))
    else:
        messages.success(request, words)
    return redirect(pair)
