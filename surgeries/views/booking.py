"""Somebody books, words the question, answers an offer, changes to another surgery, or gives the place back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from bookings import actions as places
from bookings.choices import LIVE
from bookings.reading import places_left
from cohorts.loaders import load_participant
from elements.refusals import Refusal
from elements.sent import posted
from surgeries import actions
from surgeries.booking_page import place_page
from surgeries.forms.asking import BookForm, QuestionForm, SwapForm
from surgeries.loaders import load_booking, load_surgery_to_book
from surgeries.own import in_her_way, in_way_of_others, me_in, other_surgeries, projects_for
from surgeries.reading import been_to, coming, own_booking, pairs_of, room_of, times_of
from surgeries.views.too_late import no_longer

IS_OVER = "This booking is over, so nothing is left to change."
IS_LATE = "The time to change by yourself is over. If you cannot come, tell a host."


@require_safe
@load_participant
@requires("surgeries.see_own")
def surgery_coming(request, participant):
    now = timezone.now()
    shown = {
        "participant": participant,
        "lines": coming(participant, user=request.user, now=now),
        "past": [(each, times_of(each)) for each in been_to(participant, now=now)],
        "room": room_of(participant, now=now),
    }
    return render(request, "surgeries/surgery_coming.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_surgery_to_book
@requires("surgeries.book")
def surgery_book(request, surgery):
    now, me = timezone.now(), surgery.part_of(request.user)
    if request.method != "POST" and (there := own_booking(surgery.session, me)):
        return redirect("place_detail", there.pk)
    form = BookForm(
        posted(request),
        session=surgery.session,
        pairs=pairs_of(me, now=now),
        me=me,
        projects=projects_for(request.user, cohort=surgery.cohort),
        now=now,
    )
    if form.is_valid():
        try:
            booking = actions.book_surgery(surgery=surgery, me=me, by=request.user, now=now, **form.chosen)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("place_detail", booking.pk)
    is_full = not places_left(surgery.session, now)
    page = {"surgery": surgery, "form": form, "room": room_of(me, now=now), "is_full": is_full}
    page["in_the_way"] = in_her_way(surgery.session, user=request.user)
    return render(request, "surgeries/surgery_book.html", page)


@require_safe
@load_booking
@requires("surgeries.see_place")
def place_detail(request, booking):
    who = {
        "is_party": request.user.has_perm("surgeries.answer_for_place", booking),
        "runs": request.user.has_perm("surgeries.note_place", booking),
    }
    page = place_page(booking, user=request.user, now=timezone.now(), **who)
    mine = me_in(booking.cohort_id, user=request.user) if who["is_party"] else None
    shown = {"booking": booking, "page": page, "me": mine}
    if page.is_ahead:
        shown["in_the_way"] = in_her_way(booking.session, user=request.user, booking=booking)
    return render(request, "surgeries/place_detail.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@load_booking
@requires("surgeries.answer_for_place")
def place_question(request, booking):
    now = timezone.now()
    page = place_page(booking, user=request.user, is_party=True, runs=False, now=now)
    if not page.can_word and request.method != "POST":
        return no_longer(request, place_of(booking), IS_OVER)
    form = QuestionForm(
        posted(request), projects=projects_for(request.user, cohort=booking.session.cohort, and_of=page.topic)
    )
    if not form.is_bound and page.topic:
        form.initial |= {"words": page.topic.words, "project": str(page.topic.project_id or "none")}
    if form.is_valid():
        said = {"project": form.project, "words": form.cleaned_data["words"], "warned": form.has_warned}
        actions.word_question(booking=booking, by=request.user, **said)
        messages.success(request, "Saved. The hosts read it before the day.")
        return redirect("place_detail", booking.pk)
    return render(request, "surgeries/place_question.html", {"booking": booking, "page": page, "form": form})


@require_POST
@load_booking
@requires("surgeries.answer_for_place")
def place_take(request, booking):
    try:
        places.accept_offer(booking=booking, by=request.user, now=timezone.now())
    except places.OfferIsOver as over:
        return no_longer(request, place_of(booking), over.sentence)
    messages.success(request, "The place is yours. We email you a calendar file.")
    return redirect("place_detail", booking.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@load_booking
@requires("surgeries.answer_for_place")
def place_let_go(request, booking):
    """An offer that somebody does not take goes to whoever is next."""
    if request.method == "POST":
        try:
            places.decline_offer(booking=booking, by=request.user, now=timezone.now())
        except places.OfferIsOver as over:
            return no_longer(request, place_of(booking), over.sentence)
        messages.success(request, "Thank you. The place goes to whoever is next.")
        return redirect("place_detail", booking.pk)
    page = place_page(booking, user=request.user, is_party=True, runs=False, now=timezone.now())
    return render(request, "surgeries/place_let_go.html", {"booking": booking, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_booking
@requires("surgeries.give_back_place")
def place_cancel(request, booking):
    is_party = request.user.has_perm("surgeries.answer_for_place", booking)
    if request.method == "POST":
        try:
            over = places.cancel_booking(booking=booking, by=request.user, now=timezone.now())
        except (places.TooLate, places.SessionIsOff) as refusal:
            return no_longer(request, place_of(booking), refusal.sentence)
        passed_on = "Whoever is next on the waiting list is offered the place."
        cancelled = f"Cancelled. {passed_on if over.is_passed_on else 'The place is free for somebody else.'}"
        off_the_list = f"{'You' if is_party else 'They'} are off the waiting list."
        messages.success(request, cancelled if booking.booked_at else off_the_list)
        return redirect("place_detail", booking.pk)
    if booking.state not in LIVE:
        return no_longer(request, place_of(booking), IS_OVER)
    runs = request.user.has_perm("surgeries.note_place", booking)
    page = place_page(booking, user=request.user, is_party=is_party, runs=runs, now=timezone.now())
    return render(request, "surgeries/place_cancel.html", {"booking": booking, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@load_booking
@requires("surgeries.answer_for_place")
def place_swap(request, booking):
    now = timezone.now()
    page = place_page(booking, user=request.user, is_party=True, runs=False, now=now)
    if not page.can_swap and request.method != "POST":
        return no_longer(request, place_of(booking), IS_LATE if page.is_late else IS_OVER)
    choices = other_surgeries(booking, user=request.user, now=now)
    in_the_way = in_way_of_others(booking, choices, user=request.user)
    form = SwapForm(posted(request), choices=choices, in_the_way=in_the_way)
    if form.is_valid():
        into, slot = form.chosen
        try:
            taken = actions.swap_surgery(booking=booking, into=into, slot=slot, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Changed. You get the new time by email, and the old one leaves your calendar.")
            return redirect("place_detail", taken.pk)
    return render(request, "surgeries/place_swap.html", {"booking": booking, "page": page, "form": form})


def place_of(booking) -> str:
    return reverse("place_detail", args=[booking.pk])
