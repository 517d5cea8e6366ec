"""Who may do what in the hall. Each predicate takes a cohort, a run, a pair or a participant."""

import rules
from django.utils import timezone

from cohorts.rules import is_lead, is_oneself, is_whole_lead
from pairs.choices import NO_LONGER

rules.add_perm("pairs.find_pairs", is_whole_lead)
rules.add_perm("pairs.see_pairs", is_lead)
rules.add_perm("pairs.change_pair", is_whole_lead)


@rules.predicate
def is_own(user, about) -> bool:
    """A participant's own page, or what she named there: nobody else's, whatever else they may see of her."""
    return is_oneself(user, getattr(about, "participant", about))


@rules.predicate
def is_partner(user, pair) -> bool:
    """Belongs to a pair read `with_members()` now, and has been told. No queries."""
    present = (each.participant.user_id for each in pair.everybody if each.until is None)
    return pair.shown_from <= timezone.now() and user.pk in present


@rules.predicate
def takes_part(user, about) -> bool:
    """Not of somebody who has left or finished."""
    return getattr(about, "participant", about).state not in NO_LONGER


rules.add_perm("pairs.see_pair", rules.always_true)  # whoever the loader has let through
rules.add_perm("pairs.name_in_private", is_own)
rules.add_perm("pairs.see_kept", is_own)
rules.add_perm("pairs.arrange_meeting", is_partner)
rules.add_perm("pairs.say_when", is_own & takes_part)
rules.add_perm("pairs.find_time", is_partner)
rules.add_perm("pairs.agree", is_partner)
rules.add_perm("pairs.say_how_it_goes", is_partner)
rules.add_perm("pairs.read_agreement", rules.always_true)  # who signed it or is in the pair: the loader
rules.add_perm("pairs.see_pulse", rules.always_true)  # leads whom it does not concern: the loader
