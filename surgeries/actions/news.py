"""What hosts hear of several surgeries that are published together: one message to each, with all of the dates."""

from collections import defaultdict
from collections.abc import Iterable

from bookings.models import Host
from cohorts.models import Cohort
from reminders import outbox
from surgeries.models import Surgery

SERIES = "surgeries.series_published"


def tell_hosts(surgeries: Iterable[Surgery], *, cohort: Cohort) -> None:
    """Each host of these new surgeries hears of hers at once; nobody is told of none. One query and the message."""
    hosted = defaultdict(list)
    hosts = Host.objects.filter(session__in=[each.pk for each in surgeries]).select_related("user", "session")
    for host in hosts.order_by("session__starts_at", "session"):
        hosted[host.user].append(host.session)
    letters = [
        outbox.Letter(
            to=user,
            key=f"{SERIES}:{sessions[0].pk}:{user.pk}",
            ref={"cohort": cohort.pk, "surgeries": [session.pk for session in sessions]},
            until=max(session.ends_at for session in sessions),
        )
        for user, sessions in hosted.items()
    ]
    outbox.post_all(kind=SERIES, letters=letters, scope=cohort.pk)
