"""What workshops say to the rest of the house: tasks, what needs a lead, the timetable, doors and messages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Cohort
from elements import clock
from pairs import actions as pair_actions
from pairs.models import Pair
from pairs.tests.worlds import cohort_of, published, shown
from projects.tests.decks import PDF
from tests.benchmarks.turns import asked
from workshops import actions, due, told
from workshops.letters import register_is_wanted
from workshops.models import Material, Need
from workshops.tests.test_series import browser
from workshops.tests.worlds import DAY, STARTS_AT, attended, booked, cohort_with, line, one, people, planned

pytestmark = pytest.mark.django_db


def steps(*participants) -> list[tuple]:
    found = told.next_steps(participants=participants, on=clock.today(), now=timezone.now())
    return sorted((each.participant.name, each.label, each.state) for each in found)


@pytest.fixture
def now(db):
    return timezone.now()


def test_somebody_is_asked_to_choose_a_date_until_she_has_a_place_on_one_of_them(now):
    cohort, lead, _, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead)
    first, second = (planned(workshop, lead, starts_at=now + days * DAY, now=now) for days in (10, 20))
    planned(one(cohort, lead, title="Far away"), lead, starts_at=now + 90 * DAY, now=now)
    label = "Choose a date: How the NHS works"
    assert steps(doctor, manager) == sorted((each.name, label, "to do") for each in (doctor, manager))
    (step, _) = told.next_steps(participants=[doctor, manager], on=clock.today(), now=now)
    assert step.hint == first.session.when
    booked(second, doctor, now=now)
    assert steps(doctor, manager) == [(manager.name, label, "to do")]


def test_who_sent_apologies_chooses_again_and_who_was_there_does_not(now):
    cohort, lead, _, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead, asks_feedback=False)
    past = planned(workshop, lead, starts_at=now - DAY, now=now - 9 * DAY)
    booked(past, doctor, manager, now=now - 9 * DAY)
    planned(workshop, lead, starts_at=now + 10 * DAY, now=now)
    attended(past, lead, now)
    sorry = past.session.attendees.get(participant=doctor)
    actions.mark_in_register(attendee=sorry, attendance="apologies", minutes=None, by=lead, now=now)
    assert [name for name, *_ in steps(doctor, manager)] == [doctor.name]


def test_who_was_there_is_asked_what_she_thought_until_she_has_said_so(now):
    cohort, lead, _, (doctor, manager) = cohort_with()
    meeting = planned(one(cohort, lead), lead, starts_at=now - DAY, now=now - 9 * DAY)
    booked(meeting, doctor, manager, now=now - 9 * DAY)
    attended(meeting, lead, now)
    label = "Say what you thought: How the NHS works"
    assert [each for _, each, _ in steps(doctor, manager)] == [label, label]
    answer = dict.fromkeys(("met_aims", "relevant", "facilitated", "confident"), 4)
    actions.give_feedback(meeting=meeting, keep="", change="", action="", by=doctor.user, now=now, **answer)
    assert [name for name, *_ in steps(doctor, manager)] == [manager.name]


def test_what_somebody_wants_is_asked_once(now):
    cohort, lead, _, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead, needs_until=clock.today())
    known = {"workshop": workshop, "cohort": cohort}
    Need.objects.create(participant=doctor, side=doctor.side, confidence=1, **known)
    assert steps(doctor, manager) == [(manager.name, "What do you want from “How the NHS works”?", "optional")]


def test_a_task_list_is_one_question_however_many_people(now):
    cohort, lead, _, everybody = cohort_with(6)
    for title in "ABC":
        planned(one(cohort, lead, title=title, needs_until=clock.today()), lead, starts_at=now + 9 * DAY, now=now)
    with asked() as seen:
        assert len(steps(*everybody)) == 36
    assert len(seen.statements) == 1


def test_what_needs_a_lead_is_one_question(now):
    cohort, lead, _, (doctor, _) = cohort_with()
    one(cohort, lead, title="Without a date")
    past = planned(one(cohort, lead), lead, starts_at=now - 2 * DAY, now=now - 9 * DAY)
    booked(past, doctor, now=now - 9 * DAY)
    with asked() as seen:
        found = {each.label: each.count for each in told.attention(cohorts=[cohort], on=clock.today())}
    assert found == {
        "workshops of which the register is not finished": 1,
        "dates of workshops without a facilitator": 0,
        "workshops without a date": 1,
    }
    assert len(seen.statements) == 1


def test_a_rule_that_is_given_a_day_goes_by_that_day():
    cohort, lead, _, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, doctor)
    day = meeting.session.day
    counts = [next(iter(told.attention(cohorts=[cohort], on=each))).count for each in (day, day + DAY)]
    assert counts == [0, 1]
    (new,) = people(cohort, 1)
    for moment, number in ((STARTS_AT - DAY, 1), (STARTS_AT, 0)):
        on = clock.local(moment).date()
        assert len(list(told.next_steps(participants=[new], on=on, now=moment))) == number


def test_a_date_that_is_called_off_is_no_date(now):
    cohort, lead, _, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 5 * DAY, now=now)
    actions.call_off_meeting(meeting=meeting, reason="Snow", by=lead, now=now)
    assert steps(doctor) == []
    assert [each.count for each in told.attention(cohorts=[cohort], on=clock.today())] == [0, 0, 1]
    assert list(told.stages(cohort=cohort, on=clock.today())) == []


def test_the_timetable_says_how_many_have_been(now):
    cohort, lead, _, _ = cohort_with()
    for title, days in (("A", -9), ("B", 9)):
        planned(one(cohort, lead, title=title), lead, starts_at=now + days * DAY, now=now - 20 * DAY)
    (stage,) = told.stages(cohort=cohort, on=clock.today())
    assert (stage.state, stage.hint) == ("in progress", "1 of 2 have taken place")


def reminded(kind: str) -> list:
    return [each.to for each in due.reminders(on=clock.today(), until=clock.today()) if each.kind == kind]


def test_who_has_no_place_is_reminded_from_three_weeks_before_the_first_date(now):
    cohort, lead, _, (doctor, manager) = cohort_with()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 14 * DAY, now=now)
    planned(one(cohort, lead, title="Later"), lead, starts_at=now + 30 * DAY, now=now)
    booked(meeting, doctor, now=now)
    assert reminded(due.CHOOSE) == [manager.user]
    type(manager).objects.filter(pk=manager.pk).update(state="withdrawn")
    assert reminded(due.CHOOSE) == []


def test_who_ran_it_is_reminded_of_a_register_with_a_gap(now):
    cohort, lead, facilitator, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now - 2 * DAY, now=now - 9 * DAY)
    booked(meeting, doctor, now=now - 9 * DAY)
    assert reminded(due.REGISTER) == [facilitator]
    attended(meeting, lead, now)
    assert reminded(due.REGISTER) == []


def asked_for_registers(cohort, lead, facilitator, meeting) -> list:
    """How often each asks for the register: the lead's task, her list, the facilitator's list, the letter, and again
    when it is sent.
    """
    task, *_ = told.attention(cohorts=[cohort], on=clock.today())
    listed = browser(lead).get(reverse("workshop_list", args=[cohort.pk])).content.decode()
    hosted = browser(facilitator).get(reverse("hosted_list")).content.decode()
    return [
        task.count,
        listed.count("The register is not finished"),
        hosted.count("Take the register"),
        len(reminded(due.REGISTER)),
        int(register_is_wanted({"meeting": str(meeting.pk)}, facilitator)),
    ]


def test_task_list_and_letter_ask_for_the_same_registers(now):
    cohort, lead, facilitator, (doctor, manager) = cohort_with()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now - 2 * DAY, now=now - 9 * DAY)
    known = cohort, lead, facilitator, meeting
    assert asked_for_registers(*known) == [0] * 5  # nobody had a place
    booked(meeting, doctor, manager, now=now - 9 * DAY)
    assert asked_for_registers(*known) == [1] * 5
    of_one = {"attendee": line(meeting, doctor), "attendance": "attended", "minutes": None}
    actions.mark_in_register(**of_one, by=facilitator, now=now)
    meeting.session.refresh_from_db()
    assert meeting.session.state == "held"
    assert asked_for_registers(*known) == [1] * 5  # of the other nothing is said
    actions.mark_all_present(meeting=meeting, by=facilitator, now=now)
    assert asked_for_registers(*known) == [0] * 5


def test_nobody_is_asked_for_a_register_in_which_everybody_was_marked_before_the_start(now):
    cohort, lead, facilitator, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now - 2 * DAY, now=now - 9 * DAY)
    booked(meeting, doctor, now=now - 9 * DAY)
    early = meeting.session.starts_at - timedelta(minutes=1)
    actions.mark_all_present(meeting=meeting, by=facilitator, now=early)
    meeting.session.refresh_from_db()
    assert meeting.session.state == "planned"
    assert asked_for_registers(cohort, lead, facilitator, meeting) == [0] * 5


def test_a_cohort_that_switched_workshops_off_hears_nothing(now):
    cohort, lead, facilitator, (doctor, _) = cohort_with()
    planned(one(cohort, lead, needs_until=clock.today()), lead, starts_at=now + 9 * DAY, now=now)
    past = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now - 2 * DAY, now=now - 9 * DAY)
    booked(past, *people(cohort, 1), now=now - 9 * DAY)
    type(cohort).objects.filter(pk=cohort.pk).update(elements_off=["workshops"])
    cohort.refresh_from_db()
    doctor.refresh_from_db()
    assert list(due.reminders(on=clock.today(), until=clock.today())) == []
    assert steps(doctor) == []
    assert list(told.attention(cohorts=[cohort], on=clock.today())) == []


@pytest.mark.parametrize(("state", "finds"), [("accepted", True), ("completed", True), ("reserve", False)])
def test_who_takes_part_without_a_partner_finds_the_series_on_the_home_page(state, finds):
    cohort, _, _, (doctor, _) = cohort_with()
    type(doctor).objects.filter(pk=doctor.pk).update(state=state)
    client, page = browser(doctor.user), reverse("workshop_list", args=[cohort.pk])
    assert (f'href="{page}"' in client.get("/").content.decode()) is finds
    assert (client.get(page).status_code == 200) is finds
    Cohort.objects.filter(pk=cohort.pk).update(elements_off=["workshops"])
    assert page not in client.get("/").content.decode()


def test_who_had_a_partner_finds_the_series_among_what_stays_hers():
    cohort, lead, (doctor, *_), _ = cohort_of(1, 1)
    shown(published(cohort, lead))
    client, page = browser(doctor.user), reverse("workshop_list", args=[cohort.pk])
    assert page not in client.get("/").content.decode()  # it stands on the page of the pair
    assert page in client.get(Pair.objects.get().get_absolute_url()).content.decode()
    pair_actions.end_pair(pair=Pair.objects.get(), kind="moved", on=clock.today(), by=lead)
    kept = reverse("kept_list", args=[doctor.pk])
    for off in ([], ["workshops"]):
        Cohort.objects.filter(pk=cohort.pk).update(elements_off=off)
        assert [client.get(each).content.decode().count(page) for each in ("/", kept)] == [1, 1]
        assert client.get(page).status_code == 200
    type(doctor).objects.filter(pk=doctor.pk).update(state="withdrawn")
    assert page not in client.get(kept).content.decode()


def test_what_was_there_to_read_and_the_certificate_stay_where_a_cohort_gives_its_workshops_up(now):
    cohort, lead, facilitator, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead)
    meeting = planned(workshop, lead, hosts=[facilitator], starts_at=now - DAY, now=now - 9 * DAY)
    booked(meeting, doctor, now=now - 9 * DAY)
    attended(meeting, lead, now)
    file = {"name": "slides.pdf", "content_type": "application/pdf", "content": PDF}
    actions.keep_file(workshop=workshop, when="after", label="Slides of the day", by=lead, now=now, **file)
    Cohort.objects.filter(pk=cohort.pk).update(elements_off=["workshops"])
    series, mine = reverse("workshop_list", args=[cohort.pk]), reverse("workshop_certificate", args=[doctor.pk])
    download = reverse("material_download", args=[Material.objects.get().pk])
    page = browser(doctor.user).get(series).content.decode()
    assert all(words in page for words in ("Slides of the day", download, mine, "no workshops any more"))
    assert reverse("workshop_detail", args=[workshop.pk]) not in page
    readers = (doctor.user, manager.user, lead, facilitator)
    assert {
        url: [browser(reader).get(url).status_code for reader in readers]
        for url in (series, download, mine, workshop.get_absolute_url())
    } == {
        series: [200, 200, 404, 404],
        download: [200, 200, 404, 404],
        mine: [200, 404, 404, 404],
        workshop.get_absolute_url(): [404] * 4,
    }
    assert "Nothing was brought" in browser(manager.user).get(_emptied(series)).content.decode()


def _emptied(page: str) -> str:
    """The same page once no workshop has a material."""
    Material.objects.all().delete()
    return page
