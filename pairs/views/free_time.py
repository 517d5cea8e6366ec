"""Somebody says when she can meet; partners see the times that they have in common."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_participant
from elements import clock
from pairs import actions
from pairs.forms.free_time import BusyForm, RotaForm, RotaKeepForm, UsualHoursForm, sealed_shifts
from pairs.free_times import free_times
from pairs.loaders import load_busy_time, load_pair
from pairs.models import BusyTime, Pair
from pairs.own_times import last_day, own_times, shifts_in_words
from pairs.partners import partnership

A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("pairs.say_when")
def when_you_can(request, participant):
    now = timezone.now()
    form = BusyForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid():
        try:
            actions.add_busy_time(participant=participant, by=request.user, now=now, **form.chosen)
        except (actions.TooManyTimes, actions.TakesNoPart) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved: you cannot meet on {clock.span(**form.chosen)}.")
            return redirect("when_you_can", participant_id=participant.pk)
    pairs = Pair.objects.visible_to(request.user).of(request.user).filter(cohort=participant.cohort_id)
    own = BusyTime.objects.visible_to(request.user).of(participant).ahead(now)
    found = {
        "participant": participant,
        "form": form,
        "times": own_times(participant, now=now),
        "page_obj": Paginator(own, A_PAGE).get_page(request.GET.get("page")),
        "pair": pairs.only("pk").first(),
        "last": last_day(clock.local(now).date()),
    }
    return render(request, "pairs/when_you_can.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("pairs.say_when")
def usual_hours_edit(request, participant):
    form = UsualHoursForm(request.POST if request.method == "POST" else None, participant=participant)
    if form.is_valid():
        try:
            actions.say_usual_hours(participant=participant, working=form.working, agreed=form.agreed, by=request.user)
        except actions.TakesNoPart as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your usual hours are saved.")
            return redirect("when_you_can", participant_id=participant.pk)
    return render(request, "pairs/usual_hours_edit.html", {"participant": participant, "form": form})


@require_POST
@load_busy_time
@requires("pairs.say_when")
def busy_time_remove(request, busy):
    words = str(busy)
    actions.remove_busy_time(busy=busy, by=request.user)
    messages.success(request, f"Removed: {words}.")
    return redirect("when_you_can", participant_id=busy.participant_id)


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("pairs.say_when")
def rota_read(request, participant):
    is_sent = request.method == "POST"
    form = RotaForm(request.POST if is_sent else None, request.FILES if is_sent else None, on=clock.today())
    found = {"participant": participant, "form": form, "last": last_day(clock.today())}
    if form.is_valid():
        shifts = form.read.shifts
        found["read"] = form.read
        found["words"] = shifts_in_words(len(shifts), shifts[0].starts_at, max(each.ends_at for each in shifts))
        found["first_shifts"] = [clock.span(each.starts_at, each.ends_at) for each in shifts[:5]]
        first = {"shifts": sealed_shifts(participant, shifts), "how": "replace"}
        has_rota = bool(own_times(participant, now=timezone.now()).rota)
        found["keep"] = RotaKeepForm(participant=participant, has_rota=has_rota, initial=first)
    return render(request, "pairs/rota_read.html", found)


@require_POST
@load_participant
@requires("pairs.say_when")
def rota_keep(request, participant):
    form = RotaKeepForm(request.POST, participant=participant)
    if not form.is_valid():
        messages.error(request, "Nothing was saved. Read the rota again, and choose what happens to the one before.")
        return redirect("rota_read", participant_id=participant.pk)
    shifts, replace = form.cleaned_data["shifts"], form.cleaned_data["how"] == "replace"
    try:
        actions.keep_rota(participant=participant, shifts=shifts, replace=replace, by=request.user, now=timezone.now())
    except actions.TakesNoPart as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Your rota is saved: when each shift starts and ends, and nothing else of it.")
    return redirect("when_you_can", participant_id=participant.pk)


@require_POST
@load_participant
@requires("pairs.say_when")
def rota_drop(request, participant):
    actions.drop_rota(participant=participant, by=request.user)
    messages.success(request, "All times from your rota are removed.")
    return redirect("when_you_can", participant_id=participant.pk)


@require_safe
@load_pair
@requires("pairs.find_time")
def free_time(request, pair):
    seen = partnership(pair, request.user)
    times = free_times(pair, seen, user=request.user, now=timezone.now(), plan=request.GET.get("plan", ""))
    return render(request, "pairs/free_time.html", {"pair": pair, "seen": seen, "times": times})


@require_POST
@load_pair
@requires("pairs.find_time")
def free_time_ask(request, pair):
    try:
        asked = actions.ask_for_times(pair=pair, by=request.user, now=timezone.now())
    except (actions.PairHasEnded, actions.IsNoPartner) as over:
        messages.error(request, str(over))
        return redirect("home")
    if asked:
        names = " and ".join(person.name for person in asked)
        messages.success(request, f"{names} gets one email today that asks when you can meet.")
    return redirect("free_time", pair_id=pair.pk)
