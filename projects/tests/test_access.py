"""A project keeps its people: a pair ends, somebody leaves, a new partner comes, and nobody is orphaned or reads on."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions.states import withdraw_participant
from cohorts.forms.words import Address, Lines
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests.test_views import text_of
from projects import actions
from projects.choices import Part, Shape
from projects.forms.cycles import IdeaField
from projects.forms.projects import from_idea
from projects.models import Action, Cycle, Driver, Involvement, Measure, Milestone, Project, Review, SupportRequest
from projects.portfolio import aim_in_words
from projects.tests.wholes import said_by, whole
from projects.tests.worlds import begun

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now, timezone.localdate
PARTS = (Cycle, Milestone, Measure)


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person.user)
    return browser


def end(pair, lead) -> None:
    pair_actions.end_pair(pair=pair, kind="moved", on=TODAY(), by=lead)


def new_pair(lead, *people) -> Pair:
    """Somebody is paired again, and told of it."""
    cohort = people[0].cohort
    for each in people:  # whoever had a partner has one no more
        for live in Membership.objects.live().filter(participant=each).select_related("pair"):
            end(live.pair, lead)
    given = {"cohort": cohort, "started_on": TODAY(), "shown_from": NOW(), "first_meeting_by": TODAY()}
    pair = Pair.objects.create(initiator=people[0], **given)
    for each in people:
        Membership.objects.create(cohort=cohort, pair=pair, participant=each, since=TODAY(), told=True)
    return Pair.objects.with_members().get(pk=pair.pk)


def another(pair: Pair):
    """Somebody of the other pair of this cohort."""
    return Membership.objects.filter(pair__cohort=pair.cohort).exclude(pair=pair).first().participant


def reads(person, project: Project) -> bool:
    """Whether this person opens the page; what belongs to the project follows."""
    answer = signed_in(person).get(project.get_absolute_url()).status_code
    assert answer in {200, 404}
    for model in PARTS:
        assert model.objects.visible_to(person.user).filter(project=project).exists() == (answer == 200), model
    return answer == 200


def nobody_is_orphaned() -> bool:
    owned = Involvement.objects.filter(part=Part.OWNER, until=None).values("project")
    return not Project.objects.exclude(pk__in=owned).exists()


def test_a_joint_project_stays_with_both_when_the_pair_ends(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor), doctor, by=lead)
    end(pair, lead)
    assert (reads(doctor, project), reads(manager, project)) == (True, True)
    actions.edit_project(project=project, title="On my own", by=manager.user, now=NOW())
    assert nobody_is_orphaned()


@pytest.mark.parametrize("place", ["home", "kept_list"])
def test_home_and_what_is_kept_lead_an_owner_to_her_project(two, place):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    end(pair, lead)
    browser = signed_in(doctor)
    own = reverse("own_project_list", args=[doctor.pk])
    where = reverse(place, args=[doctor.pk] if place == "kept_list" else [])
    assert own in browser.get(where).content.decode()
    listed = browser.get(own)
    assert project.get_absolute_url() in listed.content.decode()
    assert browser.get(project.get_absolute_url()).status_code == 200


def test_a_former_critical_friend_loses_the_project_and_keeps_her_reviews(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    review = said_by(manager, project.milestones.first(), "It is clear")
    assert reads(manager, project)
    end(pair, lead)
    assert (reads(doctor, project), reads(manager, project)) == (True, False)
    assert list(Review.objects.visible_to(manager.user)) == [review]
    assert list(Review.objects.visible_to(doctor.user)) == [review]
    assert not SupportRequest.objects.visible_to(manager.user).exists()
    assert nobody_is_orphaned()


def test_a_former_critical_friend_finds_no_link_to_what_she_lost(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, title="Quillfeather", shape=Shape.FRIEND)
    end(pair, lead)
    browser = signed_in(manager)
    for name, of in (("home", []), ("kept_list", [manager.pk]), ("own_project_list", [manager.pk])):
        page = browser.get(reverse(name, args=of)).content.decode()
        assert project.get_absolute_url() not in page
        assert "Quillfeather" not in page
    with pytest.raises(actions.NotYours):
        actions.edit_project(project=project, title="Mine", by=manager.user, now=NOW())


def test_a_former_critical_friend_ticks_what_she_agreed_on_and_changes_it_no_more(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, title="Quillfeather", shape=Shape.FRIEND)
    said = {"words": "Ask the clinic", "by": doctor.user, "now": NOW(), "on": TODAY()}
    step = actions.add_next_step(project=project, owner=manager, **said)
    edit, browser = reverse("next_step_edit", args=[step.pk]), signed_in(manager)
    assert "Quillfeather" in browser.get(edit).text
    end(pair, lead)
    assert browser.get(edit).status_code == 404
    with pytest.raises(actions.NotYours):
        actions.change_next_step(action=step, owner=doctor, words="Mine", by=manager.user, now=NOW())
    answer = browser.post(reverse("action_finish", args=[step.pk]), follow=True)
    assert answer.status_code == 200
    assert "Quillfeather" not in answer.text
    assert Action.objects.get(pk=step.pk).done_on == TODAY()


def test_a_new_partner_reads_nothing_until_an_owner_says_so(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor), doctor, by=lead, words="Quillfeather")
    comer = another(pair)
    now_with = new_pair(lead, doctor, comer)
    assert (reads(doctor, project), reads(comer, project)) == (True, False)
    listed = reverse("project_list", args=[now_with.pk])
    assert "Quillfeather" in text_of(signed_in(doctor).get(listed))
    assert "Quillfeather" not in text_of(signed_in(comer).get(listed))
    given = {"part": Part.FRIEND, "by": doctor.user, "now": NOW(), "on": TODAY()}
    actions.involve_partner(project=project, partner=comer, **given)
    assert reads(comer, project)
    assert "Quillfeather" in text_of(signed_in(comer).get(now_with.get_absolute_url()))
    end(now_with, lead)
    assert (reads(comer, project), reads(manager, project)) == (False, True)
    assert nobody_is_orphaned()


def test_a_new_friend_does_not_read_what_the_former_one_wrote(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    milestone = project.milestones.first()
    before = said_by(manager, milestone, "It is clear")
    comer = another(pair)
    new_pair(lead, doctor, comer)
    given = {"part": Part.FRIEND, "by": doctor.user, "now": NOW(), "on": TODAY()}
    actions.involve_partner(project=project, partner=comer, **given)
    after = said_by(comer, milestone, "I worry")
    assert list(Review.objects.visible_to(comer.user)) == [after]
    assert list(Review.objects.visible_to(manager.user)) == [before]
    assert set(Review.objects.visible_to(doctor.user)) == {before, after}


def test_who_is_paired_with_the_same_person_again_is_no_friend_by_that_alone(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    new_pair(lead, doctor, manager)
    assert not reads(manager, project)
    given = {"part": Part.FRIEND, "by": doctor.user, "now": NOW(), "on": TODAY()}
    actions.involve_partner(project=project, partner=manager, **given)
    assert reads(manager, project)


def withdraw(person, lead) -> None:
    withdraw_participant(participant=person, by=lead)


def test_an_owner_who_withdraws_keeps_her_project_and_her_friend_leaves_it(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    withdraw(doctor, lead)
    assert (reads(doctor, project), reads(manager, project)) == (True, False)
    assert nobody_is_orphaned()


def test_a_joint_project_goes_on_with_whoever_stays(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor), doctor, by=lead)
    withdraw(doctor, lead)
    assert reads(manager, project)
    comer = another(pair)
    new_pair(lead, comer, manager)
    given = {"part": Part.OWNER, "by": manager.user, "now": NOW(), "on": TODAY()}
    actions.involve_partner(project=project, partner=comer, **given)
    assert reads(comer, project)


def test_a_friend_who_leaves_a_trio_reads_no_more_and_the_other_does(trio):
    lead, pair, (doctor, third), manager = trio
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    assert (reads(third, project), reads(manager, project)) == (True, True)
    withdraw(third, lead)
    assert [reads(each, project) for each in (doctor, third, manager)] == [True, False, True]


def test_the_friends_of_an_owner_who_leaves_a_trio_read_no_more(trio):
    lead, pair, (doctor, third), manager = trio
    alone = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    together = whole(begun(pair, doctor), doctor, by=lead)
    withdraw(doctor, lead)
    assert [reads(each, alone) for each in (doctor, third, manager)] == [True, False, False]
    assert [reads(each, together) for each in (doctor, third, manager)] == [True, True, True]
    assert nobody_is_orphaned()


def test_a_lead_opens_what_has_nobody_in_a_pair_any_more(two):
    """So that there is always somebody who can answer for it."""
    lead, pair, doctor, manager = two
    project = begun(pair, doctor)
    for each in (doctor, manager):
        withdraw(each, lead)
    browser = Client()
    browser.force_login(lead)
    assert browser.get(project.get_absolute_url()).status_code == 200


def test_the_list_of_a_pair_says_whose_each_project_is(two):
    _, pair, doctor, manager = two
    for shape in Shape:
        begun(pair, doctor, title=f"Of {shape}", shape=shape)
    page = reverse("project_list", args=[pair.pk])
    said = {person: text_of(signed_in(person).get(page)) for person in (doctor, manager)}
    assert f"Your project, with {manager.name} as critical friend" in said[doctor]
    assert f"{doctor.name}’s project; you are the critical friend" in said[manager]
    assert all("One project of you both" in each and "My own project" not in each for each in said.values())


def test_a_project_of_a_former_pair_says_with_whom_it_is_and_not_that_it_is_of_the_new_one(two):
    _, pair, doctor, manager = two
    other = Membership.objects.exclude(participant__in=[doctor, manager]).first().participant
    project = begun(pair, doctor, title="Beds known by ten")
    Membership.objects.filter(participant__in=[manager, other]).update(until=TODAY())
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=other, since=TODAY())
    said = text_of(signed_in(doctor).get(reverse("project_list", args=[pair.pk])))
    assert f"Beds known by ten Your project with {manager.name}" in said
    assert "of you both" not in said
    assert f"Beds known by ten With {manager.name}." in text_of(signed_in(doctor).get(pair.get_absolute_url()))
    assert signed_in(other).get(project.get_absolute_url()).status_code == 404


IDEA = "Discharge letters on the day. They come late, " + "and nobody knows why, " * 10


@pytest.mark.parametrize(
    ("idea", "title"),
    [
        ("Letters on the day", "Letters on the day"),
        (IDEA, "Discharge letters on the day"),
        ("Letters\nthat come late", "Letters"),
        ("word " * 30, "word " * 15 + "word…"),
        ("w" * 150, "w" * 79 + "…"),
        ("", None),
    ],
)
def test_a_project_that_starts_from_an_idea_has_a_title(idea, title):
    assert from_idea(idea).get("title") == title
    assert from_idea(idea).get("problem", "") == idea


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("All of ward 7", "all of ward 7"),
        ("for everybody", "everybody"),
        ("For GPs", "GPs"),
        ("For Bristol’s outpatients", "Bristol’s outpatients"),
        ("", ""),
    ],
)
def test_the_sentence_of_an_aim_says_for_once(typed, said):
    project = Project(aim="Letters", aim_for=typed)
    assert aim_in_words(project) == (f"Letters, for {said}" if said else "Letters")


def test_what_cannot_be_kept_or_chosen_is_said_in_plain_words():
    for field in (Lines(), Address()):
        with pytest.raises(ValidationError, match="The text holds a character that cannot be kept"):
            field.clean("a\x00b")
    with pytest.raises(ValidationError, match="Choose one of the list"):
        IdeaField(Driver.objects.none()).clean("foo")


def test_the_idea_of_an_application_is_offered_until_a_project_began_with_it(two):
    _, pair, doctor, _ = two
    doctor.idea = IDEA
    doctor.save()
    listed = reverse("project_list", args=[pair.pk])
    begun(pair, doctor, title="Something else")
    assert "Start from your idea" in text_of(signed_in(doctor).get(listed))
    begun(pair, doctor, title="Letters", problem=IDEA.strip())
    assert "Start from your idea" not in text_of(signed_in(doctor).get(listed))
