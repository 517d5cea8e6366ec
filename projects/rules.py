"""Who may do what with agreed actions and projects.

Each predicate takes a pair, an action or a cohort; or a project read `with_people()`, or what belongs to one.
"""

import rules

from cohorts.choices import State
from cohorts.models import Participant
from cohorts.rules import is_lead, is_whole_lead
from pairs.rules import is_own, is_partner
from projects.choices import Part

INVITED = (State.ACCEPTED, State.COMPLETED)


def _parts(user, about) -> set:
    """What this person is in the project, now. No queries."""
    project = getattr(about, "project", about)
    return {each.part for each in project.everybody if each.participant.user_id == user.pk}


@rules.predicate
def is_owner(user, about) -> bool:
    return Part.OWNER in _parts(user, about)


@rules.predicate
def is_friend(user, about) -> bool:
    return Part.FRIEND in _parts(user, about)


@rules.predicate
def is_its_lead(user, about) -> bool:
    """Leads of its cohort who have no part in it: they answer what is asked of them."""
    project = getattr(about, "project", about)
    return not _parts(user, project) and is_lead(user, project.cohort)


@rules.predicate
def may_tick(user, action) -> bool:
    """Who is to do it, and of a project its owners; of a pair whoever the loader has let through."""
    return action.project is None or action.owner.user_id == user.pk or is_owner(user, action)


@rules.predicate
def is_presented(user, project) -> bool:
    """A lead has put it on the programme of the showcase, and an owner has written what is told of it there."""
    return project.place is not None and project.abstract != ""


@rules.predicate
def presents_to(user, cohort) -> bool:
    """Takes part in the cohort, or has taken part until its end: the showcase is for them."""
    return Participant.objects.own(user).filter(cohort=cohort, state__in=INVITED).exists()


has_part = is_owner | is_friend

rules.add_perm("projects.see_actions", is_partner)
rules.add_perm("projects.change_action", may_tick)
rules.add_perm("projects.see_projects", is_partner)
rules.add_perm("projects.see_own_projects", is_own)
rules.add_perm("projects.begin_project", is_partner)
rules.add_perm("projects.see_project", rules.always_true)  # the page shows leads what is theirs to read
rules.add_perm("projects.read_project", has_part)
rules.add_perm("projects.change_project", is_owner)
rules.add_perm("projects.review_project", is_friend)
rules.add_perm("projects.read_review", rules.always_true)  # its friend and the owners: the loader
rules.add_perm("projects.see_support", rules.always_true)  # owners, friends and leads: the loader
rules.add_perm("projects.answer_support", is_its_lead)
rules.add_perm("projects.see_portfolio", is_lead)
rules.add_perm("projects.run_showcase", is_whole_lead)
rules.add_perm("projects.see_presented", has_part | (is_its_lead & is_presented))
rules.add_perm("projects.see_running_order", is_lead | presents_to)
rules.add_perm("projects.edit_method_links", is_whole_lead)
