"""Reflections: one's own list, writing, reading, sharing, offering, taking back, redacting, deleting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_participant
from elements.house import is_switched_off
from pairs.actions import PairHasEnded
from shadowing import actions
from shadowing.forms.reflections import OfferForm, ReflectionForm, initial_of
from shadowing.guides import GUIDES, guide_named
from shadowing.loaders import load_author, load_offered, load_reflection
from shadowing.models import Reflection
from shadowing.readers import dimensions, reflection_page, written_about

A_PAGE = 30


@require_safe
@load_participant
@requires("shadowing.see_reflections", where_off="shadowing.see_reflections")
def reflection_list(request, participant):
    seen = Reflection.objects.visible_to(request.user).for_lines()
    page = Paginator(seen.of(participant).numbered(), A_PAGE).get_page(request.GET.get("page"))
    is_off = is_switched_off("shadowing", participant)
    of_others = seen.none() if is_off else seen.shared_with(participant)
    shared = Paginator(of_others.numbered(), A_PAGE).get_page(request.GET.get("shared"))
    may_write = not is_off and request.user.has_perm("shadowing.write_reflection", participant)
    shown = {"participant": participant, "page_obj": page, "shared": shared, "may_write": may_write, "is_off": is_off}
    return render(request, "shadowing/reflection_list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_author
@requires("shadowing.write_reflection")
def reflection_create(request, participant, visit):
    already = written_about(visit, participant)
    if already and (request.method != "POST" or "skip" in request.POST):
        messages.info(request, "You have written about this visit already. Here it is.")
        return redirect(already)
    if visit and "skip" in request.POST:
        return _skipped(request, participant, visit)
    guide = guide_named(request.GET.get("guide"))
    form = ReflectionForm(
        request.POST if request.method == "POST" else None,
        guide=guide,
        about_visit=visit is not None,
        terms=dimensions(participant.cohort),
    )
    if form.is_valid():
        try:
            reflection = actions.write_reflection(
                author=participant,
                visit=visit,
                guide=guide.code,
                by=request.user,
                now=timezone.now(),
                mark=form.cleaned_data["mark"],
                **form.written,
            )
        except actions.ReflectedAlready as refusal:
            form.add_error(None, str(refusal))
            already = refusal.other
        else:
            messages.success(request, "Saved. Only you can read it.")
            return redirect(reflection)
    shown = {"participant": participant, "visit": visit, "form": form, "guide": guide, "guides": GUIDES}
    shown["already"] = already
    is_hers = bool(visit and visit.visitor_id == participant.pk)
    shown["may_skip"] = is_hers and visit.is_open and not already
    return render(request, "shadowing/reflection_create.html", shown)


def _skipped(request, participant, visit):
    """Nothing to write about this visit, and that is all right."""
    try:
        actions.skip_reflection(visit=visit, by=request.user, now=timezone.now())
    except (actions.CannotBe, actions.IsNoPartner, PairHasEnded) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Skipped. You will not be asked about this visit again.")
    return redirect("reflection_list", participant_id=participant.pk)


@require_safe
@load_reflection
@requires("shadowing.read_reflection", where_off="shadowing.own_reflection")
def reflection_detail(request, reflection):
    page = reflection_page(reflection, user=request.user, now=timezone.now())
    return render(request, "shadowing/reflection_detail.html", {"reflection": reflection, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_reflection
@requires("shadowing.own_reflection")
def reflection_edit(request, reflection):
    form = ReflectionForm(
        request.POST if request.method == "POST" else None,
        guide=reflection.layout,
        about_visit=reflection.visit_id is not None,
        terms=dimensions(reflection.author.cohort, kept=reflection.tags),
        initial=initial_of(reflection),
    )
    if form.is_valid():
        try:
            actions.change_reflection(reflection=reflection, by=request.user, now=timezone.now(), **form.written)
        except actions.IsRedacted as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Saved.")
        return redirect(reflection)
    page = reflection_page(reflection, user=request.user, now=timezone.now())
    return render(request, "shadowing/reflection_edit.html", {"reflection": reflection, "form": form, "page": page})


@require_POST
@load_reflection
@requires("shadowing.own_reflection")
def reflection_share(request, reflection):
    try:
        actions.share_reflection(reflection=reflection, by=request.user, now=timezone.now())
    except (actions.NobodyToShareWith, actions.IsRedacted) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Shared. Your partner gets an email with a link, and nothing of what you wrote.")
    return redirect(reflection)


@require_POST
@load_reflection
@requires("shadowing.own_reflection", where_off="shadowing.own_reflection")
def reflection_unshare(request, reflection):
    actions.unshare_reflection(reflection=reflection, by=request.user)
    messages.success(request, "No longer shared. Your partner cannot open it any more.")
    return redirect(reflection)


@require_http_methods(["GET", "HEAD", "POST"])
@load_reflection
@requires("shadowing.own_reflection")
def reflection_offer(request, reflection):
    initial = {"may_quote": reflection.may_quote}
    form = OfferForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.offer_reflection(
                reflection=reflection, by=request.user, now=timezone.now(), may_quote=form.cleaned_data["may_quote"]
            )
        except actions.IsRedacted as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Offered to the evaluation, without your name.")
        return redirect(reflection)
    return render(request, "shadowing/reflection_offer.html", {"reflection": reflection, "form": form})


@require_POST
@load_reflection
@requires("shadowing.own_reflection", where_off="shadowing.own_reflection")
def reflection_take_back(request, reflection):
    actions.take_reflection_back(reflection=reflection, by=request.user)
    messages.success(request, "Taken back. The evaluators cannot read it any more.")
    return redirect(reflection)


@require_http_methods(["GET", "HEAD", "POST"])
@load_reflection
@requires("shadowing.own_reflection", where_off="shadowing.own_reflection")
def reflection_redact(request, reflection):
    if request.method == "POST":
        actions.redact_reflection(reflection=reflection, by=request.user, now=timezone.now())
        messages.success(request, "The text is gone for good.")
        return redirect(reflection)
    return render(request, "shadowing/reflection_redact.html", {"reflection": reflection})


@require_http_methods(["GET", "HEAD", "POST"])
@load_reflection
@requires("shadowing.own_reflection", where_off="shadowing.own_reflection")
def reflection_delete(request, reflection):
    if request.method == "POST":
        actions.delete_reflection(reflection=reflection, by=request.user)
        messages.success(request, "Deleted.")
        return redirect("reflection_list", participant_id=reflection.author_id)
    return render(request, "shadowing/reflection_delete.html", {"reflection": reflection})


@require_safe
@load_reflection
@requires("shadowing.own_reflection", where_off="shadowing.own_reflection")
def reflection_export(request, reflection):
    page = reflection_page(reflection, user=request.user, now=timezone.now())
    answer = HttpResponse(page.as_plain_words, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reflection-{reflection.day:%Y-%m-%d}.txt"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@load_offered
@requires("shadowing.redact_offered")
def offered_redact(request, reflection):
    if request.method == "POST":
        if actions.redact_offered(reflection=reflection, by=request.user, now=timezone.now()):
            messages.success(request, "The text is gone for good.")
        else:
            messages.info(
                request,
                "You removed nothing: the text is no longer offered to the evaluation, and no evaluator can read it.",
            )
        return redirect("home")
    return render(request, "shadowing/offered_redact.html", {"reflection": reflection})
