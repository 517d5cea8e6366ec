"""Who could be brought into a project, and as what."""

from cohorts.models import Participant
from pairs.models import Membership, Pair
from projects.choices import Part
from projects.models import Project

MEANING = {
    Part.OWNER: ("co-owner", "You can read and change all of it."),
    Part.FRIEND: ("critical friend", "You can read all of it, ask questions, and write what you think at a milestone."),
}  # of a part: what it is called to whoever is brought in, and what she can do


def strangers(project: Project, user) -> list[Participant]:
    """Partners that this person has now and who are not in the project, read `with_people()`. One query."""
    pairs = Pair.objects.of(user).filter(cohort=project.cohort_id).order_by().values("pk")
    there = Membership.objects.live().filter(pair__in=pairs).values("participant")
    involved = [each.participant_id for each in project.everybody]
    return list(Participant.objects.filter(pk__in=there).exclude(pk__in=involved).exclude(user=user).order_by("name"))
