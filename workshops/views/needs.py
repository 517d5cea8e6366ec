"""Two questions before a workshop, and what was answered."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from elements import clock
from elements.sent import posted
from workshops import actions
from workshops.forms.needs import NeedForm
from workshops.loaders import load_workshop
from workshops.series import own_part
from workshops.wanted import own_need, wanted


@require_http_methods(["GET", "HEAD", "POST"])
@load_workshop
@requires("workshops.say_need")
def need_say(request, workshop):
    """Until the last day; afterwards the page says that it has passed."""
    form = NeedForm(posted(request), need=own_need(workshop, request.user))
    if form.is_valid():
        try:
            actions.say_need(
                workshop=workshop,
                participant=own_part(workshop.cohort, request.user),
                confidence=form.cleaned_data["confidence"],
                words=form.cleaned_data["words"],
                by=request.user,
                on=clock.today(),
            )
        except actions.NotAsked as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Thank you. You can change your answer until the last day.")
            return redirect(workshop)
    shown = {"workshop": workshop, "form": form, "is_asked": workshop.asks_needs(clock.today())}
    return render(request, "workshops/need_say.html", shown)


@require_safe
@load_workshop
@requires("workshops.run_workshop")
def need_list(request, workshop):
    shown = {"workshop": workshop, "wanted": wanted(workshop, on=clock.today())}
    return render(request, "workshops/need_list.html", shown)
