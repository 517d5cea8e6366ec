"""The launch: who is written to and what their calendars make of it, read by another library than the writer's."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts import actions, launches
from cohorts.actions import importing
from cohorts.choices import RoleKind, State
from cohorts.element import Cohorts
from cohorts.models import Cohort, Launch, LaunchChange, Participant, Role
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory, UserFactory
from cohorts.tests.post import ten_minutes_pass
from elements import calendar, clock
from reminders import delivery
from reminders.choices import State as Stands
from reminders.models import LocalLetter, Message

pytestmark = pytest.mark.django_db
TWO, FOUR = time(14), time(16)
SENDER = "Paired Learning <pairs@trust.example>"


@pytest.fixture
def day():
    return clock.today() + timedelta(days=60)


@pytest.fixture
def cohort(day):
    return CohortFactory(name="Spring", starts_on=day, ends_on=day + timedelta(days=200))


@pytest.fixture
def lead(cohort):
    return LeadFactory(cohort=cohort, user__email="lead@trust.example").user


def somebody(cohort, name, **columns) -> Participant:
    return ParticipantFactory(cohort=cohort, user__email=f"{name}@trust.example", **columns)


def set_launch(cohort, by, begins=TWO, ends=FOUR, place="Lecture theatre", **more) -> int:
    return actions.set_launch(cohort=cohort, begins=begins, ends=ends, place=place, by=by, **more)


def sent() -> dict[str, LocalLetter]:
    """Send what waits; {to whom: the letter}. Two to one person are one too many."""
    LocalLetter.objects.all().delete()
    ten_minutes_pass()
    delivery.send_round()
    letters = list(LocalLetter.objects.all())
    found = {letter.to_addr: letter for letter in letters}
    assert len(found) == len(letters)
    return found


def name_of(address: str) -> str:
    return address.split("@")[0]


def reached() -> set[str]:
    return {name_of(address) for address in sent()}


def read(letter: LocalLetter):
    """(method, the one entry) of the calendar file."""
    found = vobject.readOne(letter.calendar)
    [entry] = found.vevent_list
    return found.method.value, entry


def test_everybody_accepted_and_who_leads_or_facilitates_is_invited_once(cohort, lead):
    both = somebody(cohort, "both")
    somebody(cohort, "ann")
    for state in set(State) - {State.ACCEPTED}:
        somebody(cohort, state.value, state=state)
    Role.objects.create(user=both.user, kind=RoleKind.FACILITATOR, cohort=cohort)
    for kind in (RoleKind.LEAD, RoleKind.EVALUATOR, RoleKind.SPONSOR, RoleKind.FACILITATOR):
        person = UserFactory(email=f"programme-{kind}@trust.example")
        Role.objects.create(user=person, kind=kind, programme=cohort.programme)
    somebody(CohortFactory(programme=cohort.programme), "elsewhere")
    assert set_launch(cohort, lead) == 5
    assert reached() == {"both", "ann", "lead", "programme-lead", "programme-facilitator"}
    assert set(Message.objects.values_list("kind", "scope", "reply_to")) == {(launches.SET, cohort.pk, lead.email)}


def test_the_invitation_says_when_and_where_and_carries_the_entry(cohort, lead, day):
    somebody(cohort, "ann")
    set_launch(cohort, lead)
    letter = sent()["ann@trust.example"]
    assert letter.subject == f"Invitation: the launch of Spring, {clock.in_full(day)}, 2pm to 4pm"
    assert f"You are invited to the launch of Spring, {cohort.programme}." in letter.text
    assert "Where: Lecture theatre" in letter.text
    method, entry = read(letter)
    assert method == "REQUEST"
    assert entry.dtstart.value == datetime.combine(day, TWO, ZoneInfo("Europe/London"))
    assert entry.dtend.value == datetime.combine(day, FOUR, ZoneInfo("Europe/London"))
    assert (entry.location.value, entry.status.value) == ("Lecture theatre", "CONFIRMED")
    assert [one.value for one in entry.attendee_list] == ["mailto:ann@trust.example"]


def test_a_link_to_join_is_a_link(cohort, lead):
    set_launch(cohort, lead, place="https://meet.example/launch?a=1&b=2")
    letter = sent()[lead.email]
    assert "Join online:\nhttps://meet.example/launch?a=1&b=2\n" in letter.text
    assert '<a href="https://meet.example/launch?a=1&amp;b=2"' in letter.html
    assert read(letter)[1].url.value == "https://meet.example/launch?a=1&b=2"


def test_a_change_and_the_end_of_it_are_of_the_same_entry_and_each_later_than_the_last(cohort, lead, day):
    set_launch(cohort, lead)
    first = sent()[lead.email]
    set_launch(cohort, lead, begins=time(15), ends=time(17))
    moved = sent()[lead.email]
    set_launch(cohort, lead, begins=time(15), ends=time(17), starts_on=day + timedelta(days=1))
    next_day = sent()[lead.email]
    actions.call_off_launch(cohort=cohort, by=lead)
    off = sent()[lead.email]
    set_launch(cohort, lead)
    after_all = sent()[lead.email]
    entries = [read(letter) for letter in (first, moved, next_day, off, after_all)]
    assert [method for method, _ in entries] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    assert {entry.uid.value for _, entry in entries} == {f"launch-{cohort.pk}"}
    assert [int(entry.sequence.value) for _, entry in entries] == [1, 2, 3, 4, 5]
    assert [clock.local(entry.dtstart.value).hour for _, entry in entries] == [14, 15, 15, 15, 14]
    assert entries[2][1].dtstart.value.date() == day + timedelta(days=1)
    assert entries[3][1].status.value == "CANCELLED"
    assert [letter.subject.split(":")[0] for letter in (first, moved, next_day, off, after_all)] == [
        "Invitation",
        "Changed",
        "Changed",
        "Called off",
        "Invitation",
    ]
    assert "has a new time or place" in moved.text
    assert "does not take place" in off.text


def test_saving_without_a_change_writes_nothing(cohort, lead, day):
    assert set_launch(cohort, lead) == 1
    assert set_launch(cohort, lead) == 0
    actions.change_cohort(cohort=cohort, starts_on=day, name="Summer", by=lead)
    actions.change_cohort(cohort=cohort, meets_every=14, by=lead)
    assert Message.objects.count() == 1
    assert actions.call_off_launch(cohort=cohort, by=lead) == 1
    assert actions.call_off_launch(cohort=cohort, by=lead) == 0
    assert Message.objects.count() == 2


def test_a_cohort_without_a_launch_moves_silently(cohort, lead, day):
    actions.change_cohort(cohort=cohort, starts_on=day + timedelta(days=3), by=lead)
    assert actions.call_off_launch(cohort=cohort, by=lead) == 0
    assert not Message.objects.exists()


def test_what_was_changed_before_it_went_out_is_said_once(cohort, lead):
    """An older message says what is no longer so: it is not sent, and the one that is sent calls nothing a change."""
    set_launch(cohort, lead)
    set_launch(cohort, lead, place="Seminar room")
    letter = sent()[lead.email]
    assert letter.subject.startswith("Invitation")
    assert "Seminar room" in letter.text
    assert sorted(Message.objects.values_list("ref__sequence", "state")) == [(1, Stands.CANCELLED), (2, Stands.SENT)]


def test_whoever_is_through_before_the_post_goes_out_is_not_invited(cohort, lead):
    """Completing takes nothing back, so that no later message overtakes the invitation."""
    ann = somebody(cohort, "ann")
    set_launch(cohort, lead)
    actions.change_state(participant=ann, to=State.COMPLETED, by=lead)
    assert reached() == {"lead"}


def test_nobody_hears_that_off_is_what_they_never_heard_of(cohort, lead):
    set_launch(cohort, lead)
    actions.call_off_launch(cohort=cohort, by=lead)
    assert sent() == {}
    assert set(Message.objects.values_list("state", flat=True)) == {Stands.CANCELLED}


@pytest.mark.parametrize("state", [Stands.UNKNOWN, Stands.TRANSMITTING, Stands.CLAIMED])
def test_whoever_may_have_the_invitation_hears_that_it_is_off(cohort, lead, state):
    set_launch(cohort, lead)
    in_hand = {"claimed_by": "x", "claimed_at": clock.at(clock.today())} if state != Stands.UNKNOWN else {}
    Message.objects.update(state=state, **in_hand)
    actions.call_off_launch(cohort=cohort, by=lead)
    ref = {"cohort": str(cohort.pk), "sequence": 2}
    assert launches.called_off_wanted(ref, lead)


def test_somebody_withdrawn_gets_a_cancellation_and_nothing_more(cohort, lead):
    ann = somebody(cohort, "ann")
    somebody(cohort, "bob")
    set_launch(cohort, lead)
    sequence = int(read(sent()["ann@trust.example"])[1].sequence.value)
    actions.withdraw_participant(participant=ann, by=lead)
    letters = sent()
    assert set(letters) == {"ann@trust.example"}
    letter = letters["ann@trust.example"]
    assert letter.subject.startswith("No longer in your calendar: the launch of Spring")
    assert "no longer on the list" in letter.text
    method, entry = read(letter)
    assert (method, entry.status.value) == ("CANCEL", "CANCELLED")
    assert int(entry.sequence.value) > sequence
    set_launch(cohort, lead, place="Seminar room")
    assert reached() == {"bob", "lead"}


def test_the_invitations_of_others_go_out_although_one_person_withdraws(cohort, lead):
    ann = somebody(cohort, "ann")
    somebody(cohort, "bob")
    set_launch(cohort, lead)
    actions.withdraw_participant(participant=ann, by=lead)
    assert reached() == {"bob", "lead"}


def test_whoever_comes_back_is_invited_by_a_later_entry_than_the_cancellation(cohort, lead):
    ann = somebody(cohort, "ann")
    set_launch(cohort, lead)
    sent()
    actions.change_state(participant=ann, to=State.RESERVE, by=lead)
    off = read(sent()["ann@trust.example"])[1]
    actions.change_state(participant=ann, to=State.ACCEPTED, by=lead)
    letters = sent()
    assert set(letters) == {"ann@trust.example"}
    method, on = read(letters["ann@trust.example"])
    assert method == "REQUEST"
    assert int(on.sequence.value) > int(off.sequence.value)
    assert letters["ann@trust.example"].subject.startswith("Invitation")


def test_going_and_coming_before_the_post_does_writes_one_invitation(cohort, lead):
    ann = somebody(cohort, "ann")
    set_launch(cohort, lead)
    actions.change_state(participant=ann, to=State.RESERVE, by=lead)
    actions.change_state(participant=ann, to=State.ACCEPTED, by=lead)
    assert read(sent()["ann@trust.example"])[0] == "REQUEST"
    states = Message.objects.filter(recipient=ann.user).order_by("ref__sequence").values_list("state", flat=True)
    assert list(states) == [Stands.CANCELLED, Stands.CANCELLED, Stands.SENT]


def test_a_facilitator_who_withdraws_as_a_participant_stays_invited(cohort, lead):
    ann = somebody(cohort, "ann")
    Role.objects.create(user=ann.user, kind=RoleKind.FACILITATOR, cohort=cohort)
    set_launch(cohort, lead)
    sent()
    actions.withdraw_participant(participant=ann, by=lead)
    actions.change_state(participant=ann, to=State.ACCEPTED, by=lead)
    assert sent() == {}


def test_whoever_is_accepted_later_is_invited(cohort, lead):
    waiting = somebody(cohort, "waiting", state=State.APPLIED)
    reserve = somebody(cohort, "reserve", state=State.RESERVE)
    set_launch(cohort, lead)
    assert reached() == {"lead"}
    for person in (waiting, reserve):
        actions.change_state(participant=person, to=State.ACCEPTED, by=lead)
    for name, state in (("new", State.ACCEPTED), ("later", State.APPLIED)):
        actions.add_participant(cohort=cohort, email=f"{name}@trust.example", name=name, side="a", state=state, by=lead)
    assert reached() == {"waiting", "reserve", "new"}


def test_whoever_leads_or_facilitates_from_now_on_is_invited_and_later_let_go(cohort, lead):
    somebody(cohort, "ann")
    set_launch(cohort, lead)
    sent()
    roles = [
        actions.name_role(kind=kind, email=f"{kind}@trust.example", name=kind, by=lead, **where)
        for kind, where in (
            ("facilitator", {"programme": cohort.programme}),
            ("sponsor", {"cohort": cohort}),
        )
    ]
    actions.name_role(kind="facilitator", email="ann@trust.example", name="Ann", cohort=cohort, by=lead)
    assert set(Message.objects.filter(state=Stands.QUEUED, kind=launches.SET).values_list("to_addr", flat=True)) == {
        "facilitator@trust.example"
    }
    ten_minutes_pass()
    delivery.send_round()
    for role in roles:
        actions.end_role(role=role, by=lead)
    letters = sent()
    assert set(letters) == {"facilitator@trust.example"}
    assert read(letters["facilitator@trust.example"])[0] == "CANCEL"


def imported(cohort, lead, number: int) -> int:
    """Import so many new people; returns how many queries it took."""
    rows = "".join(f"P {n};{number}-{n}@trust.example;{'doctor' if n % 2 else 'manager'}\n" for n in range(number))
    sheet = importing.keep_upload(
        cohort=cohort, content=f"Name;E-mail;Side\n{rows}".encode(), file_name="p.csv", organisation="", by=lead
    )
    importing.accept_all_warnings(upload=sheet, by=lead)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        importing.confirm_import(upload=sheet, by=lead)
    return len(asked)


def test_an_import_invites_in_a_fixed_number_of_queries(cohort, lead):
    set_launch(cohort, lead)
    few, many = imported(cohort, lead, 3), imported(cohort, lead, 20)
    assert few == many
    assert Message.objects.filter(kind=launches.SET).count() == 24
    assert Launch.objects.get().sequence == 3


def test_setting_it_takes_a_fixed_number_of_queries(cohort, lead):
    def asked(place: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            set_launch(cohort, lead, place=place)
        return len(queries)

    set_launch(cohort, lead)
    few = asked("One")
    for number in range(30):
        somebody(cohort, f"person{number}")
    assert asked("Two") == few


def test_nobody_is_written_to_about_what_is_over(lead):
    yesterday = clock.today() - timedelta(days=1)
    cohort = CohortFactory(starts_on=yesterday, ends_on=yesterday + timedelta(days=100))
    ann = somebody(cohort, "ann")
    assert set_launch(cohort, lead) == 0
    assert set_launch(cohort, lead, place="Seminar room") == 0
    actions.withdraw_participant(participant=ann, by=lead)
    actions.change_state(participant=ann, to=State.ACCEPTED, by=lead)
    actions.call_off_launch(cohort=cohort, by=lead)
    assert not Message.objects.exists()


def test_a_refused_change_leaves_nothing_behind(cohort, lead, monkeypatch):
    monkeypatch.setattr("reminders.outbox.Message.objects.bulk_create", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        set_launch(cohort, lead)
    assert not Launch.objects.exists()


def test_the_own_calendar_shows_ones_launches_in_one_query(cohort, lead, django_assert_num_queries):
    gone, stranger = somebody(cohort, "gone", state=State.WITHDRAWN), somebody(CohortFactory(), "stranger")
    ann = somebody(cohort, "ann", state=State.COMPLETED)
    other = CohortFactory(programme=cohort.programme, starts_on=cohort.starts_on, ends_on=cohort.ends_on)
    somebody(other, "ann2", user=ann.user)
    for each in (cohort, other):
        set_launch(each, lead)
    actions.call_off_launch(cohort=other, by=lead)
    LaunchChange.objects.update(leaves_at=timezone.now())

    def shown(user) -> set:
        return {(event.uid, event.cancelled) for event in Cohorts().calendar(users=[user])}

    with django_assert_num_queries(1):
        assert shown(ann.user) == {(f"launch-{cohort.pk}", False), (f"launch-{other.pk}", True)}
    assert shown(lead) == {(f"launch-{cohort.pk}", False)}
    assert shown(gone.user) == shown(stranger.user) == set()


@pytest.mark.parametrize(
    ("day", "begins", "utc"),
    [
        (date(2027, 3, 27), time(14), (27, 14)),
        (date(2027, 3, 28), time(0, 30), (28, 0)),  # the clocks go forward an hour later
        (date(2027, 3, 28), time(14), (28, 13)),
        (date(2027, 3, 29), time(14), (29, 13)),
        (date(2027, 10, 30), time(14), (30, 13)),
        (date(2027, 10, 31), time(14), (31, 14)),
    ],
)
def test_both_sides_of_a_change_of_the_clocks_show_the_right_hour(day, begins, utc):
    cohort = CohortFactory(starts_on=day, ends_on=date(2028, 1, 1))
    set_launch(cohort, UserFactory(), begins=begins, ends=time(20))
    event = launches.entry(launches.launch_of(cohort), cancelled=False)
    _, file = calendar.invitation(event, organiser=SENDER, attendee="ann@trust.example")
    entry = vobject.readOne(file.decode()).vevent
    starts_at = entry.dtstart.value
    assert (starts_at.date(), starts_at.time()) == (day, begins)
    moment = starts_at.astimezone(ZoneInfo("UTC"))
    assert (moment.day, moment.hour) == utc


MISSING = {"begins": time(1, 30), "ends": FOUR, "place": "Lecture theatre"}


def test_the_hour_that_the_clocks_leave_out_is_refused(lead):
    cohort = CohortFactory(starts_on=date(2027, 3, 28), ends_on=date(2028, 1, 1))
    with pytest.raises(clock.NoSuchTime, match=r"The clocks go forward then. Choose 12:45am or 2am."):
        actions.set_launch(cohort=cohort, by=lead, **MISSING)
    cohort = CohortFactory(starts_on=date(2027, 3, 29), ends_on=date(2028, 1, 1))
    actions.set_launch(cohort=cohort, by=lead, **MISSING)
    with pytest.raises(clock.NoSuchTime):
        actions.set_launch(cohort=cohort, starts_on=date(2027, 3, 28), by=lead, **MISSING)
    cohort.refresh_from_db()
    assert cohort.starts_on == date(2027, 3, 29)


def with_day(cohort, given: dict) -> dict:
    """What is typed about the launch, with the day that its form comes filled in with."""
    if "begins" not in given or "starts_on_0" in given:
        return given
    on = cohort.starts_on
    return {"starts_on_0": on.day, "starts_on_1": on.month, "starts_on_2": on.year, **given}


def page(client, cohort, url="launch_edit", **given) -> str:
    given, address = with_day(cohort, given), reverse(url, args=[cohort.pk])
    answer = client.post(address, given, follow=True) if given else client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def agreed(client, cohort, url="launch_edit", **given) -> str:
    """Read what goes out to whom, then say yes to that."""
    given, address = with_day(cohort, given), reverse(url, args=[cohort.pk])
    read = client.post(address, given) if given else client.get(address)
    return page(client, cohort, url, **given, shown=read.context["yes"].mark, send="1")


@pytest.mark.parametrize("url", ["launch_edit", "launch_call_off"])
def test_whoever_asks_for_the_head_of_a_page_gets_it(client, cohort, lead, url):
    set_launch(cohort, lead)
    client.force_login(lead)
    assert client.head(reverse(url, args=[cohort.pk])).status_code == 200
    assert not Launch.objects.get().called_off


def test_the_page_says_who_is_invited_and_how_many(client, cohort, lead):
    somebody(cohort, "ann"), somebody(cohort, "bob", side="b"), somebody(cohort, "cat", side="b")
    client.force_login(lead)
    shown = page(client, cohort)
    assert "4 people:" in shown
    assert "<li>1 accepted doctor</li><li>2 accepted managers</li>" in shown.replace("</li> <li>", "</li><li>")
    assert f"{lead.email}, who leads or facilitates" in shown
    given = {"begins": "2pm", "ends": "16:30", "place": "Lecture theatre"}
    shown = page(client, cohort, **given)
    assert "Write to 4 people about the launch?" in shown
    assert f"Invitation: the launch of Spring, {clock.in_full(cohort.starts_on)}, 2pm to 4:30pm" in shown
    assert "Where: Lecture theatre" in shown
    assert not Launch.objects.exists()
    shown = agreed(client, cohort, **given)
    assert "The launch was saved. 4 messages go out at" in shown
    launch = Launch.objects.get()
    assert (launch.begins, launch.ends, launch.place) == (TWO, time(16, 30), "Lecture theatre")
    shown = page(client, cohort)
    assert 'value="2pm"' in shown
    assert "Nobody is written to." in page(client, cohort, begins="14:00", ends="4.30pm", place="Lecture theatre")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"begins": "", "ends": "4pm", "place": "Here"}, "Enter a start time, like 2pm"),
        ({"begins": "2pm", "ends": "", "place": "Here"}, "Enter an end time, like 2pm"),
        ({"begins": "2pm", "ends": "4pm", "place": " "}, "Enter the place, or a link to join"),
        ({"begins": "4pm", "ends": "2pm", "place": "Here"}, "End time must be after the start time, on the same day"),
        ({"begins": "2", "ends": "4pm", "place": "Here"}, "Do you mean 2am or 2pm? Enter the start time with am or pm"),
        ({"begins": "2pm", "ends": "4pm", "place": "Room {{ name }}"}, "Write the place in plain words"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, cohort, lead, given, sentence):
    client.force_login(lead)
    shown = page(client, cohort, **given)
    assert shown.count(sentence) == 2  # at the top and at the box
    assert all(f'value="{text}"' in shown for text in given.values() if text.strip())
    assert not Launch.objects.exists()


def test_pages_refuse_the_missing_hour_with_the_nearest_that_there_are(client):
    cohort = CohortFactory(starts_on=date(2027, 3, 28), ends_on=date(2028, 1, 1))
    lead = LeadFactory(cohort=cohort).user
    client.force_login(lead)
    assert "Choose 12:45am or 2am." in page(client, cohort, begins="1.30am", ends="4pm", place="Here")
    actions.change_cohort(cohort=cohort, starts_on=date(2027, 3, 29), by=lead)
    actions.set_launch(cohort=cohort, by=lead, **MISSING)
    moved = {"starts_on_0": 28, "starts_on_1": 3, "starts_on_2": 2027}
    assert "Choose 12:45am or 2am." in page(client, cohort, begins="1.30am", ends="4pm", place="Here", **moved)


def test_the_day_has_one_door_to_which_the_settings_lead(client, cohort, lead, day):
    client.force_login(lead)
    shown = page(client, cohort, "cohort_edit")
    assert "starts_on" not in shown
    assert f'href="{reverse("launch_edit", args=[cohort.pk])}"' in shown
    form = client.get(reverse("cohort_edit", args=[cohort.pk])).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) and name != "ends_on"}
    typed |= {"ends_on_0": day.day, "ends_on_1": day.month, "ends_on_2": day.year}
    assert "End date must be after the launch date" in page(client, cohort, "cohort_edit", **typed)


def test_the_day_moves_alone_before_there_is_a_time_and_never_past_the_end(client, cohort, lead, day):
    client.force_login(lead)

    def on(moved, **more) -> str:
        days = {"starts_on_0": moved.day, "starts_on_1": moved.month, "starts_on_2": moved.year}
        return page(client, cohort, **days, **{"begins": "", "ends": "", "place": "", **more})

    later = day + timedelta(days=7)
    assert "The day of the launch was saved. It has no time and place yet." in on(later)
    cohort.refresh_from_db()
    assert cohort.starts_on == later
    assert "Launch date must be before the cohort ends on" in on(cohort.ends_on)
    assert "Enter an end time, like 2pm" in on(day, begins="2pm")
    set_launch(cohort, lead)
    assert "Enter a start time, like 2pm" in on(day)
    cohort.refresh_from_db()
    assert cohort.starts_on == later


def test_two_leads_at_once_never_end_a_cohort_before_its_launch(cohort, lead):
    with pytest.raises(actions.EndsBeforeLaunch):
        actions.set_launch(cohort=cohort, begins=TWO, ends=FOUR, place="Hall", starts_on=cohort.ends_on, by=lead)
    with pytest.raises(actions.EndsBeforeLaunch):
        actions.change_cohort(cohort=cohort, ends_on=cohort.starts_on, name="Autumn", by=lead)
    assert (cohort.name, cohort.ends_on > cohort.starts_on) == ("Spring", True), "what is not saved is not shown"


def test_once_a_launch_is_set_its_day_has_one_door(client, cohort, lead, day, monkeypatch):
    """Another lead sets it after this page was asked for and before its form is taken: nobody is written to unread."""
    set_launch(cohort, lead)
    client.force_login(lead)
    asked = []

    def too_early(of):
        asked.append(of)
        return None if len(asked) == 1 else launch_of(of)

    launch_of = launches.launch_of
    monkeypatch.setattr(launches, "launch_of", too_early)
    later = day + timedelta(days=7)
    days = {"starts_on_0": later.day, "starts_on_1": later.month, "starts_on_2": later.year}
    assert "Another lead has set the launch meanwhile" in page(client, cohort, begins="", ends="", place="", **days)
    cohort.refresh_from_db()
    assert cohort.starts_on == day
    assert Message.objects.count() == 1
    actions.change_cohort(cohort=cohort, starts_on=day, name="Summer", by=lead)
    assert cohort.name == "Summer"


def test_the_record_names_the_day_to_which_a_launch_is_moved(cohort, lead, day):
    later = day + timedelta(days=7)
    set_launch(cohort, lead)
    set_launch(cohort, lead, starts_on=later)
    done = AuditRecord.objects.filter(scope=cohort.pk).order_by("pk").values_list("did", flat=True)
    assert list(done) == ["set the launch", f"set the launch and its day, {clock.in_full(later)}"]


def test_calling_off_asks_first(client, cohort, lead):
    client.force_login(lead)
    assert "There is no launch to call off" in page(client, cohort, "launch_call_off")
    set_launch(cohort, lead)
    assert "Call the launch off?" in page(client, cohort, "launch_call_off")
    assert not Launch.objects.get().called_off
    assert "One message goes out at" in agreed(client, cohort, "launch_call_off")
    assert Launch.objects.get().called_off
    assert "The launch is called off. If you save it" in page(client, cohort)
    assert "There is no launch to call off" in page(client, cohort, "launch_call_off")


def test_whoever_is_invited_is_shown_by_name_and_finds_it_among_what_is_next(client, cohort, lead):
    ann = ParticipantFactory(cohort=cohort, name="Ann Elm")
    client.force_login(lead)
    assert "Ann Elm" in page(client, cohort)
    set_launch(cohort, lead)
    LaunchChange.objects.update(leaves_at=timezone.now())
    client.force_login(ann.user)
    home = client.get("/").content.decode()
    assert f"Come to the launch on {clock.in_full(cohort.starts_on)}, 2pm to 4pm" in home
    assert "Lecture theatre" in home
    actions.call_off_launch(cohort=cohort, by=lead)
    LaunchChange.objects.update(leaves_at=timezone.now())
    assert "Come to the launch" not in client.get("/").content.decode()


LATER = {"begins": time(15), "ends": time(17), "place": "Seminar room"}


def last_change(cohort) -> LaunchChange:
    return LaunchChange.objects.standing(cohort).first()


def undo(cohort, by) -> None:
    actions.undo_launch(cohort=cohort, sequence=last_change(cohort).sequence, by=by)


def of_everybody(launch: Launch) -> tuple:
    return launch.begins, launch.ends, launch.place, launch.called_off


def test_what_many_are_told_waits_ten_minutes_and_what_one_is_told_does_not(cohort, lead):
    somebody(cohort, "ann")
    set_launch(cohort, lead)
    delivery.send_round()
    assert not LocalLetter.objects.exists()
    actions.add_participant(
        cohort=cohort, email="new@trust.example", name="New", side="a", state=State.ACCEPTED, by=lead
    )
    delivery.send_round()
    assert set(LocalLetter.objects.values_list("to_addr", flat=True)) == {"new@trust.example"}


def test_undo_of_the_first_time_leaves_no_launch_and_nobody_hears(cohort, lead):
    set_launch(cohort, lead)
    undo(cohort, lead)
    assert not Launch.objects.exists()
    assert sent() == {}
    set_launch(cohort, lead)
    entry = read(sent()[lead.email])[1]
    assert int(entry.sequence.value) > 1, "a calendar read from the house may know the number of what was taken back"


def test_undo_of_a_move_brings_day_and_hours_back_under_a_later_number(cohort, lead, day):
    set_launch(cohort, lead)
    first = read(sent()[lead.email])[1]
    set_launch(cohort, lead, starts_on=day + timedelta(days=7))
    moved = Launch.objects.get().sequence
    actions.change_cohort(cohort=cohort, ends_on=day + timedelta(days=300), by=lead)
    undo(cohort, lead)
    cohort.refresh_from_db()
    assert (cohort.starts_on, cohort.ends_on) == (day, day + timedelta(days=300)), "the end is no part of the change"
    assert sent() == {}
    launch = Launch.objects.get()
    assert launch.sequence > moved > int(first.sequence.value)
    set_launch(cohort, lead, place="Seminar room")
    assert int(read(sent()[lead.email])[1].sequence.value) > moved


def test_undo_is_refused_where_the_cohort_would_end_before_the_day_that_comes_back(client, cohort, lead, day):
    set_launch(cohort, lead)
    set_launch(cohort, lead, starts_on=day - timedelta(days=7))
    actions.change_cohort(cohort=cohort, ends_on=day, by=lead)
    client.force_login(lead)
    assert "The cohort ends on" in page(client, cohort, "launch_undo", change=last_change(cohort).sequence)
    cohort.refresh_from_db()
    assert (cohort.starts_on, cohort.ends_on) == (day - timedelta(days=7), day)


def test_undo_of_calling_off_keeps_the_launch_and_tells_whoever_came_and_left_meanwhile(cohort, lead):
    ann = somebody(cohort, "ann")
    waiting = somebody(cohort, "waiting", state=State.APPLIED)
    set_launch(cohort, lead)
    sent()
    actions.call_off_launch(cohort=cohort, by=lead)
    actions.withdraw_participant(participant=ann, by=lead)
    actions.change_state(participant=waiting, to=State.ACCEPTED, by=lead)
    undo(cohort, lead)
    assert not Launch.objects.get().called_off
    letters = sent()
    assert {name_of(address): read(letter)[0] for address, letter in letters.items()} == {
        "ann": "CANCEL",
        "waiting": "REQUEST",
    }


def test_undo_of_a_second_change_leaves_the_first_to_go_out(cohort, lead):
    set_launch(cohort, lead)
    actions.set_launch(cohort=cohort, by=lead, **LATER)
    undo(cohort, lead)
    assert of_everybody(Launch.objects.get()) == (TWO, FOUR, "Lecture theatre", False)
    assert "Lecture theatre" in sent()[lead.email].text


def test_the_first_messages_wait_as_long_as_the_second_so_that_undo_needs_no_other(cohort, lead):
    set_launch(cohort, lead)
    Message.objects.update(next_at=timezone.now() + timedelta(seconds=1))
    LaunchChange.objects.update(leaves_at=timezone.now() + timedelta(seconds=1))
    actions.set_launch(cohort=cohort, by=lead, **LATER)
    soonest = Message.objects.order_by("next_at").first().next_at
    assert soonest > timezone.now() + timedelta(minutes=9)
    assert all(each.leaves_at > timezone.now() + timedelta(minutes=9) for each in LaunchChange.objects.all())


@pytest.mark.parametrize("state", [Stands.SENT, Stands.UNKNOWN])
def test_undo_is_refused_once_a_message_went(cohort, lead, state):
    somebody(cohort, "ann")
    set_launch(cohort, lead)
    message = Message.objects.first()
    Message.objects.filter(pk=message.pk).update(state=state, sent_at=timezone.now())
    with pytest.raises(actions.CannotUndoLaunch, match="on their way"):
        undo(cohort, lead)
    assert Launch.objects.exists()
    assert Message.objects.filter(state=Stands.QUEUED).count() == 1, "all or nothing"


def test_undo_is_refused_once_somebody_new_was_invited_to_the_new_time(cohort, lead):
    set_launch(cohort, lead)
    sent()
    actions.set_launch(cohort=cohort, by=lead, **LATER)
    actions.add_participant(cohort=cohort, email="n@trust.example", name="N", side="a", state=State.ACCEPTED, by=lead)
    delivery.send_round()
    with pytest.raises(actions.CannotUndoLaunch):
        undo(cohort, lead)


def test_undo_is_refused_after_ten_minutes_twice_and_when_the_day_was_changed_since(cohort, lead, day):
    set_launch(cohort, lead)
    first = last_change(cohort).sequence
    LaunchChange.objects.update(leaves_at=timezone.now())
    with pytest.raises(actions.CannotUndoLaunch, match="on their way"):
        undo(cohort, lead)
    LaunchChange.objects.update(leaves_at=timezone.now() + timedelta(minutes=9))
    actions.call_off_launch(cohort=cohort, by=lead)
    second = last_change(cohort).sequence
    undo(cohort, lead)
    with pytest.raises(actions.CannotUndoLaunch, match="taken back already"):
        actions.undo_launch(cohort=cohort, sequence=second, by=lead)
    assert last_change(cohort).sequence == first
    actions.call_off_launch(cohort=cohort, by=lead)
    Cohort.objects.update(starts_on=day + timedelta(days=1))
    with pytest.raises(actions.CannotUndoLaunch, match="changed since"):
        undo(cohort, lead)


def test_a_test_goes_to_oneself_alone_with_a_file_that_no_calendar_acts_upon_and_changes_nothing(client, cohort, lead):
    somebody(cohort, "ann")
    client.force_login(lead)
    shown = page(client, cohort, begins="2pm", ends="4pm", place="Hall", test="1")
    assert "on its way to you" in shown
    assert not Launch.objects.exists()
    delivery.send_round()
    letter = LocalLetter.objects.get()
    assert (letter.to_addr, letter.subject.split(":")[0]) == (lead.email, "Test")
    method, entry = read(letter)
    assert method == "PUBLISH"
    assert (entry.uid.value, entry.location.value) == (f"test-launch-{cohort.pk}", "Hall")
    assert entry.summary.value.startswith("Test: Launch of Spring")
    message = Message.objects.get()
    assert message.is_test
    assert "Where: Hall" in letter.text
    set_launch(cohort, lead)
    assert sent()[lead.email].subject.startswith("Invitation"), "a test tells nobody anything"


def test_above_twenty_the_number_is_typed_and_what_was_read_must_still_be_so(client, cohort, lead):
    for number in range(20):
        somebody(cohort, f"p{number}")
    client.force_login(lead)
    given = {"begins": "2pm", "ends": "4pm", "place": "Hall"}
    assert "Enter 21 to confirm how many people you write to" in agreed(client, cohort, **given)
    assert "Enter 21, the number of people" in agreed(client, cohort, **given, count="20")
    assert "The list or the words have changed" in page(client, cohort, **given, count="21", shown="old", send="1")
    assert not Launch.objects.exists()
    assert "21 messages go out" in agreed(client, cohort, **given, count="21")


def test_what_was_typed_is_kept_on_the_way_back_from_the_message(client, cohort, lead):
    client.force_login(lead)
    shown = page(client, cohort, begins="2pm", ends="4pm", place="Hall", change="1")
    assert 'value="Hall"' in shown
    assert "Go on: who gets which message" in shown


def test_moving_the_cohort_is_read_first_and_undone_from_the_page_of_the_launch(client, cohort, lead, day):
    set_launch(cohort, lead)
    sent()
    client.force_login(lead)
    on = day + timedelta(days=1)
    typed = {"starts_on_0": on.day, "starts_on_1": on.month, "starts_on_2": on.year}
    typed |= {"begins": "2pm", "ends": "4pm", "place": "Lecture theatre"}
    assert f"Changed: the launch of Spring, {clock.in_full(on)}" in page(client, cohort, **typed)
    cohort.refresh_from_db()
    assert cohort.starts_on == day
    shown = agreed(client, cohort, **typed)
    assert "The launch was saved. One message goes out at" in shown
    assert f"Undo: send nothing, and keep {clock.in_full(day)}" in shown
    cohort.refresh_from_db()
    assert cohort.starts_on == on
    assert "Taken back" in page(client, cohort, "launch_undo", change=last_change(cohort).sequence)
    cohort.refresh_from_db()
    assert cohort.starts_on == day


def known(client, person, cohort) -> tuple[str, list]:
    """(home as this person reads it, what her calendar shows: number, beginning, whether it is off)."""
    client.force_login(person)
    events = [
        (each.sequence, each.starts_at, each.cancelled)
        for each in Cohorts().calendar(users=[person])
        if each.uid == f"launch-{cohort.pk}"
    ]
    return " ".join(client.get("/").content.decode().split()), events


def the_wait_is_over() -> None:
    LaunchChange.objects.update(leaves_at=timezone.now())


def test_what_may_still_be_taken_back_is_seen_by_nobody_who_takes_part(client, cohort, lead, day):
    ann = somebody(cohort, "ann").user
    set_launch(cohort, lead)
    home, events = known(client, ann, cohort)
    assert ("Come to the launch" in home, events) == (False, [])
    the_wait_is_over()
    first = "Come to the launch on " + clock.in_full(day)
    home, [before] = known(client, ann, cohort)
    assert first in home
    actions.set_launch(cohort=cohort, **LATER, starts_on=day + timedelta(days=2), by=lead)
    actions.call_off_launch(cohort=cohort, by=lead)
    home, events = known(client, ann, cohort)
    assert f"{first}, 2pm to 4pm" in home
    assert "Lecture theatre" in home
    assert events == [before]
    the_wait_is_over()
    home, [(number, starts_at, is_off)] = known(client, ann, cohort)
    assert "Come to the launch" not in home
    assert number > before[0]
    assert (clock.local(starts_at).date(), is_off) == (day + timedelta(days=2), True)


@pytest.mark.parametrize("change", ["", "x", "-5", "9" * 40, "7"])
def test_undo_of_what_is_no_change_is_refused_in_words(client, cohort, lead, change):
    set_launch(cohort, lead)
    client.force_login(lead)
    assert "taken back already" in page(client, cohort, "launch_undo", change=change)
    assert Launch.objects.exists()
