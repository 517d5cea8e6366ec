"""The series: the usual six, one more, another order, materials, and what people want."""

import threading
from functools import partial
from time import sleep
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from bookings.models import Host
from cohorts.choices import RoleKind, Side
from cohorts.models import Participant, Role
from cohorts.tests.races import PATIENCE, at_once, refusals
from elements import clock
from elements.registry import all_elements
from projects.tests import decks as brought
from tests.permissions.answers import telling
from workshops import actions
from workshops.models import Material, Need, Workshop
from workshops.presets import USUAL
from workshops.querysets import NeedQuerySet
from workshops.tests.worlds import DAY, NOW, booked, cohort_with, one, people, planned
from workshops.wanted import wanted

pytestmark = pytest.mark.django_db
ON = clock.local(NOW).date()


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def titles(cohort) -> list[str]:
    return list(Workshop.objects.filter(cohort=cohort).values_list("title", flat=True))


def test_the_six_are_set_up_in_one_press_and_only_once():
    cohort, lead, _, _ = cohort_with()
    page = reverse("workshop_set_up", args=[cohort.pk])
    assert browser(lead).post(page).status_code == 302
    assert titles(cohort) == [usual.title for usual in USUAL]
    assert [each.place for each in Workshop.objects.filter(cohort=cohort)] == [1, 2, 3, 4, 5, 6]
    again = browser(lead).post(page, follow=True)
    assert "There is a workshop already" in again.content.decode()
    assert len(titles(cohort)) == 6
    assert AuditRecord.objects.filter(did="set up the usual workshops").count() == 1


def test_the_order_is_moved_with_buttons_and_comes_back_to_the_moved_line():
    cohort, lead, _, _ = cohort_with()
    a, _, c = (one(cohort, lead, title=title) for title in "ABC")
    client, page = browser(lead), reverse("workshop_list", args=[cohort.pk])
    answer = client.post(reverse("workshop_move", args=[c.pk]), {"up": "1"})
    assert answer["Location"] == f"{page}#workshop-{c.pk}"
    assert titles(cohort) == ["A", "C", "B"]
    client.post(reverse("workshop_move", args=[a.pk]), {"up": "1"})
    assert titles(cohort) == ["A", "C", "B"]
    client.post(reverse("workshop_move", args=[a.pk]), {"down": "1"})
    assert titles(cohort) == ["C", "A", "B"]
    assert [each.place for each in Workshop.objects.filter(cohort=cohort)] == [1, 2, 3]


def test_a_workshop_is_removed_only_while_nothing_hangs_on_it():
    cohort, lead, _, (doctor, _) = cohort_with()
    bare, dated, read, wanted_one = (one(cohort, lead, title=title, needs_until=ON) for title in "ABCD")
    planned(dated, lead)
    actions.add_link(workshop=read, when="before", label="Page", url="https://a.example", by=lead, now=NOW)
    actions.say_need(workshop=wanted_one, participant=doctor, confidence=3, words="", by=doctor.user, on=ON)
    for each in (dated, read, wanted_one):
        with pytest.raises(actions.StillNeeded):
            actions.remove_workshop(workshop=each, by=lead)
    actions.remove_workshop(workshop=bare, by=lead)
    assert titles(cohort) == ["B", "C", "D"]
    assert [each.place for each in Workshop.objects.filter(cohort=cohort)] == [1, 2, 3]


def test_another_title_is_the_title_of_the_dates_to_come():
    cohort, lead, _, _ = cohort_with()
    workshop = one(cohort, lead)
    meeting = planned(workshop, lead)
    given = {"topic": "change", "title": "Changing things", "aims": "", "asks_feedback": True, "needs_until": None}
    actions.change_workshop(workshop=workshop, by=lead, now=NOW, **given)
    meeting.session.refresh_from_db()
    assert meeting.session.title == "Changing things"


def test_a_lead_who_takes_part_sees_beside_how_many_places_there_are_that_she_has_one():
    cohort, lead, _, (doctor, _) = cohort_with()
    Role.objects.create(user=doctor.user, kind=RoleKind.FACILITATOR, cohort=cohort)
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 9 * DAY, now=now)
    booked(meeting, doctor, now=now)
    client = browser(doctor.user)
    assert (
        "1 of 30 places taken. You have a place"
        in client.get(reverse("workshop_list", args=[cohort.pk])).content.decode()
    )
    Host.objects.create(session=meeting.session, user=doctor.user)
    assert "1 of 30 places taken. You have a place" in client.get(meeting.workshop.get_absolute_url()).content.decode()


# Materials


def material_sent(**more) -> dict:
    return {"label": "Slides", "when": "after", "kind": "file", "url": "", **more}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (material_sent(), "Choose a PDF"),
        (material_sent(), "an Excel file (.xlsx)"),
        (material_sent(file=brought.uploaded("slides.pptx", brought.pptx(brought.MACRO))), "cannot be kept"),
        (material_sent(file=brought.uploaded("slides.exe", brought.PDF)), "Name it .pdf"),
        (material_sent(kind="link"), "Enter the address"),
        (material_sent(kind="link", url="javascript:alert(1)"), "Enter a full address"),
        (material_sent(kind="link", url="http://trust.example/"), "Enter an address that begins with https://"),
        (material_sent(kind=""), "Choose whether it is a file or a link"),
    ],
)
def test_what_is_no_material_is_refused_in_words(sent, words):
    cohort, lead, _, _ = cohort_with()
    answer = browser(lead).post(reverse("material_create", args=[one(cohort, lead).pk]), sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Material.objects.exists()


def test_a_file_is_handed_out_as_a_file_under_a_name_of_ours():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop = one(cohort, lead)
    sent = material_sent(label="Slides é", file=brought.uploaded("x\u202e.pdf", brought.PDF))
    assert browser(lead).post(reverse("material_create", args=[workshop.pk]), sent).status_code == 302
    material = Material.objects.get()
    answer = browser(doctor.user).get(reverse("material_download", args=[material.pk]))
    assert answer.content == brought.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="slides-e.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_button_pressed_twice_adds_one_workshop_and_one_material_of_each_kind():
    cohort, lead, _, _ = cohort_with()
    client, page = browser(lead), reverse("workshop_create", args=[cohort.pk])
    mark = uuid4()
    sent = {"title": "Once", "topic": "change", "aims": "", "sending": str(mark)}
    for _ in range(2):
        assert client.post(page, sent).status_code == 302
    assert titles(cohort) == ["Once"]
    page = reverse("material_create", args=[Workshop.objects.get().pk])
    for kind in ("file", "link"):
        for _ in range(2):
            file = brought.uploaded("slides.pdf", brought.PDF)
            sent = material_sent(kind=kind, url="https://a.example/", file=file, sending=str(mark))
            assert client.post(page, sent).status_code == 302
    assert sorted(each.is_file for each in Material.objects.all()) == [False, True]


@pytest.mark.parametrize("state", ["accepted", "completed"])
def test_materials_stay_whatever_becomes_of_dates_and_people(state):
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop = one(cohort, lead)
    actions.add_link(workshop=workshop, when="before", label="Reading", url="https://a.example", by=lead, now=NOW)
    now = timezone.now()
    meeting = planned(workshop, lead, starts_at=now + DAY, now=now)
    actions.call_off_meeting(meeting=meeting, reason="Snow", by=lead, now=now)
    type(doctor).objects.filter(pk=doctor.pk).update(state=state)
    page = browser(doctor.user).get(workshop.get_absolute_url())
    assert "https://a.example" in page.content.decode()


def test_a_material_is_a_file_or_a_link_and_never_both_or_neither():
    cohort, lead, _, _ = cohort_with()
    workshop, known = one(cohort, lead), {"when": "before", "label": "A", "added_at": NOW}
    for wrong in ({}, {"url": "https://a.example", "content": b"x", "name": "a.pdf", "content_type": "b"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Material.objects.create(workshop=workshop, **known, **wrong)


# What people want


def said(workshop, participants, numbers, words="", on=ON):
    for number, each in zip(numbers, participants, strict=True):
        text = f"{words} {each.pk}" if words else ""
        actions.say_need(workshop=workshop, participant=each, confidence=number, words=text, by=each.user, on=on)


def edited(client, workshop, day) -> str:
    """What the page says when a lead chooses this last day for saying what people want."""
    sent = {"title": workshop.title, "topic": workshop.topic, "aims": "", "asks_feedback": "on"}
    sent |= {"needs_until_0": str(day.day), "needs_until_1": str(day.month), "needs_until_2": str(day.year)}
    return client.post(reverse("workshop_edit", args=[workshop.pk]), sent, follow=True).content.decode()


def test_the_last_day_of_asking_is_one_on_which_somebody_can_answer_and_be_heard():
    cohort, lead, _, _ = cohort_with(0)
    today = clock.today()
    type(cohort).objects.filter(pk=cohort.pk).update(starts_on=today, ends_on=today + 40 * DAY)
    workshop, client = one(cohort, lead), browser(lead)
    assert "Enter today or a later day" in edited(client, workshop, today - DAY)
    late = f"Enter a day up to {clock.in_full(today + 40 * DAY)}, when the cohort ends"
    assert late in edited(client, workshop, today + 41 * DAY)
    for days in (9, 20):
        planned(workshop, lead, starts_at=clock.at(today + days * DAY), now=timezone.now())
    off = planned(workshop, lead, starts_at=clock.at(today + 30 * DAY), now=timezone.now())
    actions.call_off_meeting(meeting=off, reason="Snow", by=lead, now=timezone.now())
    held = f"Enter a day before the workshop, which is on {clock.in_full(today + 20 * DAY)}"
    assert held in edited(client, workshop, today + 20 * DAY)
    for day in (today, today + 19 * DAY):
        assert "The workshop is changed" in edited(client, workshop, day)
        assert Workshop.objects.get().needs_until == day
    Workshop.objects.update(needs_until=today - 9 * DAY)
    assert "The workshop is changed" in edited(client, workshop, today - 9 * DAY)


def test_nothing_is_shown_before_the_last_day_is_over_and_then_all_at_once():
    cohort, lead, _, _ = cohort_with(0)
    workshop, everybody = one(cohort, lead, needs_until=clock.today()), people(cohort, 6)
    client, page = browser(lead), reverse("need_list", args=[workshop.pk])
    empty = telling(client.get(page))
    said(workshop, everybody, [1, 2, 3, 4, 5, 5], "More practice", on=clock.today())
    assert Need.objects.count() == 6
    assert telling(client.get(page)) == empty
    Workshop.objects.update(needs_until=clock.today() - DAY)
    shown = client.get(page).content.decode()
    assert "6 answers, 3.3 on average" in shown
    assert shown.count("More practice") == 6


def test_sides_are_shown_apart_only_where_each_reaches_the_threshold():
    cohort, lead, _, everybody = cohort_with(9)  # five of one side, four of the other
    workshop = one(cohort, lead, needs_until=ON)
    said(workshop, everybody, [1, 2, 3, 4, 5, 1, 2, 3, 4])
    shown = wanted(workshop, on=ON + DAY)
    assert shown.confidence.total.base == 9
    assert shown.confidence.groups == ()
    said(workshop, people(cohort, 2)[1:], [5])
    assert [(name, each.base) for name, each in wanted(workshop, on=ON + DAY).confidence.groups] == [
        ("doctors", 5),
        ("managers", 5),
    ]


def test_texts_are_shown_from_five_people_on():
    cohort, lead, _, everybody = cohort_with(5)
    workshop = one(cohort, lead, needs_until=ON)
    said(workshop, everybody[:4], [1, 2, 3, 4], "More practice")
    said(workshop, everybody[4:], [5])
    assert wanted(workshop, on=ON + DAY).texts == ()
    said(workshop, everybody[4:], [5], "Less talk")
    assert len(wanted(workshop, on=ON + DAY).texts) == 5


@pytest.fixture
def shown(db):
    """(lead, workshop, five of each side who said what they want), since today on a page of the lead."""
    cohort, lead, _, everybody = cohort_with(10)
    workshop = one(cohort, lead, needs_until=clock.today() - DAY)
    said(workshop, everybody, [1, 2, 3, 4, 5] * 2, "More practice", on=clock.today() - DAY)
    return lead, workshop, everybody


def needs_page(lead, workshop):
    return telling(browser(lead).get(reverse("need_list", args=[workshop.pk])))


def test_what_is_shown_stays_when_somebody_is_put_on_the_other_side_and_back(shown):
    """Each time it would differ by her answer alone."""
    lead, workshop, (first, *_) = shown
    before = needs_page(lead, workshop)
    assert "Managers: 5 answers" in before[-1]
    Participant.objects.filter(pk=first.pk).update(side=Side(first.side).other)
    assert needs_page(lead, workshop) == before


def test_what_is_shown_stays_when_somebody_is_forgotten_and_bears_her_name_no_more(shown):
    lead, workshop, (first, *_) = shown
    before = needs_page(lead, workshop)
    open_one = one(workshop.cohort, lead, title="Asked still", needs_until=clock.today())
    said(open_one, [first], [1], on=clock.today())
    (mine,) = [each for each in all_elements() if each.slug == "workshops"]
    mine.forget(user=first.user, by=lead)
    assert needs_page(lead, workshop) == before
    assert list(mine.everything_about(user=first.user)) == []
    assert not Need.objects.filter(participant=first).exists()
    assert Need.objects.filter(workshop=workshop).count() == 10
    assert not Need.objects.filter(workshop=open_one).exists()  # nobody has read it yet


def test_an_answer_is_changed_until_the_last_day_and_not_after():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop = one(cohort, lead, needs_until=ON)
    said(workshop, [doctor], [1])
    said(workshop, [doctor], [2])
    assert [each.confidence for each in Need.objects.all()] == [2]
    with pytest.raises(actions.NotAsked):
        said(workshop, [doctor], [3], on=ON + DAY)


def test_the_last_day_stays_once_answers_are_shown():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop = one(cohort, lead, needs_until=ON - DAY)
    given = {"topic": "change", "title": "A", "aims": "", "asks_feedback": True, "by": lead, "now": NOW}
    Need.objects.create(workshop=workshop, cohort=cohort, participant=doctor, side=doctor.side, confidence=1)
    with pytest.raises(actions.NeedsAreClosed):
        actions.change_workshop(workshop=workshop, needs_until=ON + DAY, **given)
    actions.change_workshop(workshop=workshop, needs_until=ON - DAY, **given)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_ends_the_asking_at_the_same_moment_reads_no_answer_afterwards(monkeypatch):
    """She who answers has seen that it is open, and writes a moment later."""
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop, seen, may_write = one(cohort, lead, needs_until=ON), [], threading.Event()
    usual = NeedQuerySet.update_or_create

    def slowly(*args, **kwargs):
        may_write.set()
        sleep(0.5)
        return usual(*args, **kwargs)

    def end_it():
        may_write.wait(PATIENCE)
        given = {"topic": "change", "title": "A", "aims": "", "asks_feedback": True, "by": lead, "now": NOW}
        actions.change_workshop(workshop=workshop, needs_until=ON - DAY, **given)
        seen.append(Need.objects.count())

    monkeypatch.setattr(NeedQuerySet, "update_or_create", slowly)
    assert refusals(at_once(partial(said, workshop, [doctor], [1]), end_it)) == []
    assert (seen, Need.objects.count()) == ([1], 1)


def test_no_record_says_who_answered():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop, before = one(cohort, lead, needs_until=ON), AuditRecord.objects.count()
    said(workshop, [doctor], [1])
    assert AuditRecord.objects.count() == before
