"""The register: everybody in one tap, then exceptions; the code of the room; catching up; the certificate."""

import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from accounts.models import AuditRecord
from bookings.actions import CannotBe, NotYours
from bookings.models import Attendee, Session
from cohorts.models import Role
from elements import clock
from elements.registry import all_elements, kind_named
from reminders.models import Message
from workshops import actions, room_code, told
from workshops.attended import attended_by
from workshops.due import REGISTER
from workshops.element import Workshops
from workshops.models import CatchUp, Meeting, Tries
from workshops.square import square_of
from workshops.tests.test_series import browser
from workshops.tests.worlds import (
    DAY,
    HOUR,
    STARTS_AT,
    booked,
    cohort_with,
    day_before,
    line,
    one,
    over,
    people,
    planned,
    planned_today,
)
from workshops.time_in_kind import time_in_kind

pytestmark = pytest.mark.django_db
IN_IT = STARTS_AT + HOUR
HOUSE = Workshops()


@pytest.fixture
def room(db):
    """(lead, facilitator, meeting, four people with places)."""
    cohort, lead, facilitator, everybody = cohort_with(4)
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator])
    booked(meeting, *everybody)
    return lead, facilitator, meeting, everybody


def marks(meeting) -> list[tuple]:
    lines = meeting.session.attendees.filter(is_live=True).order_by("participant__joined_at", "pk")
    return [(each.attendance, each.minutes) for each in lines]


def mark(meeting, participant, attendance, minutes=None, *, by, now=IN_IT) -> None:
    attendee = line(meeting, participant)
    actions.mark_in_register(attendee=attendee, attendance=attendance, minutes=minutes, by=by, now=now)


def test_everybody_in_one_tap_then_the_exceptions(room):
    _, facilitator, meeting, (late, part, sorry, _) = room
    assert actions.mark_all_present(meeting=meeting, by=facilitator, now=IN_IT) == 4
    mark(meeting, late, "late", by=facilitator)
    mark(meeting, part, "part", 45, by=facilitator)
    mark(meeting, sorry, "apologies", by=facilitator)
    assert marks(meeting) == [("late", 180), ("part", 45), ("apologies", None), ("attended", 180)]
    assert actions.mark_all_present(meeting=meeting, by=facilitator, now=IN_IT) == 0


def test_a_correction_later_stands_in_the_record(room):
    lead, _, meeting, (doctor, *_) = room
    actions.mark_all_present(meeting=meeting, by=lead, now=IN_IT)
    mark(meeting, doctor, "absent", by=lead, now=IN_IT + 9 * DAY)
    assert line(meeting, doctor).attendance == "absent"
    assert AuditRecord.objects.filter(did="corrected a register", by=lead).count() == 1


def test_only_who_runs_it_says_who_was_there(room):
    _, _, meeting, (doctor, *_) = room
    with pytest.raises(NotYours):
        mark(meeting, doctor, "attended", by=doctor.user)


def test_who_is_no_facilitator_any_more_reads_nothing_of_what_she_ran():
    cohort, lead, facilitator, (doctor, _) = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now + 30 * DAY, now=now)
    booked(meeting, doctor, now=now)
    pages = [
        *(reverse(f"meeting_{name}", args=[meeting.pk]) for name in ("detail", "register", "walk_in", "code")),
        reverse("register_mark", args=[line(meeting, doctor).pk]),
        meeting.workshop.get_absolute_url(),
    ]
    for status, runs_it in ((200, True), (404, False)):
        client = browser(facilitator)
        assert {client.get(page).status_code for page in pages} == {status}
        assert (meeting.workshop.title in client.get(reverse("hosted_list")).content.decode()) is runs_it
        told = list(HOUSE.reminders(on=over(meeting).date() + DAY))
        assert [each.to for each in told if each.kind == REGISTER] == [facilitator] * runs_it
        assert kind_named(REGISTER).wanted({"meeting": str(meeting.pk)}, facilitator) is runs_it
        lacking = [each for each in HOUSE.attention(cohorts=[cohort], on=now.date(), viewer=lead) if each.count]
        assert [each.label for each in lacking] == ["dates of workshops without a facilitator"] * (not runs_it)
        Role.objects.filter(user=facilitator).delete()


def test_the_register_on_pages(room):
    lead, facilitator, meeting, (doctor, *_) = room
    meeting = planned_today(meeting.workshop, lead, hosts=[facilitator])
    booked(meeting, doctor, now=day_before(meeting.session.starts_at))
    client, page = browser(facilitator), reverse("meeting_register", args=[meeting.pk])
    assert "All present" in client.get(page).content.decode()
    client.post(reverse("meeting_all_present", args=[meeting.pk]))
    attendee = line(meeting, doctor)
    form = reverse("register_mark", args=[attendee.pk])
    answer = client.post(form, {"attendance": "part", "part_0": "", "part_1": ""})
    assert "Enter the hours and minutes, like 1 and 30" in answer.content.decode()
    answer = client.post(form, {"attendance": "part", "part_0": "1", "part_1": "30", "late_0": "x"})
    assert answer["Location"] == f"{page}#person-{attendee.pk}"
    shown = client.get(page).content.decode()
    assert "there for 1 hour 30 minutes" in shown
    assert f"Saved: {doctor.name}, was there for part of it." in shown
    again = client.post(reverse("meeting_all_present", args=[meeting.pk]), follow=True).content.decode()
    assert "Everybody is marked already." in again
    assert (
        f"Saved: {doctor.name}, did not attend."
        in client.post(form, {"attendance": "absent"}, follow=True).content.decode()
    )


def test_who_types_a_wrong_code_is_told_how_many_tries_are_left(room):
    lead, _, meeting, (doctor, *_) = room
    meeting = planned_today(meeting.workshop, lead)
    client, page = browser(doctor.user), reverse("meeting_check_in", args=[meeting.pk])
    said = [client.post(page, {"code": "wrong"}).content.decode() for _ in range(6)]
    left = [f"You have {tries} left" for tries in ("4 tries", "3 tries", "2 tries", "one try")]
    for shown, words in zip(said, (*left, "it was your last try", "That was the last try"), strict=True):
        assert words in shown


def test_before_the_day_the_page_says_from_when_the_register_is_taken(room):
    lead, _, meeting, _ = room
    now = timezone.now()
    meeting = planned(meeting.workshop, lead, starts_at=now + 2 * DAY, now=now)
    shown = browser(lead).get(reverse("meeting_register", args=[meeting.pk])).content.decode()
    assert f"You can take the register from {clock.in_full(meeting.session.day)}." in shown


def test_before_it_begins_whoever_runs_it_gives_a_place_back_or_takes_somebody_off_the_list(room):
    lead, facilitator, old, (doctor, manager, third, _) = room
    now = timezone.now()
    meeting = planned(old.workshop, lead, hosts=[facilitator], starts_at=now + 2 * DAY, now=now, capacity=1)
    booked(meeting, doctor, manager, third, now=now)
    register, client = reverse("meeting_register", args=[meeting.pk]), browser(facilitator)

    def given_back(person, *, question: str) -> str:
        page = reverse("register_give_back", args=[line(meeting, person).pk])
        assert page in client.get(register).content.decode()
        assert question in client.get(page).content.decode()
        assert line(meeting, person).is_live  # to look changes nothing
        return client.post(page, follow=True).content.decode()

    said = given_back(third, question=f"Take {third.name} off the waiting list?")
    assert f"{third.name} is off the waiting list and gets an email." in said
    said = given_back(doctor, question=f"Give back the place of {doctor.name}?")
    assert "The place is offered to whoever is next on the waiting list." in said
    assert line(meeting, manager).booking.state == "offered"
    actions.take_offer(
        meeting=meeting, participant=manager, booking=line(meeting, manager).booking, by=manager.user, now=now
    )
    key = line(meeting, manager).pk
    assert "The place is free." in given_back(manager, question=f"Give back the place of {manager.name}?")
    assert not Attendee.objects.live().filter(session=meeting.pk).exists()
    told_of = Message.objects.filter(kind="bookings.cancelled", ref__by=str(facilitator.pk))
    assert {each.recipient for each in told_of} == {doctor.user, manager.user, third.user}
    again = client.get(reverse("register_give_back", args=[key]), follow=True).content.decode()
    assert "has no place on this date any more" in again


def test_once_it_has_begun_no_place_is_given_back_and_the_register_says_who_came(room):
    lead, facilitator, old, (doctor, *_) = room
    meeting = planned_today(old.workshop, lead, hosts=[facilitator])
    booked(meeting, doctor, now=day_before(meeting.session.starts_at))
    client, page = browser(facilitator), reverse("register_give_back", args=[line(meeting, doctor).pk])
    assert page not in client.get(reverse("meeting_register", args=[meeting.pk])).content.decode()
    assert "A place is given back before it begins." in client.get(page, follow=True).content.decode()
    assert "Say in the register who did not come." in client.post(page, follow=True).content.decode()
    assert line(meeting, doctor).booking.is_booked


def test_a_walk_in_is_there_and_has_a_place_beyond_the_number_of_places(room):
    lead, _, meeting, _ = room
    Session.objects.filter(pk=meeting.pk).update(capacity=4)
    (new,) = people(meeting.cohort, 1)
    for _ in range(2):
        actions.add_walk_in(meeting=meeting, participant=new, by=lead, now=IN_IT)
    meeting.session.refresh_from_db()
    assert (meeting.session.capacity, meeting.session.taken) == (5, 5)
    assert line(meeting, new).attendance == "attended"


def test_who_walks_in_gives_back_what_she_had_on_another_date(room):
    """Also where whoever runs this date has nothing to do with the other."""
    lead, facilitator, meeting, (_, second, third, _) = room
    later = planned(meeting.workshop, lead, starts_at=STARTS_AT + 7 * DAY, capacity=1)
    last = planned(meeting.workshop, lead, starts_at=STARTS_AT + 14 * DAY, capacity=1)
    other = planned(one(meeting.cohort, lead, title="Another"), lead, starts_at=STARTS_AT + 7 * DAY)
    (new,) = people(meeting.cohort, 1)
    booked(later, new, second)
    booked(last, third, new)
    booked(other, new)
    actions.add_walk_in(meeting=meeting, participant=new, by=facilitator, now=IN_IT)
    standing = Attendee.objects.live().filter(participant=new).values_list("session", flat=True)
    assert set(standing) == {meeting.pk, other.pk}
    assert line(later, second).booking.state == "offered"
    assert Message.objects.filter(kind="bookings.cancelled", recipient=new.user).count() == 2


def checked_in(meeting, participant, code, now=IN_IT) -> bool:
    return actions.check_in_with_code(meeting=meeting, participant=participant, code=code, by=participant.user, now=now)


def test_the_code_of_the_room_marks_who_types_it_as_there(room):
    _, _, meeting, (doctor, *_) = room
    assert checked_in(meeting, doctor, room_code.code_of(meeting, STARTS_AT), now=STARTS_AT)
    assert line(meeting, doctor).attendance == "attended"


def test_the_code_marks_who_types_it_an_hour_later_as_late_with_the_time_that_is_left(room):
    _, _, meeting, (doctor, *_) = room
    assert checked_in(meeting, doctor, room_code.code_of(meeting, IN_IT))
    assert (line(meeting, doctor).attendance, line(meeting, doctor).minutes) == ("late", 120)


def test_when_it_is_over_there_is_no_code_and_nobody_checks_in(room, monkeypatch):
    _, facilitator, meeting, (doctor, *_) = room
    for now, is_on in ((IN_IT, True), (over(meeting), False)):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        code = room_code.code_of(meeting, now)
        assert (code in page_of(facilitator, "meeting_code", meeting)) is is_on
        assert ("I am here" in page_of(doctor.user, "meeting_detail", meeting)) is is_on
    with pytest.raises(CannotBe):
        checked_in(meeting, doctor, room_code.code_of(meeting, over(meeting)), now=over(meeting))


def page_of(user, name: str, meeting) -> str:
    return browser(user).get(reverse(name, args=[meeting.pk])).content.decode()


def test_the_code_works_for_minutes_and_for_one_date(room):
    lead, _, meeting, _ = room
    code, other = room_code.code_of(meeting, IN_IT), planned(meeting.workshop, lead, starts_at=STARTS_AT + DAY)
    assert room_code.is_code(meeting, code, IN_IT + timedelta(minutes=4))
    assert room_code.is_code(meeting, code, IN_IT + timedelta(minutes=9))
    assert not room_code.is_code(meeting, code, IN_IT + timedelta(minutes=11))
    assert not room_code.is_code(meeting, code, IN_IT - timedelta(minutes=6))
    assert not room_code.is_code(other, code, IN_IT)


def test_the_code_depends_on_the_key_of_the_installation(room, settings):
    _, _, meeting, _ = room
    code = room_code.code_of(meeting, IN_IT)
    settings.SECRET_KEY = "another key of the same length, sixty letters in all: abcdefg"
    assert not room_code.is_code(meeting, code, IN_IT)


def test_after_five_wrong_codes_the_right_one_is_not_looked_at(room):
    _, _, meeting, (doctor, manager, *_) = room
    code = room_code.code_of(meeting, IN_IT)
    for number in range(5):
        assert not checked_in(meeting, doctor, f"wrong {number}")
    with pytest.raises(actions.TooManyTries):
        checked_in(meeting, doctor, code)
    assert line(meeting, doctor).attendance == ""
    assert Tries.objects.get(participant=doctor).wrong == 5
    assert checked_in(meeting, manager, code)  # the tries are each person's own


def test_who_has_no_place_or_comes_another_day_checks_in_with_nobody(room):
    _, _, meeting, (doctor, *_) = room
    (new,) = people(meeting.cohort, 1)
    with pytest.raises(CannotBe):
        checked_in(meeting, new, room_code.code_of(meeting, IN_IT))
    tomorrow = IN_IT + DAY
    with pytest.raises(CannotBe):
        checked_in(meeting, doctor, room_code.code_of(meeting, tomorrow), tomorrow)


def test_what_a_host_said_stays_when_somebody_checks_in(room):
    lead, _, meeting, (doctor, *_) = room
    mark(meeting, doctor, "late", 60, by=lead)
    assert checked_in(meeting, doctor, room_code.code_of(meeting, IN_IT))
    assert (line(meeting, doctor).attendance, line(meeting, doctor).minutes) == ("late", 60)


def test_the_code_is_on_a_page_for_whoever_runs_it_on_the_day(room):
    lead, facilitator, meeting, (doctor, *_) = room
    now = timezone.now()
    meeting = planned_today(meeting.workshop, lead, hosts=[facilitator])
    page = reverse("meeting_code", args=[meeting.pk])
    answer = browser(facilitator).get(page)
    shown = answer.content.decode()
    assert any(room_code.code_of(meeting, moment) in shown for moment in (now, timezone.now()))
    assert 1 <= int(answer["Refresh"]) <= 301
    assert "the next code comes by itself" in shown
    assert browser(doctor.user).get(page).status_code == 403


@pytest.mark.parametrize(("seconds", "left"), [(0, 301), (0.5, 300), (1, 300), (299, 2), (299.9, 1)])
def test_the_page_asks_again_when_another_code_is_shown(room, seconds, left):
    _, _, meeting, _ = room
    now = IN_IT + timedelta(seconds=seconds)
    assert room_code.renewed_in(now) == left
    later = now + timedelta(seconds=left)
    assert room_code.code_of(meeting, later) != room_code.code_of(meeting, now)
    assert room_code.code_of(meeting, later + timedelta(seconds=298)) == room_code.code_of(meeting, later)


def test_when_it_is_over_the_page_of_the_code_rests(room):
    lead, _, meeting, _ = room
    page, past = reverse("meeting_code", args=[meeting.pk]), timezone.now() - timedelta(seconds=1)
    assert "Refresh" not in browser(lead).get(page)  # it is another day
    Session.objects.filter(pk=meeting.pk).update(starts_at=past - timedelta(seconds=1), ends_at=past)
    assert "Refresh" not in browser(lead).get(page)


def test_the_square_beside_it_holds_the_address_to_check_in_with_this_code(room):
    lead, facilitator, meeting, _ = room
    now = timezone.now()
    meeting = planned(meeting.workshop, lead, hosts=[facilitator], starts_at=now + timedelta(minutes=1), now=now)
    shown = browser(facilitator).get(reverse("meeting_code", args=[meeting.pk])).content.decode()
    squares = [
        square_of(room_code.address_of(meeting, room_code.code_of(meeting, moment))) for moment in (now, timezone.now())
    ]
    assert any(f'<path d="{square.path}" fill="#000000"/>' in shown for square in squares)


def test_the_square_draws_every_dark_module_of_the_code_and_nothing_around_it():
    text = "https://pairs.example/workshops/dates/1b671a64-40d5-491e-99b0-da01ff1f3341/check-in/?code=012345"
    square, drawn = square_of(text), set()
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", square.path):
        assert width == back
        drawn |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert re.sub(r"M\d+ \d+h\d+v1h-\d+z", "", square.path) == ""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    rows = code.get_matrix()
    assert square.size == len(rows) + 8
    assert drawn == {(x + 4, y + 4) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}


def test_who_follows_the_square_finds_the_code_in_its_box_and_still_says_herself_that_she_is_there(room):
    lead, _, meeting, (doctor, *_) = room
    now = timezone.now()
    meeting = planned(meeting.workshop, lead, starts_at=now + timedelta(minutes=1), now=now)
    booked(meeting, doctor, now=now)
    address = urlsplit(room_code.address_of(meeting, "012345"))
    client, page = browser(doctor.user), f"{address.path}?{address.query}"
    sent_to_sign_in = Client().get(page)
    assert parse_qs(urlsplit(sent_to_sign_in["Location"]).query)["next"] == [page]
    shown = client.get(page).content.decode()
    assert 'value="012345"' in shown
    assert "If you are in the room, check in." in shown
    assert line(meeting, doctor).attendance == ""
    client.post(page, {"code": room_code.code_of(meeting, timezone.now())})
    assert line(meeting, doctor).attendance == "attended"


@pytest.mark.parametrize("read", ["12345", "1234567", "12345a", "١٢٣٤٥٦", "<script>", "123456\n", ""])
def test_what_is_no_code_is_put_into_no_box(read):
    assert room_code.in_an_address(read) == ""


# Afterwards


def test_who_missed_it_catches_up_and_who_was_there_need_not(room):
    lead, _, meeting, (doctor, manager, *_) = room
    actions.mark_all_present(meeting=meeting, by=lead, now=IN_IT)
    mark(meeting, doctor, "absent", by=lead)
    known = {"workshop": meeting.workshop, "now": over(meeting)}
    for _ in range(2):
        actions.catch_up(participant=doctor, by=doctor.user, **known)
    assert CatchUp.objects.count() == 1
    with pytest.raises(actions.WasThere):
        actions.catch_up(participant=manager, by=manager.user, **known)
    assert [(each.label, each.role, each.minutes) for each in told.record(participant=doctor, now=over(meeting))] == [
        ("How the NHS works", "caught up afterwards", None)
    ]


def test_nobody_catches_up_before_it_has_taken_place_without_her(room):
    lead, _, meeting, (doctor, *_) = room
    (new,) = people(meeting.cohort, 1)
    for each, now in ((new, STARTS_AT), (doctor, STARTS_AT), (doctor, over(meeting))):  # her line is not marked yet
        with pytest.raises(actions.NotMissed):
            actions.catch_up(workshop=meeting.workshop, participant=each, by=each.user, now=now)
    mark(meeting, doctor, "apologies", by=lead)
    for each in (new, doctor):
        actions.catch_up(workshop=meeting.workshop, participant=each, by=each.user, now=over(meeting))
    assert CatchUp.objects.count() == 2


def test_whoever_was_there_after_all_has_caught_up_with_nothing(room):
    lead, _, meeting, (doctor, *_) = room
    mark(meeting, doctor, "absent", by=lead)
    actions.catch_up(workshop=meeting.workshop, participant=doctor, by=doctor.user, now=over(meeting))
    mark(meeting, doctor, "attended", by=lead, now=over(meeting))
    assert [(each.label, each.role, each.minutes) for each in told.record(participant=doctor, now=over(meeting))] == [
        ("How the NHS works", "", 180)
    ]


def test_what_is_not_over_is_neither_told_as_past_nor_counted(room, monkeypatch):
    _, _, meeting, (doctor, *_) = room
    assert checked_in(meeting, doctor, room_code.code_of(meeting, STARTS_AT), now=STARTS_AT)
    cohort = meeting.cohort
    for now, past in ((STARTS_AT, False), (over(meeting), True)):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        client = browser(doctor.user)
        said = client.get(meeting.get_absolute_url()).content.decode()
        assert ("You were there: 3 hours." in said) is past
        assert ("You are marked as there." in said) is not past
        said = client.get(reverse("workshop_list", args=[cohort.pk])).content.decode()
        assert ("You were there" in said) is past
        assert ("Marked as there" in said) is not past
        assert len(attended_by(doctor, now=now)) == len(list(HOUSE.record(participant=doctor))) == past
        certificate = client.get(reverse("workshop_certificate", args=[doctor.pk]))
        assert certificate.status_code == (200 if past else 302)
        assert [each.of_participants for each in time_in_kind(cohort, now=now).kinds] == [180] * past


def test_record_certificate_and_counts_have_the_minutes_that_somebody_was_really_there(room, monkeypatch):
    lead, _, meeting, (doctor, manager, *_) = room
    actions.mark_all_present(meeting=meeting, by=lead, now=IN_IT)
    mark(meeting, doctor, "part", 45, by=lead)
    second = planned(one(meeting.cohort, lead, title="Change"), lead, starts_at=STARTS_AT + 7 * DAY)
    booked(second, doctor)
    actions.mark_all_present(meeting=second, by=lead, now=over(second))
    assert [(each.title, each.minutes, each.remark) for each in attended_by(doctor, now=over(second))] == [
        ("How the NHS works", 45, "part of it"),
        ("Change", 180, ""),
    ]
    assert [each.minutes for each in told.record(participant=doctor, now=over(second))] == [45, 180]
    counts = told.measures(cohorts=[meeting.cohort])
    assert counts[doctor.pk] == {"workshops": 2, "minutes in workshops": 225}
    assert counts[manager.pk] == {"workshops": 1, "minutes in workshops": 180}
    monkeypatch.setattr(timezone, "now", lambda: over(second))
    answer = browser(doctor.user).get(reverse("workshop_certificate", args=[doctor.pk]))
    text = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    for words in ("was at 2 workshops", "45 minutes (part of it)", "3 hours", "3 hours 45 minutes", "10 March 2027"):
        assert words in text


def test_a_certificate_of_nothing_leads_back(room):
    *_, (doctor, *_) = room
    answer = browser(doctor.user).get(reverse("workshop_certificate", args=[doctor.pk]))
    assert answer["Location"] == reverse("workshop_list", args=[doctor.cohort_id])


def test_whoever_is_forgotten_leaves_nothing_that_she_said(room):
    lead, _, meeting, (doctor, *_) = room
    actions.mark_all_present(meeting=meeting, by=lead, now=IN_IT)
    mark(meeting, doctor, "absent", by=lead)
    actions.catch_up(workshop=meeting.workshop, participant=doctor, by=doctor.user, now=over(meeting))
    for _ in range(2):
        for element in all_elements():
            if element.slug == "workshops":
                element.forget(user=doctor.user, by=lead)
    assert not CatchUp.objects.exists()
    assert list(told.everything_about(user=doctor.user)) == []


def test_a_register_with_a_gap_needs_a_lead(room):
    lead, _, meeting, (doctor, *_) = room
    now = timezone.now()
    Meeting.objects.all().delete()
    past = planned(meeting.workshop, lead, starts_at=now - 2 * DAY, now=now - 9 * DAY)
    booked(past, doctor, now=now - 9 * DAY)

    def untaken() -> dict:
        found = told.attention(cohorts=[meeting.cohort], on=now.date())
        return {each.label: each.count for each in found}

    assert untaken()["workshops of which the register is not finished"] == 1
    actions.mark_all_present(meeting=past, by=lead, now=now)
    assert untaken()["workshops of which the register is not finished"] == 0
