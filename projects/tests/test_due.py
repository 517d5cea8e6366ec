"""Owners are asked about milestones, next steps and an aim, in time and no more often than helps."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cohorts.models import Cohort
from elements import clock
from elements.registry import kind_named
from pairs.models import Pair
from projects import actions, due
from projects.actions.reviews import ASKED
from projects.choices import MilestoneState, Shape
from projects.due import CYCLE, MILESTONE, NO_AIM, STEP, WAITING
from projects.kinds import KINDS
from projects.models import Action, Milestone, Project
from projects.tests.worlds import BEGUN_ON, begun, milestone_of, planned, request_of

pytestmark = pytest.mark.django_db
DUE_ON = date(2027, 4, 14)
ONE = timedelta(days=1)


def asked(kind: str, on: date) -> list[tuple]:
    now = clock.at(on)
    found = [each for each in due.reminders(on=on, until=on) if each.kind == kind]
    return [(each.to, each.ref.get("step", "")) for each in found if each.at <= now < each.until]


def test_a_milestone_is_asked_about_in_the_week_before_and_when_it_is_late(two, monkeypatch):
    _, pair, doctor, _ = two
    milestone = milestone_of(begun(pair, doctor, shape=Shape.FRIEND), due_on=DUE_ON)
    told = {days: asked(MILESTONE, DUE_ON + days * ONE) for days in (-8, -7, -2, 0, 1, 29, 31)}
    soon, late = [(doctor.user, "soon")], [(doctor.user, "late")]
    assert told == {-8: [], -7: soon, -2: soon, 0: [], 1: late, 29: late, 31: []}
    [each] = [each for each in due.reminders(on=DUE_ON - 7 * ONE, until=DUE_ON - 7 * ONE) if each.kind == MILESTONE][:1]
    kind = kind_named(MILESTONE)
    monkeypatch.setattr(clock, "today", lambda: DUE_ON)
    assert kind.wanted(each.ref, doctor.user)
    assert kind.context(each.ref, doctor.user)["sentence"].endswith("is due on Wednesday 14 April 2027.")
    Milestone.objects.filter(pk=milestone.pk).update(due_on=DUE_ON + ONE)
    assert not kind.wanted(each.ref, doctor.user)
    Milestone.objects.filter(pk=milestone.pk).update(state=MilestoneState.REACHED, reached_on=DUE_ON)
    assert asked(MILESTONE, DUE_ON + 2 * ONE) == []


def test_a_week_ahead_names_each_thing_once(two):
    _, pair, doctor, _ = two
    milestone_of(begun(pair, doctor, shape=Shape.FRIEND), due_on=DUE_ON)
    found = list(due.reminders(on=DUE_ON - 3 * ONE, until=DUE_ON + 3 * ONE))
    keys = [(each.kind, each.about, each.to.pk) for each in found]
    assert len(keys) == len(set(keys))
    assert [each.ref["step"] for each in found if each.kind == MILESTONE] == ["soon", "late"]


def test_an_aim_is_asked_for_after_four_weeks(two, monkeypatch):
    _, pair, doctor, manager = two
    project = begun(pair, doctor)
    day = BEGUN_ON + 28 * ONE
    assert asked(NO_AIM, day - ONE) == []
    assert {to for to, _ in asked(NO_AIM, day)} == {doctor.user, manager.user}
    monkeypatch.setattr(clock, "today", lambda: day)
    ref = {"project": str(project.pk)}
    assert kind_named(NO_AIM).wanted(ref, doctor.user)
    aim = {"aim": "Letters", "aim_amount": "9 of 10", "aim_by": DUE_ON, "aim_for": ""}
    actions.set_aim(project=project, by=doctor.user, now=timezone.now(), **aim)
    assert asked(NO_AIM, day) == []
    assert not kind_named(NO_AIM).wanted(ref, doctor.user)


def test_a_next_step_is_asked_about_on_its_day_of_whoever_does_it(two, monkeypatch):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    action = Action.objects.create(
        cohort=project.cohort, project=project, owner=doctor, words="Quillfeather", due_on=DUE_ON, said_on=BEGUN_ON
    )
    assert asked(STEP, DUE_ON - ONE) == []
    assert asked(STEP, DUE_ON) == [(doctor.user, "")]
    monkeypatch.setattr(clock, "today", lambda: DUE_ON)
    [each] = [each for each in due.reminders(on=DUE_ON, until=DUE_ON) if each.kind == STEP]
    assert kind_named(STEP).wanted(each.ref, doctor.user)
    assert "Quillfeather" not in str(kind_named(STEP).context(each.ref, doctor.user))
    actions.finish_action(action=action, on=DUE_ON, by=doctor.user, now=clock.at(DUE_ON))
    assert asked(STEP, DUE_ON) == []


def test_a_minute_without_anything_due_asks_few_questions(two, django_assert_num_queries):
    _, pair, doctor, _ = two
    begun(pair, doctor)
    with django_assert_num_queries(5):
        assert list(due.reminders(on=BEGUN_ON, until=BEGUN_ON)) == []


@pytest.fixture
def refs(two):
    """{kind: (to, ref)} of one project, as it would be asked of its people; and the project."""
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    milestone = milestone_of(project, due_on=DUE_ON)
    cycle, support = planned(project, doctor, ends_on=BEGUN_ON), request_of(project, doctor)
    given = {"cohort": project.cohort, "project": project, "owner": doctor, "said_on": BEGUN_ON}
    action = Action.objects.create(words="Ask", due_on=DUE_ON, **given)
    of = {"project": str(project.pk)}
    found = {
        MILESTONE: (doctor, {"milestone": str(milestone.pk), "step": "late", "due": str(DUE_ON)}),
        CYCLE: (doctor, {"cycle": str(cycle.pk), "step": "study"}),
        STEP: (doctor, {"action": str(action.pk), "due": str(DUE_ON)}),
        NO_AIM: (doctor, {}),
        WAITING: (None, {"support": str(support.pk)}),
        ASKED: (manager, {"milestone": str(milestone.pk), "owner": str(doctor.pk)}),
    }
    return project, {kind: (who.user if who else lead, of | ref) for kind, (who, ref) in found.items()}


OVER = {
    "ended": lambda project: Project.objects.update(ended_on=BEGUN_ON, end_kind="done"),
    "switched off": lambda project: Cohort.objects.update(elements_off=["projects"]),
    "paused": lambda project: Pair.objects.update(paused_on=BEGUN_ON),
    "gone": lambda project: Project.objects.filter(pk=project.pk).delete(),
}


@pytest.mark.parametrize("how", OVER)
def test_nobody_is_asked_about_a_project_that_ended_between_writing_and_sending(refs, monkeypatch, how):
    project, found = refs
    monkeypatch.setattr(clock, "today", lambda: DUE_ON)
    assert set(found) >= {kind.name for kind in KINDS if kind.nudge}
    assert [kind for kind, (to, ref) in found.items() if not kind_named(kind).wanted(ref, to)] == []
    OVER[how](project)
    # What a person or a lead waits for is no question of the pair's pace.
    still = {WAITING, ASKED} if how == "paused" else set()
    assert {kind for kind, (to, ref) in found.items() if kind_named(kind).wanted(ref, to)} == still


def test_every_kind_says_why(two):
    assert all(kind.why and kind.placeholders for kind in KINDS)
