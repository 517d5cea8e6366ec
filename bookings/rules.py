"""Who looks after a session. Which page asks what is for the rooms to say."""

import rules

from bookings.models import Host
from bookings.pages import has_sessions
from cohorts.rules import is_lead, is_whole_lead


@rules.predicate
def is_host(user, session) -> bool:
    """Runs this session. One query, or none where its hosts are read with it."""
    if "hosts" in getattr(session, "_prefetched_objects_cache", {}):
        return any(host.user_id == user.pk for host in session.hosts.all())
    return Host.objects.filter(session=session, user=user).exists()


looks_after = is_lead | is_host


@rules.predicate
def uses_sessions(user, cohort) -> bool:
    """Any of the rooms that have sessions. No queries."""
    return has_sessions(getattr(cohort, "cohort", cohort))


rules.add_perm("bookings.count_hours", is_whole_lead & uses_sessions)
