"""How a pairing goes: a member tells it, and leads read it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from cohorts.rules import is_whole_lead
from elements import clock
from elements.pages import Onwards
from pairs import actions
from pairs.discretion import readable_texts
from pairs.forms.pulses import PulseForm
from pairs.loaders import load_pair, load_pulse
from pairs.models import Pulse
from pairs.partners import partnership
from pairs.pulses import asked_on, for_leads, given

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@load_pair
@requires("pairs.say_how_it_goes")
def pulse_edit(request, pair):
    asked, seen = asked_on(pair, clock.today()), partnership(pair, request.user)
    answers = Pulse.objects.visible_to(request.user)
    form = PulseForm(
        request.POST if request.method == "POST" else None,
        initial=given(answers, pair, seen.me, asked.point),
    )
    if form.is_valid():
        try:
            actions.say_how_it_goes(
                pair=pair, point=asked.point, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except (actions.PairHasEnded, actions.IsNoPartner) as over:
            messages.error(request, str(over))
            return redirect("home")
        messages.success(request, "Thank you. The leads of your cohort can read it, and nobody else.")
        return redirect(pair)
    return render(request, "pairs/pulse_edit.html", {"pair": pair, "seen": seen, "form": form, "asked": asked})


@require_safe
@load_cohort
@requires("pairs.see_pairs")
def pulse_list(request, cohort):
    page = Onwards(for_leads(request.user, cohort), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pairs/pulse_list.html", {"cohort": cohort, "page_obj": page})


@require_safe
@load_pulse
@requires("pairs.see_pulse")
def pulse_detail(request, pulse):
    [words] = readable_texts([pulse.words], user=request.user, cohort=pulse.cohort)
    may_change = is_whole_lead(request.user, pulse.cohort) and not pulse.pair.ended_on
    return render(request, "pairs/pulse_detail.html", {"pulse": pulse, "words": words, "may_change": may_change})


@require_POST
@load_pulse
@requires("pairs.see_pulse")
def pulse_hear(request, pulse):
    actions.hear_pulse(pulse=pulse, by=request.user, now=timezone.now())
    messages.success(request, f"Noted that a lead has been in touch with {pulse.participant.name}.")
    return redirect("pulse_list", cohort_id=pulse.cohort_id)
