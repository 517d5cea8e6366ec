"""What partners agreed to do: the list, and the tick."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from elements import clock
from pairs.loaders import load_pair
from projects import actions
from projects.loaders import load_action
from projects.reading import agreed_by, has_list
from projects.rules import has_part


@require_safe
@load_pair
@requires("projects.see_actions")
def action_list(request, pair):
    agreed = agreed_by(pair, user=request.user)
    return render(request, "projects/action_list.html", {"pair": pair, "agreed": agreed, "on": clock.today()})


@require_POST
@load_action
@requires("projects.change_action")
def action_finish(request, action):
    actions.finish_action(action=action, on=clock.today(), by=request.user, now=timezone.now())
    messages.success(request, "Done.")
    return redirect(_back(request, action))


@require_POST
@load_action
@requires("projects.change_action")
def action_reopen(request, action):
    actions.reopen_action(action=action, by=request.user, now=timezone.now())
    messages.success(request, "It is open again.")
    return redirect(_back(request, action))


@require_http_methods(["GET", "HEAD", "POST"])
@load_action
@requires("projects.change_action")
def action_drop(request, action):
    if request.method == "POST":
        actions.drop_action(action=action, by=request.user, now=timezone.now())
        messages.success(request, "It is no longer on your list.")
        return redirect(_back(request, action))
    return render(request, "projects/action_drop.html", {"action": action, "back": _back(request, action)})


def _back(request, action) -> str:
    """The page of its project or the pair's list; home for who does not belong to them any more."""
    if action.project_id and has_part(request.user, action):
        return f"{action.project.get_absolute_url()}#next-steps"
    return reverse("action_list", args=[action.pair_id]) if has_list(action, user=request.user) else reverse("home")
