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


def test_what_is_said_of_a_closed_project_is_what_can_be_done_with_it(two, client):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    client.force_login(doctor.user)
    aim = reverse("project_aim", args=[project.pk])
    page = client.post(reverse("project_close", args=[project.pk]), {"kind": "done"}, follow=True)
    assert "Its aim stays as it is" in text_of(page)
    assert "stay for you to read" not in text_of(page)
    assert aim not in page.content.decode()
    assert "This project has ended. An owner can open it again." in text_of(client.post(aim, {"aim": "Another"}))
    client.post(reverse("project_edit", args=[project.pk]), {"title": "Put right"})
    assert (read(project).aim, read(project).title) == ("", "Put right")
    client.post(reverse("project_reopen", args=[project.pk]))
    assert aim in client.get(project.get_absolute_url()).content.decode()


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
    assert "Give one of the next steps a day first" in text_of(answer)
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


def test_a_next_step_is_given_a_day_from_the_page_that_closes_and_what_was_typed_stays(client, two, project):
    _, _, doctor, manager = two
    action = step(project, manager)
    client.force_login(doctor.user)
    page, edit = reverse("project_close", args=[project.pk]), reverse("next_step_edit", args=[action.pk])
    seen = client.get(page).content.decode()
    assert f"{edit}?then=close" in seen
    assert f"{reverse('next_step_create', args=[project.pk])}?then=close" in seen
    seal = client.get(page).content.decode().split('name="kept_for" value="')[1].split('"')[0]
    client.post(page, {"kind": "continuing", "learned": "Begin small", "kept_for": seal})
    day = TODAY() + timedelta(days=9)
    given = {"words": "Ask ward 7", "owner": str(doctor.pk), "due_on_0": day.day, "due_on_1": day.month}
    answer = client.post(f"{edit}?then=close", {**given, "due_on_2": day.year})
    assert answer["Location"] == page
    action.refresh_from_db()
    assert (action.words, action.owner, action.due_on) == ("Ask ward 7", doctor, day)
    seen = client.get(page).content.decode()
    assert "Begin small" in seen
    assert "Give it a day" not in seen


def test_who_does_a_step_or_owns_the_project_changes_it_and_nobody_overwrites_unread(client, two):
    _, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    action, other = step(project, doctor), step(project, doctor, words="Other")
    actions.change_next_step(action=other, owner=manager, words="Hers", by=doctor.user, now=NOW())
    client.force_login(manager.user)
    assert client.get(reverse("next_step_edit", args=[action.pk])).status_code == 403
    page = reverse("next_step_edit", args=[other.pk])
    seen = client.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]
    with pytest.raises(actions.NotYours):
        actions.change_next_step(action=action, owner=doctor, words="Mine", by=manager.user, now=NOW())
    actions.change_next_step(action=other, owner=manager, words="Meanwhile", by=doctor.user, now=NOW())
    mine = {"words": "Mine", "owner": str(manager.pk), "seen": seen}
    assert "Meanwhile" in text_of(client.post(page, mine))
    other.refresh_from_db()
    assert other.words == "Meanwhile"


def days(name: str, day: date) -> dict:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_a_day_that_is_over_is_refused_for_what_is_new_and_stays_where_it_stood(client, two, project):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    past = TODAY() - timedelta(days=1)
    given = {"words": "Ask", "owner": str(doctor.pk)}
    create = reverse("next_step_create", args=[project.pk])
    assert "This day is over" in text_of(client.post(create, given | days("due_on", past)))
    assert client.post(create, given | days("due_on", TODAY())).status_code == 302
    old = step(project, doctor, words="Old", due_on=past)
    edit = reverse("next_step_edit", args=[old.pk])
    assert client.post(edit, given | days("due_on", past)).status_code == 302
    assert "This day is over" in text_of(client.post(edit, given | days("due_on", past - timedelta(days=1))))
    aim, ago = reverse("project_aim", args=[project.pk]), TODAY() - timedelta(days=400)
    assert "Check the year" in text_of(client.post(aim, {"aim": "Letters"} | days("aim_by", ago)))
    Project.objects.update(aim_by=ago)
    assert client.post(aim, {"aim": "Letters"} | days("aim_by", ago)).status_code == 302
