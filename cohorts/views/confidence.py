"""A word to the leads in confidence: said by who takes part, read and dealt with by leads."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import open_to_signed_in, requires
from cohorts import actions
from cohorts.choices import State
from cohorts.confidence import heard_in, hearers, names_of
from cohorts.forms.confidence import WordForm
from cohorts.loaders import load_cohort, load_participant, load_word
from cohorts.models import ConfidentialWord, Participant
from elements.pages import Onwards

A_PAGE = 30


@require_safe
@open_to_signed_in
def confidence(request):
    """From the foot of every page: to the one cohort that somebody is in, or a choice."""
    own = Participant.objects.visible_to(request.user).own(request.user).exclude(state=State.DECLINED)
    people = list(own.select_related("cohort__programme").order_by("-cohort__starts_on", "pk"))
    if len(people) == 1:
        return redirect("word_say", participant_id=people[0].pk)
    return render(request, "cohorts/confidence.html", {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("cohorts.confide")
def word_say(request, participant):
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.say_word(
                author=participant, by=request.user, now=timezone.now(), warned=form.has_warned, **form.cleaned_data
            )
        except actions.NobodyHears as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "Sent in confidence. The leads named below are told that there is something to read."
            )
            return redirect("word_say", participant_id=participant.pk)
    said = ConfidentialWord.objects.visible_to(request.user).filter(author=participant)
    page = Paginator(said, A_PAGE).get_page(request.GET.get("page"))
    shown = {"participant": participant, "form": form, "page_obj": page, "hearers": names_of(hearers(participant))}
    return render(request, "cohorts/word_say.html", shown)


@require_safe
@load_cohort
@requires("cohorts.hear_words")
def word_list(request, cohort):
    page = Onwards(heard_in(cohort, user=request.user), A_PAGE).get_page(request.GET.get("page"))
    takes_part = Participant.objects.visible_to(request.user).own(request.user).filter(cohort=cohort).exists()
    return render(request, "cohorts/word_list.html", {"cohort": cohort, "page_obj": page, "takes_part": takes_part})


@require_safe
@load_word
@requires("cohorts.read_word")
def word_detail(request, word):
    may_answer = request.user.has_perm("cohorts.answer_word", word)
    return render(request, "cohorts/word_detail.html", {"word": word, "may_answer": may_answer})


@require_POST
@load_word
@requires("cohorts.answer_word")
def word_answer(request, word):
    actions.answer_word(word=word, by=request.user, now=timezone.now())
    messages.success(request, "Marked as dealt with. The person who wrote it sees that, and when.")
    return redirect("word_list", cohort_id=word.cohort_id)


@require_POST
@load_word
@requires("cohorts.answer_word")
def word_reopen(request, word):
    actions.reopen_word(word=word, by=request.user)
    messages.success(request, f"Opened again: what {word.author.name} wrote waits to be dealt with.")
    return redirect("word_list", cohort_id=word.cohort_id)
