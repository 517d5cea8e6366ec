"""What projects give the house: ways in, one panel, days, counts; what is handed out, forgotten and copied."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.tests.factories import CohortFactory
from elements import timeline
from elements.contract import Entry, Row
from pairs.models import Pair
from pairs.tests.test_views import text_of
from projects import actions
from projects.actions.forgetting import FORMER, PROJECT, REMOVED
from projects.choices import Shape
from projects.element import Projects
from projects.models import (
    Action,
    Annotation,
    Check,
    Cycle,
    Deck,
    Driver,
    Measure,
    MethodLink,
    Milestone,
    Point,
    Project,
    Recalculation,
    Review,
    Score,
    SupportRequest,
)
from projects.tests.factories import agreed
from projects.tests.wholes import BESIDE, ended, said_by, texts_of, whole
from projects.tests.worlds import BEGUN_ON, begun

pytestmark = pytest.mark.django_db
HOUSE = Projects()
OF_PROJECT = (Driver, Cycle, Milestone, Measure, Check, Deck, SupportRequest, Action)
OF_MEASURE = (Point, Recalculation, Annotation)


def seen(pair) -> Pair:
    return Pair.objects.with_members().get(pk=pair.pk)


# Doors and the panel


def test_partners_have_a_door_that_says_what_leads_read(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    pair = seen(pair)
    with django_assert_num_queries(0):
        door, order = HOUSE.doors(viewer=doctor.user, pair=pair)
    assert (door.url, door.where, door.says_who_reads) == (reverse("project_list", args=[pair.pk]), "pair", True)
    assert (order.url, order.where) == (reverse("running_order", args=[pair.cohort_id]), "pair")
    assert list(HOUSE.doors(viewer=lead, pair=pair)) == []
    pair.cohort.elements_off = ["projects"]
    assert list(HOUSE.doors(viewer=doctor.user, pair=pair)) == []


def test_the_page_of_a_pair_says_how_far_each_project_is_and_what_is_next(two, client):
    _, pair, doctor, manager = two
    project = begun(pair, manager, title="Letters on the day")
    client.force_login(doctor.user)
    page = text_of(client.get(pair.get_absolute_url()))
    assert "Letters on the day No next step yet" in page
    given = {"cohort": pair.cohort, "project": project, "owner": doctor, "said_on": BEGUN_ON}
    Action.objects.create(words="Ask the ward clerk", due_on=date(2027, 3, 10), **given)
    Action.objects.create(words="Later", due_on=date(2027, 4, 10), **given)
    page = text_of(client.get(pair.get_absolute_url()))
    assert "Letters on the day Next: Ask the ward clerk, by Wednesday 10 March 2027" in page
    assert "All your projects" in page


@pytest.mark.parametrize("number", [1, 9])
def test_projects_and_actions_are_one_panel_in_two_queries(two, number, django_assert_num_queries):
    _, pair, doctor, _ = two
    for place in range(number):
        begun(pair, doctor, title=f"Project {place}")
        agreed(pair, doctor, f"Task {place}")
    pair = seen(pair)
    with django_assert_num_queries(2):
        [panel] = HOUSE.panels(pair=pair, viewer=doctor.user)
    assert len(panel.context["lines"]) == min(number, 3)


def test_leads_and_friends_of_nothing_find_no_panel(two):
    lead, pair, doctor, manager = two
    begun(pair, doctor)
    assert list(HOUSE.panels(pair=seen(pair), viewer=lead)) == []
    Project.objects.all().delete()
    assert list(HOUSE.panels(pair=seen(pair), viewer=manager.user)) == []


# The timeline


def told(pair, viewer) -> list[Entry]:
    return sorted(HOUSE.timeline(pairs=[pair], viewer=viewer), key=lambda entry: (entry.on, entry.label))


def test_it_tells_when_a_project_began_and_reached_a_milestone(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    pair, day = seen(pair), date(2027, 3, 8)
    project = begun(pair, doctor, title="Quillfeather", shape=Shape.FRIEND)
    Milestone.objects.create(project=project, title="First letters", state="reached", reached_on=day)
    Milestone.objects.create(project=project, title="Ahead", due_on=day)
    page = project.get_absolute_url()
    with django_assert_num_queries(1):
        mine = told(pair, doctor.user)
    assert [(entry.on, entry.label, entry.state, entry.url) for entry in mine] == [
        (BEGUN_ON, "Project begun: Quillfeather", "done", page),
        (day, "Milestone reached: First letters", "done", page),
    ]
    assert {entry.pair for entry in mine} == {pair.pk}
    assert not any(entry.is_contact for entry in mine)
    assert [entry.url for entry in told(pair, manager.user)] == [page, page]
    for viewer in (lead, None, another_user(pair)):
        said = [(entry.label, entry.url) for entry in told(pair, viewer)]
        assert said == [("Project begun", ""), ("Milestone reached", "")]


def another_user(pair):
    return Pair.objects.exclude(pk=pair.pk).get().memberships.first().participant.user


def test_many_are_told_in_one_query_and_count_as_no_contact(two, django_assert_num_queries):
    _, pair, doctor, _ = two
    for place in range(7):
        project = begun(pair, doctor, title=f"Project {place}")
        Milestone.objects.create(project=project, title="Done", state="reached", reached_on=BEGUN_ON)
    both = list(Pair.objects.with_members())
    with django_assert_num_queries(1):
        assert len(list(HOUSE.timeline(pairs=both, viewer=doctor.user))) == 14
    assert timeline.last_contacts(both, on=date(2027, 6, 1)) == {each.pk: None for each in both}
    assert list(HOUSE.contacts(pairs=Pair.objects.all(), on=BEGUN_ON)) == []


# Counts


@pytest.mark.parametrize("number", [1, 4])
def test_it_counts_what_each_owner_did(two, number, django_assert_num_queries):
    lead, pair, doctor, manager = two
    for place in range(number):
        whole(begun(pair, doctor, title=f"Project {place}"), doctor, by=lead)
    begun(pair, doctor, shape=Shape.FRIEND, title="Mine")
    cohort = pair.cohort
    with django_assert_num_queries(1):
        found = HOUSE.measures(cohorts=[cohort])
    per_project = {"milestones reached": number, "cycles closed": number}
    assert found == {
        doctor.pk: {"projects owned": number + 1, **per_project},
        manager.pk: {"projects owned": number, **per_project},
    }
    cohort.elements_off = ["projects"]
    assert HOUSE.measures(cohorts=[cohort]) == {}


# What is handed out


def rows(person) -> set[tuple[str, str, str]]:
    return {(row.kind, row.label, row.text) for row in HOUSE.everything_about(user=person.user)}


def test_everything_is_every_text_of_one_person(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    ended(project)
    said_by(manager, project.milestones.first(), "plover")
    with django_assert_num_queries(1):
        found = list(HOUSE.everything_about(user=doctor.user))
    assert all(isinstance(row, Row) and row.element == HOUSE.name for row in found)
    said = {(row.kind, row.label) for row in found if "kingfisher" in row.text}
    wanted = {
        (model._meta.label_lower, str(model._meta.get_field(name).verbose_name))
        for model in (Project, *OF_PROJECT, *OF_MEASURE)
        for name in [*texts_of(model), *(["registration_url"] if model is Project else [])]
        if name != "content_type"
    }
    assert said == wanted
    assert ("projects.score", "value") in {(row.kind, row.label) for row in found}
    assert not any("plover" in row.text for row in found), "what a friend wrote is hers"
    assert {(kind, text) for kind, _, text in rows(manager)} == {
        ("projects.review", "plover"),
        ("projects.involvement", "friend"),
    }
    assert rows(another(pair)) == set()


def another(pair):
    return Pair.objects.exclude(pk=pair.pk).get().memberships.first().participant


# What is forgotten


def words_left() -> str:
    models = (Project, *OF_PROJECT, *OF_MEASURE, Review)
    return " ".join(str(list(model.objects.values())) for model in models)


def test_what_was_hers_alone_is_gone_and_the_numbers_stay(two):
    lead, pair, doctor, manager = two
    project = ended(whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead))
    agreed(pair, doctor, "kingfisher")
    said_by(manager, project.milestones.first(), "plover")
    HOUSE.forget(user=doctor.user, by=lead)
    left = words_left()
    assert "kingfisher" not in left
    assert "plover" in left, "a review is its friend's"
    project = Project.objects.get()
    assert (project.title, project.learned, project.end_kind) == (PROJECT, REMOVED, "stopped")
    assert (Point.objects.count(), Score.objects.get().said_by, Milestone.objects.count()) == (2 * BESIDE + 1, None, 2)
    assert set(Point.objects.values_list("value", flat=True)) == {7, 8}
    HOUSE.forget(user=doctor.user, by=lead)
    assert words_left() == left


def test_a_joint_project_keeps_its_words_for_the_partner(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor), doctor, by=lead)
    Project.objects.update(handed_to=doctor.user.name.upper())
    Action.objects.update(goes_to=doctor.name)
    HOUSE.forget(user=doctor.user, by=lead)
    kept = Project.objects.get()
    assert (kept.title, kept.problem, kept.handed_to) == ("kingfisher", "kingfisher", FORMER)
    assert (Action.objects.get().words, Action.objects.get().goes_to) == ("kingfisher", FORMER)
    assert Driver.objects.get(project=project).words == "kingfisher"
    HOUSE.forget(user=manager.user, by=lead)
    assert "kingfisher" not in words_left(), "whoever was left owned it alone"


def test_a_friend_takes_her_reviews_with_her(two):
    lead, pair, doctor, manager = two
    project = whole(begun(pair, doctor, shape=Shape.FRIEND), doctor, by=lead)
    review = said_by(manager, project.milestones.first(), "plover")
    HOUSE.forget(user=manager.user, by=lead)
    review.refresh_from_db()
    assert (review.strong, review.worries, review.ask, review.next_words) == (REMOVED, "", "", "")
    assert Project.objects.get().title == "kingfisher"


def test_a_lead_who_goes_is_named_nowhere(two):
    lead, pair, doctor, _ = two
    whole(begun(pair, doctor), doctor, by=lead)
    Action.objects.update(goes_to=lead.name)
    before = AuditRecord.objects.count()
    HOUSE.forget(user=lead, by=None)
    assert (SupportRequest.objects.get().answered_by, Recalculation.objects.get().by) == (None, None)
    assert Action.objects.get().goes_to == FORMER
    assert AuditRecord.objects.count() == before + 1


@pytest.mark.parametrize("number", [1, 5])
def test_forgetting_takes_as_many_queries_for_few_rows_as_for_many(two, number, django_assert_max_num_queries):
    lead, pair, doctor, _ = two
    for place in range(number):
        whole(begun(pair, doctor, shape=Shape.FRIEND, title=f"Project {place}"), doctor, by=lead)
    with django_assert_max_num_queries(40) as queries:
        HOUSE.forget(user=doctor.user, by=lead)
    assert len(queries) == 32


# What is copied


def test_the_links_of_a_cohort_begin_the_next_one_and_nobody_comes_along(two, django_assert_max_num_queries):
    lead, pair, doctor, _ = two
    begun(pair, doctor)
    target = CohortFactory(programme=pair.cohort.programme)
    for place in range(3):
        MethodLink.objects.create(cohort=pair.cohort, label=f"Course {place}", url=f"https://a.example/{place}")
    MethodLink.objects.create(cohort=target, label="Known already", url="https://a.example/1")
    asked = {"source": pair.cohort, "target": target, "moved": lambda day: day, "by": lead}
    before = AuditRecord.objects.count()
    with django_assert_max_num_queries(6):
        HOUSE.copy(**asked)
    HOUSE.copy(**asked)
    labels = MethodLink.objects.filter(cohort=target).values_list("label", flat=True)
    assert sorted(labels) == ["Course 0", "Course 2", "Known already"]
    assert AuditRecord.objects.count() == before + 1
    assert not Project.objects.filter(cohort=target).exists()


def test_a_next_step_of_a_project_is_on_the_task_list_while_one_belongs_to_it(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    given = {"cohort": pair.cohort, "project": project, "said_on": BEGUN_ON, "due_on": BEGUN_ON}
    for person in (doctor, manager):
        Action.objects.create(words="Ask the clerk", owner=person, **given)
    steps = list(HOUSE.next_steps(participants=[doctor, manager], on=BEGUN_ON))
    assert {(step.participant, step.url) for step in steps} == {
        (person, project.get_absolute_url()) for person in (doctor, manager)
    }
    actions.let_projects_go(participant=manager, by=lead, on=timezone.localdate())
    assert [step.participant for step in HOUSE.next_steps(participants=[doctor, manager], on=BEGUN_ON)] == [doctor]
