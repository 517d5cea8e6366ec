"""The day: what is asked on one page, the register, walk-ins, and notes that become actions, evidence and requests."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bookings import actions as places
from bookings.models import Attendee, Session
from cohorts.actions import end_role
from cohorts.tests.factories import LeadFactory, UserFactory
from elements import clock
from elements.refusals import IsGone
from pairs.tests.test_views import text_of
from projects.actions import close_project
from projects.models import Action, SupportRequest
from projects.tests.worlds import begun as begun_project
from projects.tests.worlds import milestone_of
from surgeries import actions
from surgeries.actions.noting import Deed, Evidence, Wanted, mark
from surgeries.models import Note, Topic
from surgeries.tests.worlds import HOUR, as_read, begun, booked, published, read

pytestmark = pytest.mark.django_db
DUE = clock.today() + timedelta(days=30)
NO_DEEDS = {"deeds-TOTAL_FORMS": "0", "deeds-INITIAL_FORMS": "0"}


@pytest.fixture
def day(two):
    """(lead, surgery that has begun, booking of the two with their project, doctor, manager, project)."""
    lead, pair, doctor, manager = two
    project = begun_project(pair, doctor)
    surgery = published(pair.cohort, lead)
    booking = booked(surgery, doctor, pair=pair, project=project)
    return lead, begun(surgery), as_read(booking, lead), doctor, manager, project


def noted(booking, lead, words="They begin with the letters", **more) -> Note | None:
    return actions.write_note(booking=booking, words=words, by=lead, now=timezone.now(), **more)


def deed(number: int, what: str, owner, due=(DUE.day, DUE.month, DUE.year)) -> dict[str, str]:
    boxes = {f"deeds-{number}-due_on_{place}": str(text) for place, text in enumerate(due)}
    return {f"deeds-{number}-words": what, f"deeds-{number}-owner": str(owner.pk), **boxes}


def test_a_note_with_its_lines_is_written_in_one_form_and_stands_on_the_project(day, client):
    lead, _, booking, doctor, manager, project = day
    milestone = milestone_of(project)
    client.force_login(lead)
    page = reverse("place_note", args=[booking.pk])
    form = client.get(page).context["form"]
    said = {
        "words": "They begin with the letters",
        **deed(0, "Ask the data team", manager),
        **deed(1, "Ring the ward", doctor, due=("", "", "")),
        "deeds-TOTAL_FORMS": "2",
        "deeds-INITIAL_FORMS": "0",
        "milestone": str(milestone.pk),
        "evidence": "30 of 40 on the day",
        "kind": "data",
        "support": "Figures of last year by ward",
        "owner": str(doctor.pk),
        "seen": form["seen"].value(),
        "sent": str(form["sent"].value()),
    }
    for _ in range(2):
        assert client.post(page, said).status_code == 302
    steps = Action.objects.order_by("words").values_list("project", "owner", "words", "due_on", "said_in")
    assert list(steps) == [
        (project.pk, manager.pk, "Ask the data team", DUE, booking.pk),
        (project.pk, doctor.pk, "Ring the ward", None, booking.pk),
    ]
    milestone.refresh_from_db()
    assert milestone.evidence == "30 of 40 on the day"
    assert list(SupportRequest.objects.values_list("asked_by", "words")) == [
        (doctor.pk, "Figures of last year by ward")
    ]
    client.force_login(manager.user)
    assert "Ask the data team" in text_of(client.get(project.get_absolute_url()))
    said = text_of(client.get(reverse("place_detail", args=[booking.pk])))
    assert "They begin with the letters" in said
    assert "Ask the data team" in said


def test_without_a_project_the_lines_are_the_pairs_and_without_a_pair_there_are_none(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    mine, alone = booked(surgery, doctor), booked(surgery, others[0])
    begun(surgery)
    noted(mine, lead, deeds=[Deed(doctor, "Ring the ward", DUE)])
    assert list(Action.objects.values_list("pair", "project")) == [(pair.pk, None)]
    client.force_login(lead)
    assert "which both partners read" in text_of(client.get(reverse("place_note", args=[mine.pk])))
    said = text_of(client.get(reverse("place_note", args=[alone.pk])))
    assert "can only stand in the note" in said
    with pytest.raises(actions.NothingToNoteFor):
        noted(alone, lead, deeds=[Deed(others[0], "Ring the ward")])
    with pytest.raises(actions.NothingToNoteFor):
        noted(mine, lead, support=Wanted(doctor, "data", "Figures"))
    assert not Note.objects.filter(booking=alone).exists()


def test_of_a_project_that_has_ended_there_is_the_note_alone(day, client):
    lead, _, booking, doctor, _, project = day
    milestone_of(project)
    close_project(project=project, kind="done", by=doctor.user, now=timezone.now(), on=clock.today())
    client.force_login(lead)
    page = client.get(reverse("place_note", args=[booking.pk]))
    assert "Their project has ended" in text_of(page)
    assert page.context["deeds"] is None
    assert not {"milestone", "kind"} & page.context["form"].fields.keys()
    said = {"words": "Well done", "seen": mark(None)}
    assert client.post(reverse("place_note", args=[booking.pk]), said).status_code == 302
    assert Note.objects.get().words == "Well done"


def test_a_host_writes_for_the_project_of_the_booking_alone(day, two):
    lead, _, booking, doctor, _, _ = day
    _, pair, *_ = two
    other = milestone_of(begun_project(pair, doctor, title="Another"))
    with pytest.raises(actions.NothingToNoteFor):
        noted(booking, lead, evidence=Evidence(other, "Seen"))
    other.refresh_from_db()
    assert (other.evidence, Note.objects.count()) == ("", 0)


def test_after_saving_it_is_said_what_there_is_to_read_and_no_more(day, client):
    lead, _, booking, doctor, *_ = day
    client.force_login(lead)
    page = reverse("place_note", args=[booking.pk])

    def saved(words: str, **more) -> str:
        said = {"words": words, **NO_DEEDS, "seen": client.get(page).context["form"]["seen"].value(), **more}
        return text_of(client.post(page, said, follow=True))

    agreed = {**deed(0, "Ring the ward", doctor, due=("", "", "")), "deeds-TOTAL_FORMS": "1"}
    assert "You left the note empty, so there is none." in saved("")
    assert "Saved. What you agreed on is on its page." in saved("", **agreed)
    assert "Saved. Those who booked can read it." in saved("They begin")
    both = saved("They begin soon", **{**agreed, "deeds-0-words": "Write it down"})
    assert "Saved. Those who booked can read it, and what you agreed on is on its page." in both


def test_a_note_that_another_host_changed_is_not_overwritten_unread(day, client):
    lead, _, booking, *_ = day
    seen = mark(None)
    noted(booking, lead, seen=seen)
    with pytest.raises(actions.NoteHasChanged):
        noted(booking, lead, "Other words", seen=seen)
    client.force_login(lead)
    page = reverse("place_note", args=[booking.pk])
    said = text_of(client.post(page, {"words": "Other words", "seen": seen, **NO_DEEDS}))
    assert "Somebody has changed this note while you wrote" in said
    assert "They begin with the letters" in said
    assert noted(booking, lead, "", seen=mark(Note.objects.get())) is None
    assert not Note.objects.exists()


def test_what_was_refused_because_somebody_was_faster_is_saved_once_that_is_read(day, client):
    lead, _, booking, *_ = day
    client.force_login(lead)
    page = reverse("place_note", args=[booking.pk])
    seen = client.get(page).context["form"]["seen"].value()
    noted(booking, lead)
    sent = {"words": "Mine and theirs", "seen": seen, **NO_DEEDS}
    form = client.post(page, sent).context["form"]
    assert form["words"].value() == "Mine and theirs"
    noted(booking, lead, "")  # and again, while she reads
    shown = client.post(page, {**sent, "seen": form["seen"].value()})
    assert "The note is empty now." in text_of(shown)
    again = {**sent, "seen": shown.context["form"]["seen"].value()}
    assert client.post(page, again).status_code == 302
    assert Note.objects.get().words == "Mine and theirs"


def test_a_note_that_may_name_a_patient_is_looked_at_again(day, client):
    lead, _, booking, *_ = day
    client.force_login(lead)
    page = reverse("place_note", args=[booking.pk])
    said = {"words": "Mrs Ash, 943 476 5919, waits", "seen": mark(None), **NO_DEEDS}
    assert client.post(page, said).status_code == 200
    assert not Note.objects.exists()
    client.post(page, {**said, "patients": "keep"})
    assert Note.objects.get().warned


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "data"}, "Enter what would help"),
        ({"support": "Figures"}, "Choose what kind of support it is"),
        ({"kind": "data", "support": "Figures"}, "Choose in whose name it is asked"),
        ({"deeds-0-words": "Ring", "deeds-TOTAL_FORMS": "1"}, "Choose who does it"),
        ({"deeds-0-due_on_0": "2", "deeds-TOTAL_FORMS": "1"}, "must include"),
    ],
)
def test_half_a_line_is_asked_about(day, client, said, sentence):
    lead, _, booking, *_ = day
    client.force_login(lead)
    answer = client.post(reverse("place_note", args=[booking.pk]), {"words": "A", **NO_DEEDS, **said})
    assert sentence in text_of(answer)
    assert not Note.objects.exists()


def test_what_is_agreed_on_is_for_today_or_later(day, client):
    lead, _, booking, doctor, *_ = day
    client.force_login(lead)
    page = reverse("place_note", args=[booking.pk])
    for days, is_refused in ((-1, True), (0, False)):
        due = clock.today() + timedelta(days=days)
        line = deed(0, "Ring the ward", doctor, due=(due.day, due.month, due.year))
        said = {"words": "A", "seen": mark(None), **NO_DEEDS, **line, "deeds-TOTAL_FORMS": "1"}
        answer = client.post(page, said, follow=True)
        assert ("This day is over. Enter today or a day that is still to come" in text_of(answer)) is is_refused
        assert Action.objects.exists() is not is_refused


def test_a_note_is_of_a_booking_that_stands_and_from_its_day_on(two, client):
    lead, pair, doctor, _ = two
    booking = booked(published(pair.cohort, lead), doctor)
    client.force_login(lead)
    said = client.get(reverse("place_note", args=[booking.pk]), follow=True)
    assert "on the day of the surgery or later" in text_of(said)
    places.cancel_booking(booking=booking, by=doctor.user, now=timezone.now())
    with pytest.raises(IsGone):
        noted(booking, lead)


def test_questions_stand_on_one_page_for_those_who_run_it_and_nobody_else(two, others, client):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead, slot_minutes=20)
    booked(surgery, doctor, slot=3, words="Which wards first?")
    booked(surgery, others[0], slot=1, words="Who has to agree?")
    host, page = LeadFactory().user, reverse("surgery_questions", args=[surgery.pk])
    for reader, status in ((lead, 200), (doctor.user, 403), (host, 404), (UserFactory(), 404)):
        client.force_login(reader)
        assert client.get(page).status_code == status
    client.force_login(lead)
    said = text_of(client.get(page))
    assert said.index("2pm to 2:20pm") < said.index("Who has to agree?") < said.index("2:40pm to 3pm")
    client.force_login(manager.user)
    assert "Which wards first?" not in text_of(client.get(surgery.get_absolute_url()))


def test_who_hosts_reads_what_is_asked_there_and_only_there(two, client):
    """A lead of one organisation alone reads no question, unless she hosts."""
    lead, pair, doctor, _ = two
    partial = LeadFactory(cohort=pair.cohort, organisation=doctor.organisation).user
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    hers = published(pair.cohort, lead, hosts=[lead, partial])
    other = published(pair.cohort, lead, starts_at=hers.session.starts_at + timedelta(days=2))
    here, there = booked(hers, doctor, words="Here"), booked(other, doctor, words="There")
    assert set(Topic.objects.visible_to(partial)) == {Topic.objects.get(booking=here)}
    assert Topic.objects.visible_to(lead).count() == 2
    places.cancel_booking(booking=there, by=doctor.user, now=timezone.now())
    assert Topic.objects.visible_to(lead).count() == 1  # who does not come need not be prepared for
    assert Topic.objects.visible_to(doctor.user).count() == 2


def test_who_leads_no_more_reads_nothing_of_what_she_hosted(two, client):
    lead, pair, doctor, _ = two
    role = LeadFactory(cohort=pair.cohort)
    surgery = published(pair.cohort, lead, hosts=[role.user])
    booking = booked(surgery, doctor)
    begun(surgery)
    noted(booking, role.user)
    pages = [
        *(reverse(f"surgery_{name}", args=[surgery.pk]) for name in ("detail", "questions", "register", "change")),
        *(reverse(f"place_{name}", args=[booking.pk]) for name in ("detail", "note", "cancel")),
    ]

    def answers() -> set[int]:
        client.force_login(role.user)
        return {client.get(page).status_code for page in pages}

    assert answers() == {200}
    end_role(role=role, by=lead)
    former = User.objects.get(pk=role.user_id)
    assert answers() == {404}
    assert not Topic.objects.visible_to(former).exists()
    assert not Note.objects.visible_to(former).exists()
    assert Note.objects.visible_to(lead).exists()


def test_the_register_is_taken_in_one_tap_and_corrected(day, client):
    lead, surgery, _, doctor, manager, _ = day
    client.force_login(lead)
    page = reverse("surgery_register", args=[surgery.pk])
    assert "Everybody was there" in text_of(client.get(page))
    client.post(page, {"all": "1"})
    assert "Everybody else was there" in text_of(client.get(page))
    lines = {each.participant_id: each for each in Attendee.objects.all()}
    assert {each.attendance for each in lines.values()} == {"attended"}
    client.post(page, {f"line_{lines[manager.pk].pk}": "apologies", f"line_{lines[doctor.pk].pk}": "late"})
    assert dict(Attendee.objects.values_list("participant", "attendance")) == {
        manager.pk: "apologies",
        doctor.pk: "late",
    }
    said = text_of(client.get(surgery.get_absolute_url()))
    assert f"{doctor.name}: came late, {manager.name}: sent apologies" in said
    assert "Change the register" in said


def test_what_is_ticked_stays_where_everybody_else_was_there(day, client):
    lead, surgery, _, doctor, manager, _ = day
    client.force_login(lead)
    sorry = Attendee.objects.get(participant=manager)
    client.post(reverse("surgery_register", args=[surgery.pk]), {f"line_{sorry.pk}": "apologies", "all": "1"})
    assert dict(Attendee.objects.values_list("participant", "attendance")) == {
        manager.pk: "apologies",
        doctor.pk: "attended",
    }


def test_somebody_who_walks_in_is_two_taps_and_makes_room(two, others, client):
    lead, pair, doctor, _ = two
    project = begun_project(pair, doctor)
    surgery = published(pair.cohort, lead, capacity=1)
    booked(surgery, others[0])
    begun(surgery)
    client.force_login(lead)
    page = reverse("surgery_walk_in", args=[surgery.pk])
    assert "there will be one place more" in text_of(client.get(page))
    for _ in range(3):
        client.post(page, {"person": str(doctor.pk)})
    session = read(surgery).session
    assert (session.capacity, session.taken) == (2, 2)
    line = Attendee.objects.get(participant=doctor)
    assert (line.attendance, line.booking.is_walk_in) == ("attended", True)
    assert Topic.objects.get(booking=line.booking).project == project
    assert "Choose somebody who takes part" in text_of(client.post(page, {"person": str(uuid4())}))


def test_times_one_after_the_other_stay_open_until_the_last_has_begun(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, slot_minutes=20)
    first, last = booked(surgery, others[0], slot=1), booked(surgery, others[1], slot=6)
    surgery = begun(surgery)
    actions.walk_into_surgery(surgery=surgery, person=others[2], by=lead, now=timezone.now())
    assert "Book a place" in said_to(client, doctor, surgery.get_absolute_url())
    assert "Over" in said_to(client, others[0], reverse("place_detail", args=[first.pk]))
    assert "Over" not in said_to(client, others[1], reverse("place_detail", args=[last.pk]))
    assert surgery.get_absolute_url() in client.get(reverse("surgery_coming", args=[others[1].pk])).content.decode()
    surgery = begun(surgery, ago=timedelta(minutes=110))
    places.all_present(session=surgery.session, by=lead, now=timezone.now())
    said = said_to(client, doctor, surgery.get_absolute_url())
    assert "Places Over" in said
    assert "Book a place" not in said


def said_to(client, person, page: str) -> str:
    client.force_login(person.user)
    return text_of(client.get(page))


def test_who_walks_in_before_the_start_is_added_and_not_marked_yet(two, client):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    client.force_login(lead)
    page, now = reverse("surgery_walk_in", args=[surgery.pk]), timezone.now()
    for person, starts_at, is_marked in (
        (doctor, clock.at(clock.today(), time(23, 59, 59)), False),
        (manager, now, True),
    ):
        Session.objects.filter(pk=surgery.pk).update(starts_at=starts_at, ends_at=starts_at + 2 * HOUR)
        said = text_of(client.post(page, {"person": str(person.pk)}, follow=True))
        assert f"{person.name} is added" in said
        assert ("and marked as there" in said) is is_marked
        assert bool(Attendee.objects.get(participant=person).attendance) is is_marked


def test_nobody_walks_in_before_the_day(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    client.force_login(lead)
    for name in ("surgery_walk_in", "surgery_register"):
        said = client.get(reverse(name, args=[surgery.pk]), follow=True)
        assert "on the day of the surgery" in text_of(said)
    with pytest.raises(places.TooEarly):
        actions.walk_into_surgery(surgery=surgery, person=doctor, by=lead, now=timezone.now())


def test_what_somebody_needs_those_read_who_run_the_surgery(two, client):
    lead, pair, doctor, manager = two
    doctor.adjustments = "A chair with arms"
    doctor.save()
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor)
    for reader, is_told in ((lead, True), (manager.user, False), (doctor.user, False)):
        client.force_login(reader)
        assert ("A chair with arms" in text_of(client.get(surgery.get_absolute_url()))) is is_told
    client.force_login(lead)
    for ago, is_told in ((HOUR, True), (3 * HOUR, False)):
        begun(surgery, ago=ago)
        assert ("A chair with arms" in text_of(client.get(surgery.get_absolute_url()))) is is_told
