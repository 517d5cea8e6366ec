"""Cycles: planned with a prediction, done, studied, acted on, in this order and by owners alone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from elements import clock
from elements.registry import kind_named
from pairs.models import Pair
from pairs.tests.test_views import text_of
from projects import actions, due, to_do
from projects.choices import Shape
from projects.due import CYCLE
from projects.element import Projects
from projects.models import Cycle, Driver, Project
from projects.tests.worlds import BEGUN_ON, begun, planned, read
from reminders.due import compose_due
from reminders.models import Nudge

pytestmark = pytest.mark.django_db
RESULTS_ON = BEGUN_ON + timedelta(days=10)
NOTHING = {"plan": "", "prediction": "", "starts_on_0": "31", "starts_on_1": "2", "starts_on_2": "2027"}


def step(action, cycle, owner, on=RESULTS_ON, **words) -> Cycle:
    done = action(cycle=cycle, by=owner.user, now=timezone.now(), on=on, **words)
    done.project = read(done.project)
    return done


def asked(on: date, kind=CYCLE) -> list[tuple]:
    now = clock.at(on)
    found = due.reminders(on=on, until=on)
    return sorted((each.to.name, each.ref.get("step")) for each in found if each.kind == kind and _is_due(each, now))


def _is_due(each, now) -> bool:
    return each.at <= now and now < each.until


def test_cycles_of_a_project_are_counted_and_one_page_sent_twice_plans_one(two):
    _, pair, doctor, manager = two
    project, other = begun(pair, doctor), begun(pair, doctor, title="Another")
    assert [planned(project, doctor).number, planned(project, manager).number] == [1, 1]
    assert planned(project, doctor, plan="Write").number == 2
    assert planned(other, doctor).number == 1
    assert Cycle.objects.count() == 3


def test_only_owners_plan_and_only_while_the_project_goes_on(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    for nobody in (manager.user, lead):
        with pytest.raises(actions.NotYours):
            planned(project, doctor, by=nobody)
    Project.objects.filter(pk=project.pk).update(ended_on=BEGUN_ON, end_kind="done")
    with pytest.raises(actions.ProjectHasEnded):
        planned(project, doctor)


def test_steps_come_in_order_and_the_plan_stays_once_something_is_done(two):
    _, pair, doctor, _ = two
    cycle = planned(begun(pair, doctor), doctor)
    with pytest.raises(actions.StepComesLater):
        step(actions.study_cycle, cycle, doctor, studied="It helps")
    cycle = step(actions.do_cycle, cycle, doctor, did="Rang")
    with pytest.raises(actions.StepComesLater):
        step(actions.act_on_cycle, cycle, doctor, act="adopt", act_words="")
    with pytest.raises(actions.PlanIsFixed):
        actions.edit_cycle(
            cycle=cycle, plan="Other", prediction="All", starts_on=BEGUN_ON, by=doctor.user, now=timezone.now()
        )
    cycle = step(actions.study_cycle, cycle, doctor, studied="It helps")
    step(actions.act_on_cycle, cycle, doctor, act="abandon", act_words="Too slow")
    kept = Cycle.objects.get()
    assert (kept.did, kept.studied, kept.act, kept.act_words) == ("Rang", "It helps", "abandon", "Too slow")
    assert {kept.done_on, kept.studied_on, kept.acted_on} == {RESULTS_ON}
    step(actions.do_cycle, cycle, doctor, did="Rang twice", on=RESULTS_ON + timedelta(days=9))
    assert (Cycle.objects.get().did, Cycle.objects.get().done_on) == ("Rang twice", RESULTS_ON)


def test_the_pages_lead_through_the_four_steps_and_adapt_offers_the_next(two, client):
    _, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    client.force_login(doctor.user)
    page = reverse("cycle_create", args=[project.pk])
    refused = client.post(page, NOTHING | {"plan": "Ring the ward"})
    assert "Enter what you think will happen" in text_of(refused)
    assert "Ring the ward" in refused.content.decode()
    idea = Driver.objects.create(project=project, kind="idea", words="Ring early")
    given = {"plan": "Ring the ward", "prediction": "Half", "idea": str(idea.pk)}
    days = {"starts_on_0": "1", "starts_on_1": "3", "starts_on_2": "2027"}
    early = {"ends_on_0": "1", "ends_on_1": "2", "ends_on_2": "2027"}
    assert "cannot be there before it starts" in text_of(client.post(page, given | days | early))
    said = text_of(client.post(page, given | days, follow=True))
    assert "Ring early" in said
    assert "Write what was done" in said
    cycle = Cycle.objects.get()
    assert "First write what was done" in text_of(
        client.post(reverse("cycle_study", args=[cycle.pk]), {"studied": "It helps"}, follow=True)
    )
    for name, words in (("do", {"did": "Rang"}), ("study", {"studied": "It helps"})):
        client.post(reverse(f"cycle_{name}", args=[cycle.pk]), words)
    assert "Half" in text_of(client.get(reverse("cycle_study", args=[cycle.pk])))
    said = client.post(reverse("cycle_act", args=[cycle.pk]), {"act": "adapt"}, follow=True)
    assert "Begin the next cycle" in text_of(said)
    following = client.get(f"{page}?after=1").content.decode()
    assert "Ring the ward" in following
    assert ">Half<" not in following
    assert client.get(f"{page}?after=²").status_code == 200
    client.force_login(manager.user)
    seen = text_of(client.get(cycle.get_absolute_url()))
    assert "It helps" in seen
    assert "Begin the next cycle" not in seen


def test_who_names_a_patient_is_asked_to_look_again(two, client):
    _, pair, doctor, _ = two
    cycle = planned(begun(pair, doctor), doctor)
    client.force_login(doctor.user)
    page = reverse("cycle_do", args=[cycle.pk])
    answer = client.post(page, {"did": "Rang Mrs Quillfeather about 943 476 5919"})
    assert answer.status_code == 200
    assert not Cycle.objects.get().did
    client.post(page, {"did": "Rang Mrs Quillfeather", "patients": "keep"})
    assert Cycle.objects.get().did == "Rang Mrs Quillfeather"


def test_study_is_asked_for_when_results_should_be_there_and_act_after_study(two):
    _, pair, doctor, _manager = two
    cycle = planned(begun(pair, doctor, shape=Shape.FRIEND), doctor, ends_on=RESULTS_ON)
    assert asked(RESULTS_ON) == []
    assert asked(RESULTS_ON + timedelta(days=1)) == [(doctor.name, "study")]
    cycle = step(actions.do_cycle, cycle, doctor, did="Rang")
    assert asked(RESULTS_ON + timedelta(days=1)) == [(doctor.name, "study")]
    cycle = step(actions.study_cycle, cycle, doctor, on=RESULTS_ON, studied="It helps")
    assert asked(RESULTS_ON + timedelta(days=1)) == [(doctor.name, "act")]
    step(actions.act_on_cycle, cycle, doctor, act="adopt", act_words="")
    assert asked(RESULTS_ON + timedelta(days=1)) == []


def test_nobody_is_asked_for_ever_nor_where_it_is_over_off_or_paused(two):
    _, pair, doctor, _ = two
    planned(begun(pair, doctor), doctor, ends_on=RESULTS_ON)
    day = RESULTS_ON + timedelta(days=1)
    assert len(asked(day)) == 2
    assert asked(RESULTS_ON + due.ASKED_FOR + timedelta(days=1)) == []
    Pair.objects.filter(pk=pair.pk).update(paused_on=BEGUN_ON)
    assert asked(day) == []
    Pair.objects.filter(pk=pair.pk).update(paused_on=None)
    Project.objects.update(ended_on=BEGUN_ON, end_kind="done")
    assert asked(day) == []
    Project.objects.update(ended_on=None, end_kind="")
    assert len(asked(day)) == 2
    type(pair.cohort).objects.update(elements_off=["projects"])
    assert asked(day) == []


def test_the_message_says_which_cycle_and_nothing_that_was_typed(two, monkeypatch):
    _, pair, doctor, _ = two
    cycle = planned(begun(pair, doctor, title="Quillfeather"), doctor, plan="Quillfeather", ends_on=RESULTS_ON)
    day = RESULTS_ON + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: day)
    compose_due(now=clock.at(day))
    asked_for = Nudge.objects.get(message__recipient=doctor.user, kind=CYCLE)
    kind = kind_named(CYCLE)
    said = kind.context(asked_for.ref, doctor.user)
    assert said["what"] == "Write what was done in cycle 1"
    assert said["link"].endswith(f"cycles%2F{cycle.pk}%2Fdo%2F")
    assert "Quillfeather" not in str(said)
    assert kind.wanted(asked_for.ref, doctor.user)
    Project.objects.update(ended_on=BEGUN_ON, end_kind="done")
    assert not kind.wanted(asked_for.ref, doctor.user)


def test_open_study_and_act_stand_among_next_steps(two, django_assert_num_queries):
    _, pair, doctor, manager = two
    cycle = planned(begun(pair, doctor, shape=Shape.FRIEND), doctor, ends_on=RESULTS_ON)

    def labels(participant, on=RESULTS_ON):
        return [each.label for each in to_do.next_steps(participants=[participant], on=on)]

    assert labels(doctor, RESULTS_ON - timedelta(days=1)) == []
    assert labels(doctor) == ["Write what was done in cycle 1"]
    cycle = step(actions.do_cycle, cycle, doctor, did="Rang")
    assert labels(doctor) == ["Study cycle 1: what does it show?"]
    assert labels(manager) == []
    step(actions.study_cycle, cycle, doctor, on=RESULTS_ON, studied="It helps")
    with django_assert_num_queries(1):
        assert labels(doctor) == ["Act on cycle 1: adopt, adapt or abandon?"]
    assert "Act on cycle 1: adopt, adapt or abandon?" in [
        each.label for each in Projects().next_steps(participants=[doctor, manager], on=RESULTS_ON)
    ]
