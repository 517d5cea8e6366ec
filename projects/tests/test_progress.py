"""How far a project is, what became of it after the programme, and a partner who joins."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Cohort
from elements import clock
from elements.registry import kind_named
from pairs.models import Membership
from pairs.tests.test_views import text_of
from projects import actions, checks
from projects.actions.projects import INVOLVED
from projects.choices import EndKind, Part, Shape, StillGoing
from projects.element import Projects
from projects.involving import strangers
from projects.models import Check, Involvement, Project, Score
from projects.page import ProjectPage
from projects.scores import as_chart, scores_of
from projects.tests.worlds import begun, read
from reminders.models import Message

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def project(two) -> Project:
    _, pair, doctor, _ = two
    return begun(pair, doctor, shape=Shape.FRIEND)


def over(project, months: int) -> Project:
    """The same, with its programme over for so many months and some days."""
    ends = clock.today() - timedelta(days=31 * months + 5)
    Cohort.objects.filter(pk=project.cohort_id).update(starts_on=ends - timedelta(days=200), ends_on=ends)
    return read(project)


def said(project, by, value="2.5", now=NOW) -> Score:
    return actions.say_score(project=project, value=Decimal(value), by=by.user, now=now)


def answered(project, by, months=6, still=StillGoing.YES, **more) -> Check:
    given = {"months": months, "still": still, "by": by.user, "now": NOW, "on": clock.today(), **more}
    return actions.say_what_became(project=project, **given)


def labels(project, user) -> list[str]:
    return [each.label for each in ProjectPage(read(project), user, clock.today()).parts]


def test_every_half_step_is_offered_and_kept(two, project, client):
    client.force_login(two[2].user)
    here = reverse("project_score", args=[project.pk])
    for step in Score.STEPS:
        assert client.post(here, {"value": f"{step:.1f}"}).status_code == 302
    assert sorted(Score.objects.values_list("value", flat=True)) == [*Score.STEPS]
    assert read(project).score == Decimal("5.0")


@pytest.mark.parametrize("value", ["", "0", "0.0", "5.5", "2.25", "NaN", "two", "2.5\x00"])
def test_no_other_step_is_kept(two, project, client, value):
    client.force_login(two[2].user)
    assert client.post(reverse("project_score", args=[project.pk]), {"value": value}).status_code in (200, 400)
    assert not Score.objects.exists()


def test_all_that_was_said_stays_with_its_day(two, project, client):
    said(project, two[2], "1.0", NOW - timedelta(days=40))
    said(project, two[2], "2.5")
    client.force_login(two[2].user)
    page = text_of(client.get(reverse("project_score", args=[project.pk])))
    before, now = (clock.in_full(clock.local(at).date()) for at in (NOW - timedelta(days=40), NOW))
    table = page[page.index("The same figures as a table") :]
    assert table.index(before) < table.index("1.0") < table.index(now) < table.index("2.5")


def test_a_double_tap_is_said_once_and_another_day_again(two, project):
    said(project, two[2], now=NOW - timedelta(days=3))
    assert said(project, two[2]) == said(project, two[2])
    assert Score.objects.count() == 2


def test_only_owners_say_how_far(two, project):
    with pytest.raises(actions.NotYours):
        said(project, two[3])


def test_the_page_of_the_project_tells_the_latest(two, project, client):
    said(project, two[2], "3.5")
    client.force_login(two[3].user)
    assert "3.5 of 5" in text_of(client.get(project.get_absolute_url()))


@pytest.mark.parametrize(
    ("ends", "months", "opens"),
    [
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 6, 30), 6, date(2027, 12, 30)),
        (date(2027, 7, 1), 6, date(2028, 1, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
    ],
)
def test_a_check_opens_so_many_months_after_the_end(ends, months, opens):
    cohort = Cohort(ends_on=ends)
    assert checks.opens_on(cohort, months) == opens
    assert months not in checks.opened(cohort, opens - timedelta(days=1))
    assert months in checks.opened(cohort, opens)


def test_nothing_is_asked_before(two, project, client):
    client.force_login(two[2].user)
    here = reverse("project_check", args=[project.pk, 6])
    assert "This question opens on" in text_of(client.get(here))
    with pytest.raises(actions.NotOpenYet):
        answered(project, two[2])
    client.post(here, {"still": "yes"})
    assert not Check.objects.exists()
    assert "6 months after the programme" not in labels(project, two[2].user)
    assert client.get(reverse("project_check", args=[project.pk, 7])).status_code == 404


def test_an_answer_is_given_and_changed(two, project, client):
    project = over(project, 6)
    assert "6 months after the programme" in labels(project, two[2].user)
    assert "6 months after the programme" not in labels(project, two[3].user)
    client.force_login(two[2].user)
    here = reverse("project_check", args=[project.pk, 6])
    client.post(here, {"still": "yes", "words": "It stayed"})
    assert "It stayed" in text_of(client.get(here))
    client.post(here, {"still": "partly", "words": "On one ward"})
    check = Check.objects.get()
    assert (check.still, check.words, check.said_by) == (StillGoing.PARTLY, "On one ward", two[2])
    assert checks.due(project, clock.today()) == []
    assert "6 months after the programme" not in labels(project, two[2].user)


def test_of_what_was_stopped_nothing_is_asked(two, project):
    on = clock.today()
    Project.objects.filter(pk=project.pk).update(ended_on=on, end_kind=EndKind.STOPPED, learned="Much")
    project = over(project, 6)
    assert checks.due(project, on) == []
    assert steps(project, two[2]) == []


def steps(project, *people) -> list[str]:
    for each in people:
        each.refresh_from_db()
        each.cohort.refresh_from_db()
    return [each.url for each in Projects().next_steps(participants=people, on=clock.today())]


def test_owners_have_it_on_their_task_list_until_it_is_answered(two, project, django_assert_num_queries):
    _, _, doctor, manager = two
    assert steps(project, doctor, manager) == []
    project = over(project, 6)
    assert steps(project, doctor, manager) == [reverse("project_check", args=[project.pk, 6])]
    with django_assert_num_queries(1):
        checks.asked([doctor, manager], clock.today())
    answered(project, doctor)
    assert steps(project, doctor) == []
    project = over(project, 12)
    assert steps(project, doctor) == [reverse("project_check", args=[project.pk, 12])]


def let_go(project, person):
    Involvement.objects.filter(project=project, participant=person).update(until=project.begun_on)


def test_a_partner_who_is_not_in_it_is_a_stranger(two, project):
    _, _, doctor, manager = two
    assert strangers(project, doctor.user) == []
    let_go(project, manager)
    assert strangers(read(project), doctor.user) == [manager]
    Membership.objects.filter(participant=manager).update(until=clock.today() + timedelta(days=1))
    assert strangers(read(project), doctor.user) == []


@pytest.mark.parametrize("part", Part.values)
def test_a_partner_is_brought_in(two, project, client, part):
    _, _, doctor, manager = two
    let_go(project, manager)
    assert "Bring in your partner" in labels(project, doctor.user)
    client.force_login(doctor.user)
    here = reverse("project_involve", args=[project.pk])
    assert manager.name in text_of(client.get(here))
    client.post(here, {"partner": str(manager.pk), "part": part})
    assert {(each.participant, each.part) for each in read(project).everybody} == {
        (doctor, Part.OWNER),
        (manager, Part(part)),
    }
    assert "Bring in your partner" not in labels(project, doctor.user)
    assert "in this project already" in text_of(client.get(here))


@pytest.mark.parametrize(("part", "words"), [("owner", "co-owner"), ("friend", "critical friend")])
def test_who_is_brought_in_is_told_once_and_only_while_it_is_so(two, project, part, words):
    _, _, doctor, manager = two
    let_go(project, manager)
    given = {"partner": manager, "part": part, "by": doctor.user, "now": NOW, "on": clock.today()}
    for _ in range(2):
        actions.involve_partner(project=project, **given)
    [message] = Message.objects.filter(kind=INVOLVED)
    kind = kind_named(INVOLVED)
    assert message.recipient == manager.user
    assert kind.wanted(message.ref, manager.user)
    assert not kind.wanted(message.ref, doctor.user)
    said = kind.context(message.ref, manager.user)
    assert (said["owner"], said["part"]) == (doctor.name, words)
    assert project.title not in str(said)
    let_go(project, manager)
    assert not kind.wanted(message.ref, manager.user)


def test_nobody_else_is_brought_in(two, project, client):
    _, _, doctor, manager = two
    let_go(project, manager)
    client.force_login(doctor.user)
    other = Membership.objects.exclude(participant__in=[doctor, manager]).first().participant
    answer = client.post(reverse("project_involve", args=[project.pk]), {"partner": str(other.pk), "part": "owner"})
    assert "Choose one of your partners" in text_of(answer)
    assert len(read(project).everybody) == 1


# The line over time


def scored(project, by, values, *, every=timedelta(days=21)) -> list[Score]:
    first = clock.at(date(2027, 2, 8))
    for number, value in enumerate(values):
        said(project, by, value, now=first + number * every)
    return scores_of(project, user=by.user)


def test_the_score_is_a_line_over_time_with_sentence_and_equal_table(two, project, django_assert_num_queries):
    _, _, doctor, _ = two
    assert as_chart([]) is None
    with django_assert_num_queries(1):
        scores_of(project, user=doctor.user)
    shown = as_chart(scored(project, doctor, ["0.5", "2.0", "1.5", "4.0"]))
    assert shown.sentence == "The score went from 0.5 to 4.0 of 5, from Monday 8 February 2027 to Monday 12 April 2027."
    assert shown.description.startswith("Line chart of the progress score: 4 scores, lowest 0.5, highest 4.0 of 5.")
    for spec in (shown.wide, shown.narrow):
        drawn = [(datetime.fromtimestamp(row["at"] / 1000, UTC).date(), row["value"]) for row in spec["data"]["values"]]
        days = [date(2027, 2, 8) + timedelta(days=21 * number) for number in range(4)]
        assert drawn == list(zip(days, [0.5, 2.0, 1.5, 4.0], strict=True))
        assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 5]
    assert [row[1:] for row in shown.table.rows] == [(value, doctor.name) for value in ("0.5", "2.0", "1.5", "4.0")]
    assert shown.table.rows[0][0] == "Monday 8 February 2027"
    for picture in (shown.on_a_desktop(), shown.on_a_phone()):
        assert 'role="img"' in picture.svg


def test_scores_of_one_day_are_all_told(two, project):
    _, _, doctor, _ = two
    assert (
        as_chart(scored(project, doctor, ["2.5"])).sentence == "One score so far: 2.5 of 5 on Monday 8 February 2027."
    )
    Score.objects.all().delete()
    shown = as_chart(scored(project, doctor, ["1.0", "2.0", "2.5"], every=timedelta(hours=1)))
    assert [row[1] for row in shown.table.rows] == ["1.0", "2.0", "2.5"]
    assert len({row["at"] for row in shown.wide["data"]["values"]}) == 3
    assert shown.sentence == "The score went from 1.0 to 2.5 of 5, on Monday 8 February 2027."
    low, high = shown.wide["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert all(low < row["at"] < high for row in shown.wide["data"]["values"])


def test_the_page_of_the_score_shows_the_line_to_owners_alone(two, project, client):
    lead, _, doctor, manager = two
    page, picture = (reverse(name, args=[project.pk]) for name in ("project_score", "score_svg"))
    client.force_login(doctor.user)
    assert picture not in client.get(page).content.decode()
    assert client.get(picture).status_code == 404
    said(project, doctor)
    html = client.get(page).content.decode()
    assert f'srcset="{picture}?size=narrow"' in html
    assert "The same figures as a table" in html
    answer = client.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    for other in (manager.user, lead):
        client.force_login(other)
        assert client.get(picture).status_code == 403
