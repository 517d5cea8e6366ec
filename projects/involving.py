"""Who could be brought into a project."""

from cohorts.models import Participant
from pairs.models import Membership, Pair
from projects.models import Project


def strangers(project: Project, user) -> list[Participant]:
    """Partners that this person has now and who are not in the project, read `with_people()`. One query."""
    pairs = Pair.objects.of(user).filter(cohort=project.cohort_id).order_by().values("pk")
    there = Membership.objects.live().filter(pair__in=pairs).values("participant")
    involved = [each.participant_id for each in project.everybody]
    return list(Participant.objects.filter(pk__in=there).exclude(pk__in=involved).exclude(user=user).order_by("name"))
