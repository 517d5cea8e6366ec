"""Who may do what with workshops. Each predicate takes a cohort, or what belongs to one.

That the cohort uses workshops at all is asked where every permission is asked for (accounts/permission.py).
"""

import rules

from bookings.models import Attendee, Host, Session
from cohorts.models import Cohort, Participant
from cohorts.rules import is_facilitator, is_lead, is_oneself, is_whole_lead
from workshops.models import Meeting, Workshop
from workshops.querysets import TAKES_PART


@rules.predicate
def takes_part(user, about) -> bool:
    """Takes part in the cohort, or did to the end."""
    cohort = about if isinstance(about, Cohort) else about.cohort
    return Participant.objects.own(user).filter(cohort=cohort, state__in=TAKES_PART).exists()


@rules.predicate
def hosts(user, about) -> bool:
    """Runs this date, or one of the dates of this workshop. That she may still is asked beside it."""
    return Host.objects.filter(user=user, session__in=_sessions_of(about)).exists()


def _sessions_of(about):
    """The keys of the sessions that belong to a workshop or what hangs on it, to a date or a line of its register."""
    if isinstance(about, Meeting):
        return [about.pk]
    if isinstance(about, Attendee):
        return [about.session_id]
    if isinstance(about, Session):
        return [about.pk]
    workshop = about if isinstance(about, Workshop) else about.workshop
    return Meeting.objects.filter(workshop=workshop).order_by().values("session")


runs_series = is_lead | is_facilitator
looks_after = is_whole_lead | runs_series & hosts  # who ran it and has no such role any more reads nothing of it

rules.add_perm("workshops.run_series", runs_series)
rules.add_perm("workshops.see_workshops", runs_series | takes_part)
rules.add_perm("workshops.plan_series", is_whole_lead)
rules.add_perm("workshops.see_workshop", rules.always_true)  # whoever the loader has let through
rules.add_perm("workshops.see_hosted", rules.always_true)  # the page shows people only what they run themselves
rules.add_perm("workshops.run_workshop", looks_after)  # what people want, and what they thought of it
rules.add_perm("workshops.bring_materials", looks_after)
rules.add_perm("workshops.say_need", takes_part)
rules.add_perm("workshops.book_place", takes_part)
rules.add_perm("workshops.look_after_meeting", looks_after)  # who comes, with adjustments, and the register
rules.add_perm("workshops.give_feedback", takes_part)
rules.add_perm("workshops.catch_up", takes_part)
rules.add_perm("workshops.compare_feedback", is_whole_lead)
rules.add_perm("workshops.see_certificate", is_oneself | is_lead)
rules.add_perm("workshops.keep_materials", takes_part)  # also where the cohort has no workshops any more
rules.add_perm("workshops.keep_certificate", is_oneself)
