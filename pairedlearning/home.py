"""The first page after sign-in: one's own part in a programme, and what needs a lead today."""

from itertools import chain

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permission import open_to_signed_in
from cohorts.choices import RoleKind, State
from cohorts.contacts import leads_for
from cohorts.models import Cohort, Participant
from cohorts.rules import is_whole_lead, roles_of
from elements import clock, house
from pairs.kept import farewells
from pairs.models import Pair
from pairs.partners import partnership

TAKES_PART = {State.ACCEPTED, State.COMPLETED}


@require_safe
@open_to_signed_in
def home(request):
    viewer, on = request.user, clock.today()
    own = list(Participant.objects.own(viewer).exclude(state=State.DECLINED).select_related("cohort__programme"))
    cohorts = list(Cohort.objects.led_by(viewer).select_related("programme"))
    known = list(Pair.objects.known_to(viewer).with_members()) if own else []
    pairs = [pair for pair in known if partnership(pair, viewer) and not pair.ended_on]
    over = farewells(viewer, known)
    active = [each for each in own if each.state != State.WITHDRAWN]
    # Who has withdrawn has nothing to do, and finds what stays hers of a pair.
    participants = [each for each in own if each in active or each.pk in over]
    steps = house.next_steps(participants=active, on=on) if active else []
    leads = leads_for(participants) if participants else {}
    whole = [cohort for cohort in cohorts if is_whole_lead(viewer, cohort)]
    attention = house.attention(cohorts=whole, on=on, viewer=viewer) if whole else []
    return render(
        request,
        "home.html",
        {
            "parts": [
                {
                    "participant": participant,
                    "pairs": [pair for pair in pairs if pair.cohort_id == participant.cohort_id],
                    "panels": [
                        panel
                        for pair in pairs
                        if pair.cohort_id == participant.cohort_id
                        for panel in house.panels_on_home(pair=pair, viewer=viewer)
                    ],
                    "farewell": over.get(participant.pk),
                    "is_asked": any(
                        step.participant == participant and step.state in {"to do", "planned"} for step in steps
                    ),
                    "goes_on": participant.state in {State.ACCEPTED, State.RESERVE},
                    "leads": leads[participant.pk],
                    "steps": [step for step in steps if step.participant == participant],
                    # Pairs that go on or are over have doors of their own to all that.
                    "doors": []
                    if participant.state not in TAKES_PART
                    or participant.pk in over
                    or any(pair.cohort_id == participant.cohort_id for pair in pairs)
                    else house.doors(viewer=viewer, where="part", cohort=participant.cohort),
                }
                for participant in participants
            ],
            "cohorts": [
                {"cohort": cohort, "attention": [each for each in attention if each.cohort == cohort]}
                for cohort in cohorts
            ],
            "roles": [role for role in roles_of(viewer) if role.kind != RoleKind.LEAD],
            "leads": list(dict.fromkeys(chain.from_iterable(leads.values()))),
            "doors": house.doors(viewer=viewer, where="home"),
            "on": on,
        },
    )
