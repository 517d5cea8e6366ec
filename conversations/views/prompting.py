"""A lead edits the questions that her cohort begins with."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from conversations import actions
from conversations.forms.prompting import PromptForm
from conversations.reading import starters_of


@require_safe
@load_cohort
@requires("conversations.edit_prompts")
def prompt_list(request, cohort):
    shown = {"cohort": cohort, "prompts": starters_of(cohort)}
    return render(request, "conversations/prompt_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("conversations.edit_prompts")
def prompt_create(request, cohort):
    form = PromptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.add_prompt(cohort=cohort, by=request.user, **form.cleaned_data)
        return _changed(request, cohort, "The question is added.")
    return render(request, "conversations/prompt_create.html", {"cohort": cohort, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("conversations.edit_prompts")
def prompt_edit(request, cohort, code):
    prompt = _found(cohort, code)
    first = {"words": prompt.words, "month": prompt.month}
    form = PromptForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        actions.change_prompt(cohort=cohort, code=code, by=request.user, **form.cleaned_data)
        return _changed(request, cohort, "The question is changed.")
    return render(request, "conversations/prompt_edit.html", {"cohort": cohort, "form": form})


@require_POST
@load_cohort
@requires("conversations.edit_prompts")
def prompt_switch(request, cohort, code):
    """Suggest it again, or no longer."""
    active = not _found(cohort, code).is_active
    actions.switch_prompt(cohort=cohort, code=code, active=active, by=request.user)
    return _changed(request, cohort, "It is suggested again." if active else "It is no longer suggested.")


@require_POST
@load_cohort
@requires("conversations.edit_prompts")
def prompt_move(request, cohort, code):
    _found(cohort, code)
    actions.move_prompt(cohort=cohort, code=code, up="up" in request.POST, by=request.user)
    return _changed(request, cohort, "The order is changed.")


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("conversations.edit_prompts")
def prompt_reset(request, cohort):
    if request.method == "POST":
        actions.reset_prompts(cohort=cohort, by=request.user)
        return _changed(request, cohort, "The standard questions are back.")
    return render(request, "conversations/prompt_reset.html", {"cohort": cohort})


def _found(cohort, code: str):
    """The question of this code; 404 if the cohort has none."""
    for each in starters_of(cohort):
        if each.code == code:
            return each
    raise Http404


def _changed(request, cohort, words: str):
    messages.success(request, words)
    return redirect("prompt_list", cohort.pk)
