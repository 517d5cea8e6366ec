"""Who was there: taken on a phone in the room, corrected later, or said with the code that is shown there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from elements import clock
from elements.refusals import Refusal
from elements.sent import posted
from workshops import actions, room_code
from workshops.forms.register import CodeForm, MarkForm, WalkInForm, wrong_code
from workshops.loaders import load_attendee, load_meeting, load_whoever_asked, load_workshop
from workshops.people import may_walk_in, register_of, tries_left
from workshops.series import own_part
from workshops.square import square_of


@require_safe
@load_meeting
@requires("workshops.look_after_meeting")
def meeting_register(request, meeting):
    session, now = meeting.session, timezone.now()
    shown = {"meeting": meeting, "session": session, "register": register_of(meeting)}
    shown["is_open"] = not session.is_off and clock.local(now).date() >= session.day
    shown["is_ahead"] = not session.is_off and not session.has_begun(now)
    return render(request, "workshops/meeting_register.html", shown)


@require_POST
@load_meeting
@requires("workshops.look_after_meeting")
def meeting_all_present(request, meeting):
    number = actions.mark_all_present(meeting=meeting, by=request.user, now=timezone.now())
    said = f"{number} {'person is' if number == 1 else 'people are'} marked as there. Change those who were not."
    messages.success(request, said if number else "Everybody is marked already.")
    return redirect("meeting_register", meeting.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@load_attendee
@requires("workshops.look_after_meeting")
def register_mark(request, attendee):
    form = MarkForm(posted(request), attendee=attendee)
    if form.is_valid():
        try:
            attendance, minutes = form.cleaned_data["attendance"], form.minutes
            actions.mark_in_register(
                attendee=attendee, attendance=attendance, minutes=minutes, by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            how = dict(form.fields["attendance"].choices)[attendance]
            messages.success(request, f"Saved: {attendee.participant.name}, {how[:1].lower()}{how[1:]}.")
            return redirect(f"{reverse('meeting_register', args=[attendee.session_id])}#person-{attendee.pk}")
    return render(request, "workshops/register_mark.html", {"attendee": attendee, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_whoever_asked
@requires("workshops.look_after_meeting")
def register_give_back(request, attendee):
    """For somebody who cannot come, or waits and need not any more. A page that was open too long says so."""
    session, name, now = attendee.session, attendee.participant.name, timezone.now()
    if not attendee.is_live:
        messages.error(request, f"{name} has no place on this date any more, and does not wait for one.")
    elif request.method == "POST":
        try:
            booking = actions.give_back_for(booking=attendee.booking, by=request.user, now=now)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            next_one = "is offered to whoever is next on the waiting list" if booking.is_passed_on else "is free"
            gone = f"{name} has no place any more and gets an email. The place {next_one}."
            off_the_list = f"{name} is off the waiting list and gets an email."
            messages.success(request, gone if booking.booked_at else off_the_list)
    elif session.is_off or session.has_begun(now):
        messages.error(request, "A place is given back before it begins. After that the register says who came.")
    else:
        return render(request, "workshops/register_give_back.html", {"attendee": attendee, "session": session})
    return redirect("meeting_register", session.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@load_meeting
@requires("workshops.look_after_meeting")
def meeting_walk_in(request, meeting):
    """Somebody without a place is there: she gets one, whatever the number of places."""
    people = may_walk_in(meeting)
    form = WalkInForm(posted(request), choices=[(key, person.name) for key, person in people.items()])
    if form.is_valid():
        person = people[form.cleaned_data["person"]]
        try:
            actions.add_walk_in(meeting=meeting, participant=person, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{person.name} is marked as there.")
            return redirect("meeting_register", meeting.pk)
    return render(request, "workshops/meeting_walk_in.html", {"meeting": meeting, "form": form})


@require_safe
@load_meeting
@requires("workshops.look_after_meeting")
def meeting_code(request, meeting):
    """What the room is shown. Until it is over the page renews itself with each code: nobody is at the keyboard."""
    now, session = timezone.now(), meeting.session
    is_today = not session.is_off and clock.local(now).date() == session.day
    shown = {"meeting": meeting, "session": session, "is_on": is_today and now < session.ends_at}
    if shown["is_on"]:
        shown["code"] = code = room_code.code_of(meeting, now)
        shown["square"] = square_of(room_code.address_of(meeting, code))
        shown["site"] = urlsplit(settings.SITE_URL).netloc
        shown["until"] = clock.in_figures(room_code.shown_until(now))
    page = render(request, "workshops/meeting_code.html", shown)
    if shown["is_on"]:  # no longer than that: a page that renews itself keeps its reader signed in
        page["Refresh"] = str(room_code.renewed_in(now))
    return page


@require_http_methods(["GET", "HEAD", "POST"])
@load_meeting
@requires("workshops.book_place")
def meeting_check_in(request, meeting):
    """Somebody who has a place types the code that is shown, or finds it in its box where a phone has read it."""
    form = CodeForm(posted(request), read=room_code.in_an_address(request.GET.get("code", "")))
    if form.is_valid():
        me, code = own_part(meeting.cohort, request.user), form.cleaned_data["code"]
        try:
            is_right = actions.check_in_with_code(
                meeting=meeting, participant=me, code=code, by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if is_right:
                messages.success(request, "You are marked as there.")
                return redirect(meeting)
            form.add_error("code", wrong_code(tries_left(meeting, me)))
    return render(request, "workshops/meeting_check_in.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@load_workshop
@requires("workshops.catch_up")
def workshop_catch_up(request, workshop):
    if request.method == "POST":
        me = own_part(workshop.cohort, request.user)
        actions.catch_up(workshop=workshop, participant=me, by=request.user, now=timezone.now())
        messages.success(request, "Noted: you have caught up.")
        return redirect(workshop)
    return render(request, "workshops/workshop_catch_up.html", {"workshop": workshop})
