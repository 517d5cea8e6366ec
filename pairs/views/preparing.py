"""Before the solve: overview, what counts, exclusions, questions, locks, find pairs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from cohorts.models import Participant
from pairs import actions, matching
from pairs.discretion import own_part, readable_texts, refusal_words
from pairs.forms.preparing import AimForm, AnswerForm, ExclusionForm, LockForm, WeightsForm
from pairs.loaders import load_exclusion, load_lock
from pairs.models import Exclusion, Lock
from pairs.overview import overview, pairing_of, questions, rules_read

A_PAGE = 50


@require_safe
@load_cohort
@requires("pairs.find_pairs")
def pairing(request, cohort):
    return render(request, "pairs/pairing.html", overview(cohort=cohort, user=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("pairs.find_pairs")
def weights_edit(request, cohort):
    form = WeightsForm(request.POST if request.method == "POST" else None, pairing=pairing_of(cohort))
    if form.is_valid():
        actions.set_weights(cohort=cohort, weights=form.weights(), aim=form.cleaned_data["aim"], by=request.user)
        messages.success(request, "What counts is saved. It is used when you next find pairs.")
        return redirect("pairing", cohort_id=cohort.pk)
    return render(request, "pairs/weights_edit.html", {"cohort": cohort, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("pairs.find_pairs")
def exclusion_list(request, cohort):
    form = ExclusionForm(request.POST if request.method == "POST" else None, cohort=cohort, user=request.user)
    if form.is_valid():
        exclusion = actions.exclude(cohort=cohort, by=request.user, **form.cleaned_data)
        messages.success(request, "The two are kept apart from now on.")
        if lock := Lock.objects.visible_to(request.user).of_two(exclusion.one, exclusion.other).first():
            words, url = "They are locked together as well, and both cannot be.", reverse("lock_lift", args=[lock.pk])
            messages.warning(request, format_html('{} <a class="nhsuk-link" href="{}">Remove the lock</a>', words, url))
        return redirect("exclusion_list", cohort_id=cohort.pk)
    exclusions = Exclusion.objects.visible_to(request.user).filter(cohort=cohort).with_people()
    page = Paginator(exclusions, A_PAGE).get_page(request.GET.get("page"))
    reasons = readable_texts([exclusion.why for exclusion in page], user=request.user, cohort=cohort)
    read, unfitting = rules_read(cohort=cohort, user=request.user)
    shown = {"cohort": cohort, "form": form, "page_obj": page, "rows": list(zip(page, reasons, strict=True))}
    return render(
        request,
        "pairs/exclusion_list.html",
        shown | {"read": read[:A_PAGE], "read_count": len(read), "unfitting": unfitting},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@load_exclusion
@requires("pairs.find_pairs")
def exclusion_lift(request, exclusion):
    if request.method == "POST":
        actions.lift_exclusion(exclusion=exclusion, by=request.user)
        messages.success(request, "The two may be paired again.")
        return redirect("exclusion_list", cohort_id=exclusion.cohort_id)
    return render(request, "pairs/exclusion_lift.html", {"exclusion": exclusion})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("pairs.find_pairs")
def question_list(request, cohort):
    if request.method == "POST":
        answer = AnswerForm(request.POST)
        if not answer.is_valid():
            raise Http404
        people = Participant.objects.visible_to(request.user).filter(cohort=cohort)
        given = answer.cleaned_data
        given["participant"] = get_object_or_404(people, pk=given["participant"])
        given["other"] = get_object_or_404(people.exclude(user=request.user), pk=given["other"])
        actions.answer_question(by=request.user, **given)
        messages.success(request, "Your answer is saved.")
        return redirect("question_list", cohort_id=cohort.pk)
    page = Paginator(questions(cohort=cohort, user=request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairs/question_list.html", {"cohort": cohort, "page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_cohort
@requires("pairs.find_pairs")
def lock_list(request, cohort):
    chosen = {"a": request.GET.get("a"), "b": request.GET.get("b")}
    form = LockForm(
        request.POST if request.method == "POST" else None, cohort=cohort, user=request.user, initial=chosen
    )
    if form.is_valid():
        try:
            lock = actions.lock(cohort=cohort, by=request.user, **form.cleaned_data)
        except actions.LockNeedsReason as refusal:
            form.add_error("override", str(refusal))
        except (actions.LockRefused, matching.MatchingError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{lock.a} and {lock.b} stay together when you next find pairs.")
            return redirect("lock_list", cohort_id=cohort.pk)
    locks = Lock.objects.visible_to(request.user).filter(cohort=cohort).with_people()
    page = Paginator(locks, A_PAGE).get_page(request.GET.get("page"))
    own = own_part(request.user, cohort)
    rows = [(lock, own.override(lock.override, (lock.a, lock.b))) for lock in page]
    return render(request, "pairs/lock_list.html", {"cohort": cohort, "form": form, "page_obj": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@load_lock
@requires("pairs.find_pairs")
def lock_lift(request, lock):
    if request.method == "POST":
        try:
            actions.unlock(lock=lock, by=request.user)
        except actions.LockRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The lock is removed.")
        return redirect("lock_list", cohort_id=lock.cohort_id)
    return render(request, "pairs/lock_lift.html", {"lock": lock})


@require_POST
@load_cohort
@requires("pairs.find_pairs")
def pairs_find(request, cohort):
    form = AimForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        run = actions.find_pairs(cohort=cohort, by=request.user, aim=form.cleaned_data["aim"])
    except (matching.MatchingError, actions.RunTooLarge) as refusal:
        messages.error(request, refusal_words(refusal, user=request.user, cohort=cohort))
        return redirect("pairing", cohort_id=cohort.pk)
    found = run.notes["pairs"]
    messages.success(request, f"{found} {'pair' if found == 1 else 'pairs'} found. Nobody has been told.")
    return redirect(run)
