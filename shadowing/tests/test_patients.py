"""What visitor and host write before a visit is looked at for patients before it is saved."""

import pytest
from django.urls import reverse

from shadowing.tests.worlds import agreed

pytestmark = pytest.mark.django_db
SAW = "How Mr Ash was helped"


@pytest.mark.parametrize("box", ["objectives", "notice"])
def test_hopes_and_what_to_notice_are_asked_about(client, two, box):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    client.force_login((doctor if box == "objectives" else manager).user)
    url = reverse("visit_prepare", args=[visit.pk])
    page = client.post(url, {box: SAW}).content.decode()
    assert "Could this name a patient?" in page
    visit.refresh_from_db()
    assert getattr(visit, box) == ""
    assert "How patient X was helped" in client.post(url, {box: SAW, "patients": "replace"}).content.decode()
    assert client.post(url, {box: SAW, "patients": "keep"}).status_code == 302
    visit.refresh_from_db()
    assert getattr(visit, box) == SAW
