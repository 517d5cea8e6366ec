"""A critical friend reviews a milestone: for the owners and herself, and for nobody else."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.urls import reverse
from django.utils import timezone

from elements import clock
from elements.registry import kind_named
from pairs import actions as pair_actions
from pairs.models import Membership
from pairs.tests.test_views import text_of
from projects import actions, to_do
from projects.actions.reviews import ASKED, WRITTEN
from projects.choices import Shape
from projects.models import Involvement, Milestone, Review, ReviewRequest
from projects.tests.worlds import BEGUN_ON, begun, milestone_of, reviewed
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def milestone(two):
    _, pair, doctor, _ = two
    return milestone_of(begun(pair, doctor, shape=Shape.FRIEND))


def ask(milestone, owner, on=BEGUN_ON) -> int:
    return actions.ask_for_review(milestone=milestone, by=owner.user, now=clock.at(on), on=on)


def test_only_a_friend_reviews_once_and_owners_are_told_that_there_is_one(two, milestone):
    lead, _, doctor, manager = two
    for nobody in (doctor.user, lead):
        with pytest.raises(actions.NotYours):
            reviewed(milestone, manager, by=nobody)
    review = reviewed(milestone, manager, worries="Quillfeather")
    assert reviewed(milestone, manager, worries="Quillfeather") == review
    with pytest.raises(actions.ReviewedAlready):
        reviewed(milestone, manager, worries="Another")
    message = Message.objects.get(kind=WRITTEN)
    kind = kind_named(WRITTEN)
    assert message.recipient == doctor.user
    assert kind.confided
    assert kind.wanted(message.ref, doctor.user)
    assert not kind.wanted(message.ref, manager.user)
    said = kind.context(message.ref, doctor.user)
    assert said["friend"] == manager.name
    assert "Quillfeather" not in str(said)


def test_owners_ask_once_a_week_and_nobody_is_asked_for_what_she_wrote(two, milestone):
    _, _, doctor, manager = two
    assert [ask(milestone, doctor), ask(milestone, doctor)] == [1, 0]
    assert ask(milestone, doctor, BEGUN_ON + timedelta(days=6)) == 0
    assert ask(milestone, doctor, BEGUN_ON + timedelta(days=7)) == 1
    message = Message.objects.filter(kind=ASKED).first()
    kind = kind_named(ASKED)
    assert message.recipient == manager.user
    assert kind.wanted(message.ref, manager.user)
    assert kind.context(message.ref, manager.user)["owner"] == doctor.name
    reviewed(milestone, manager)
    assert not kind.wanted(message.ref, manager.user)
    assert ask(milestone, doctor, BEGUN_ON + timedelta(days=30)) == 0


def test_where_there_is_no_friend_nobody_is_asked(two):
    _, pair, doctor, _ = two
    with pytest.raises(actions.NobodyToAsk):
        ask(milestone_of(begun(pair, doctor)), doctor)


def test_a_former_friend_keeps_reading_her_own_and_changes_it_no_more(two, milestone, client):
    lead, pair, _doctor, manager = two
    review = reviewed(milestone, manager)
    pair_actions.end_pair(pair=pair, kind="other", on=BEGUN_ON, by=lead)
    Involvement.objects.filter(part="friend").update(until=BEGUN_ON)
    client.force_login(manager.user)
    page = client.get(review.get_absolute_url())
    assert "What is strong" in text_of(page)
    assert "Change your review" not in text_of(page)
    assert client.get(reverse("review_edit", args=[review.pk])).status_code == 403
    with pytest.raises(actions.NotYours):
        actions.edit_review(review=review, strong="More", by=manager.user, now=timezone.now())


def test_the_pages_ask_for_one_box_at_least_and_show_the_review(two, milestone, client):
    Involvement.objects.update(since=timezone.localdate())
    _, _, doctor, manager = two
    client.force_login(doctor.user)
    listed = reverse("review_list", args=[milestone.project_id])
    assert "Ask for a review" in text_of(client.get(listed))
    told = text_of(client.get(reverse("review_ask", args=[milestone.pk])))
    assert f"{manager.name} gets an email that asks for a review of “{milestone.title}”" in told
    said = text_of(client.post(reverse("review_ask", args=[milestone.pk]), follow=True))
    assert "Your critical friend gets an email" in said
    client.force_login(manager.user)
    assert "Write a review" in text_of(client.get(listed))
    page = reverse("review_create", args=[milestone.pk])
    assert "at least one of the boxes" in text_of(client.post(page, {}))
    client.post(page, {"worries": "Whether the ward has time"})
    review = Review.objects.get()
    assert client.get(page)["Location"] == reverse("review_edit", args=[review.pk])
    client.post(reverse("review_edit", args=[review.pk]), {"worries": "Whether the ward agrees"})
    client.force_login(doctor.user)
    assert "Whether the ward agrees" in text_of(client.get(review.get_absolute_url()))
    assert "Ask for a review" not in text_of(client.get(listed))


def test_what_is_reviewed_is_not_removed_and_can_be_dropped(two, milestone, client):
    """Also when the friend is a friend no longer: she was promised that her reviews stay hers."""
    lead, pair, doctor, manager = two
    review = reviewed(milestone, manager)
    pair_actions.end_pair(pair=pair, kind="other", on=timezone.localdate(), by=lead)
    with pytest.raises(actions.IsReviewed):
        actions.remove_milestone(milestone=milestone, by=doctor.user, now=timezone.now())
    client.force_login(doctor.user)
    page, edit = (reverse(name, args=[milestone.pk]) for name in ("milestone_remove", "milestone_edit"))
    seen = client.get(page).content.decode()
    assert "This milestone stays" in seen
    assert "Remove it" not in seen
    assert page not in client.get(edit).content.decode()
    assert "drop it with a reason" in text_of(client.post(page, follow=True))
    client.post(edit, {"title": milestone.title, "state": "dropped", "reason": "The ward moved"})
    assert list(Review.objects.visible_to(manager.user)) == [review]
    assert review.get_absolute_url() in client.get(reverse("review_list", args=[milestone.project_id])).content.decode()


def test_what_nobody_has_reviewed_is_removed(two, milestone, client):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    page = reverse("milestone_remove", args=[milestone.pk])
    assert page in client.get(reverse("milestone_edit", args=[milestone.pk])).content.decode()
    assert "Remove it" in client.get(page).content.decode()
    client.post(page)
    assert not Milestone.objects.exists()


def test_each_present_friend_can_be_asked_though_another_has_reviewed(trio, client):
    _, pair, (doctor, third), manager = trio
    milestone = milestone_of(begun(pair, doctor, shape=Shape.FRIEND))
    reviewed(milestone, manager)
    listed, asks = reverse("review_list", args=[milestone.project_id]), reverse("review_ask", args=[milestone.pk])
    client.force_login(doctor.user)
    assert asks in client.get(listed).content.decode()
    client.post(asks)
    assert [each.recipient for each in Message.objects.filter(kind=ASKED)] == [third.user]
    reviewed(milestone, third)
    assert asks not in client.get(listed).content.decode()


def test_a_new_friend_can_be_asked_for_what_the_former_one_reviewed(two, milestone, client):
    _, _, doctor, manager = two
    reviewed(milestone, manager)
    Involvement.objects.filter(part="friend").update(until=BEGUN_ON)
    other = Membership.objects.exclude(participant__in=[doctor, manager]).first().participant
    given = {"cohort": other.cohort, "participant": other, "since": BEGUN_ON}
    Involvement.objects.create(project=milestone.project, part="friend", **given)
    client.force_login(doctor.user)
    listed, asks = reverse("review_list", args=[milestone.project_id]), reverse("review_ask", args=[milestone.pk])
    assert asks in client.get(listed).content.decode()


def labels(person, on=BEGUN_ON) -> list[str]:
    return [each.label for each in to_do.next_steps(participants=[person], on=on)]


def test_what_was_asked_for_is_a_next_step_until_it_is_written(trio, django_assert_num_queries):
    _, pair, (doctor, third), manager = trio
    project = begun(pair, doctor, shape=Shape.FRIEND)
    pilot, other = milestone_of(project, title="Pilot"), milestone_of(project, title="Spread")
    assert labels(manager) == []
    ask(pilot, doctor)
    wanted = f"Review “Pilot” of {doctor.name}’s project"
    with django_assert_num_queries(1):
        assert labels(manager) == [wanted]
    assert [labels(third), labels(doctor)] == [[wanted], []]
    ask(other, doctor)
    reviewed(pilot, manager)
    assert labels(manager) == [f"Review “Spread” of {doctor.name}’s project"]
    assert len(labels(third)) == 2
    Milestone.objects.filter(title="Spread").update(state="dropped", reason="Moved")
    assert [labels(manager), labels(third)] == [[], [wanted]]


def joined(milestone, participant, on=BEGUN_ON) -> Involvement:
    given = {"cohort": participant.cohort, "participant": participant, "since": on}
    return Involvement.objects.create(project=milestone.project, part="friend", **given)


def stranger(*known):
    return Membership.objects.exclude(participant__in=known).first().participant


def reread(milestone) -> Milestone:
    return Milestone.objects.with_project().get(pk=milestone.pk)


def test_each_friend_was_asked_on_her_own_day_and_who_joins_later_was_not(two, milestone, client, monkeypatch):
    _, _, doctor, manager = two
    ask(milestone, doctor)
    third = stranger(doctor, manager)
    joined(milestone, third)  # on the day of asking, after it
    assert [len(labels(manager)), labels(third)] == [1, []]
    client.force_login(third.user)
    assert "You were asked" not in text_of(client.get(reverse("review_list", args=[milestone.project_id])))
    assert "You are asked" not in text_of(client.get(milestone.project.get_absolute_url()))
    later = BEGUN_ON + timedelta(days=3)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert ask(reread(milestone), doctor, later) == 1
    assert {each.recipient for each in Message.objects.filter(kind=ASKED)} == {manager.user, third.user}
    asked = [step.hint for each in (manager, third) for step in to_do.next_steps(participants=[each], on=later)]
    assert asked == [
        "You were asked for it on Wednesday 3 February 2027",
        "You were asked for it on Saturday 6 February 2027",
    ]
    client.force_login(doctor.user)
    said = text_of(client.get(reverse("review_list", args=[milestone.project_id])))
    assert f"Asked on Wednesday 3 February 2027, waiting for {manager.name}. Asked on Saturday" in said
    # Her week goes by, whoever else was asked in it; each can be asked twice, and is one row.
    assert ask(reread(milestone), doctor, BEGUN_ON + timedelta(days=7)) == 1
    assert ask(reread(milestone), doctor, BEGUN_ON + timedelta(days=14)) == 2
    assert ReviewRequest.objects.count() == 2


def test_what_was_asked_before_each_friend_had_a_row_is_carried_over(two, milestone):
    """Of the migration: friends who were there before the day of asking, and nobody of that day or after it."""
    _, _, doctor, manager = two
    friend = Involvement.objects.get(part="friend")
    Involvement.objects.filter(pk=friend.pk).update(since=BEGUN_ON - timedelta(days=1))
    joined(milestone, stranger(doctor, manager))
    old = Mock()  # the column is gone from the model
    rows = old.objects.filter.return_value.values_list.return_value
    rows.iterator.return_value = [(milestone.pk, milestone.project_id, clock.at(BEGUN_ON))]
    known = {"Milestone": old, "Involvement": Involvement, "ReviewRequest": ReviewRequest}
    then = SimpleNamespace(get_model=lambda app, name: known[name])
    import_module("projects.migrations.0005_review_request").carry_over(then, None)
    assert [(each.friend, each.asked_at) for each in ReviewRequest.objects.all()] == [(friend, clock.at(BEGUN_ON))]


def test_nothing_is_asked_of_a_project_that_has_ended(two, milestone):
    _, _, doctor, manager = two
    ask(milestone, doctor)
    assert len(labels(manager)) == 1
    type(milestone.project).objects.update(ended_on=BEGUN_ON, end_kind="done")
    assert labels(manager) == []


def test_pages_say_whom_a_review_waits_for(two, client, monkeypatch):
    _, pair, doctor, manager = two
    monkeypatch.setattr(clock, "today", lambda: BEGUN_ON)
    project = begun(pair, doctor, shape=Shape.FRIEND)
    milestone_of(project, title="Agreed", due_on=BEGUN_ON)
    pilot = milestone_of(project, title="Pilot", due_on=BEGUN_ON + timedelta(days=5))
    ask(pilot, doctor)
    listed = reverse("review_list", args=[project.pk])
    asks = reverse("review_ask", args=[pilot.pk])
    client.force_login(doctor.user)
    page = client.get(listed)
    assert f"Asked on Wednesday 3 February 2027, waiting for {manager.name}" in text_of(page)
    assert asks not in page.content.decode()
    assert "Nobody can be asked to review “Pilot” now. Either the project has no critical friend, or each" in text_of(
        client.get(asks)
    )
    again = client.post(asks, follow=True)
    assert "Nobody was asked anew" in text_of(again)
    assert "Success" not in text_of(again)
    assert "waiting for" in text_of(client.get(pilot.get_absolute_url()))
    client.force_login(manager.user)
    seen = client.get(listed).context["seen"]
    assert [(line.milestone.title, bool(line.door)) for line in seen.milestones] == [("Pilot", True), ("Agreed", False)]
    assert "You are asked to review “Pilot”" in text_of(client.get(project.get_absolute_url()))
    reviewed(pilot, manager)
    assert "You are asked to review" not in text_of(client.get(project.get_absolute_url()))


def test_a_joint_project_says_why_nobody_reviews_it(two, client):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    milestone_of(project)
    client.force_login(doctor.user)
    assert "Nobody is critical friend" in text_of(client.get(reverse("review_list", args=[project.pk])))
