"""The day of a surgery: the questions beforehand, the register, who walks in, and the notes."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from bookings import actions as places
from elements import clock
from elements.refusals import Refusal
from elements.sent import posted
from surgeries import actions
from surgeries.booking_page import place_page
from surgeries.forms.noting import DeedFormSet, NoteForm
from surgeries.forms.register import RegisterForm, WalkInForm
from surgeries.loaders import load_booking, load_surgery
from surgeries.reading import asked_in
from surgeries.running import is_day, note_for, register_of, who_could_walk_in
from surgeries.views.booking import place_of
from surgeries.views.too_late import no_longer

TOO_EARLY = "The register is taken on the day of the surgery."


@require_safe
@load_surgery
@requires("surgeries.run_surgery")
def surgery_questions(request, surgery):
    """Everything that is asked on one page, to read before the day or to print."""
    asked = [each for each in asked_in(surgery.session, user=request.user) if each.booking.is_booked]
    return render(request, "surgeries/surgery_questions.html", {"surgery": surgery, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@load_surgery
@requires("surgeries.run_surgery")
def surgery_register(request, surgery):
    now = timezone.now()
    if not is_day(surgery.session, on=clock.local(now).date()) and request.method != "POST":
        return no_longer(request, surgery, TOO_EARLY)
    lines = register_of(surgery, user=request.user)
    form = RegisterForm(posted(request), session=surgery.session, lines=lines)
    if form.is_valid():
        was_rest_there = "all" in request.POST
        actions.take_surgery_register(
            surgery=surgery, marks=form.marks, was_rest_there=was_rest_there, by=request.user, now=now
        )
        messages.success(request, "Saved. You can correct it at any time.")
        return redirect(surgery)
    return render(request, "surgeries/surgery_register.html", {"surgery": surgery, "form": form, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@load_surgery
@requires("surgeries.run_surgery")
def surgery_walk_in(request, surgery):
    """Somebody came without a booking: the second tap is the name."""
    now = timezone.now()
    if not is_day(surgery.session, on=clock.local(now).date()) and request.method != "POST":
        return no_longer(request, surgery, TOO_EARLY)
    people = who_could_walk_in(surgery)
    form = WalkInForm(posted(request), among=people)
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            actions.walk_into_surgery(surgery=surgery, person=person, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            was_there = " and marked as there" if surgery.session.has_begun(now) else ""
            messages.success(request, f"{person.name} is added{was_there}.")
            return redirect(surgery)
    return render(request, "surgeries/surgery_walk_in.html", {"surgery": surgery, "form": form, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@load_booking
@requires("surgeries.note_place")
def place_note(request, booking):
    now = timezone.now()
    page = place_page(booking, user=request.user, is_party=False, runs=True, now=now)
    if not page.can_note and request.method != "POST":
        return no_longer(request, place_of(booking), "A note is written on the day of the surgery or later.")
    about = note_for(booking, topic=page.topic)
    form = NoteForm(posted(request), note=page.note, milestones=about.milestones, owners=about.owners)
    each = {"people": about.people, "on": clock.local(now).date()}
    deeds = DeedFormSet(posted(request), prefix="deeds", form_kwargs=each) if about.people else None
    form.beside = deeds.forms if deeds else ()
    if all([form.is_valid(), deeds is None or deeds.is_valid()]):
        agreed = deeds.agreed if deeds else []
        try:
            note = actions.write_note(booking=booking, deeds=agreed, by=request.user, now=now, **form.chosen)
        except actions.NoteHasChanged as meanwhile:
            page = place_page(booking, user=request.user, is_party=False, runs=True, now=now)
            form.look_again(page.note, meanwhile.sentence)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            has_more = any([agreed, form.chosen["evidence"], form.chosen["support"]])
            messages.success(request, saved(note, has_more=has_more))
            return redirect("place_detail", booking.pk)
    shown = {"booking": booking, "page": page, "form": form, "deeds": deeds, "about": about}
    return render(request, "surgeries/place_note.html", shown)


def saved(note, *, has_more: bool) -> str:
    """What there is now to read, and no more."""
    if note:
        on_its_page = ", and what you agreed on is on its page" if has_more else ""
        return f"Saved. Those who booked can read it{on_its_page}."
    return "Saved. What you agreed on is on its page." if has_more else "You left the note empty, so there is none."


@require_POST
@load_booking
@requires("surgeries.note_place")
def place_pass_over(request, booking):
    """A waiting pair keeps its turn, and what is held for it goes to whoever is next."""
    places.pass_over(booking=booking, by=request.user, now=timezone.now())
    messages.success(request, "Passed over. They keep their turn, and the place is offered to whoever is next.")
    return redirect("surgery_detail", booking.session_id)
