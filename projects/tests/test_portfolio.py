"""The lead's list of projects: who reads what of it, what is late or stuck, and that its file is the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import RoleKind
from cohorts.models import Role
from cohorts.tests.factories import OrganisationFactory, UserFactory
from elements import clock
from pairs.tests.test_views import text_of
from projects import actions, portfolio
from projects.choices import EndKind, MilestoneState, Shape
from projects.models import Action, Measure, MethodLink, Milestone, Point, Project, Score
from projects.tests.worlds import begun, read
from tests.benchmarks.turns import asked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AIM = {"aim": "Letters reach the GP", "aim_amount": "9 of 10", "aim_for": "ward 7", "aim_by": date(2027, 6, 1)}


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def lines_of(lead, cohort, **query):
    on = clock.today()
    return portfolio.lines(portfolio.asked_for(user=lead, cohort=cohort, query=query, on=on), on)


def titles(lead, cohort, **query) -> list[str]:
    return [line.title for line in lines_of(lead, cohort, **query)]


def changed(project, **values) -> Project:
    Project.objects.filter(pk=project.pk).update(**values)
    return project


def page_of(lead, cohort, query="") -> str:
    answer = browser(lead).get(reverse("portfolio_list", args=[cohort.pk]) + query)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_line_says_what_leads_read_and_nothing_that_is_confided(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, problem="Nurse Quill loses the letters")
    changed(project, **AIM, abstract="Told later", patients_voice="They wait")
    Score.objects.create(project=project, value=Decimal("2.5"), said_by=doctor, said_at=timezone.now())
    Score.objects.create(project=project, value=Decimal("3.0"), said_by=doctor, said_at=timezone.now())
    steps = {"cohort": pair.cohort, "project": project, "owner": doctor, "said_on": date(2027, 2, 3)}
    Action.objects.create(words="Later", due_on=date(2027, 5, 1), **steps)
    Action.objects.create(words="Ask the GPs", due_on=date(2027, 3, 1), **steps)
    Action.objects.create(words="Done", due_on=date(2027, 1, 1), done_on=date(2027, 2, 3), **steps)
    (line,) = lines_of(lead, pair.cohort)
    assert set(line.owners.split(" and ")) == {doctor.name, manager.name}
    assert line.aim == "Letters reach the GP: 9 of 10, for ward 7, by 1 June 2027"
    assert (line.state, line.score, line.tags) == ("Aim agreed", Decimal("3.0"), ())
    assert (line.next_words, line.next_on) == ("Ask the GPs", date(2027, 3, 1))
    shown = page_of(lead, pair.cohort)
    assert "Ask the GPs, by 1 March 2027" in shown
    assert "3.0 of 5" in " ".join(shown.replace("&nbsp;", " ").split())
    assert not [words for words in ("Quill", "Told later", "They wait") if words in shown]


def test_tags_are_of_projects_that_go_on(two):
    lead, pair, doctor, _ = two
    on, now = clock.today(), timezone.now()
    late = changed(begun(pair, doctor, title="Overdue"), **AIM)
    Milestone.objects.create(project=late, title="Pilot", due_on=on - DAY)
    kept = changed(begun(pair, doctor, title="In time"), **AIM)
    Milestone.objects.create(project=kept, title="Today", due_on=on)
    reached = {"state": MilestoneState.REACHED, "reached_on": on}
    Milestone.objects.create(project=kept, title="Reached late", due_on=on - DAY, **reached)
    changed(begun(pair, doctor, title="Silent"), **AIM, changed_at=clock.at(on - timedelta(weeks=6)) - DAY)
    changed(begun(pair, doctor, title="Just within"), **AIM, changed_at=clock.at(on - timedelta(weeks=6)))
    changed(begun(pair, doctor, title="Vague"), aim="Better letters")
    over = changed(begun(pair, doctor, title="Over"), ended_on=on, end_kind=EndKind.DONE, changed_at=now - 90 * DAY)
    Milestone.objects.create(project=over, title="Never", due_on=on - DAY)
    tagged = {line.title: line.tags for line in lines_of(lead, pair.cohort) if line.tags}
    assert tagged == {"Overdue": ("late",), "Silent": ("stuck",), "Vague": ("no-aim",)}
    for tag, title in (("late", "Overdue"), ("stuck", "Silent"), ("no-aim", "Vague")):
        assert titles(lead, pair.cohort, show=tag) == [title]
    assert titles(lead, pair.cohort, state="done") == ["Over"]


def test_a_state_filters_as_it_is_said(two):
    lead, pair, doctor, _ = two
    begun(pair, doctor, title="Only an idea")
    changed(begun(pair, doctor, title="With an aim"), **AIM)
    given = {"kind": "outcome", "good": "up", "name": "Letters"}
    measure = Measure.objects.create(project=begun(pair, doctor, title="Counted"), **given)
    Point.objects.create(measure=measure, day=date(2027, 3, 1), value=3)
    tested = begun(pair, doctor, title="Tested")
    tested.cycles.create(number=1, plan="Try", prediction="Better", starts_on=date(2027, 3, 1))
    ended = {"ended_on": clock.today(), "end_kind": EndKind.HANDED_OVER}
    changed(begun(pair, doctor, title="Given away"), **ended)
    told = {line.title: line.state for line in lines_of(lead, pair.cohort)}
    assert told == {
        "Only an idea": "Idea",
        "With an aim": "Aim agreed",
        "Tested": "Testing changes",
        "Counted": "Measuring",
        "Given away": "Handed over",
    }
    found = {
        state: titles(lead, pair.cohort, state=state) for state in ("idea", "aim", "testing", "measuring", "handed")
    }
    assert found == {
        "idea": ["Only an idea"],
        "aim": ["With an aim"],
        "testing": ["Tested"],
        "measuring": ["Counted"],
        "handed": ["Given away"],
    }


def test_it_sorts_both_ways_and_anything_else_has_the_latest_first(two):
    lead, pair, doctor, _ = two
    now = timezone.now()
    for number, title in enumerate(("B", "C", "A")):
        changed(begun(pair, doctor, title=title), changed_at=now - number * DAY)
    cohort = pair.cohort
    assert titles(lead, cohort) == titles(lead, cohort, sort="-changed") == ["B", "C", "A"]
    assert titles(lead, cohort, sort="changed") == ["A", "C", "B"]
    assert titles(lead, cohort, sort="title") == ["A", "B", "C"]
    assert titles(lead, cohort, sort="-title") == ["C", "B", "A"]
    assert titles(lead, cohort, sort="problem; drop", show="nothing", state="\x00") == ["B", "C", "A"]
    for sort in ("score", "-score", "next", "-next"):
        assert titles(lead, cohort, sort=sort) == ["B", "C", "A"]


def test_an_organisations_own_lead_reads_of_her_people_alone(two):
    _, pair, doctor, manager = two
    begun(pair, doctor, title="Hers", shape=Shape.FRIEND)
    begun(pair, manager, title="Another's", shape=Shape.FRIEND)
    there = OrganisationFactory()
    type(doctor).objects.filter(pk=doctor.pk).update(organisation=there)
    own = UserFactory()
    Role.objects.create(user=own, kind=RoleKind.LEAD, cohort=pair.cohort, organisation=there)
    assert titles(own, pair.cohort) == ["Hers"]
    assert "Another's" not in page_of(own, pair.cohort)


def test_a_lead_who_takes_part_has_her_own_project_in_the_list(two):
    _, pair, doctor, _ = two
    begun(pair, doctor)
    Role.objects.create(user=doctor.user, kind=RoleKind.LEAD, cohort=pair.cohort)
    assert titles(doctor.user, pair.cohort) == ["Discharge letters on the day"]


def test_needs_you_today_leads_to_the_list_of_as_many(two):
    lead, pair, doctor, _ = two
    cohort, on = pair.cohort, pair.cohort.starts_on + DAY
    project = begun(pair, doctor)
    Milestone.objects.create(project=project, title="Pilot", due_on=on - DAY)
    begun(pair, doctor, title="Another")
    Project.objects.update(changed_at=clock.at(on))
    with asked() as seen:
        told = list(portfolio.attention(cohorts=[cohort], on=on, viewer=lead))
    assert seen.number <= 2  # and the roles of whoever looks
    page = reverse("portfolio_list", args=[cohort.pk])
    assert {each.url: each.count for each in told if each.count} == {f"{page}?show=late": 1, f"{page}?show=no-aim": 2}
    assert list(portfolio.attention(cohorts=[cohort], on=cohort.ends_on + DAY, viewer=lead)) == []


def test_the_file_has_the_rows_of_the_page(two):
    lead, pair, doctor, _ = two
    changed(begun(pair, doctor, title="=cmd()"), **AIM)
    begun(pair, doctor, title="Vague")
    address = reverse("export", args=[pair.cohort.pk, "portfolio", "csv"])
    answer = browser(lead).get(address + "?show=no-aim")
    text = b"".join(answer).decode("utf-8-sig")
    assert text.count("\n") == 2
    assert "Vague" in text
    whole = b"".join(browser(lead).get(address)).decode("utf-8-sig")
    assert "'=cmd()" in whole
    assert browser(lead).get(reverse("export", args=[pair.cohort.pk, "portfolio", "xlsx"])).status_code == 200
    assert browser(doctor.user).get(address).status_code == 403


def test_as_many_questions_for_many_projects_and_never_more_than_a_list_may_ask(two):
    lead, pair, doctor, _ = two

    def ask() -> int:
        client = browser(lead)
        client.get(reverse("portfolio_list", args=[pair.cohort.pk]))
        with asked() as seen:
            client.get(reverse("portfolio_list", args=[pair.cohort.pk]))
        return seen.number

    begun(pair, doctor)
    few = ask()
    for number in range(60):
        begun(pair, doctor, title=f"Project {number}")
    assert ask() == few <= 10


def test_links_to_the_method_stand_on_every_projects_page(two):
    lead, pair, doctor, _ = two
    project, client = begun(pair, doctor), browser(lead)
    new = reverse("method_link_create", args=[pair.cohort.pk])
    client.post(new, {"label": "Our method", "url": "improvement.trust.example/way"})
    link = MethodLink.objects.get()
    assert link.url == "https://improvement.trust.example/way"
    page = browser(doctor.user).get(project.get_absolute_url()).content.decode()
    assert f'href="{link.url}"' in page
    again = client.post(new, {"label": "Twice", "url": link.url})
    assert "This address is in the list already" in again.content.decode()
    assert "Twice" in again.content.decode()
    client.post(reverse("method_link_edit", args=[link.pk]), {"label": "Our way", "url": link.url})
    assert MethodLink.objects.get().label == "Our way"
    client.post(reverse("method_link_remove", args=[link.pk]))
    assert not MethodLink.objects.exists()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://trust.example/", "https://", "two words", "http://[", "x\x00"]
)
def test_what_is_no_address_is_answered_in_words(two, url):
    lead, pair, _, _ = two
    answer = browser(lead).post(reverse("method_link_create", args=[pair.cohort.pk]), {"label": "Method", "url": url})
    assert answer.status_code == 200
    assert not MethodLink.objects.exists()


def test_a_lead_finds_back_to_the_list_and_reads_no_problem(two):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor, problem="Nurse Quill loses the letters")
    page = browser(lead).get(project.get_absolute_url()).content.decode()
    assert reverse("portfolio_list", args=[pair.cohort.pk]) in page
    assert reverse("project_sheet", args=[project.pk]) in page
    assert "Quill" not in page
    assert reverse("project_showcase", args=[project.pk]) not in page
    actions.write_for_showcase(
        project=read(project), abstract="Told", gain_patients="", gain_service="", by=doctor.user, now=timezone.now()
    )
    actions.add_to_showcase(project=project, by=lead)
    page = browser(lead).get(project.get_absolute_url()).content.decode()
    assert reverse("project_showcase", args=[project.pk]) in page
