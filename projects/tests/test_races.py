"""Two people at the same moment, each in a connection of its own: nothing is lost, doubled or left behind.

Whoever comes to the middle of a write waits there a moment for the other. Under a lock nobody else comes; without one
both have read the same by then, and the test fails.
"""

import threading
from contextlib import suppress
from functools import partial

import pytest
from django.utils import timezone

from cohorts.actions.states import withdraw_participant
from cohorts.tests.races import PATIENCE, at_once, refusals
from pairs import actions as pair_actions
from projects import actions
from projects.actions import projects as projects_module
from projects.actions import showcase
from projects.choices import Part
from projects.models import Cycle, Involvement, Project
from projects.tests.worlds import begun, planned

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]
A_MOMENT = 1  # seconds


@pytest.fixture
def in_the_middle(monkeypatch):
    """Make a step of a write wait for the other one who comes to it."""

    def of(where, name):
        meet, usual = threading.Barrier(2), getattr(where, name)

        def waited(*args, **kwargs):
            with suppress(threading.BrokenBarrierError):
                meet.wait(A_MOMENT)
            return usual(*args, **kwargs)

        monkeypatch.setattr(where, name, waited)

    return of


def test_two_owners_who_plan_a_cycle_have_two_numbers(two, in_the_middle):
    _, pair, doctor, manager = two
    project = begun(pair, doctor)
    in_the_middle(Cycle, "save")
    plans = [(doctor, "Ring the ward"), (manager, "Write to the ward")]
    calls = [partial(planned, project, who, plan=plan) for who, plan in plans]
    assert refusals(at_once(*calls)) == []
    assert sorted(Cycle.objects.values_list("number", flat=True)) == [1, 2]


def test_of_two_moves_in_the_showcase_none_is_lost(two, in_the_middle):
    lead, pair, doctor, _ = two
    projects = {title: begun(pair, doctor, title=title) for title in "ABC"}
    for each in projects.values():
        actions.add_to_showcase(project=each, by=lead)
    in_the_middle(showcase, "_number")
    moves = [("C", True), ("A", False)]
    calls = [partial(actions.move_in_showcase, project=projects[title], up=up, by=lead) for title, up in moves]
    assert refusals(at_once(*calls)) == []
    order = "".join(Project.objects.order_by("place").values_list("title", flat=True))
    assert order in {"CAB", "BCA"}  # one after the other, whoever was first
    assert sorted(Project.objects.values_list("place", flat=True)) == [1, 2, 3]


def ends(world, leaver) -> None:
    lead, pair, *_ = world
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)


def withdraws(world, leaver) -> None:
    withdraw_participant(participant=leaver, by=world[0])


@pytest.mark.parametrize("over", [ends, withdraws])
def test_nobody_becomes_a_friend_while_the_pair_ends_or_she_leaves_it(trio, monkeypatch, over):
    """Of a trio that goes on as two, too: whoever leaves is a friend no longer."""
    _, pair, (doctor, third), _ = trio
    project = begun(pair, doctor)
    Involvement.objects.filter(participant=third).update(until=project.begun_on)
    checked, left = threading.Event(), threading.Event()
    involve = projects_module._involve

    def involved(*args):
        checked.set()
        left.wait(A_MOMENT)
        return involve(*args)

    def leaves():
        checked.wait(PATIENCE)
        over(trio, third)
        left.set()

    monkeypatch.setattr(projects_module, "_involve", involved)
    given = {"part": Part.FRIEND, "by": doctor.user, "now": timezone.now(), "on": timezone.localdate()}
    assert refusals(at_once(partial(actions.involve_partner, project=project, partner=third, **given), leaves)) == []
    assert not Involvement.objects.filter(participant=third, part=Part.FRIEND, until=None).exists()
    assert Involvement.objects.filter(participant=third, part=Part.FRIEND).exists()
