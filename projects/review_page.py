"""Which milestones wait for a review, and what was reviewed, as one reader may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from elements import clock
from pairs.letters import in_a_row
from projects.actions.reviews import to_ask
from projects.choices import MilestoneState, Part
from projects.models import Milestone, Project, Review
from projects.rules import is_owner

SHOWN = 50


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone with what this reader can do about its review: (words, address), or nothing; `said` is what was
    asked, and whom it waits for; `is_asked` when the reader is one of those.
    """

    milestone: Milestone
    door: tuple[str, str] | None
    said: str = ""
    is_asked: bool = False


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

    @property
    def has_friend(self) -> bool:
        return any(each.part == Part.FRIEND for each in self.project.everybody)


def reviews_of(project: Project, *, user, on: date) -> ReviewList:
    """Two queries. What the reader is asked for comes first."""
    seen = Review.objects.visible_to(user).filter(project=project).select_related("milestone", "friend")
    reviews = list(seen[:SHOWN])
    done = {(each.milestone_id, each.friend_id) for each in reviews}
    standing = Milestone.objects.filter(project=project).exclude(state=MilestoneState.DROPPED)
    lines = [line_of(each, project, done=done, user=user, on=on) for each in standing[:SHOWN]]
    return ReviewList(project, user, reviews, sorted(lines, key=lambda line: not line.is_asked))


def line_of(milestone: Milestone, project: Project, *, done: set, user, on: date) -> MilestoneLine:
    """Of one milestone; `done` holds (milestone, friend) of the reviews that this reader may see. No queries."""
    friends = [each for each in project.everybody if each.part == Part.FRIEND]
    waiting = [each for each in friends if (milestone.pk, each.participant_id) not in done]
    if any(each.participant.user_id == user.pk for each in friends):
        return _of_a_friend(milestone, project, [each for each in waiting if each.participant.user_id == user.pk])
    asked = [each for each in waiting if milestone.review_asked_of(each)]
    said, door = "", None
    if asked and project.ended_on is None:
        asked_on = clock.in_full(milestone.review_asked_of(asked[0]))
        said = f"Asked on {asked_on}, waiting for {in_a_row([each.participant.name for each in asked])}"
    if is_owner(user, project) and project.ended_on is None:
        there = {friend for of, friend in done if of == milestone.pk}
        if to_ask(milestone, project, done=there, on=on):
            door = "Ask again" if said else "Ask for a review", reverse("review_ask", args=[milestone.pk])
    return MilestoneLine(milestone, door, said)


def _of_a_friend(milestone: Milestone, project: Project, waiting: list) -> MilestoneLine:
    """What she is asked for, and what she may write about unasked: whatever has begun."""
    asked_on = next((milestone.review_asked_of(each) for each in waiting), None)
    is_asked = asked_on is not None and project.ended_on is None
    door = None
    if waiting and (is_asked or milestone.state != MilestoneState.NOT_STARTED):
        door = "Write a review", reverse("review_create", args=[milestone.pk])
    said = f"You were asked on {clock.in_full(asked_on)}" if is_asked else ""
    return MilestoneLine(milestone, door, said, is_asked)


def asked_of(project: Project, *, user) -> list[Milestone]:
    """What this critical friend is asked to review, and has not. One query, none of who is not a friend."""
    mine = [each for each in project.everybody if each.part == Part.FRIEND and each.participant.user_id == user.pk]
    if not mine or project.ended_on:
        return []
    written = Review.objects.filter(milestone=OuterRef("pk"), friend__user=user)
    found = Milestone.objects.filter(~Exists(written), project=project, review_asked_at__isnull=False)
    found = found.exclude(state=MilestoneState.DROPPED)[:SHOWN]
    return [each for each in found if any(each.review_asked_of(friend) for friend in mine)]


def standing(milestone: Milestone, *, user, on: date) -> MilestoneLine:
    """The same of one milestone for its own page; one query."""
    done = {(milestone.pk, key) for key in milestone.reviews.visible_to(user).values_list("friend", flat=True)}
    return line_of(milestone, milestone.project, done=done, user=user, on=on)


def is_reviewed(milestone: Milestone) -> bool:
    """Whether any critical friend has written about it, a former one too."""
    return Review.objects.filter(milestone=milestone).exists()


def mine(milestone: Milestone, *, user) -> Review | None:
    """What this person has written about it."""
    return Review.objects.filter(milestone=milestone, friend__user=user).first()
