"""Who may do what in this room. Each predicate takes a pair read `with_members()`, or a visit.

That the cohort uses shadowing at all is asked where every permission is asked for (accounts/permission.py).
"""

import rules

from cohorts.rules import is_evaluator, is_lead, is_oneself
from pairs.rules import is_partner

# Visits


@rules.predicate
def is_party(user, visit) -> bool:
    """Visitor or host. The loader has let nobody else through: this is said twice."""
    return visit.part_of(user) is not None


@rules.predicate
def is_open(user, visit) -> bool:
    """She belongs to the pair now: who has left it reads what was hers, and changes nothing. Of a visit that the loader
    has marked.
    """
    return visit.is_open


rules.add_perm("shadowing.see_visits", is_partner)
rules.add_perm("shadowing.arrange_visit", is_partner)
rules.add_perm("shadowing.see_visit", is_party)
rules.add_perm("shadowing.change_visit", is_party & is_open)
rules.add_perm("shadowing.see_settings", is_oneself | is_lead)
rules.add_perm("shadowing.see_reciprocity", is_lead)

# Reflections


@rules.predicate
def is_author(user, reflection) -> bool:
    return reflection.author.user_id == user.pk


@rules.predicate
def is_readable(user, reflection) -> bool:
    """Its author and the partner with whom it is shared: the loader has let nobody else through."""
    return True


@rules.predicate
def evaluates(user, reflection) -> bool:
    return is_evaluator(user, reflection.author.cohort)


rules.add_perm("shadowing.see_reflections", is_oneself)
rules.add_perm("shadowing.write_reflection", is_oneself)
rules.add_perm("shadowing.read_reflection", is_readable)
rules.add_perm("shadowing.own_reflection", is_author)
rules.add_perm("shadowing.redact_offered", evaluates)
