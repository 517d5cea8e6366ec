"""The launch of a cohort: when and where, and calling it off. Each change is read first and can be undone.

It is the one place where the day is changed.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permission import requires
from cohorts import actions, launch_news, launches
from cohorts.forms.launch import HOURS_AND_PLACE, LaunchForm, UndoForm
from cohorts.forms.yes import YesForm
from cohorts.loaders import load_cohort
from elements import clock


def said_yes(request, news) -> YesForm:
    """The yes to a change of the launch, as it was sent or to be filled in. A test to oneself goes out on the way."""
    if "test" in request.POST:
        actions.try_launch(news=news, by=request.user)
        messages.success(request, f"The message is on its way to you, at {request.user.email}. Nobody else gets it.")
    sent = request.POST if "send" in request.POST else None
    return YesForm(sent, number=news.number, mark=news.mark, carried=request.POST)


def told(cohort, number: int) -> str:
    """What was written, and until when it can be taken back."""
    return launches.told(number, launches.undoable(cohort, now=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def launch_edit(request, cohort):
    """First the day, the hours and the place; then, where people are written to, who and what, and the yes."""
    now, launch = timezone.now(), launches.launch_of(cohort)
    form = LaunchForm(
        request.POST if request.method == "POST" else None,
        cohort=cohort,
        is_set=launch is not None,
        initial={"starts_on": cohort.starts_on, **{name: getattr(launch, name, None) for name in HOURS_AND_PLACE}},
    )
    shown = {"cohort": cohort, "launch": launch, "form": form, "change": launches.undoable(cohort, now=now)}
    if form.is_valid() and "change" not in request.POST:
        news = None if form.is_day_alone else launch_news.setting(cohort, now=now, **form.cleaned_data)
        yes = said_yes(request, news) if news else None
        if yes and not yes.is_valid():
            return render(request, "cohorts/launch_edit.html", {**shown, "news": news, "yes": yes})
        try:
            words = _saved(cohort, by=request.user, form=form)
        except (actions.EndsBeforeLaunch, actions.LaunchIsSet, clock.NoSuchTime) as problem:
            form.add_error("starts_on", str(problem))
        else:
            messages.success(request, words)
            return redirect("launch_edit", cohort.pk)
    guests, is_over = launches.guests_of(cohort), launches.is_over(cohort, on=clock.today())
    return render(request, "cohorts/launch_edit.html", {**shown, "guests": guests, "is_over": is_over})


def _saved(cohort, *, by, form: LaunchForm) -> str:
    """Save what was given, and say so."""
    if form.is_day_alone:
        actions.change_cohort(cohort=cohort, by=by, starts_on=form.cleaned_data["starts_on"])
        return "The day of the launch was saved. It has no time and place yet."
    number = actions.set_launch(cohort=cohort, by=by, **form.cleaned_data)
    return f"The launch was saved. {told(cohort, number)}"


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("cohorts.change_cohort")
def launch_call_off(request, cohort):
    """First what follows, by GET."""
    news = launch_news.calling_off(cohort, now=timezone.now())
    yes = said_yes(request, news) if news else None
    if news is None and request.method == "POST":
        return redirect("launch_call_off", cohort.pk)
    if yes and yes.is_valid():
        number = actions.call_off_launch(cohort=cohort, by=request.user)
        messages.success(request, f"The launch is called off. {told(cohort, number)}")
        return redirect("launch_edit", cohort.pk)
    shown = {"cohort": cohort, "news": news, "yes": yes}
    if news:
        shown |= {"when": launches.when(news.launch), "place": launches.place_in_short(news.launch)}
    return render(request, "cohorts/launch_call_off.html", shown)


@require_POST
@load_cohort
@requires("cohorts.change_cohort")
def launch_undo(request, cohort):
    form = UndoForm(request.POST)
    try:
        actions.undo_launch(cohort=cohort, sequence=form.sequence, by=request.user)
    except actions.CannotUndoLaunch as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back. Nobody gets a message, and the launch is as it was before.")
    return redirect("launch_edit", cohort.pk)
