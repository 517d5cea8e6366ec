"""The demonstration: whole, safe to load twice, and open to each of its people."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from cohorts.choices import State
from cohorts.models import Cohort, Participant
from conversations.talks_due import DID_YOU_MEET
from elements import clock, timeline
from elements.working_time import is_working_day
from pairedlearning.demo import SIGN_INS, make_demo
from pairs.history import FIRST
from pairs.models import FirstMeeting, Pair
from projects import portfolio
from projects.choices import Part
from projects.forms.portfolio import LATE, NO_AIM, STUCK
from projects.models import Involvement, MethodLink, Project
from reminders.due import yielded
from reminders.models import LocalLetter, Message
from workshops.models import Meeting
from workshops.thought import compared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def this_year():
    """Its cohort that goes on, beside the one of last year."""
    return Cohort.objects.order_by("-starts_on").first()


def test_seventeen_doctors_and_seventeen_managers_are_paired():
    make_demo(password="a made up one", on=TODAY)
    sides = list(Participant.objects.filter(cohort=this_year()).values_list("side", flat=True))
    assert (sides.count("a"), sides.count("b"), Pair.objects.live().count()) == (17, 17, 17)


def test_a_second_time_changes_nothing():
    make_demo(password="a made up one", on=TODAY)
    people = User.objects.count()
    assert make_demo(password="another one", on=TODAY) == []
    assert User.objects.count() == people


@pytest.mark.parametrize("name", SIGN_INS)
def test_each_of_its_people_signs_in_and_has_a_home(name, client):
    make_demo(password="a made up one", on=TODAY)
    assert client.login(email=f"{name}@demo.example", password="a made up one")
    assert client.get("/").status_code == 200


def test_doctor_and_manager_are_partners(client):
    make_demo(password="a made up one", on=TODAY)
    one, other = (User.objects.get(email=f"{name}@demo.example") for name in ("doctor", "manager"))
    assert list(Pair.objects.of(one)) == list(Pair.objects.of(other))


def test_the_doctor_finds_the_partner_on_the_home_page(client):
    make_demo(password="a made up one", on=TODAY)
    doctor = User.objects.get(email="doctor@demo.example")
    pair = Pair.objects.of(doctor).with_members().get()
    partner = next(each.participant for each in pair.everybody if each.participant.user_id != doctor.pk)
    client.force_login(doctor)
    page = client.get("/").content.decode()
    assert f"Your partner</span> {escape(partner.name)}</h2>" in page
    assert "manager@demo.example" in page


def test_the_doctor_met_the_partner_after_the_launch_and_some_pairs_have_not_met(client):
    make_demo(password="a made up one", on=TODAY)
    doctor = User.objects.get(email="doctor@demo.example")
    meeting = FirstMeeting.objects.get(pair__in=Pair.objects.of(doctor))
    assert (meeting.when, meeting.set_by) == ("Wednesday 7 October 2026, 2pm to 3pm", doctor)
    assert Pair.objects.filter(first_meeting=None).count() == 6
    client.force_login(User.objects.get(email="lead@demo.example"))
    page = client.get(reverse("quiet_list", args=[this_year().pk]))
    assert page.context["counts"]["unmet"] == 6


@pytest.mark.parametrize("day", [TODAY + timedelta(days=number) for number in range(7)])
def test_every_pair_meets_first_after_the_launch_and_does_the_rest_after_that(day):
    make_demo(password="a made up one", on=day)
    launch, pairs = this_year().starts_on, list(Pair.objects.all())
    for entries in timeline.of(pairs, viewer=None).values():
        first = [entry.on for entry in entries if entry.label == FIRST]
        assert all(entry.on > launch for entry in entries)
        assert all(first and entry.on >= first[0] for entry in entries)
        assert all(entry.on < day for entry in entries if entry.is_contact)
        assert not first or first[0] in {entry.on for entry in entries if entry.is_contact}
        assert all(entry.on.weekday() < 5 for entry in entries)


def test_one_message_asks_the_doctor_whether_they_met_and_its_link_opens(client):
    make_demo(password="a made up one", on=clock.today())
    [letter] = LocalLetter.objects.all()
    assert letter.to_addr == "doctor@demo.example"
    assert letter.subject.startswith("Did you meet ")
    assert letter.subject in client.get("/mailbox/").content.decode()
    link = re.search(r"https?://\S+/met/\S+", letter.text).group()
    page = client.get(urlsplit(link).path).content.decode()
    assert "did you" in page.casefold()
    assert "no longer in use" not in page
    assert Message.objects.get(kind=DID_YOU_MEET, recipient__email=letter.to_addr).state == "sent"


def test_the_two_improve_letters_and_six_pairs_are_where_leads_find_pairs():
    make_demo(password="a made up one", on=TODAY)
    doctor = User.objects.get(email="doctor@demo.example")
    letters = Project.objects.own(doctor).with_people().with_counts().get()
    assert letters.has_aim
    assert {each.part for each in letters.everybody} == {Part.OWNER}
    assert (letters.points, letters.cycle_count, letters.request_count, letters.score) == (24, 2, 1, 2)
    others = Project.objects.exclude(pk=letters.pk).with_counts()
    assert others.count() == 6
    lead = User.objects.get(email="lead@demo.example")
    listed = portfolio.asked_for(user=lead, cohort=letters.cohort, query={}, on=TODAY)
    assert {line.title: line.tags for line in portfolio.lines(listed, TODAY) if line.tags} == {
        "Fewer missed appointments in the diabetes clinic": (LATE,),
        "Theatre lists that begin on time": (STUCK,),
        "A handover without bleeps": (NO_AIM,),
    }
    assert Involvement.objects.filter(part=Part.FRIEND).values("project").distinct().count() == 1
    assert MethodLink.objects.count() == 2


# A leap day, New Year's Day; and a launch on 30 December 2024, 52 weeks after a Monday of the same year.
ODD_DAYS = (date(2024, 2, 29), date(2026, 1, 1), date(2025, 2, 24), date(2025, 3, 2))


@pytest.mark.parametrize("day", [TODAY, *ODD_DAYS])
def test_workshops_of_two_years_are_compared_on_any_day(day):
    make_demo(password="a made up one", on=day)
    now, before = Cohort.objects.order_by("-starts_on")
    assert (now.name, before.name) == (f"Cohort of {now.starts_on:%Y}", f"Cohort of {now.starts_on.year - 1}")
    assert before.programme == now.programme
    assert before.ends_on < day
    topics = compared(now)
    assert [[workshop.cohort_id for workshop, _ in topic.lines] for topic in topics] == [[now.pk, before.pk]] * 6
    both = [thought for _, thought in topics[0].lines]
    assert [(thought.answers, thought.asked) for thought in both] == [(6, 19), (7, 13)]
    for thought in (both[0], *(topic.lines[1][1] for topic in topics)):
        assert all(shown.is_shown for _, shown in thought.ratings)
    assert all(len(texts) == 6 for topic in topics for _, texts in topic.lines[1][1].texts)
    days = [meeting.session.day for meeting in Meeting.objects.filter(cohort=before).select_related("session")]
    assert all(before.starts_on < each < before.ends_on and is_working_day(each) for each in days)


def test_last_year_is_over_and_asks_nothing_of_anybody(client):
    make_demo(password="a made up one", on=clock.today())
    now, before = Cohort.objects.order_by("-starts_on")
    assert before.participants.count() == before.participants.filter(state=State.COMPLETED).count() == 16
    assert not Message.objects.filter(scope=before.pk).exclude(state="sent").exists()
    theirs = set(before.participants.values_list("user", flat=True))
    due = list(yielded(clock.today(), clock.today() + timedelta(weeks=2)))
    assert due
    assert not [each for each in due if each.to.pk in theirs or each.scope == before.pk]
    client.force_login(User.objects.get(email="lead@demo.example"))
    needs = {each["cohort"]: each["attention"] for each in client.get("/").context["cohorts"]}
    assert needs[before] == []
    assert needs[now]
    page = client.get(reverse("feedback_list", args=[now.pk])).content.decode()
    assert page.count(before.name) == 6
