"""Who may do what in the hall. Each predicate takes a cohort, a run or a pair."""

import rules

from cohorts.rules import is_lead, is_whole_lead

rules.add_perm("pairs.find_pairs", is_whole_lead)
rules.add_perm("pairs.see_pairs", is_lead)
rules.add_perm("pairs.change_pair", is_whole_lead)


@rules.predicate
def may_see(user, pair) -> bool:
    """Partners and leads: the loader has let nobody else through."""
    return True


rules.add_perm("pairs.see_pair", may_see)
