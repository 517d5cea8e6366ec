"""The demonstration: whole, safe to load twice, and open to each of its people."""

from datetime import date

import pytest
from django.utils.html import escape

from accounts.models import User
from cohorts.models import Participant
from pairedlearning.demo import SIGN_INS, make_demo
from pairs.models import FirstMeeting, Pair

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_seventeen_doctors_and_seventeen_managers_are_paired():
    make_demo(password="a made up one", on=TODAY)
    sides = list(Participant.objects.values_list("side", flat=True))
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


def test_the_doctor_meets_the_partner_next_week_and_some_pairs_have_no_date(client):
    make_demo(password="a made up one", on=TODAY)
    doctor = User.objects.get(email="doctor@demo.example")
    meeting = FirstMeeting.objects.get(pair__in=Pair.objects.of(doctor))
    assert (meeting.when, meeting.set_by) == ("Wednesday 2 December 2026, 2pm to 3pm", doctor)
    assert Pair.objects.filter(first_meeting=None).count() == 6
    client.force_login(User.objects.get(email="lead@demo.example"))
    assert "Pairs whose first meeting has no date: 6" in client.get("/").content.decode()
