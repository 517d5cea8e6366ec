"""A page of paper about the workshops that somebody was at."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.permission import requires
from cohorts.loaders import load_participant
from elements import clock, paper
from workshops.attended import attended_by, certificate


@require_safe
@load_participant
@requires("workshops.see_certificate", where_off="workshops.keep_certificate")
def workshop_certificate(request, participant):
    """Back to the series where there is nothing to certify yet."""
    lines = attended_by(participant, now=timezone.now())
    if not lines:
        messages.warning(request, "There is no workshop yet at which the register says that this person was.")
        return redirect("workshop_list", participant.cohort_id)
    document = certificate(participant, lines, on=clock.today())
    return paper.response(f"{slugify(participant.name)[:60] or 'participant'}-workshops", document)
