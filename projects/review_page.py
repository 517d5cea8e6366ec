"""Which milestones wait for a review, and what was reviewed, as one reader may see it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from elements import clock
from elements.phrases import in_a_row
from projects.actions.reviews import to_ask
from projects.choices import MilestoneState, Part
from projects.models import Milestone, Project, Review, ReviewRequest
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
    """Three queries. What the reader is asked for comes first."""
    seen = Review.objects.visible_to(user).filter(project=project).select_related("milestone", "friend")
    reviews = list(seen[:SHOWN])
    done = {(each.milestone_id, each.friend_id) for each in reviews}
    standing = Milestone.objects.filter(project=project).exclude(state=MilestoneState.DROPPED)
    days = ReviewRequest.objects.filter(milestone__project=project).days()
    lines = [line_of(each, project, done=done, days=days, user=user, on=on) for each in standing[:SHOWN]]
    return ReviewList(project, user, reviews, sorted(lines, key=lambda line: not line.is_asked))


def line_of(milestone: Milestone, project: Project, *, done: set, days: dict, user, on: date) -> MilestoneLine:
    """Of one milestone; `done` holds (milestone, friend) of the reviews that this reader may see, `days` when each
    friend was asked. No queries.
    """
    friends = [each for each in project.everybody if each.part == Part.FRIEND]
    waiting = [each for each in friends if (milestone.pk, each.participant_id) not in done]
    if any(each.participant.user_id == user.pk for each in friends):
        hers = [each for each in waiting if each.participant.user_id == user.pk]
        return _of_a_friend(milestone, project, hers, days)
    asked, door = defaultdict(list), None
    for each in waiting:
        if project.ended_on is None and (day := days.get((milestone.pk, each.pk))):
            asked[day].append(each.participant.name)
    said = ". ".join(
        f"Asked on {clock.in_full(day)}, waiting for {in_a_row(names)}" for day, names in sorted(asked.items())
    )
    if is_owner(user, project) and project.ended_on is None:
        there = {friend for of, friend in done if of == milestone.pk}
        if to_ask(milestone, project, done=there, days=days, on=on):
            door = "Ask again" if said else "Ask for a review", reverse("review_ask", args=[milestone.pk])
    return MilestoneLine(milestone, door, said)


def _of_a_friend(milestone: Milestone, project: Project, waiting: list, days: dict) -> MilestoneLine:
    """What she is asked for, and what she may write about unasked: whatever has begun."""
    asked_on = next((days.get((milestone.pk, each.pk)) for each in waiting), None)
    is_asked = asked_on is not None and project.ended_on is None
    door = None
    if waiting and (is_asked or milestone.state != MilestoneState.NOT_STARTED):
        door = "Write a review", reverse("review_create", args=[milestone.pk])
    said = f"You were asked on {clock.in_full(asked_on)}" if is_asked else ""
    return MilestoneLine(milestone, door, said, is_asked)


def asked_of(project: Project, *, user) -> list[Milestone]:
    """What this critical friend is asked to review, and has not. One query, none of who is not a friend."""
    mine = [each.pk for each in project.everybody if each.part == Part.FRIEND and each.participant.user_id == user.pk]
    if not mine or project.ended_on:
        return []
    written = Review.objects.filter(milestone=OuterRef("pk"), friend__user=user)
    asked = ReviewRequest.objects.filter(milestone=OuterRef("pk"), friend__in=mine)
    found = Milestone.objects.filter(~Exists(written), Exists(asked), project=project)
    return list(found.exclude(state=MilestoneState.DROPPED)[:SHOWN])


def standing(milestone: Milestone, *, user, on: date) -> MilestoneLine:
    """The same of one milestone for its own page; two queries."""
    done = {(milestone.pk, key) for key in milestone.reviews.visible_to(user).values_list("friend", flat=True)}
    days = ReviewRequest.objects.filter(milestone=milestone).days()
    return line_of(milestone, milestone.project, done=done, days=days, user=user, on=on)


def asking_in_words(milestone: Milestone, *, user, on: date) -> str:
    """What happens when a review is asked for. Two queries."""
    done = set(milestone.reviews.visible_to(user).values_list("friend", flat=True))
    days = ReviewRequest.objects.filter(milestone=milestone).days()
    friends = to_ask(milestone, milestone.project, done=done, days=days, on=on)
    about = f"“{milestone.title}”"
    if not friends:
        return (
            f"Nobody can be asked to review {about} now. Either the project has no critical friend, or each was asked "
            "within the last week or has written already."
        )
    names = in_a_row([each.participant.name for each in friends])
    is_one = len(friends) == 1
    return (
        f"{names} {'gets' if is_one else 'get'} an email that asks for a review of {about}, and it stands on "
        f"{'the home page of' if is_one else 'the home pages of'} {'this person' if is_one else 'these people'} until "
        f"it is written. What is written is for the {milestone.project.owners_word} of the project and for whoever "
        "writes it, and for nobody else. You can ask again after a week."
    )


def is_reviewed(milestone: Milestone) -> bool:
    """Whether any critical friend has written about it, a former one too."""
    return Review.objects.filter(milestone=milestone).exists()


def mine(milestone: Milestone, *, user) -> Review | None:
    """What this person has written about it."""
    return Review.objects.filter(milestone=milestone, friend__user=user).first()
