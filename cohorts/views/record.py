"""Somebody's own record and the letter to the rota coordinator, both to keep as files."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts import actions
from cohorts import record as records
from cohorts.forms.record import TickForm
from cohorts.loaders import load_participant
from cohorts.rota import as_pdf, rota_letter
from elements import clock, paper

A_PAGE = 50  # of one's reflections, the latest, until all are asked for


@require_http_methods(["GET", "HEAD", "POST"])
@load_participant
@requires("cohorts.see_own_record")
def record(request, participant):
    """What is in it, with own words to tick; sent, the form answers with the document."""
    own = records.record_of(participant)
    is_sent = request.method == "POST"
    is_short = not is_sent and "all" not in request.GET and len(own.texts) > A_PAGE
    form = TickForm(request.POST if is_sent else None, texts=own.texts[-A_PAGE:] if is_short else own.texts)
    if form.is_valid():
        if form.was_asked:
            actions.note_confirmed_record(participant=participant, by=request.user)
        document = records.as_pdf(own, ticked=form.cleaned_data["ticked"], on=clock.today())
        return paper.response("paired-learning-record", document)
    letter = rota_letter(participant, now=timezone.now())
    return render(
        request,
        "cohorts/record.html",
        {
            "participant": participant,
            "record": own,
            "form": form,
            "is_short": is_short,
            "letter": letter,
            "heading": records.HEADING,
        },
    )


@require_safe
@load_participant
@requires("cohorts.see_own_record")
def rota(request, participant):
    letter = rota_letter(participant, now=timezone.now())
    if not letter.stands:
        messages.error(request, f"The letter cannot be made yet. {letter.missing}")
        return redirect("record", participant_id=participant.pk)
    return paper.response("paired-learning-rota-letter", as_pdf(letter, on=clock.today()))
