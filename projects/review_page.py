"""Which milestones wait for a review, and what was reviewed, as one reader may see it."""

from dataclasses import dataclass

from django.urls import reverse

from projects.choices import MilestoneState, Part
from projects.models import Milestone, Project, Review
from projects.rules import is_owner

SHOWN = 50


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone with what this reader can do about its review: (words, address), or nothing."""

    milestone: Milestone
    door: tuple[str, str] | None


@dataclass(frozen=True)
class ReviewList:
    """Of a project read `with_people()`: an owner sees all its reviews, a friend her own."""

    project: Project
    reader: object
    reviews: list[Review]
    milestones: list[MilestoneLine]

    @property
    def is_owner(self) -> bool:
        return is_owner(self.reader, self.project)


def reviews_of(project: Project, *, user) -> ReviewList:
    """Two queries."""
    seen = Review.objects.visible_to(user).filter(project=project).select_related("milestone", "friend")
    reviews = list(seen[:SHOWN])
    done = {(each.milestone_id, each.friend_id) for each in reviews}
    friends = [each.participant for each in project.everybody if each.part == Part.FRIEND]
    mine = [each for each in friends if each.user_id == user.pk]
    may_ask = is_owner(user, project) and project.ended_on is None
    lines = []
    standing = Milestone.objects.filter(project=project).exclude(state=MilestoneState.DROPPED)
    for milestone in standing[:SHOWN]:
        door = None
        if any((milestone.pk, each.pk) not in done for each in mine):
            door = "Write a review", reverse("review_create", args=[milestone.pk])
        elif may_ask and any((milestone.pk, each.pk) not in done for each in friends):
            door = "Ask for a review", reverse("review_ask", args=[milestone.pk])
        lines.append(MilestoneLine(milestone, door))
    return ReviewList(project, user, reviews, lines)


def is_reviewed(milestone: Milestone) -> bool:
    """Whether any critical friend has written about it, a former one too."""
    return Review.objects.filter(milestone=milestone).exists()


def mine(milestone: Milestone, *, user) -> Review | None:
    """What this person has written about it."""
    return Review.objects.filter(milestone=milestone, friend__user=user).first()
