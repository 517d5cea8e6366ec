"""Milestones, next steps, and how a project ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.tests.factories import ParticipantFactory
from pairs.tests.test_views import text_of
from projects import actions, portfolio
from projects.choices import Shape
from projects.forms.portfolio import STUCK
from projects.models import Action, Milestone, Project
from projects.presets import USUAL, usual_milestones
from projects.tests.worlds import begun, read

pytestmark = pytest.mark.django_db
TODAY, NOW = timezone.localdate, timezone.now


@pytest.fixture
def project(two) -> Project:
    _, pair, doctor, _ = two
    return begun(pair, doctor)


def milestone(project, doctor, **more) -> Milestone:
    given = {"title": "Letters on the day", "by": doctor.user, "now": NOW(), **more}
    return actions.add_milestone(project=project, **given)


def step(project, owner, **more) -> Action:
    given = {"words": "Ask the ward", "by": owner.user, "now": NOW(), "on": TODAY(), **more}
    return actions.add_next_step(project=project, owner=owner, **given)


def test_the_usual_milestones_spread_until_the_end_and_are_set_once(client, two, project):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    for _ in range(2):
        client.post(reverse("milestone_usual", args=[project.pk]))
    found = list(Milestone.objects.filter(project=project))
    assert [each.title for each in found] == [usual.title for usual in USUAL]
    assert found[-1].due_on <= project.cohort.ends_on


def test_near_the_end_they_stand_a_week_apart():
    days = [day for _, day in usual_milestones(on=date(2027, 3, 1), ends_on=date(2027, 3, 3))]
    assert days == [date(2027, 3, 1) + timedelta(weeks=number) for number in range(1, 6)]


def test_what_is_reached_has_its_day_and_keeps_it(client, two, project):
    _, _, doctor, _ = two
    reached = milestone(project, doctor)
    client.force_login(doctor.user)
    page = reverse("milestone_edit", args=[reached.pk])
    client.post(page, {"title": reached.title, "state": "reached", "evidence": "9 of 10 letters"})
    reached.refresh_from_db()
    assert (reached.state, reached.reached_on) == ("reached", TODAY())
    Milestone.objects.filter(pk=reached.pk).update(reached_on=date(2027, 2, 9))
    client.post(page, {"title": "Another title", "state": "reached"})
    reached.refresh_from_db()
    assert reached.reached_on == date(2027, 2, 9)


def test_what_is_dropped_needs_a_reason(client, two, project):
    _, _, doctor, _ = two
    dropped = milestone(project, doctor)
    client.force_login(doctor.user)
    page = reverse("milestone_edit", args=[dropped.pk])
    answer = client.post(page, {"title": dropped.title, "state": "dropped"})
    assert "Say in a few words why it was dropped" in text_of(answer)
    client.post(page, {"title": dropped.title, "state": "dropped", "reason": "The ward moved"})
    dropped.refresh_from_db()
    assert (dropped.state, dropped.reason) == ("dropped", "The ward moved")
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=dropped.pk).update(reason="")


@pytest.mark.parametrize("year", ["0001", "1999", "9999"])
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("project_aim", "aim_by"),
        ("milestone_create", "due_on"),
        ("next_step_create", "due_on"),
        ("cycle_create", "starts_on"),
        ("cycle_create", "ends_on"),
    ],
)
def test_a_year_of_another_century_is_a_slip_of_the_finger(client, two, project, address, name, year):
    client.force_login(two[2].user)
    typed = {f"{name}_{box}": part for box, part in enumerate(("4", "1", year))}
    said = client.post(reverse(address, args=[project.pk]), typed)
    assert said.context["form"].errors[name] == ["Enter a year from 2000 to 2099"]
    assert year in said.content.decode()  # what was typed stays


def test_late_is_what_is_open_after_its_day(two, project):
    _, _, doctor, _ = two
    due_on = date(2027, 3, 1)
    late = milestone(project, doctor, due_on=due_on)

    def found(day) -> list[bool]:
        """As the list of leads has it, and as its tag says."""
        tag = render_to_string("projects/_milestone_state.html", {"milestone": late, "on": day})
        return [Project.objects.filter(portfolio.late(day)).exists(), "Late" in tag]

    assert [found(due_on), found(due_on + timedelta(days=1))] == [[False] * 2, [True] * 2]
    late.state, late.reached_on = "reached", due_on
    late.save()
    assert found(due_on + timedelta(days=1)) == [False] * 2


def test_leads_read_all_of_what_shows_a_milestone_and_owners_find_it_on_its_page(client, two, project):
    lead, _, doctor, _ = two
    reached, last = milestone(project, doctor), "and the GPs say so"
    evidence = f"{'Nine of ten letters on the day ' * 8}\n{last}"
    Milestone.objects.filter(pk=reached.pk).update(evidence=evidence)
    shown = []
    for user, page in ((lead, project), (doctor.user, project), (doctor.user, reached)):
        client.force_login(user)
        shown.append(last in text_of(client.get(page.get_absolute_url())))
    assert shown == [True, False, True]


def test_owners_tick_next_steps_and_a_critical_friend_only_her_own(client, two):
    _, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    theirs, hers = step(project, doctor), step(project, manager, by=doctor.user)
    client.force_login(manager.user)
    answers = [client.post(reverse("action_finish", args=[each.pk])).status_code for each in (theirs, hers)]
    assert answers == [403, 302]
    client.force_login(doctor.user)
    back = client.post(reverse("action_finish", args=[theirs.pk]))
    assert back["Location"] == f"{project.get_absolute_url()}#next-steps"
    assert set(Action.objects.values_list("done_on", flat=True)) == {TODAY()}


@pytest.mark.parametrize("name", ["action_finish", "action_reopen", "action_drop"])
def test_a_next_step_that_is_ticked_opened_again_or_dropped_is_activity_of_its_project(client, two, name):
    """Also by a critical friend whose step it is and who does not own the project; a second time nothing happens."""
    _, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    hers = step(project, manager, by=doctor.user)
    if name == "action_reopen":
        actions.finish_action(action=hers, on=TODAY(), by=manager.user, now=NOW())
    quiet = NOW() - timedelta(weeks=7)
    client.force_login(manager.user)
    Project.objects.filter(pk=project.pk).update(changed_at=quiet)
    client.post(reverse(name, args=[hers.pk]))
    assert portfolio.with_tag(Project.objects.all(), STUCK, TODAY()).count() == 0
    Project.objects.filter(pk=project.pk).update(changed_at=quiet)
    client.post(reverse(name, args=[hers.pk]))
    assert Project.objects.get().changed_at == quiet


def test_who_has_no_part_in_the_project_is_given_nothing_to_do(two, project):
    _, _, doctor, _ = two
    stranger = ParticipantFactory(cohort=doctor.cohort)
    given = {"words": "Ask", "by": doctor.user, "now": NOW(), "on": TODAY()}
    with pytest.raises(actions.OwnerIsNotOfProject):
        actions.add_next_step(project=project, owner=stranger, **given)


def test_what_goes_on_needs_a_next_step_with_a_day(client, two, project):
    _, _, doctor, manager = two
    client.force_login(doctor.user)
    page = reverse("project_close", args=[project.pk])
    answer = client.post(page, {"kind": "continuing"})
    assert "Add a next step with a day first" in text_of(answer)
    with pytest.raises(actions.NobodyGoesOn):
        actions.close_project(project=project, kind="continuing", by=doctor.user, now=NOW(), on=TODAY())
    step(project, manager, due_on=TODAY() + timedelta(days=30))
    client.post(page, {"kind": "continuing"})
    project.refresh_from_db()
    assert (project.end_kind, project.ended_on) == ("continuing", TODAY())


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("stopped", "Say in a few words what you learned"), ("handed", "Enter who goes on with it")],
)
def test_each_end_asks_for_what_it_needs(client, two, project, kind, sentence):
    _, _, doctor, manager = two
    step(project, manager, due_on=TODAY())
    client.force_login(doctor.user)
    answer = client.post(reverse("project_close", args=[project.pk]), {"kind": kind})
    assert sentence in text_of(answer)
    project.refresh_from_db()
    assert project.ended_on is None


def test_a_closed_project_can_be_opened_again_and_takes_no_milestone_meanwhile(client, two, project):
    _, _, doctor, _ = two
    actions.close_project(project=project, kind="done", by=doctor.user, now=NOW(), on=TODAY())
    with pytest.raises(actions.ProjectHasEnded):
        milestone(project, doctor)
    client.force_login(doctor.user)
    assert "Closed on" in text_of(client.get(project.get_absolute_url()))
    client.post(reverse("project_reopen", args=[project.pk]))
    assert read(project).ended_on is None


def test_the_page_asks_the_same_for_3_and_30_of_each(client, two, project, django_assert_num_queries):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    for number in range(3):
        milestone(project, doctor, title=f"Milestone {number}")
        step(project, doctor, words=f"Step {number}")
    client.get(project.get_absolute_url())  # the first visit of a day says so in the session
    with CaptureQueriesContext(connection) as few:
        client.get(project.get_absolute_url())
    for number in range(3, 30):
        milestone(project, doctor, title=f"Milestone {number}")
        step(project, doctor, words=f"Step {number}")
    with django_assert_num_queries(len(few)):
        client.get(project.get_absolute_url())
    assert len(few) <= 12
    assert (Milestone.objects.count(), Action.objects.count()) == (30, 30)


def test_the_same_page_sent_twice_sets_one_milestone_and_agrees_on_one_step(client, two, project):
    _, _, doctor, manager = two
    client.force_login(doctor.user)
    same = {"title": "Letters on the day"}, {"words": "Ask the ward", "owner": str(manager.pk)}
    for _ in range(2):
        for name, given in zip(("milestone_create", "next_step_create"), same, strict=True):
            assert client.post(reverse(name, args=[project.pk]), given).status_code == 302
    assert (Milestone.objects.count(), Action.objects.count()) == (1, 1)
    actions.finish_action(action=Action.objects.get(), on=TODAY(), by=doctor.user, now=timezone.now())
    Milestone.objects.update(state="reached", reached_on=TODAY())
    client.post(reverse("milestone_create", args=[project.pk]), same[0])  # what is done can be set anew
    client.post(reverse("next_step_create", args=[project.pk]), same[1])
    client.post(reverse("next_step_create", args=[project.pk]), {**same[1], "owner": str(doctor.pk)})
    assert (Milestone.objects.count(), Action.objects.count()) == (2, 3)
