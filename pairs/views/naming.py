"""Her own page: with whom she must not be paired. It never says whether anybody takes part."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permission import requires
from cohorts.loaders import load_participant
from pairs import actions
from pairs.forms.naming import NamingForm
from pairs.loaders import load_private_word
from pairs.models import PrivateWord


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("pairs.name_in_private")
def private_word_list(request, participant):
    form = NamingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            word = actions.name_in_private(participant=participant, by=request.user, **form.cleaned_data)
        except actions.TooManyNamed as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, f"Saved. You named {word.words}.")
            return redirect("private_word_list", participant_id=participant.pk)
    named = PrivateWord.objects.visible_to(request.user).of(participant)
    return render(request, "pairs/private_word_list.html", {"participant": participant, "form": form, "named": named})


@require_POST
@load_private_word
@requires("pairs.name_in_private")
def private_word_take_back(request, word):
    actions.take_back(word=word, by=request.user)
    messages.success(request, f"Taken back. You no longer name {word.words}.")
    return redirect("private_word_list", participant_id=word.participant_id)
