"""A project of one owner is told of one, on every page that speaks of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from pairs.tests.test_views import text_of
from projects.choices import Part, Shape
from projects.models import Involvement
from projects.tests.worlds import begun, milestone_of, planned, read, request_of, reviewed

pytestmark = pytest.mark.django_db
SPOKEN_OF = {  # page: (whose, of what)
    "project_detail": ("lead", "project"),
    "cycle_list": ("friend", "project"),
    "support_list": ("friend", "project"),
    "support_answer": ("lead", "support"),
    "milestone_detail": ("friend", "milestone"),
    "review_list": ("friend", "project"),
    "review_create": ("friend", "other"),
    "review_detail": ("friend", "review"),
}


@pytest.mark.parametrize(
    ("name", "is_one"),
    [(name, is_one) for name in SPOKEN_OF for is_one in (True, False) if is_one or name != "review_create"],
)
def test_one_owner_is_not_called_several(two, name, is_one):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    planned(project, doctor)
    milestone = milestone_of(project, state="going", evidence="A figure")
    rows = {
        "project": project,
        "milestone": milestone,
        "other": milestone_of(project, title="Another", evidence="A figure"),
        "review": reviewed(milestone, manager),
        "support": request_of(project, doctor),
    }
    if not is_one:
        Involvement.objects.filter(project=project, part=Part.FRIEND).update(part=Part.OWNER)
    browser, (who, what) = Client(), SPOKEN_OF[name]
    browser.force_login({"lead": lead, "friend": manager.user}[who])
    said = text_of(browser.get(reverse(name, args=[rows[what].pk])))
    assert read(project).owners_word == ("owner" if is_one else "owners")
    assert re.findall(r"\bowners?\b", said, re.IGNORECASE) == ["owner" if is_one else "owners"] * (
        2 if name == "review_create" else 1
    )


def test_a_lead_is_told_whom_her_answer_reaches(two):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    support, milestone = request_of(project, doctor), milestone_of(project)
    browser = Client()
    browser.force_login(lead)
    page = reverse("support_answer", args=[support.pk])
    said = text_of(browser.post(page, {"state": "answered", "answer": "Here"}, follow=True))
    assert "An email tells the owner that there is an answer." in said
    browser.force_login(manager.user)
    said = text_of(browser.post(reverse("review_create", args=[milestone.pk]), {"strong": "The aim"}, follow=True))
    assert "An email tells the owner of the project that there is a review." in said
