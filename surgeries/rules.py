"""Who may do what in this room. Each predicate takes a cohort, a participant, a surgery or a booking."""

import rules

from bookings.rules import is_host
from cohorts.rules import is_lead, is_oneself, is_whole_lead


@rules.predicate
def hosts(user, about) -> bool:
    """Hosts the session of a surgery or of a booking, and leads its cohort still."""
    return is_lead(user, about) and is_host(user, about.session)


@rules.predicate
def takes_part(user, surgery) -> bool:
    """Is accepted in the cohort of this surgery. One query."""
    return surgery.part_of(user) is not None


@rules.predicate
def is_of_party(user, booking) -> bool:
    """Belongs to a booking read `with_people()`. No queries."""
    return any(each.participant.user_id == user.pk for each in booking.attendees.all())


runs = is_whole_lead | hosts

rules.add_perm("surgeries.see_own", is_oneself)
rules.add_perm("surgeries.see_surgeries", is_lead)
rules.add_perm("surgeries.publish", is_whole_lead)
rules.add_perm("surgeries.see_surgery", rules.always_true)  # whoever the loader has let through
rules.add_perm("surgeries.run_surgery", runs)
rules.add_perm("surgeries.book", takes_part)
rules.add_perm("surgeries.see_place", is_of_party | runs)
rules.add_perm("surgeries.answer_for_place", is_of_party)
rules.add_perm("surgeries.give_back_place", is_of_party | runs)
rules.add_perm("surgeries.note_place", runs)
