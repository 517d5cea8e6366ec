"""What a host writes down in a surgery: for people of the project or the pair alone, and once."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from pairs.tests.worlds import person
from projects import actions
from projects.choices import Shape
from projects.models import Action, SupportRequest
from projects.tests.worlds import begun, milestone_of, read

pytestmark = pytest.mark.django_db
DAY, DUE, SURGERY = date(2027, 3, 5), date(2027, 4, 2), uuid4()


def noted(lead, owner, words="Ask the ward for last year", **more) -> Action:
    given = {"said_on": DAY, "said_in": SURGERY, "due_on": DUE, "by": lead, "now": timezone.now(), **more}
    return actions.note_action(owner=owner, words=words, **given)


def test_a_line_of_a_surgery_is_a_next_step_of_the_project_with_owner_and_day(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor)
    for _ in range(2):
        noted(lead, manager, project=project)
    assert list(Action.objects.values_list("project", "owner", "words", "due_on", "said_in", "said_on")) == [
        (project.pk, manager.pk, "Ask the ward for last year", DUE, SURGERY, DAY)
    ]


def test_without_a_project_it_belongs_to_the_pair(two):
    lead, pair, doctor, _ = two
    for _ in range(2):
        noted(lead, doctor, pair=pair)
    assert list(Action.objects.values_list("project", "pair", "owner")) == [(None, pair.pk, doctor.pk)]


def test_nothing_is_noted_for_somebody_who_has_no_part_in_it(two):
    lead, pair, doctor, _ = two
    stranger = person(pair.cohort, "a", 40)
    with pytest.raises(actions.OwnerIsNotOfProject):
        noted(lead, stranger, project=begun(pair, doctor))
    with pytest.raises(actions.OwnerIsNoPartner):
        noted(lead, stranger, pair=pair)
    assert not Action.objects.exists()


def test_a_project_takes_no_more_open_steps_from_a_surgery_than_from_its_owners(two, monkeypatch):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    monkeypatch.setattr("projects.actions.noted_down.MOST", 1)
    noted(lead, doctor, project=project)
    with pytest.raises(actions.TooMany):
        noted(lead, doctor, "Another", project=project)


def test_evidence_is_added_below_what_stands_there_once_and_the_state_stays(two):
    lead, pair, doctor, _ = two
    milestone = milestone_of(begun(pair, doctor), evidence="12 letters")
    for _ in range(2):
        actions.note_evidence(milestone=milestone, words="30 of 40 on the day", by=lead, now=timezone.now())
    milestone.refresh_from_db()
    assert milestone.evidence == "12 letters\n30 of 40 on the day"
    assert milestone.state == "not"
    actions.note_evidence(milestone=milestone, words="on the day", by=lead, now=timezone.now())
    milestone.refresh_from_db()
    assert milestone.evidence.splitlines()[2:] == ["on the day"]
    with pytest.raises(actions.EvidenceIsFull):
        actions.note_evidence(milestone=milestone, words="x" * 2000, by=lead, now=timezone.now())


def test_a_request_from_a_surgery_is_an_owners_and_is_made_once(two):
    lead, pair, doctor, manager = two
    project, mark = begun(pair, doctor, shape=Shape.FRIEND), uuid4()
    given = {"kind": "data", "words": "Figures", "by": lead, "now": timezone.now(), "mark": mark}
    for _ in range(2):
        actions.note_support(project=project, owner=doctor, **given)
    assert list(SupportRequest.objects.values_list("asked_by", "words")) == [(doctor.pk, "Figures")]
    with pytest.raises(actions.NotYours):
        actions.note_support(project=project, owner=manager, **given)
    actions.close_project(project=read(project), kind="done", by=doctor.user, now=timezone.now(), on=DAY)
    with pytest.raises(actions.ProjectHasEnded):
        actions.note_support(project=project, owner=doctor, **given | {"mark": uuid4()})


def test_nothing_is_noted_for_a_project_that_has_ended(two):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    milestone = milestone_of(project)
    actions.close_project(project=read(project), kind="done", by=doctor.user, now=timezone.now(), on=DAY)
    with pytest.raises(actions.ProjectHasEnded):
        noted(lead, doctor, project=project)
    with pytest.raises(actions.ProjectHasEnded):
        actions.note_evidence(milestone=milestone, words="30 of 40", by=lead, now=timezone.now())
    assert not Action.objects.exists()
