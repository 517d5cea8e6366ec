"""What surgeries give the house: ways in, steps, days, counts, reminders, next year's copy, and what is forgotten."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import actions as places
from bookings.models import Session
from cohorts.actions import end_role
from cohorts.models import Participant
from cohorts.tests.factories import CohortFactory, LeadFactory
from elements import clock
from elements.registry import kind_named
from elements.working_time import bank_holidays, before_working_days
from pairs.tests.test_views import text_of
from reminders.due import compose_due
from reminders.models import Message, Nudge
from reminders.tests.days import told_in
from surgeries import actions
from surgeries.actions.news import SERIES
from surgeries.due import EMPTY
from surgeries.element import Surgeries
from surgeries.models import Allowance, Note, Surgery, Topic
from surgeries.tests.worlds import HOUR, ahead, begun, booked, published, read

pytestmark = pytest.mark.django_db
HOUSE = Surgeries()


def there(surgery, lead) -> Surgery:
    """It has begun and everybody who is booked is there."""
    found = begun(surgery)
    places.all_present(session=found.session, by=lead, now=timezone.now())
    return read(found)


def test_a_surgery_together_is_contact_once_both_were_there(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    booking = booked(surgery, doctor, pair=pair)
    with django_assert_num_queries(1):
        [planned] = HOUSE.timeline(pairs=[pair], viewer=None)
    assert (planned.state, planned.is_contact, planned.on, planned.url) == ("planned", False, surgery.session.day, "")
    there(surgery, lead)
    [done] = HOUSE.timeline(pairs=[pair], viewer=manager.user)
    assert (done.state, done.is_contact, done.label) == ("done", True, "Design surgery")
    assert done.url == surgery.get_absolute_url()
    line = booking.attendees.get(participant=manager)
    places.take_register(session=surgery.session, marks={line.pk: ("absent", None)}, by=lead, now=timezone.now())
    [alone] = HOUSE.timeline(pairs=[pair], viewer=None)
    assert not alone.is_contact


def test_who_comes_alone_is_no_contact_and_two_who_walk_in_are(two):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor)
    assert list(HOUSE.timeline(pairs=[pair], viewer=None)) == []
    begun(surgery)
    actions.walk_into_surgery(surgery=read(surgery), person=manager, by=lead, now=timezone.now())
    places.all_present(session=surgery.session, by=lead, now=timezone.now())
    [together] = HOUSE.timeline(pairs=[pair], viewer=None)
    assert together.is_contact


def test_the_house_reckons_the_last_and_the_next_contact(two):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    past, next_one = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(20))
    for surgery in (past, next_one):
        booked(surgery, doctor, pair=pair)
    there(past, lead)
    pairs = type(pair).objects.filter(pk=pair.pk)
    found = [days for _, *days in HOUSE.contacts(pairs=pairs, on=clock.today())]
    assert sorted(found, key=str) == sorted([[read(past).session.day, None], [None, next_one.session.day]], key=str)


def test_what_is_called_off_says_so(two):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor, pair=pair)
    actions.call_off_surgery(surgery=surgery, reason="Ill", by=lead, now=timezone.now())
    [entry] = HOUSE.timeline(pairs=[pair], viewer=None)
    assert (entry.state, entry.is_contact) == ("cancelled", False)


def test_record_and_counts_tell_who_was_there(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor)
    assert list(HOUSE.record(participant=doctor)) == []
    day = there(surgery, lead).session.day
    with django_assert_num_queries(2):
        [line] = HOUSE.record(participant=doctor)
        counts = HOUSE.measures(cohorts=[pair.cohort])
    assert (line.label, line.minutes, line.on) == ("Design surgery", 120, day)
    assert counts == {doctor.pk: {"surgeries": 1}}


def test_ways_in_are_the_partners_and_the_leads(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    pair = type(pair).objects.with_members().get(pk=pair.pk)
    doctor.user.has_perm("surgeries.see_surgeries", pair.cohort)  # roles are read once in a request
    with django_assert_num_queries(0):
        [door] = HOUSE.doors(viewer=doctor.user, pair=pair)
    assert door.url == reverse("surgery_coming", args=[doctor.pk])
    assert list(HOUSE.doors(viewer=lead, pair=pair)) == []
    [door] = HOUSE.doors(viewer=lead, cohort=pair.cohort)
    assert (door.where, door.label) == ("cohort", "Design surgeries")
    assert list(HOUSE.doors(viewer=doctor.user, cohort=pair.cohort)) == []


def test_the_pairs_page_shows_what_one_has_booked(two, client):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor)
    for reader, is_shown in ((doctor.user, True), (manager.user, False)):
        client.force_login(reader)
        said = text_of(client.get(pair.get_absolute_url()))
        assert ("Your design surgeries" in said) is is_shown


def test_the_task_list_asks_for_a_question_and_else_offers_a_surgery(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    booking = booked(surgery, doctor, words="")
    with django_assert_num_queries(1):
        steps = {step.participant: step for step in HOUSE.next_steps(participants=[doctor, manager], on=clock.today())}
    assert steps[doctor].url == reverse("place_question", args=[booking.pk])
    assert (steps[manager].url, steps[manager].state) == (reverse("surgery_coming", args=[manager.pk]), "optional")
    actions.word_question(booking=booking, project=None, words="Which wards?", by=doctor.user)
    assert [step.participant for step in HOUSE.next_steps(participants=[doctor], on=clock.today())] == []


@pytest.mark.parametrize("state", ["draft", "applied", "reserve", "declined", "withdrawn"])
def test_who_takes_no_part_is_offered_no_surgery_and_reads_of_none(two, others, client, state):
    lead, pair, *_ = two
    surgery, outside, inside = published(pair.cohort, lead), *others[:2]
    Participant.objects.filter(pk=outside.pk).update(state=state)
    outside.refresh_from_db()
    told = HOUSE.next_steps(participants=[outside, inside], on=clock.today())
    assert [step.participant for step in told] == [inside]
    for person, is_told in ((outside, False), (inside, True)):
        client.force_login(person.user)
        page = client.get(reverse("surgery_coming", args=[person.pk]))
        assert (surgery.session.when in text_of(page)) is is_told


PUBLISHED_AT = clock.at(date(2027, 1, 11), clock.MORNING)


def empty_ahead(pair, lead) -> Surgery:
    return published(pair.cohort, lead, starts_at=clock.at(date(2027, 3, 10), clock.MORNING), now=PUBLISHED_AT)


@pytest.mark.parametrize(("day", "is_due"), [(7, False), (8, True), (9, True), (11, False)])
def test_two_working_days_before_an_empty_surgery_its_lead_is_offered_to_call_it_off(two, day, is_due):
    lead, pair, *_ = two
    surgery = empty_ahead(pair, lead)
    on = date(2027, 3, day)
    found = list(HOUSE.attention(cohorts=[pair.cohort], on=on, viewer=lead))
    assert [each.url for each in found] == ([reverse("surgery_call_off", args=[surgery.pk])] if is_due else [])
    assert bool(list(HOUSE.reminders(on=on))) is is_due


def test_the_host_gets_one_message_with_the_way_to_call_it_off(two):
    lead, pair, *_ = two
    surgery = empty_ahead(pair, lead)
    day = before_working_days(surgery.session.day, 2)
    [each] = HOUSE.reminders(on=day)
    assert (each.to, each.at, each.until) == (lead, clock.at(day), surgery.session.starts_at)
    said = kind_named(EMPTY).context(each.ref, lead)
    assert reverse("surgery_call_off", args=[surgery.pk]).replace("/", "%2F") in said["link"]
    for later in (0, 0, 1):
        compose_due(now=clock.at(day + timedelta(days=later)) + timedelta(hours=1))
    assert [each.message.recipient for each in Nudge.objects.filter(kind=EMPTY)] == [lead]


def test_what_was_published_just_now_is_not_asked_about_at_once(two):
    lead, pair, *_ = two
    now = timezone.now()
    surgery = published(pair.cohort, lead, starts_at=now + timedelta(days=1), now=now)
    found = list(HOUSE.reminders(on=clock.local(now).date(), until=surgery.session.day))
    assert [each.at for each in found] == [now + 3 * HOUR]


def test_nobody_is_asked_about_a_surgery_with_somebody_in_it(two, others):
    lead, pair, *_ = two
    surgery = empty_ahead(pair, lead)
    [each] = HOUSE.reminders(on=date(2027, 3, 8))
    booking = booked(surgery, others[0], now=PUBLISHED_AT)
    assert list(HOUSE.reminders(on=date(2027, 3, 8))) == []
    assert not kind_named(EMPTY).wanted(each.ref, lead)
    places.cancel_booking(booking=booking, by=lead, now=PUBLISHED_AT)
    assert kind_named(EMPTY).wanted(each.ref, lead)
    assert not kind_named(EMPTY).wanted(each.ref, others[0].user)
    pair.cohort.elements_off = ["surgeries"]
    pair.cohort.save()
    assert list(HOUSE.reminders(on=date(2027, 3, 8))) == []
    assert not kind_named(EMPTY).wanted(each.ref, lead)


def test_a_week_says_what_its_days_say(two):
    lead, pair, *_ = two
    empty_ahead(pair, lead)
    assert told_in(HOUSE, date(2027, 3, 1), 8)[EMPTY] > 0


def test_a_surgery_without_a_register_needs_its_lead_and_not_one_of_elsewhere(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor)
    begun(surgery, ago=timedelta(days=2))
    far = LeadFactory().user
    far.has_perm("surgeries.see_surgeries", pair.cohort)
    with django_assert_num_queries(1):
        assert list(HOUSE.attention(cohorts=[pair.cohort], on=clock.today(), viewer=far)) == []
    [found] = HOUSE.attention(cohorts=[pair.cohort], on=clock.today(), viewer=lead)
    assert (found.url, found.count) == (reverse("surgery_register", args=[surgery.pk]), 1)
    places.all_present(session=surgery.session, by=lead, now=timezone.now())
    assert list(HOUSE.attention(cohorts=[pair.cohort], on=clock.today(), viewer=lead)) == []


def test_a_surgery_whose_host_leads_no_more_needs_the_leads(two, client):
    lead, pair, *_ = two
    role = LeadFactory(cohort=pair.cohort)
    surgery, own = (published(pair.cohort, lead, starts_at=ahead(60 + n), hosts=[lead]) for n in range(2))
    places.change_hosts(session=surgery.session, hosts=[lead, role.user], by=lead, now=timezone.now())
    on, given = clock.today(), {"cohorts": [pair.cohort], "viewer": lead}
    assert list(HOUSE.attention(on=on, **given)) == []
    end_role(role=role, by=lead)
    [found] = HOUSE.attention(on=on, **given)
    assert (found.url, found.count) == (reverse("surgery_change", args=[surgery.pk]), 1)
    near = before_working_days(surgery.session.day, 1)
    [due] = [each for each in HOUSE.reminders(on=near) if each.ref["surgery"] == str(surgery.pk)]
    assert (due.to, kind_named(EMPTY).wanted(due.ref, lead)) == (lead, True)
    assert not kind_named(EMPTY).wanted(due.ref, role.user)
    client.force_login(lead)
    form = client.get(found.url).context["form"]
    assert [name for _, name in form.fields["hosts"].choices] == [lead.name]
    client.post(found.url, {"hosts": [str(lead.pk)], "place": "Room 9", "capacity": "6", "cut_off": "24"})
    assert list(HOUSE.attention(on=on, **given)) == []
    places.forget_person(user=lead, by=lead)
    [found] = HOUSE.attention(on=on, **given)
    assert (found.url, found.count) == (reverse("surgery_change", args=[surgery.pk]), 2)
    assert not any(read(each).session.hosts.all() for each in (surgery, own))


def settings_of(surgery) -> tuple:
    session = surgery.session
    names = "title", "place", "link", "mode", "capacity", "slot_minutes", "cut_off_hours", "offer_hours", "shows_names"
    return tuple(getattr(session, name) for name in names)


def test_next_year_begins_with_the_same_series_and_a_second_copy_adds_nothing(two):
    lead, pair, *_ = two
    source, year = pair.cohort, clock.today().year + 1
    actions.set_allowance(cohort=source, open_bookings=2, by=lead)
    days = [clock.at(date(year, 3, day), clock.MORNING) for day in (1, 15)]
    given = {"hosts": [lead], "place": "Room 1", "capacity": 6, "mark": uuid4(), "now": timezone.now(), "by": lead}
    given |= {"cut_off_hours": 48, "shows_names": True, "link": "https://meet.example/1"}
    made = actions.publish_surgeries(cohort=source, times=[(day, day + HOUR) for day in days], **given)
    off = published(source, lead, starts_at=ahead(9))
    actions.call_off_surgery(surgery=off, reason="Ill", by=lead, now=timezone.now())
    target = CohortFactory(starts_on=date(year + 1, 1, 3), ends_on=date(year + 1, 12, 20))
    other = LeadFactory(cohort=target).user
    Message.objects.all().delete()

    def moved(day: date) -> date:
        return day + timedelta(weeks=52)

    for _ in range(2):
        HOUSE.copy(source=source, target=target, moved=moved, by=other)
    found = list(Surgery.objects.with_session().filter(cohort=target).order_by("session__starts_at"))
    assert [each.session.day for each in found] == [moved(date(year, 3, 1)), moved(date(year, 3, 15))]
    assert {clock.local(each.session.starts_at).time() for each in found} == {clock.MORNING}
    assert {host.user for each in found for host in each.session.hosts.all()} == {other}
    assert len({each.series for each in found}) == 1
    assert found[0].series not in {None, made[0].series}
    assert [settings_of(each) for each in found] == [settings_of(each) for each in made]
    assert [(each.kind, each.recipient) for each in Message.objects.all()] == [(SERIES, other)]
    assert Allowance.objects.get(cohort=target).open_bookings == 2


def test_a_copy_leaves_out_what_would_fall_on_a_bank_holiday(two):
    (lead, pair, *_), year = two, clock.today().year + 1
    published(pair.cohort, lead, starts_at=clock.at(date(year, 3, 1), clock.MORNING))
    target = CohortFactory(starts_on=date(year + 1, 1, 3), ends_on=date(year + 1, 12, 20))
    other = LeadFactory(cohort=target).user
    holiday = next(day for day in sorted(bank_holidays(year + 1)) if day.month == 5)
    for day, number in ((holiday, 0), (holiday + timedelta(days=1), 1)):
        HOUSE.copy(source=pair.cohort, target=target, moved=lambda _, day=day: day, by=other)
        assert Surgery.objects.filter(cohort=target).count() == number


def test_everything_about_somebody_is_hers_and_no_partners_question(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    surgery = published(pair.cohort, lead)
    booking = booked(surgery, doctor, pair=pair, words="Mine to ask")
    begun(surgery)
    actions.write_note(booking=booking, words="Noted of both", by=lead, now=timezone.now())
    with django_assert_num_queries(2):
        assert [row.text for row in HOUSE.everything_about(user=doctor.user)] == ["Mine to ask", "Noted of both"]
    assert [row.text for row in HOUSE.everything_about(user=manager.user)] == ["Noted of both"]
    assert [row.text for row in HOUSE.everything_about(user=lead)] == ["Noted of both"]


def test_who_is_forgotten_leaves_what_is_a_partners_as_well(two, others):
    lead, pair, doctor, _ = two
    actions.set_allowance(cohort=pair.cohort, open_bookings=2, by=lead)
    surgery, own = published(pair.cohort, lead), published(pair.cohort, lead, starts_at=ahead(12))
    together, alone = booked(surgery, doctor, pair=pair, words="Of both"), booked(own, doctor, words="Of one")
    begun(surgery)
    begun(own)
    for booking in (together, alone):
        actions.write_note(booking=booking, words="Noted", by=lead, now=timezone.now())
    for _ in range(2):
        HOUSE.forget(user=doctor.user, by=lead)
    assert dict(Topic.objects.values_list("booking", "words")) == {together.pk: "Of both", alone.pk: ""}
    assert list(Note.objects.values_list("booking", flat=True)) == [together.pk]
    HOUSE.forget(user=lead, by=lead)
    assert Note.objects.get().written_by is None


def test_the_list_leaves_the_house_with_counts_and_no_name_of_those_who_came(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor)
    there(surgery, lead)
    client.force_login(lead)
    page = reverse("export", args=[pair.cohort.pk, "surgeries", "csv"])
    said = b"".join(client.get(page)).decode()
    assert doctor.name not in said
    row = said.splitlines()[-1]
    assert Session.objects.get().place in row
    assert ",1,0,1,0," in row.replace(";", ",")
