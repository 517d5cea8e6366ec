"""A critical friend writes what she thinks at a milestone, and owners ask for it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import NotYours, going_on, held, held_by_friend, noted
from projects.choices import MilestoneState, Part
from projects.models import Involvement, Milestone, Project, Review, ReviewRequest
from reminders import outbox

WRITTEN, ASKED = "projects.review_written", "projects.review_asked"
AGAIN_AFTER = timedelta(days=7)  # of a friend who was asked and has not written
BOXES = ("strong", "worries", "ask", "next_words")


class ReviewedAlready(Refusal):
    """One review a milestone of each friend: it is changed, not written twice. `other` is the one that is there."""

    def __init__(self, other: Review):
        super().__init__("You have reviewed this milestone already. You can change what you wrote.")
        self.other = other


class NobodyToAsk(Refusal):
    """Without a critical friend nobody can review."""

    unsaid = "Nobody is critical friend of this project now, so there is nobody to ask."


class MilestoneIsDropped(Refusal):
    """What was dropped is not looked at any more."""

    unsaid = "This milestone was dropped, so there is nothing to review."


@transaction.atomic
def write_review(
    *,
    milestone: Milestone,
    by,
    now: datetime,
    strong: str = "",
    worries: str = "",
    ask: str = "",
    next_words: str = "",
) -> Review:
    """Her view, of which the owners are told that there is one; the same page sent twice writes one.

    Raises IsGone, NotYours, MilestoneIsDropped, ReviewedAlready.
    """
    project, friend = held_by_friend(milestone.project, by=by)
    milestone = _standing(milestone)
    words = {"strong": strong, "worries": worries, "ask": ask, "next_words": next_words}
    if there := Review.objects.filter(milestone=milestone, friend=friend).first():
        if all(getattr(there, name) == said for name, said in words.items()):
            return there
        raise ReviewedAlready(there)
    review = Review.objects.create(
        project=project, milestone=milestone, friend=friend, written_at=now, changed_at=now, **words
    )
    noted(project, by=by, now=now, did="reviewed a milestone", on=review)
    ref = {"review": review.pk, "project": project.pk}
    letters = [
        outbox.Letter(to=each.user, key=f"{WRITTEN}:{review.pk}:{each.pk}", ref=ref, reply_to=[by])
        for each in _people(project, Part.OWNER)
    ]
    outbox.post_all(kind=WRITTEN, letters=letters, scope=project.cohort_id)
    return review


@transaction.atomic
def edit_review(
    *, review: Review, by, now: datetime, strong: str = "", worries: str = "", ask: str = "", next_words: str = ""
) -> Review:
    """Other words; nobody is told again. Raises IsGone, NotYours."""
    project, friend = held_by_friend(review.project, by=by)
    found = Review.objects.filter(pk=review.pk).first()
    if found is None:
        raise IsGone
    if found.friend_id != friend.pk:
        raise NotYours("Only who wrote a review changes it.")
    found.strong, found.worries, found.ask, found.next_words = strong, worries, ask, next_words
    found.changed_at = now
    found.save(update_fields=[*BOXES, "changed_at"])
    noted(project, by=by, now=now, did="changed a review", on=found)
    return found


@transaction.atomic
def ask_for_review(*, milestone: Milestone, by, now: datetime, on: date) -> int:
    """Each critical friend who has not reviewed it is asked, once a week; returns how many are asked.

    Raises IsGone, NotYours, ProjectHasEnded, MilestoneIsDropped, NobodyToAsk.
    """
    project, owner = held(milestone.project, by=by)
    going_on(project)
    milestone = _standing(milestone)
    if not _people(project, Part.FRIEND):
        raise NobodyToAsk
    done = set(Review.objects.filter(milestone=milestone).values_list("friend", flat=True))
    days = ReviewRequest.objects.filter(milestone=milestone).days()
    friends = to_ask(milestone, project, done=done, days=days, on=on)
    ref = {"milestone": milestone.pk, "project": project.pk, "owner": owner.pk}
    letters = [
        outbox.Letter(
            to=each.participant.user,
            key=f"{ASKED}:{milestone.pk}:{on}:{each.participant_id}",
            ref=ref,
            reply_to=[by],
        )
        for each in friends
    ]
    outbox.post_all(kind=ASKED, letters=letters, scope=project.cohort_id)
    if friends:
        ReviewRequest.objects.bulk_create(
            [ReviewRequest(milestone=milestone, friend=each, asked_at=now) for each in friends],
            update_conflicts=True,
            unique_fields=["milestone", "friend"],
            update_fields=["asked_at"],
        )
        noted(project, by=by, now=now, did="asked for a review", on=milestone)
    return len(friends)


def to_ask(milestone: Milestone, project: Project, *, done: set, days: dict, on: date) -> list[Involvement]:
    """The critical friends who have not written about it (`done` are keys of those who have) and may be asked now.

    `days` are those on which each was asked last, by (milestone, involvement).
    """
    friends = [each for each in project.everybody if each.part == Part.FRIEND and each.participant_id not in done]
    asked = {each: days.get((milestone.pk, each.pk)) for each in friends}
    return [each for each, day in asked.items() if day is None or day + AGAIN_AFTER <= on]


def _people(project: Project, part: Part) -> list[Participant]:
    return [each.participant for each in project.everybody if each.part == part]


def _standing(milestone: Milestone) -> Milestone:
    found = Milestone.objects.filter(pk=milestone.pk).first()
    if found is None:
        raise IsGone
    if found.state == MilestoneState.DROPPED:
        raise MilestoneIsDropped
    return found
