"""Who may do what with conversations. Each predicate takes a pair, a conversation or a cohort."""

import rules

from cohorts.rules import is_whole_lead
from conversations.choices import State
from pairs.rules import is_partner


@rules.predicate
def may_change(user, conversation) -> bool:
    """Either partner, now. What was removed is nobody's to change."""
    return is_partner(user, conversation.pair) and conversation.state != State.REMOVED


rules.add_perm("conversations.talk", is_partner)
rules.add_perm("conversations.see_conversation", rules.always_true)  # whoever the loader has let through
rules.add_perm("conversations.change_conversation", may_change)
rules.add_perm("conversations.keep_note", rules.always_true)  # whoever the loader has let through
rules.add_perm("conversations.edit_prompts", is_whole_lead)
