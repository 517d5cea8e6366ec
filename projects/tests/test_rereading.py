"""Two owners write on the same page at once: none replaces unread what the other wrote, and nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairs.tests.test_views import text_of
from projects import actions
from projects.choices import Shape
from projects.models import Cycle, Driver, Project, SupportRequest
from projects.tests.worlds import begun, milestone_of, planned, request_of

pytestmark = pytest.mark.django_db
DAY = {"_0": "1", "_1": "3", "_2": "2027"}
STARTS = {f"starts_on{end}": value for end, value in DAY.items()}
MINE, THEIRS = "Kingfisher", "Plover"
# {page: (what is typed besides the words, the box of the words)}
PAGES = {
    "project_edit": ({"title": "Letters"}, "problem"),
    "project_aim": ({}, "aim"),
    "project_showcase_edit": ({}, "abstract"),
    "milestone_edit": ({"title": "Letters", "state": "going"}, "evidence"),
    "cycle_edit": ({"plan": "Ring", **STARTS}, "prediction"),
    "cycle_do": ({}, "did"),
    "cycle_study": ({}, "studied"),
    "cycle_act": ({"act": "adopt"}, "act_words"),
}


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person.user)
    return browser


@pytest.fixture
def rows(two):
    """{beginning of a page's name: the row that it writes to}"""
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    return {"project": project, "milestone": milestone_of(project), "cycle": planned(project, doctor)}


def ready(name: str, row) -> None:
    """What has to be written before this step."""
    if name in {"cycle_study", "cycle_act"}:
        Cycle.objects.filter(pk=row.pk).update(did="Rang", studied="It helps" if name == "cycle_act" else "")


@pytest.mark.parametrize("name", PAGES)
def test_what_a_co_owner_wrote_meanwhile_is_read_before_it_is_replaced(two, rows, name):
    _, _, doctor, manager = two
    row, (given, box) = rows[name.partition("_")[0]], PAGES[name]
    ready(name, row)
    page, mine, theirs = reverse(name, args=[row.pk]), signed_in(doctor), signed_in(manager)
    seen = {who: who.get(page).context["form"]["seen"].value() for who in (mine, theirs)}
    assert theirs.post(page, {**given, box: THEIRS, "seen": seen[theirs]}).status_code == 302
    again = mine.post(page, {**given, box: MINE, "seen": seen[mine]})
    assert "This was changed while you were writing" in text_of(again)
    assert THEIRS in again.content.decode()
    assert again.context["form"][box].value() == MINE
    assert getattr(type(row).objects.get(pk=row.pk), box) == THEIRS
    sent = {**given, box: MINE, "seen": again.context["form"]["seen"].value()}
    for _ in range(2):  # the same page sent twice is refused to nobody
        assert mine.post(page, sent).status_code == 302
    assert getattr(type(row).objects.get(pk=row.pk), box) == MINE


@pytest.mark.parametrize("name", PAGES)
def test_words_put_back_after_signing_in_again_replace_nothing_unread(two, rows, name):
    _, _, doctor, manager = two
    row, (given, box) = rows[name.partition("_")[0]], PAGES[name]
    ready(name, row)
    page, mine, theirs = reverse(name, args=[row.pk]), signed_in(doctor), signed_in(manager)
    shown = mine.get(page)
    seal = re.search(r'name="kept_for" value="([^"]+)"', shown.content.decode())[1]
    seen = shown.context["form"]["seen"].value()
    mine.logout()
    assert mine.post(page, {**given, box: MINE, "seen": seen, "kept_for": seal}).status_code == 302
    fresh = theirs.get(page).context["form"]["seen"].value()
    assert theirs.post(page, {**given, box: THEIRS, "seen": fresh}).status_code == 302
    mine.force_login(doctor.user)
    form = mine.get(page).context["form"]
    assert form[box].value() == MINE
    again = mine.post(page, {**given, box: MINE, "seen": form["seen"].value()})
    assert "This was changed while you were writing" in text_of(again)
    assert THEIRS in again.content.decode()
    assert getattr(type(row).objects.get(pk=row.pk), box) == THEIRS


def test_words_kept_while_they_were_typed_replace_nothing_unread_either(two, rows):
    """The script keeps long texts, and every hidden box that says `data-draft`."""
    _, _, doctor, manager = two
    page = reverse("project_edit", args=[rows["project"].pk])
    mine, theirs = signed_in(doctor), signed_in(manager)
    shown = mine.get(page)
    [(name, seen)] = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)" data-draft', shown.content.decode())
    texts = {"problem": MINE, name: seen}
    kept = mine.post(reverse("draft_keep"), {"page": page, "texts": texts}, content_type="application/json")
    assert kept.status_code == 204
    fresh = theirs.get(page).context["form"]["seen"].value()
    assert theirs.post(page, {"title": "Letters", "problem": THEIRS, "seen": fresh}).status_code == 302
    form = mine.get(page).context["form"]
    again = mine.post(page, {"title": "Letters", "problem": form["problem"].value(), "seen": form["seen"].value()})
    assert "This was changed while you were writing" in text_of(again)
    assert Project.objects.get(pk=rows["project"].pk).problem == THEIRS


def test_what_stands_is_said_in_words_and_only_where_it_differs(two, rows):
    _, _, doctor, manager = two
    cycle = rows["cycle"]
    idea = Driver.objects.create(project=rows["project"], kind="idea", words="Ring early")
    page, mine, theirs = reverse("cycle_edit", args=[cycle.pk]), signed_in(doctor), signed_in(manager)
    seen = mine.get(page).context["form"]["seen"].value()
    given = {"plan": cycle.plan, "prediction": cycle.prediction, **STARTS}
    theirs.post(page, {**given, "idea": str(idea.pk)})
    again = mine.post(page, {**given, "starts_on_0": "2", "seen": seen})
    assert [(each.label, each.words) for each in again.context["form"].standing] == [
        ("When does it start?", "Monday 1 March 2027"),
        ("Which idea does it test?", "Ring early"),
    ]
    page = reverse("milestone_edit", args=[rows["milestone"].pk])
    seen = mine.get(page).context["form"]["seen"].value()
    theirs.post(page, {"title": "Letters", "state": "reached"})
    again = mine.post(page, {"title": "Letters", "state": "going", "seen": seen})
    assert [(each.label, each.words) for each in again.context["form"].standing] == [("How does it stand?", "Reached")]


def test_who_looks_again_for_a_patient_meanwhile_still_reads_what_the_other_wrote(two, rows):
    _, _, doctor, manager = two
    project = rows["project"]
    page, mine = reverse("project_edit", args=[project.pk]), signed_in(doctor)
    given = {"title": "Letters", "patients_voice": "Mrs Quillfeather waited"}
    seen = mine.get(page).context["form"]["seen"].value()
    actions.edit_project(project=project, problem=THEIRS, by=manager.user, now=timezone.now())
    asked = mine.post(page, {**given, "seen": seen})
    assert "Could this name a patient?" in text_of(asked)
    again = mine.post(page, {**given, "patients": "keep", "seen": asked.context["form"]["seen"].value()})
    assert "This was changed while you were writing" in text_of(again)
    assert Project.objects.get().problem == THEIRS


def test_the_beginning_of_a_project_looks_for_patients_too(two):
    _, pair, doctor, _ = two
    page, mine = reverse("project_create", args=[pair.pk]), signed_in(doctor)
    given = {"title": "Letters", "shape": "joint", "problem": "Mrs Quillfeather, 943 476 5919, waited"}
    assert "Could this name a patient?" in text_of(mine.post(page, given))
    assert not Project.objects.exists()
    mine.post(page, {**given, "patients": "keep"})
    assert Project.objects.get().problem == given["problem"]


@pytest.mark.parametrize("name", ["cycle_study", "cycle_act"])
def test_a_step_whose_turn_has_not_come_is_not_opened_and_loses_no_words(two, rows, name):
    _, _, doctor, _ = two
    cycle, (given, box) = rows["cycle"], PAGES[name]
    page, mine = reverse(name, args=[cycle.pk]), signed_in(doctor)
    assert "First write what was done" in text_of(mine.get(page, follow=True))
    refused = mine.post(page, {**given, box: MINE})
    assert "First write" in text_of(refused)
    assert refused.context["form"][box].value() == MINE
    Cycle.objects.update(did="Rang", studied="It helps")
    assert mine.get(page).status_code == 200


def test_a_plan_that_is_fixed_is_not_opened_and_loses_no_words(two, rows):
    _, _, doctor, manager = two
    cycle, (given, box) = rows["cycle"], PAGES["cycle_edit"]
    page, mine = reverse("cycle_edit", args=[cycle.pk]), signed_in(doctor)
    seen = mine.get(page).context["form"]["seen"].value()
    now = timezone.now()
    actions.do_cycle(cycle=cycle, did="Rang", by=manager.user, now=now, on=now.date())
    refused = mine.post(page, {**given, box: MINE, "seen": seen})
    assert "Something was done already" in text_of(refused)
    assert refused.context["form"][box].value() == MINE
    assert "Something was done already" in text_of(mine.get(page, follow=True))
    assert Cycle.objects.get().prediction == cycle.prediction


def test_an_answer_to_what_was_settled_meanwhile_is_still_there_to_copy(two):
    lead, pair, doctor, _ = two
    support = request_of(begun(pair, doctor, shape=Shape.FRIEND), doctor)
    browser = Client()
    browser.force_login(lead)
    page = reverse("support_answer", args=[support.pk])
    seen = browser.get(page).context["form"]["seen"].value()
    actions.close_support(support=support, by=doctor.user, now=timezone.now())
    kept = browser.post(page, {"state": "answered", "answer": MINE, "seen": seen})
    assert "settled while you wrote" in text_of(kept)
    assert kept.context["form"]["answer"].value() == MINE
    assert SupportRequest.objects.get().answer == ""
    assert browser.get(page)["Location"] == support.get_absolute_url()
