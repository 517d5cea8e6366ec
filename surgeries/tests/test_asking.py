"""People book alone or as a pair, with a project and a question, change their minds, and wait in order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from bookings import actions as places
from bookings.models import Attendee, Booking, Seat
from cohorts.actions import withdraw_participant
from elements.refusals import IsGone
from pairs.actions import end_pair
from pairs.models import Pair
from pairs.tests.test_views import text_of
from projects.tests.worlds import begun as begun_project
from reminders.models import Message
from surgeries import actions
from surgeries.models import Allowance, Topic
from surgeries.reading import ordinal
from surgeries.tests.worlds import HOUR, ahead, begun, booked, published

pytestmark = pytest.mark.django_db


def test_pressing_three_times_gives_one_booking_and_the_same_answer(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    client.force_login(doctor.user)
    page = reverse("surgery_book", args=[surgery.pk])
    answers = {client.post(page, {"party": "alone", "words": "What next?"})["Location"] for _ in range(3)}
    booking = Booking.objects.get()
    assert answers == {reverse("place_detail", args=[booking.pk])}
    assert (Topic.objects.get().words, Seat.objects.count()) == ("What next?", 1)


def test_who_books_reads_what_else_she_has_then_and_nobody_elses(two, others, client):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    there = published(pair.cohort, lead, place="Room 9")
    booked(there, doctor)
    surgery = published(pair.cohort, lead)
    for person, is_warned in ((doctor, True), (others[0], False)):
        client.force_login(person.user)
        said = text_of(client.get(reverse("surgery_book", args=[surgery.pk])))
        assert ("You have something else then" in said) is is_warned
        assert (f"Design surgery: {there.session.when}" in said) is is_warned


def test_who_waits_is_offered_or_has_a_place_reads_what_else_she_has_then(two, others, client):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    surgery = published(pair.cohort, lead, capacity=1)
    first, mine = booked(surgery, others[0]), booked(surgery, doctor)
    page, something = reverse("place_detail", args=[mine.pk]), "You have something else then: "

    def said(person=doctor) -> str:
        client.force_login(person.user)
        return text_of(client.get(page))

    assert something not in said()
    there = published(pair.cohort, lead, starts_at=ahead() + HOUR, place="Room 9")
    booked(there, doctor)
    line = f"{something}Design surgery: {there.session.when}"
    assert line in said()  # she waits
    places.cancel_booking(booking=first, by=lead, now=timezone.now())
    assert line in said()  # and is offered the place
    client.post(reverse("place_take", args=[mine.pk]))
    assert line in said()
    assert said().count("Design surgery: ") == 1  # the place itself is not in its own way
    client.force_login(lead)
    assert something not in text_of(client.get(page))
    begun(surgery)
    assert something not in said()


def test_of_times_one_after_the_other_ones_own_is_looked_at(two, client):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    surgery = published(pair.cohort, lead, slot_minutes=20)
    booking = booked(surgery, doctor, slot=1)
    booked(published(pair.cohort, lead, starts_at=ahead() + HOUR), doctor)
    client.force_login(doctor.user)
    assert "You have something else then" not in text_of(client.get(reverse("place_detail", args=[booking.pk])))


def test_who_changes_reads_beside_each_surgery_what_else_she_has_then(two, client):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    booking = booked(published(pair.cohort, lead), doctor)
    there = published(pair.cohort, lead, starts_at=ahead(12) + HOUR)
    booked(there, doctor)
    slots = published(pair.cohort, lead, starts_at=ahead(12), slot_minutes=30)
    same_time = published(pair.cohort, lead)
    page = reverse("place_swap", args=[booking.pk])
    client.force_login(doctor.user)
    hints = client.get(page).context["form"].fields["into"].widget.hints
    line = f"You have something else then. Design surgery: {there.session.when}"
    assert hints == {f"{slots.pk}:3": line, f"{slots.pk}:4": line, f"{there.pk}:": line}
    assert f"{same_time.pk}:" in client.get(page).context["form"].there  # what is given back is in nobody's way
    assert line in text_of(client.get(page))
    client.post(page, {"into": f"{slots.pk}:3"})  # she may all the same
    assert Booking.objects.booked().filter(session=slots.pk, attendees__participant=doctor).exists()


@pytest.mark.parametrize("url", ["place_detail", "place_swap"])
def test_what_is_in_the_way_is_asked_as_often_with_few_as_with_many(two, client, url):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=5, by=lead)
    booking = booked(published(pair.cohort, lead), doctor)
    client.force_login(doctor.user)
    numbers = []
    for more in (1, 3):
        for _ in range(more):
            booked(published(pair.cohort, lead), doctor)
            published(pair.cohort, lead)
        client.get(reverse(url, args=[booking.pk]))
        with CaptureQueriesContext(connection) as seen:
            assert "You have something else then" in text_of(client.get(reverse(url, args=[booking.pk])))
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 24


def test_a_press_asks_nothing_twice(two, others, client, django_assert_num_queries):
    """200 people press at the same moment, so each statement counts.

    Who presses, the surgery and what she may bring to it (6), how many she may book, two locks, the rows of the booking
    and of its question (7), and two savepoints, of which one is the test's.
    """
    lead, pair, *_ = two
    surgery = published(pair.cohort, lead, capacity=1)
    page = reverse("surgery_book", args=[surgery.pk])
    for waits, person in enumerate(others[:2]):
        client.force_login(person.user)
        client.get(page)  # the session is marked as seen
        with django_assert_num_queries(20 - waits):
            client.post(page, {"words": "What next?"})


def test_a_pair_has_a_place_each_in_a_group_and_one_time_among_several(two):
    lead, pair, doctor, manager = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    group, slots = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(11), slot_minutes=20)
    for surgery, seats in ((group, 2), (slots, 1)):
        booking = booked(surgery, doctor, pair=pair)
        assert {each.participant for each in booking.attendees.all()} == {doctor, manager}
        assert (booking.is_booked, booking.seats.count()) == (True, seats)


def test_a_pair_gets_both_or_neither(two, others):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, capacity=2)
    first = booked(surgery, others[0])
    booking = booked(surgery, doctor, pair=pair)
    assert (booking.state, booking.seats.count()) == ("gathering", 1)  # the one that is free is held for them
    places.cancel_booking(booking=first, by=others[0].user, now=timezone.now())
    booking.refresh_from_db()
    assert (booking.state, booking.seats.count()) == ("offered", 2)


def test_a_lead_passes_a_waiting_pair_over_and_it_keeps_its_turn(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, capacity=2)
    booked(surgery, others[0])
    mine, after = booked(surgery, doctor, pair=pair), booked(surgery, others[1])
    client.force_login(lead)
    page = surgery.get_absolute_url()
    assert "You can pass them over" in text_of(client.get(page))
    client.post(reverse("place_pass_over", args=[mine.pk]))
    for booking in (mine, after):
        booking.refresh_from_db()
    assert (mine.state, mine.is_passed_over, after.state) == ("waiting", True, "offered")


def test_nobody_books_with_somebody_elses_partner_project_or_name(two, others):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    stranger = Pair.objects.exclude(pk=pair.pk).get()
    with pytest.raises(actions.NotYourPair):
        booked(surgery, doctor, pair=stranger)
    with pytest.raises(actions.NotYourProject):
        booked(surgery, others[0], project=begun_project(pair, doctor))
    given = {"surgery": surgery, "now": timezone.now()}
    with pytest.raises(places.NotYours):
        actions.book_surgery(me=manager, by=doctor.user, **given)
    assert not Booking.objects.exists()


def test_the_next_opens_by_itself_after_attendance(two):
    lead, pair, doctor, manager = two
    first, second = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(12))
    booked(first, doctor)
    with pytest.raises(places.TooManyOpen, match="at most 1 open booking"):
        booked(second, doctor)
    with pytest.raises(places.TooManyOpen):
        booked(second, manager, pair=pair)  # each of them counts
    first = begun(first)
    places.all_present(session=first.session, by=lead, now=timezone.now())
    assert booked(second, doctor).is_booked


def test_a_lead_may_allow_more_and_the_database_refuses_none(two):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    assert [booked(published(pair.cohort, lead, starts_at=ahead(10 + n)), doctor).is_booked for n in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Allowance.objects.update(open_bookings=0)


def test_what_a_partner_asked_first_is_not_overwritten_by_booking_again(two):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    mine = booked(surgery, doctor, pair=pair, words="Is it the right measure?")
    assert booked(surgery, manager, pair=pair, words="").pk == mine.pk
    assert booked(surgery, manager, pair=pair, words="Other words").pk == mine.pk
    assert Topic.objects.get().words == "Is it the right measure?"
    actions.word_question(booking=mine, project=None, words="Both of ours", by=manager.user)
    assert Topic.objects.get().words == "Both of ours"


def test_only_those_booked_word_the_question_while_the_booking_stands(two, others):
    lead, pair, doctor, _ = two
    booking = booked(published(pair.cohort, lead), doctor)
    for somebody in (lead, others[0].user):
        with pytest.raises(places.NotYours):
            actions.word_question(booking=booking, project=None, words="Not mine", by=somebody)
    places.cancel_booking(booking=booking, by=doctor.user, now=timezone.now())
    with pytest.raises(IsGone):
        actions.word_question(booking=booking, project=None, words="Too late", by=doctor.user)


def test_a_question_that_may_name_a_patient_is_looked_at_again(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    client.force_login(doctor.user)
    page = reverse("surgery_book", args=[surgery.pk])
    said = {"party": "alone", "words": "Mrs Ash, 943 476 5919, waits"}
    warned = client.post(page, said)
    assert warned.status_code == 200
    assert text_of(warned).count("“Book” takes what stands in the boxes") == 1
    keeps = '<button class="nhsuk-button nhsuk-button--secondary" data-module="nhsuk-button"'
    keeps += ' data-prevent-double-click="true" type="submit" name="patients" value="keep">{}</button>'
    assertContains(warned, keeps.format("Book"), count=2, html=True)
    assertNotContains(warned, keeps.format("Save"), html=True)
    assert "read it once more, then book." in text_of(client.post(page, {**said, "patients": "replace"}))
    assert not Booking.objects.exists()
    assert client.post(page, {**said, "patients": "keep"}).status_code == 302
    assert Topic.objects.get().warned
    full = published(pair.cohort, lead, capacity=1, starts_at=ahead(11))
    booked(full, others[0])
    client.force_login(others[1].user)
    said = client.post(reverse("surgery_book", args=[full.pk]), {"words": said["words"]})
    assertContains(said, keeps.format("Join the waiting list"), count=2, html=True)


def test_a_project_is_chosen_among_ones_own_and_only_where_there_are_projects(two, client):
    lead, pair, doctor, _ = two
    project = begun_project(pair, doctor)
    surgery = published(pair.cohort, lead)
    client.force_login(doctor.user)
    page = reverse("surgery_book", args=[surgery.pk])
    assert client.get(page).context["form"]["project"].value() == str(project.pk)
    pair.cohort.elements_off = ["projects"]
    pair.cohort.save()
    assert "project" not in client.get(page).context["form"].fields


def test_who_waits_reads_the_place_in_line_takes_an_offer_and_lets_one_go(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, capacity=1)
    first, *waiting = [booked(surgery, each) for each in (*others[:3], doctor)]
    client.force_login(doctor.user)
    mine = reverse("place_detail", args=[waiting[-1].pk])
    assert "3rd in line" in text_of(client.get(mine))
    places.cancel_booking(booking=first, by=lead, now=timezone.now())
    for booking, person in zip(waiting[:2], others[1:3], strict=True):
        client.force_login(person.user)
        page = reverse("place_detail", args=[booking.pk])
        said = text_of(client.get(page))
        assert "A place is yours if you take it by" in said
        assert "Leave the waiting list" not in said  # she is asked to take it or to let it go
        client.force_login(lead)
        assert reverse("place_cancel", args=[booking.pk]) in client.get(page).content.decode()
        client.force_login(person.user)
        client.post(reverse("place_let_go", args=[booking.pk]))
    client.force_login(doctor.user)
    for _ in range(2):
        client.post(reverse("place_take", args=[waiting[-1].pk]))
    waiting[-1].refresh_from_db()
    assert waiting[-1].is_booked
    client.force_login(others[1].user)
    said = client.post(reverse("place_take", args=[waiting[0].pk]), follow=True)
    assert "not held for you any more" in text_of(said)


def test_a_place_is_given_back_until_the_cut_off_and_by_a_lead_at_any_time(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, starts_at=ahead(1), cut_off_hours=48)
    booking = booked(surgery, doctor)
    page = reverse("place_cancel", args=[booking.pk])
    client.force_login(doctor.user)
    assert "tell a host" in text_of(client.get(reverse("place_detail", args=[booking.pk])))
    assert "You could cancel until" in text_of(client.post(page, follow=True))
    client.force_login(lead)
    client.post(page)
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_what_is_said_is_what_happened(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, starts_at=ahead(1), cut_off_hours=48, capacity=1)
    mine, waits = booked(surgery, doctor), booked(surgery, others[0])
    full = published(pair.cohort, lead, starts_at=ahead(9), capacity=1)
    passed_on = booked(full, others[1])
    booked(full, others[2])
    client.force_login(lead)
    said = text_of(client.post(reverse("place_cancel", args=[passed_on.pk]), follow=True))
    assert "Cancelled. Whoever is next on the waiting list is offered the place." in said
    client.force_login(doctor.user)
    said = text_of(client.get(reverse("place_swap", args=[mine.pk]), follow=True))
    assert "The time to change by yourself is over" in said
    assert "This booking is over" not in said
    client.force_login(others[0].user)
    said = text_of(client.post(reverse("place_cancel", args=[waits.pk]), follow=True))
    assert "You are off the waiting list" in said
    assert "is offered the place" not in said
    client.force_login(lead)
    said = text_of(client.post(reverse("place_cancel", args=[mine.pk]), follow=True))
    assert "Cancelled. The place is free for somebody else." in said
    client.force_login(doctor.user)
    assert "This booking is over" in text_of(client.get(reverse("place_swap", args=[mine.pk]), follow=True))


def test_where_somebody_has_been_is_not_where_she_was_missed(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    booking = booked(surgery, doctor)
    begun(surgery)
    client.force_login(doctor.user)
    for attendance, is_listed in (("attended", True), ("absent", False), ("apologies", False), ("late", True)):
        marks = {booking.attendees.get().pk: (attendance, None)}
        places.take_register(session=surgery.session, marks=marks, by=lead, now=timezone.now())
        said = text_of(client.get(reverse("surgery_coming", args=[doctor.pk])))
        assert ("Where you have been" in said) is is_listed


def test_a_swap_takes_the_question_along_and_never_loses_the_old_place_first(two, others, client):
    lead, pair, doctor, _ = two
    full = published(pair.cohort, lead, starts_at=ahead(11), capacity=1)
    slots = published(pair.cohort, lead, starts_at=ahead(12), slot_minutes=20)
    booked(full, others[0])
    booking = booked(published(pair.cohort, lead), doctor)
    client.force_login(doctor.user)
    page = reverse("place_swap", args=[booking.pk])
    offered = [value for value, _ in client.get(page).context["form"].fields["into"].choices]
    assert offered == [f"{slots.pk}:{number}" for number in range(1, 7)]
    with pytest.raises(places.IsFull):
        actions.swap_surgery(booking=booking, into=full, by=doctor.user, now=timezone.now())
    booking.refresh_from_db()
    assert booking.is_booked
    client.post(page, {"into": f"{slots.pk}:4"})
    taken = Booking.objects.booked().get(attendees__participant=doctor)
    assert (taken.session_id, taken.seats.get().number) == (slots.pk, 4)
    assert Topic.objects.get(booking=taken).words == "How do we measure it?"
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_booking_opens_when_it_was_said_to(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, starts_at=ahead(30), opens_days=7)
    client.force_login(doctor.user)
    said = text_of(client.get(surgery.get_absolute_url()))
    assert "Booking opens on" in said
    assert "Book a place" not in said
    with pytest.raises(places.NotOpenYet):
        booked(surgery, doctor)
    then = surgery.session.opens_at + timedelta(minutes=1)
    assert booked(surgery, doctor, now=then).is_booked


def test_lists_say_how_many_places_are_left(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, capacity=3)
    client.force_login(doctor.user)
    page = reverse("surgery_coming", args=[doctor.pk])
    assert "3 places left" in text_of(client.get(page))
    booked(surgery, others[0])
    assert "2 places left" in text_of(client.get(page))
    for each in others[1:3]:
        booked(surgery, each)
    assert "Full, join the waiting list" in text_of(client.get(page))
    assert "Join the waiting list" in text_of(client.get(surgery.get_absolute_url()))


def test_a_time_that_has_begun_is_not_counted_as_free(two, others, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead, slot_minutes=60)
    booked(surgery, others[0], slot=2)
    surgery = begun(surgery)
    client.force_login(doctor.user)
    for page in (surgery.get_absolute_url(), reverse("surgery_book", args=[surgery.pk])):
        said = text_of(client.get(page))
        assert "Join the waiting list" in said
        assert "Book a place" not in said
    said = text_of(client.get(begun(surgery, ago=timedelta(minutes=90)).get_absolute_url()))
    assert "It has begun" in said
    assert "Join the waiting list" not in said


def test_partners_who_part_do_not_come_together_and_who_came_alone_still_does(two):
    lead, pair, doctor, manager = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    together, alone = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(13))
    both, mine = booked(together, doctor, pair=pair), booked(alone, manager)
    end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    both.refresh_from_db()
    mine.refresh_from_db()
    assert (both.state, mine.state) == ("cancelled", "booked")
    assert not Attendee.objects.live().filter(session=together.session).exists()


def test_whoever_is_left_when_a_partner_withdraws_keeps_the_place_of_both(two):
    lead, pair, doctor, manager = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    group, slots = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(13), slot_minutes=20)
    bookings = [booked(surgery, doctor, pair=pair) for surgery in (group, slots)]
    withdraw_participant(participant=doctor, by=lead)
    pair.refresh_from_db()
    assert pair.ended_on
    for booking in bookings:
        booking.refresh_from_db()
        assert (booking.state, booking.needs, booking.seats.count()) == ("booked", 1, 1)
        assert [each.participant for each in booking.attendees.all()] == [manager]
    told = Message.objects.filter(kind="bookings.cancelled")
    assert set(told.values_list("recipient", flat=True)) == {doctor.user_id}


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_a_place_in_line_in_words(number, words):
    assert ordinal(number) == words
