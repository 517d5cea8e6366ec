"""What people read of a session, and what stands in the files that go with it, read back by another library."""

from datetime import UTC, timedelta
from types import SimpleNamespace

import pytest
import vobject

from bookings import actions, pages
from bookings.kinds import KINDS
from bookings.models import Booking
from bookings.tests.factories import HOUR, NINE_AROUND_CHANGES, NOW, STARTS_AT, booked, fresh, london, planned, somebody
from cohorts.tests.factories import ParticipantFactory
from elements import registry
from elements.contract import Element
from elements.registry import kind_named
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message

pytestmark = pytest.mark.django_db
NAMES = ("Quillfeather", "Nightjarson", "Fieldfareby", "Wheatearton", "Dotterelham")


@pytest.fixture
def known(monkeypatch):
    """A room that shows its sessions."""
    monkeypatch.setattr(pages, "_rooms", {})
    pages.register("surgeries", url_name="participant_detail", noun="design surgery")


@pytest.fixture
def at(monkeypatch):
    """Messages are written at another moment: `at(moment)`."""
    return lambda moment: monkeypatch.setattr("bookings.letters.timezone", SimpleNamespace(now=lambda: moment))


@pytest.fixture
def five(world):
    """Five people whose names are found wherever they are."""
    return [ParticipantFactory(cohort=world[0], name=f"{name} Ash", preferred_name=name) for name in NAMES]


def row(kind, to, **more) -> Message:
    return Message.objects.filter(kind=f"bookings.{kind}", recipient=getattr(to, "user", to), **more).latest(
        "created_at"
    )


def mail(kind, to, **more):
    found = row(kind, to, **more)
    return compose(found, kind_named(found.kind)).email


def is_wanted(kind, to) -> bool:
    found = row(kind, to)
    return kind_named(found.kind).wanted(found.ref, found.recipient)


def file_of(kind, to, **more):
    [(_, file, _)] = mail(kind, to, **more).attachments
    return vobject.readOne(file if isinstance(file, str) else file.decode())


def test_a_place_says_when_where_and_until_when_it_can_be_given_back(world, known, at):
    at(NOW)
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, cut_off_hours=24, link="https://meet.example/1")
    booked(session, two)
    booked(session, one)
    letter = mail("booked", one)
    assert letter.subject == "You have a place: Design surgery, Wednesday 10 March 2027, 2pm to 4pm"
    for words in (
        f"Dear {one.name},",
        "Where: Seminar room 2, or online: https://meet.example/1",
        "1 other person has a place.",
        "please give your place back by Tuesday 9 March 2027, 2pm",
        f"next=%2Fpeople%2F{session.pk}",
    ):
        assert words in letter.body
    event = file_of("booked", one).vevent
    assert event.summary.value == "Design surgery"
    assert event.location.value == "Seminar room 2, or online: https://meet.example/1"
    assert (event.dtstart.value, event.dtend.value) == (STARTS_AT, STARTS_AT + 2 * HOUR)


@pytest.mark.parametrize("kind", ["booked", "soon"])
def test_who_reads_it_after_the_cut_off_is_sent_to_a_host(world, at, kind):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead, cut_off_hours=48)
    booked(session, one)
    compose_due(now=STARTS_AT - 24 * HOUR)
    for moment, is_late in ((session.cut_off, False), (session.cut_off + HOUR / 60, True)):
        at(moment)
        said = mail(kind, one).body
        assert ("If you cannot come, tell a host:" in said) is is_late
        assert ("please give your place back by Monday 8 March 2027, 2pm, so" in said) is not is_late


def test_booked_moved_cancelled_and_booked_anew_are_entries_that_calendars_understand(world):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead)
    booking = booked(session, one)
    files = [file_of("booked", one)]
    times = {"starts_at": STARTS_AT + HOUR, "ends_at": STARTS_AT + 2 * HOUR}
    actions.move_session(session=session, **times, by=lead, now=NOW)
    files.append(file_of("moved", one))
    actions.change_session(session=session, place="Boardroom", by=lead, now=NOW)
    files.append(file_of("moved", one))
    actions.cancel_booking(booking=booking, by=one.user, now=NOW)
    files.append(file_of("cancelled", one))
    assert [file.method.value for file in files] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert {file.vevent.uid.value for file in files} == {f"booking-{booking.pk}@pairedlearning"}
    numbers = [int(file.vevent.sequence.value) for file in files]
    assert numbers == sorted(set(numbers))
    assert files[1].vevent.dtstart.value == STARTS_AT + HOUR
    assert files[2].vevent.location.value == "Boardroom"
    again = booked(session, one)
    assert file_of("booked", one).vevent.uid.value == f"booking-{again.pk}@pairedlearning"


def test_a_booking_that_a_host_cancels_says_who_did_it(world):
    _, lead, (one, two, *_), session = world
    mine, theirs = booked(session, one), booked(session, two)
    actions.cancel_booking(booking=mine, by=one.user, now=NOW)
    actions.cancel_booking(booking=theirs, by=lead, now=NOW)
    own, other = mail("cancelled", one), mail("cancelled", two)
    assert own.subject.startswith("Your booking is cancelled: ")
    assert "please ask" not in own.body
    assert other.subject.startswith(f"{lead.name} has cancelled your booking: ")
    assert "If you do not know why, please ask." in other.body


def test_called_off_leaves_every_calendar_that_it_was_in(world):
    cohort, lead, (one, two, *_), _ = world
    host = somebody()
    session = planned(cohort, lead, capacity=1, hosts=[host])
    booked(session, one)
    booked(session, two)
    hosting = file_of("hosting", host)
    actions.call_off_session(session=session, reason="The host is ill", by=lead, now=NOW)
    for who in (one, host):
        assert file_of("called_off", who).method.value == "CANCEL"
    off = file_of("called_off", host).vevent
    assert off.uid.value == hosting.vevent.uid.value
    assert int(off.sequence.value) > int(hosting.vevent.sequence.value)
    assert mail("called_off", two).attachments == []  # of somebody who waited
    assert "Why: The host is ill" in mail("called_off", two).body
    assert all(is_wanted("called_off", who) for who in (one, two, host))


def test_a_host_who_has_a_place_as_well_has_both_entries_of_her_calendar_put_right(world):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead, hosts=[one.user])
    booked(session, one)
    there = {file_of(kind, one).vevent.uid.value for kind in ("hosting", "booked")}
    times = {"starts_at": STARTS_AT + HOUR, "ends_at": STARTS_AT + 2 * HOUR}
    actions.move_session(session=session, **times, by=lead, now=NOW)
    moved = [file_of("moved", one, **{f"ref__{part}__isnull": False}) for part in ("host", "booking")]
    assert {file.vevent.uid.value for file in moved} == there
    assert [file.vevent.dtstart.value for file in moved] == [STARTS_AT + HOUR] * 2
    actions.call_off_session(session=session, reason="Too few", by=lead, now=NOW)
    off = [file_of("called_off", one, **{f"ref__{part}__isnull": False}) for part in ("host", "booking")]
    assert {(file.method.value, file.vevent.uid.value) for file in off} == {("CANCEL", uid) for uid in there}


def test_a_host_who_is_covered_for_gets_it_out_of_the_calendar_and_anew_when_named_again(world):
    cohort, lead, _, _ = world
    one, two = somebody(), somebody()
    session = planned(cohort, lead, hosts=[one])
    first = file_of("hosting", one)
    actions.change_hosts(session=session, hosts=[two], by=lead, now=NOW)
    out = file_of("not_hosting", one)
    assert (out.method.value, out.vevent.uid.value) == ("CANCEL", first.vevent.uid.value)
    assert int(out.vevent.sequence.value) > int(first.vevent.sequence.value)
    assert (is_wanted("hosting", one), is_wanted("not_hosting", one)) == (False, True)
    actions.change_hosts(session=session, hosts=[one, two], by=lead, now=NOW)
    assert file_of("hosting", one).vevent.uid.value != first.vevent.uid.value


def test_an_offer_says_until_when_and_is_no_entry_of_a_calendar(world, known):
    _, lead, (one, two, three, *_), session = world
    first, _, third = [booked(session, each) for each in (one, two, three)]
    assert "You are number 1." in mail("waiting", three).body
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    letter = mail("offer", three)
    assert letter.subject == "Free for you until 2pm on Monday 1 March 2027: Design surgery"
    assert "A place is free for you: Design surgery." in letter.body
    assert letter.attachments == []
    assert (is_wanted("waiting", three), is_wanted("offer", three)) == (False, True)
    assert row("offer", three).expires_at == fresh(third).lapses_at
    actions.accept_offer(booking=third, by=three.user, now=NOW)
    assert (is_wanted("offer", three), is_wanted("booked", three)) == (False, True)


def test_a_pair_reads_how_its_places_come_together(world):
    _, lead, someone, session = world
    first, second = [booked(session, each) for each in someone[:2]]
    pair = booked(session, *someone[2:4])
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    said = mail("waiting", someone[3], ref__sequence=1).body
    assert "You need 2 places together, and one place is free for you." in said
    assert "until 2pm on Monday 1 March 2027" in said
    actions.pass_over(booking=fresh(pair), by=lead, now=NOW)
    assert "You keep your turn, and we offer them to you" in mail("waiting", someone[2], ref__sequence=2).body
    actions.cancel_booking(booking=second, by=lead, now=NOW)
    assert "2 places are free for you" in mail("offer", someone[2]).body


def test_only_the_newest_change_is_told(world):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead)
    booking = booked(session, one)
    for place in ("Boardroom", "Canteen"):
        actions.change_session(session=session, place=place, by=lead, now=NOW)
    older = Message.objects.filter(kind="bookings.moved").order_by("created_at").first()
    assert not kind_named(older.kind).wanted(older.ref, older.recipient)
    assert is_wanted("moved", one)
    actions.cancel_booking(booking=booking, by=lead, now=NOW)
    assert (is_wanted("moved", one), is_wanted("booked", one), is_wanted("cancelled", one)) == (False, False, True)


def test_of_a_slot_the_message_and_the_file_have_its_own_time_also_when_it_is_given_back(world):
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    booking = booked(session, one, two, slot=3)
    starts_at = STARTS_AT + timedelta(minutes=40)
    assert "When: Wednesday 10 March 2027, 2:40pm to 3pm" in mail("booked", two).body
    assert file_of("booked", two).vevent.dtstart.value == starts_at
    actions.cancel_booking(booking=booking, by=one.user, now=NOW)
    assert file_of("cancelled", two).vevent.dtstart.value == starts_at


def test_whoever_leaves_a_party_gets_it_out_of_the_calendar_and_the_other_keeps_it(world):
    _, lead, (one, two, *_), session = world
    booked(session, one, two)
    actions.let_go(participant=one, by=lead, now=NOW)
    gone = file_of("cancelled", one)
    assert gone.method.value == "CANCEL"
    assert int(gone.vevent.sequence.value) > int(file_of("booked", one).vevent.sequence.value)
    assert is_wanted("cancelled", one)
    assert is_wanted("booked", two)


def test_nothing_is_told_of_a_room_that_the_cohort_has_switched_off(world, monkeypatch):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead)
    booked(session, one)
    cohort.elements_off = ["surgeries"]
    cohort.save()

    class Surgeries(Element):
        app = slug = "surgeries"

    monkeypatch.setitem(registry._elements, "surgeries", Surgeries())
    assert not is_wanted("booked", one)


@pytest.mark.parametrize("shows_names", [False, True])
def test_no_message_and_no_file_names_anybody_else_unless_the_session_shows_names(world, five, shows_names):
    """Whatever happens to five people, each text and each file is searched for the other four."""
    cohort, lead, _, _ = world
    host = somebody()
    session = planned(cohort, lead, capacity=2, hosts=[host], shows_names=shows_names)
    bookings = [booked(session, each) for each in five[:2]] + [booked(session, *five[2:4]), booked(session, five[4])]
    found, looked = set(), 0

    def look():
        nonlocal looked
        for message in Message.objects.filter(kind__startswith="bookings."):
            if not kind_named(message.kind).wanted(message.ref, message.recipient):
                continue
            email = compose(message, kind_named(message.kind)).email
            files = [file if isinstance(file, str) else file.decode() for _, file, _ in email.attachments]
            said = "\n".join([email.subject, email.body, *[text for text, _ in email.alternatives], *files])
            own = next((each.preferred_name for each in five if each.user_id == message.recipient_id), "")
            found.update(name for name in NAMES if name in said.replace("\r\n ", "") and name != own)
            looked += 1

    look()
    actions.cancel_booking(booking=bookings[0], by=five[0].user, now=NOW)
    look()
    actions.cancel_booking(booking=bookings[1], by=lead, now=NOW)
    look()
    actions.accept_offer(booking=bookings[2], by=five[2].user, now=NOW)
    times = {"starts_at": STARTS_AT + HOUR, "ends_at": STARTS_AT + 2 * HOUR}
    actions.move_session(session=session, **times, by=lead, now=NOW)
    look()
    actions.let_go(participant=five[3], by=lead, now=NOW)
    look()
    actions.call_off_session(session=session, reason="Too few", by=lead, now=NOW)
    look()
    assert looked > 30
    assert bool(found) is shows_names


@pytest.mark.parametrize(("day", "in_utc"), NINE_AROUND_CHANGES.items(), ids=str)
def test_around_each_change_of_the_clocks_mail_and_file_have_the_right_hour(world, day, in_utc):
    cohort, lead, (one, *_), _ = world
    early = london(2026, 1, 5, 10)
    session = planned(cohort, lead, starts_at=london(day.year, day.month, day.day, 9), now=early)
    booked(session, one, now=early)
    assert "9am to 11am" in mail("booked", one).body
    event = file_of("booked", one).vevent
    assert event.dtstart.value.astimezone(UTC).hour == in_utc
    assert event.dtstart.value.hour == 9


def test_the_second_of_two_equal_hours_is_said_and_written_as_it_is(world):
    cohort, lead, (one, *_), _ = world
    second = london(2027, 10, 31, 1, 30).replace(fold=1)
    session = planned(cohort, lead, starts_at=second)
    booked(session, one)
    assert "1:30am GMT to 3:30am" in mail("booked", one).body
    assert file_of("booked", one).vevent.dtstart.value.astimezone(UTC).hour == 1


def test_a_lead_who_reads_the_post_finds_the_page_of_each_session(world, known, django_assert_num_queries):
    _, lead, (one, *_), session = world
    booked(session, one)
    refs = [message.ref for message in Message.objects.all()]
    [place] = {kind.places for kind in KINDS}
    assert place(refs, lead) == [pages.path_of("surgeries", session.pk)] * len(refs)
    assert place(refs, somebody()) == [""] * len(refs)
    place(refs, one.user)  # reads the roles, which a request does once
    with django_assert_num_queries(1):
        place(refs * 9, one.user)


def test_two_rooms_cannot_claim_one_kind(known):
    pages.register("surgeries", url_name="participant_detail", noun="design surgery")
    with pytest.raises(pages.RegisteredTwice):
        pages.register("surgeries", url_name="home", noun="clinic")
    assert Booking.objects.count() == 0
