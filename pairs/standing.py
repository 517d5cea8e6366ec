"""Who of a run can still be paired today: people leave, or find a partner, after a run was made."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from cohorts.choices import State
from cohorts.models import Participant
from pairs.models import Membership, Proposal

GONE = {
    State.RESERVE: "is on the reserve list",
    State.WITHDRAWN: "has withdrawn",
    State.DECLINED: "was declined",
    State.COMPLETED: "has completed the programme",
}
PAIRED = "has a partner by now"


def paired_of(keys: Iterable) -> frozenset:
    """Of these primary keys of participants, those who have a partner at present; one query."""
    live = Membership.objects.live().filter(participant__in=set(map(str, keys)))
    return frozenset(live.order_by().values_list("participant", flat=True))


def gone(person: Participant, paired: frozenset | None) -> str:
    """Why somebody can no longer be paired ("is on the reserve list"); "" for somebody who can, or if `paired` is None.

    `paired` are the primary keys of those who have a partner at present.
    """
    if paired is None:
        return ""
    if person.state != State.ACCEPTED:
        return GONE.get(person.state, "is no longer accepted")
    return PAIRED if person.pk in paired else ""


def publishable(runs):
    """Of these runs (a queryset), those whose people can all be paired still."""
    live = Membership.objects.live().filter(participant=OuterRef("participant"))
    lost = [
        Proposal.objects.filter(run=OuterRef("pk"))
        .annotate(participant=F(which))
        .filter(~Q(**{f"{which}__state": State.ACCEPTED}) | Exists(live), **{f"{which}__isnull": False})
        for which in ("a", "b", "third")
    ]
    return runs.exclude(Exists(lost[0])).exclude(Exists(lost[1])).exclude(Exists(lost[2]))


def gone_of(people: Iterable[Participant]) -> list[str]:
    """One sentence without its full stop for each of these people who can no longer be paired; one query."""
    people = list(people)
    paired = paired_of(person.pk for person in people)
    return sorted(f"{person.name} {words}" for person in people if (words := gone(person, paired)))
