"""What people thought: said without a name by those who were there, read once it is let out, compared over cohorts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permission import requires
from cohorts.loaders import load_cohort
from elements import clock
from elements.refusals import Refusal
from elements.sent import posted
from workshops import actions
from workshops.asking import may_answer
from workshops.choices import SCALE
from workshops.forms.feedback import FeedbackForm
from workshops.loaders import load_meeting, load_workshop
from workshops.thought import compared, thought_of


@require_http_methods(["GET", "HEAD", "POST"])
@load_meeting
@requires("workshops.give_feedback")
def feedback_give(request, meeting):
    form = FeedbackForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.give_feedback(
                meeting=meeting,
                met_aims=given["met_aims"],
                relevant=given["relevant"],
                facilitated=given["facilitated"],
                confident=given["confident"],
                keep=given["keep"],
                change=given["change"],
                action=given["action"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.HasAnswered:  # a button pressed twice, or a page that stood open
            messages.success(request, "Thank you. You have answered, and your first answer stays as it is.")
            return redirect(meeting.workshop)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Thank you. Your answer is kept without your name.")
            return redirect(meeting.workshop)
    shown = {"meeting": meeting, "form": form, "may_answer": may_answer(meeting, request.user, on=clock.today())}
    return render(request, "workshops/feedback_give.html", shown)


@require_safe
@load_workshop
@requires("workshops.run_workshop")
def feedback_detail(request, workshop):
    shown = {"workshop": workshop, "thought": thought_of(workshop), "scale": SCALE}
    return render(request, "workshops/feedback_detail.html", shown)


@require_safe
@load_cohort
@requires("workshops.compare_feedback")
def feedback_list(request, cohort):
    return render(request, "workshops/feedback_list.html", {"cohort": cohort, "topics": compared(cohort)})
