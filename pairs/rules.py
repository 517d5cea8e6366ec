"""Who may do what in the hall. Each predicate takes a cohort, a run, a pair or a participant."""

import rules

from cohorts.rules import is_lead, is_oneself, is_whole_lead

rules.add_perm("pairs.find_pairs", is_whole_lead)
rules.add_perm("pairs.see_pairs", is_lead)
rules.add_perm("pairs.change_pair", is_whole_lead)


@rules.predicate
def may_see(user, pair) -> bool:
    """Partners and leads: the loader has let nobody else through."""
    return True


@rules.predicate
def is_own(user, about) -> bool:
    """A participant's own page, or what she named there: nobody else's, whatever else they may see of her."""
    return is_oneself(user, getattr(about, "participant", about))


rules.add_perm("pairs.see_pair", may_see)
rules.add_perm("pairs.name_in_private", is_own)
