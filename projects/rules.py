"""Who may do what with agreed actions. Each predicate takes a pair or an action that the loader let through."""

import rules

from pairs.rules import is_partner


@rules.predicate
def may_see(user, action) -> bool:
    """Partners and the owner: the loader has let nobody else through."""
    return True


rules.add_perm("projects.see_actions", is_partner)
rules.add_perm("projects.change_action", may_see)
