"""Who may do what in this room. Each predicate takes a pair read `with_members()`, or a visit."""

import rules

from cohorts.rules import is_lead, is_oneself
from pairs.rules import is_partner

# Visits


@rules.predicate
def is_used(user, pair) -> bool:
    """The cohort has not switched shadowing off."""
    return "shadowing" not in pair.cohort.elements_off


@rules.predicate
def is_party(user, visit) -> bool:
    """Visitor or host. The loader has let nobody else through: this is said twice."""
    return visit.part_of(user) is not None


rules.add_perm("shadowing.see_visits", is_partner)
rules.add_perm("shadowing.arrange_visit", is_partner & is_used)
rules.add_perm("shadowing.see_visit", is_party)
rules.add_perm("shadowing.change_visit", is_party)
rules.add_perm("shadowing.see_settings", is_oneself | is_lead)
rules.add_perm("shadowing.see_reciprocity", is_lead)

# Reflections
