"""The sheet for the day as a document, read back from the document itself."""

import pytest
from django.urls import reverse

from elements.tests.test_paper import read, text_of
from shadowing.host_sheet import CONFIDENTIAL, NO_PATIENTS, as_pdf, host_sheet
from shadowing.tests.worlds import agreed, prepared, setting

pytestmark = pytest.mark.django_db
TYPED = {"notice": "Who speaks first.\nWhat nobody says.", "contact": "Ward clerk, bleep 123"}


@pytest.fixture
def visit(two):
    _, pair, doctor, manager = two
    made = prepared(agreed(pair, manager, doctor, setting=setting("operating-theatre")))
    for name, words in TYPED.items():
        setattr(made, name, words)
    made.save()
    return made


def test_one_sheet_has_all_that_a_visitor_needs(visit):
    sheet = host_sheet(visit)
    document = as_pdf(sheet)
    assert len(read(document).pages) == 1
    text = " ".join(text_of(document).split())
    told = [words for _, row in sheet.rows for words in row.splitlines()]
    for words in (*told, CONFIDENTIAL, NO_PATIENTS, "How a list is kept on time", "What nobody says."):
        assert words in text


def test_visitor_and_host_and_nobody_else_download_it(client, two, visit):
    lead, _, doctor, manager = two
    url = reverse("visit_sheet_pdf", args=[visit.pk])
    for user, code in ((doctor.user, 200), (manager.user, 200), (lead, 404)):
        client.force_login(user)
        assert client.get(url).status_code == code
    client.force_login(manager.user)
    assert client.get(url)["Content-Type"] == "application/pdf"
    for page in ("visit_detail", "visit_sheet"):
        assert url in client.get(reverse(page, args=[visit.pk])).content.decode()
