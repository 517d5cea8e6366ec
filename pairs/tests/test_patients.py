"""What partners agree on, note on goals and tell the leads is looked at for patients before it is saved."""

import pytest
from django.urls import reverse

from pairs.models import Agreement, GoalReview, Pulse
from pairs.tests.test_agreement import TYPED, signed

pytestmark = pytest.mark.django_db
ASKED = "Could this name a patient?"
PULSE = {"met_enough": "4", "works_for_me": "5", "wants_call": "no"}
MARKED = {"state_1": "reached", "state_2": "on_the_way"}
TEXTS = [
    ("agreement_edit", Agreement, TYPED, "goal_2"),
    ("agreement_edit", Agreement, TYPED, "rhythm"),
    ("agreement_edit", Agreement, TYPED, "left_out"),
    ("goals_review", GoalReview, MARKED, "note_2"),
    ("pulse_edit", Pulse, PULSE, "words"),
]


@pytest.mark.parametrize(("name", "model", "typed", "box"), TEXTS)
def test_each_text_is_asked_about_and_then_saved_as_its_author_decides(client, two, name, model, typed, box):
    _, pair, doctor, manager = two
    if name == "goals_review":
        signed(pair, doctor, manager)
    client.force_login(doctor.user)
    url, before = reverse(name, args=[pair.pk]), model.objects.count()
    page = client.post(url, {**typed, box: "As with Mr Ash"}).content.decode()
    assert ASKED in page
    assert "<mark>Mr Ash</mark>" in page
    assert model.objects.count() == before
    assert client.post(url, {**typed, box: "As with Mr Ash", "patients": "keep"}).status_code == 302
    assert model.objects.count() > before


def test_saved_without_signing_stays_unsigned_after_the_question(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    url, typed = reverse("agreement_edit", args=[pair.pk]), {**TYPED, "left_out": "Mr Ash", "only_save": "1"}
    assert 'type="hidden" name="only_save"' in client.post(url, typed).content.decode()
    client.post(url, {**typed, "patients": "keep"})
    assert not Agreement.objects.get().signatures.exists()
