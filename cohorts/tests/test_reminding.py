"""What a cohort's people and leads are reminded of: when, once, and no longer than it is so."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cohorts import launches, reminding, unreached
from cohorts.choices import ASKED_TO_SIGN_IN, RoleKind, State
from cohorts.contacts import leads_to_tell
from cohorts.element import Cohorts
from cohorts.models import Launch, Participant, Role
from cohorts.tests.factories import CohortFactory, LeadFactory, OrganisationFactory, ParticipantFactory, UserFactory
from elements import clock
from elements.registry import kind_named
from reminders.choices import DIGEST
from reminders.choices import State as Stands
from reminders.composing import written
from reminders.delivery import REFUSES
from reminders.due import compose_due, due_on
from reminders.models import BadAddress, Message, Nudge

A_DAY_IN_FULL = r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+ \d{4}"
pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 3)
NINE = clock.at(DAY)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture(autouse=True)
def that_day(monkeypatch):
    """It is DAY wherever the clock is asked at the door."""
    monkeypatch.setattr("elements.clock.today", lambda: DAY)


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring", starts_on=DAY + A_DAY, ends_on=DAY + timedelta(days=200))


@pytest.fixture
def lead(cohort):
    return LeadFactory(cohort=cohort, user__last_login=NINE).user


@pytest.fixture
def ann(cohort, lead):
    """Has signed in."""
    return somebody(cohort, "ann", user__last_login=NINE)


def somebody(cohort, name, **columns) -> Participant:
    return ParticipantFactory(cohort=cohort, name=name, user__email=f"{name}@trust.example", **columns)


def launch_of(cohort, hour=14) -> Launch:
    found, _ = Launch.objects.update_or_create(
        cohort=cohort,
        defaults={"begins": time(hour), "ends": time(hour + 2), "place": "Hall", "changed_at": NINE, "sequence": 1},
    )
    return found


def mail(person, *, scope, sent_at=None, state=Stands.SENT, kind="cohorts.role_given", **columns) -> Message:
    """A message of a cohort that somebody was sent."""
    number = Message.objects.count()
    return Message.objects.create(
        key=f"mail:{number}",
        message_id=f"<{number}@x>",
        kind=kind,
        recipient=person,
        to_addr=person.email,
        scope=scope.pk,
        state=state,
        sent_at=sent_at or (NINE - timedelta(days=30) if state == Stands.SENT else None),
        **columns,
    )


def due(kind: str, on=DAY) -> set:
    """Whom the element would remind."""
    return {each.to.email.split("@")[0] for each in Cohorts().reminders(on=on) if each.kind == kind}


def letter(message: Message):
    return written(message, kind_named(message.kind))


# The launch


def test_everybody_invited_is_reminded_at_nine_the_day_before_until_it_begins(cohort, lead, ann):
    launch_of(cohort)
    somebody(cohort, "gone", state=State.WITHDRAWN)
    somebody(CohortFactory(starts_on=DAY + A_DAY, ends_on=DAY + A_WEEK), "elsewhere")
    found = [each for each in Cohorts().reminders(on=DAY) if each.kind == launches.SOON]
    assert {each.to for each in found} == {ann.user, lead}
    assert {(each.at, each.until, each.scope) for each in found} == {(NINE, clock.at(DAY + A_DAY, time(14)), cohort.pk)}
    assert due(launches.SOON, on=DAY - A_DAY) == due(launches.SOON, on=DAY + 2 * A_DAY) == set()
    assert compose_due(now=NINE - timedelta(minutes=1)) == 0
    assert compose_due(now=NINE) == 2
    assert compose_due(now=NINE + A_DAY) == 0


def test_a_launch_that_begins_early_is_not_announced_when_it_has_begun(cohort, lead):
    launch_of(cohort)
    assert compose_due(now=clock.at(DAY + A_DAY, time(14))) == 0
    assert compose_due(now=clock.at(DAY + A_DAY, time(13, 59))) == 1


def test_a_moved_launch_is_announced_anew_and_the_old_hour_is_of_no_use(cohort, lead):
    launch_of(cohort)
    compose_due(now=NINE)
    old = Message.objects.get()
    assert launches.soon_wanted(old.ref, lead)
    launch_of(cohort, hour=16)
    assert compose_due(now=NINE) == 1
    new = Message.objects.exclude(pk=old.pk).get()
    assert not launches.soon_wanted(old.ref, lead)
    assert launches.soon_wanted(new.ref, lead)


def test_a_launch_called_off_is_neither_announced_nor_sent(cohort, lead):
    launch = launch_of(cohort)
    compose_due(now=NINE)
    launch.called_off = True
    launch.save()
    assert due(launches.SOON) == set()
    assert not launches.soon_wanted(Message.objects.get().ref, lead)


def test_whoever_withdraws_or_has_just_been_written_to_is_not_reminded(cohort, lead, ann):
    launch_of(cohort)
    ref = {"cohort": str(cohort.pk), "when": f"{DAY + A_DAY}T14:00"}
    told = mail(
        lead,
        scope=cohort,
        kind=launches.SET,
        sent_at=NINE - timedelta(hours=10),
        ref={"cohort": str(cohort.pk), "sequence": 1},
    )
    assert launches.soon_wanted(ref, lead)  # the evening before that
    Message.objects.filter(pk=told.pk).update(sent_at=NINE - timedelta(hours=2))
    assert not launches.soon_wanted(ref, lead)
    assert launches.soon_wanted(ref, ann.user)
    ann.state = State.WITHDRAWN
    ann.save()
    assert not launches.soon_wanted(ref, ann.user)


@pytest.mark.parametrize(
    ("today", "words"),
    [(DAY, "Tomorrow at 2pm"), (DAY + A_DAY, "Today at 2pm"), (DAY - A_DAY, "On Thursday 4 March 2027 at 2pm")],
)
def test_the_subject_is_right_on_the_day_it_is_sent(cohort, lead, monkeypatch, today, words):
    launch_of(cohort)
    compose_due(now=NINE)
    monkeypatch.setattr("elements.clock.today", lambda: today)
    assert letter(Message.objects.get()).subject == f"{words}: the launch of Spring"


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 3, 29), date(2027, 10, 31), date(2027, 11, 1)])
def test_the_day_before_at_nine_is_by_the_clock_on_the_wall(day, monkeypatch):
    cohort = CohortFactory(starts_on=day, ends_on=date(2028, 1, 1))
    LeadFactory(cohort=cohort)
    launch_of(cohort)
    [found] = [each for each in Cohorts().reminders(on=day - A_DAY) if each.kind == launches.SOON]
    assert clock.local(found.at).replace(tzinfo=None) == datetime.combine(day - A_DAY, time(9))


# Signing in for the first time


def test_who_was_written_to_five_days_ago_and_never_signed_in_is_asked(cohort, lead, ann):
    new = somebody(cohort, "new")
    others = {
        "unwritten": somebody(cohort, "unwritten"),
        "recent": somebody(cohort, "recent"),
        "failed": somebody(cohort, "failed"),
        "foreign": somebody(cohort, "foreign"),
        "applied": somebody(cohort, "applied", state=State.APPLIED),
        "stopped": somebody(cohort, "stopped", user__is_active=False),
        "over": somebody(CohortFactory(starts_on=DAY - 2 * A_DAY, ends_on=DAY - A_DAY), "over"),
    }
    five_days = clock.at(DAY - 5 * A_DAY, time(23, 59))
    mail(new.user, scope=cohort, sent_at=five_days)
    mail(others["recent"].user, scope=cohort, sent_at=five_days + timedelta(minutes=1))
    mail(others["failed"].user, scope=cohort, state=Stands.FAILED)
    mail(others["foreign"].user, scope=CohortFactory(), sent_at=five_days)
    for name in ("applied", "stopped", "over"):
        mail(others[name].user, scope=others[name].cohort, sent_at=five_days)
    mail(ann.user, scope=cohort, sent_at=five_days)
    assert due(ASKED_TO_SIGN_IN) == {"new"}
    assert due(ASKED_TO_SIGN_IN, on=DAY - A_DAY) == set()
    assert due(ASKED_TO_SIGN_IN, on=DAY + A_DAY) == {"new", "recent"}


def test_the_request_leads_through_a_code_to_the_first_page(cohort, lead):
    new = somebody(cohort, "new", preferred_name="Newton")
    mail(new.user, scope=cohort)
    compose_due(now=NINE)
    message = Message.objects.get(kind=ASKED_TO_SIGN_IN)
    said = letter(message)
    assert re.fullmatch(rf"Spring: your invitation of {A_DAY_IN_FULL} is waiting", said.subject)
    assert "Hello Newton," in said.text
    assert "A code comes by email:\nhttp://localhost:8000/accounts/login/code/?next=%2F\n" in said.text


@pytest.mark.parametrize("what", ["signed in", "withdrawn", "over"])
def test_the_request_is_not_sent_any_more(cohort, lead, what, monkeypatch):
    new = somebody(cohort, "new")
    ref = {"participant": str(new.pk)}
    assert reminding.waiting_wanted(ref, new.user)
    if what == "signed in":
        new.user.last_login = NINE
        new.user.save()
    elif what == "withdrawn":
        new.state = State.WITHDRAWN
        new.save()
    else:
        monkeypatch.setattr("elements.clock.today", lambda: cohort.ends_on + A_DAY)
    assert not reminding.waiting_wanted(ref, new.user)


# What leads are told


def asked_twice(person: Participant, kind=ASKED_TO_SIGN_IN) -> None:
    """Two nudges that were sent, the second a week ago."""
    for weeks in (2, 1):
        message = mail(person.user, scope=person.cohort, kind=kind)
        ref = {"participant": str(person.pk)}
        Nudge.objects.create(message=message, kind=kind, about=str(person.pk), ref=ref, on=DAY - weeks * A_WEEK)


def told(on=DAY, kind=reminding.UNANSWERED) -> set:
    """(whom, about whom)"""
    return {
        (each.to.email.split("@")[0], Participant.objects.get(pk=each.ref["participant"]).name)
        for each in Cohorts().reminders(on=on)
        if each.kind == kind
    }


def test_a_lead_is_told_once_of_what_somebody_does_not_answer(cohort, lead):
    new = somebody(cohort, "new")
    mail(new.user, scope=cohort)
    history = []
    for days in range(60):
        compose_due(now=NINE + days * A_DAY)
        waiting = Message.objects.filter(state=Stands.QUEUED)
        history += [(days, message.kind, message.recipient.email) for message in waiting]
        waiting.update(state=Stands.SENT, sent_at=NINE + days * A_DAY)
    assert history == [
        (0, ASKED_TO_SIGN_IN, new.user.email),
        (7, ASKED_TO_SIGN_IN, new.user.email),
        (14, reminding.UNANSWERED, lead.email),
    ]


def test_what_the_lead_reads(cohort, lead):
    new = somebody(cohort, "Nia Rowan")
    new.user.name = "Known from elsewhere"
    new.user.save()
    asked_twice(new)
    compose_due(now=NINE)
    said = letter(Message.objects.get(recipient=lead))
    asked = rf"Nia Rowan, asked last on {A_DAY_IN_FULL}, has not answered: Signing in for the first time"
    assert re.fullmatch(asked, said.subject)
    assert f"http://localhost:8000{new.get_absolute_url()}" in said.text
    assert "Known from elsewhere" not in said.text


def test_several_are_told_in_one_message(cohort, lead):
    for name in ("a", "b", "c"):
        asked_twice(somebody(cohort, name))
    compose_due(now=NINE)
    message = Message.objects.get(recipient=lead)
    assert (message.kind, message.nudges.count()) == (DIGEST, 3)
    assert letter(message).text.count("has not answered") == 3


def test_what_was_done_meanwhile_is_not_told(cohort, lead):
    new = somebody(cohort, "new")
    asked_twice(new)
    compose_due(now=NINE)
    message = Message.objects.get(recipient=lead)
    assert reminding.unanswered_wanted(message.ref, lead)
    new.user.last_login = NINE
    new.user.save()
    assert not reminding.unanswered_wanted(message.ref, lead)
    message.state = Stands.CANCELLED
    message.save()
    assert told(on=DAY + A_WEEK) == set()  # nor is it tried again each week


def test_what_failed_is_told_again(cohort, lead):
    asked_twice(somebody(cohort, "new"))
    compose_due(now=NINE)
    assert told() == set()
    Message.objects.filter(recipient=lead).update(state=Stands.FAILED)
    assert told() == {(lead.email.split("@")[0], "new")}


def test_a_lead_is_told_of_her_own_people_and_never_of_herself(cohort):
    north, south = OrganisationFactory(), OrganisationFactory()

    def leading(name, **where):
        Role.objects.create(user=UserFactory(email=f"{name}@trust.example"), kind=RoleKind.LEAD, **where)

    leading("whole", cohort=cohort)
    leading("north", cohort=cohort, organisation=north)
    leading("south", cohort=cohort, organisation=south)
    leading("programme", programme=cohort.programme)
    leading("foreign", cohort=CohortFactory())
    nia = somebody(cohort, "nia", organisation=north)
    own = somebody(cohort, "own", organisation=north)
    Role.objects.create(user=own.user, kind=RoleKind.LEAD, cohort=cohort)
    gone = somebody(cohort, "gone", organisation=north, state=State.WITHDRAWN)
    for person in (nia, own, gone):
        asked_twice(person)
    expected = {("whole", "nia"), ("north", "nia"), ("own", "nia"), ("whole", "own"), ("north", "own")}
    assert told() == expected
    ref = {"participant": str(own.pk), "nudge": Nudge.objects.filter(about=str(own.pk)).last().pk}
    assert not reminding.unanswered_wanted(ref, own.user)


def test_the_only_lead_of_a_cohort_is_a_matter_for_the_programme():
    only = LeadFactory()
    person = ParticipantFactory(cohort=only.cohort, user=only.user)
    above = Role.objects.create(user=UserFactory(), kind=RoleKind.LEAD, programme=only.cohort.programme)
    assert leads_to_tell([person]) == {person.pk: [above.user]}


def test_kinds_that_leads_may_only_count_are_never_told(cohort, lead, monkeypatch):
    asked_twice(somebody(cohort, "new"))
    assert ASKED_TO_SIGN_IN in reminding.kinds_told()
    for secret in ("counted", "secret"):
        kind = kind_named(ASKED_TO_SIGN_IN)
        shadow = type(kind)(**{**kind.__dict__, secret: True})
        monkeypatch.setattr("cohorts.reminding.kinds", lambda shadow=shadow: [shadow])
        assert reminding.kinds_told() == []


def test_nothing_is_told_of_a_cohort_that_is_over(lead, cohort):
    asked_twice(somebody(cohort, "new"))
    assert told(on=cohort.ends_on) != set()
    assert told(on=cohort.ends_on + A_DAY) == set()


def refuse(person: Participant, *, scope=None) -> BadAddress:
    """The address refuses a message of this scope."""
    message = mail(person.user, scope=scope or person.cohort, state=Stands.FAILED)
    return BadAddress.objects.create(address=person.user.email, why="550", message=message)


def test_an_address_that_refuses_is_told_once_to_the_lead_of_a_cohort_that_met_it(cohort, lead):
    nia = somebody(cohort, "Nia Rowan")
    refuse(nia)
    refuse(somebody(cohort, "unmet"), scope=CohortFactory())
    refuse(somebody(cohort, "gone", state=State.WITHDRAWN))
    later = somebody(cohort, "later")
    refuse(later, scope=CohortFactory())
    mail(later.user, scope=cohort, state=Stands.FAILED, last_error=REFUSES)
    name = lead.email.split("@")[0]
    assert told(kind=reminding.REFUSED) == {(name, "Nia Rowan"), (name, "later")}
    compose_due(now=NINE)
    assert told(kind=reminding.REFUSED) == set()
    assert compose_due(now=NINE + 8 * A_DAY) == 0
    refused = Nudge.objects.get(ref__participant=str(nia.pk))
    assert reminding.refused_wanted(refused.ref, lead)
    facts = reminding.refused_context(refused.ref, lead)
    assert facts["address"] == nia.user.email
    assert facts["link"].endswith(nia.get_absolute_url())


def role_of(kind, name, **where) -> Role:
    """A role of somebody whose address refuses mail."""
    role = Role.objects.create(user=UserFactory(email=f"{name}@trust.example"), name=name, kind=kind, **where)
    BadAddress.objects.create(address=role.user.email, why="550", message=None)
    return role


def told_of_roles(on=DAY) -> set:
    """(whom, about whom)"""
    found = [each for each in Cohorts().reminders(on=on) if each.kind == unreached.REFUSED]
    users = User.objects.in_bulk([each.ref["user"] for each in found])
    names = {str(pk): user.email for pk, user in users.items()}
    return {(each.to.email.split("@")[0], names[each.ref["user"]].split("@")[0]) for each in found}


def test_the_address_of_somebody_with_a_role_is_told_to_the_other_whole_leads_once(cohort, lead):
    north = OrganisationFactory()
    limited = UserFactory(email="limited@trust.example")
    Role.objects.create(user=limited, kind=RoleKind.LEAD, cohort=cohort, organisation=north)
    roles = [
        role_of(RoleKind.FACILITATOR, "kim", cohort=cohort),
        role_of(RoleKind.LEAD, "colead", cohort=cohort),
        role_of(RoleKind.FACILITATOR, "wide", programme=cohort.programme),
        role_of(RoleKind.SPONSOR, "elsewhere", cohort=CohortFactory()),
    ]
    role_of(RoleKind.SPONSOR, "unmet", cohort=cohort)
    both = role_of(RoleKind.FACILITATOR, "both", cohort=cohort)
    somebody(cohort, "taking", user=both.user)
    for role in [*roles, both]:
        mail(role.user, scope=cohort, state=Stands.FAILED, last_error=REFUSES)
    Role.objects.create(user=roles[0].user, name="kim", kind=RoleKind.SPONSOR, cohort=cohort)  # told of once
    first = lead.email.split("@")[0]
    expected = {(first, "kim"), (first, "colead"), (first, "wide"), ("colead", "kim"), ("colead", "wide")}
    assert told_of_roles() == expected
    assert told(kind=reminding.REFUSED) == {(first, "taking"), ("colead", "taking")}
    compose_due(now=NINE)
    assert told_of_roles() == {("colead", "kim"), ("colead", "wide")}  # nothing goes to her until hers works
    assert told_of_roles(on=cohort.ends_on + A_DAY) == set()
    own = Nudge.objects.filter(kind=unreached.REFUSED, ref__user=str(roles[1].user.pk)).get()
    assert unreached.refused_wanted(own.ref, lead)
    assert not unreached.refused_wanted(own.ref, roles[1].user)
    assert not unreached.refused_wanted(own.ref, limited)


@pytest.mark.parametrize("what", ["works again", "other address", "role ended"])
def test_the_address_of_a_role_is_told_as_long_as_it_is_so(cohort, lead, what):
    role = role_of(RoleKind.FACILITATOR, "kim.elm", cohort=cohort)
    Role.objects.filter(pk=role.pk).update(name="Kim Elm")
    mail(role.user, scope=cohort, state=Stands.FAILED, last_error=REFUSES)
    compose_due(now=NINE)
    message = Message.objects.get(recipient=lead)
    said = letter(message)
    assert re.fullmatch(rf"Since {A_DAY_IN_FULL} mail to Kim Elm does not arrive", said.subject)
    assert f"of Kim Elm, facilitator of {cohort}, refuses mail" in said.text
    assert f"http://localhost:8000{reverse('role_list', args=[cohort.pk])}\n" in said.text
    assert unreached.refused_wanted(message.ref, lead)
    if what == "works again":
        BadAddress.objects.all().delete()
    elif what == "other address":
        User.objects.filter(pk=role.user_id).update(email="kim@trust.example")
    else:
        role.delete()
    assert not unreached.refused_wanted(message.ref, lead)


@pytest.mark.parametrize("what", ["works again", "other address"])
def test_an_address_that_was_mended_is_not_told(cohort, lead, what):
    nia = somebody(cohort, "nia")
    bad = refuse(nia)
    ref = {"participant": str(nia.pk), "address": bad.pk}
    assert reminding.refused_wanted(ref, lead)
    if what == "works again":
        bad.delete()
    else:
        nia.user.email = "nia.rowan@trust.example"
        nia.user.save()
    assert not reminding.refused_wanted(ref, lead)


def test_the_message_about_an_address_is_written(cohort, lead):
    refuse(somebody(cohort, "Nia Rowan"))
    compose_due(now=NINE)
    said = letter(Message.objects.get(recipient=lead))
    assert re.fullmatch(rf"Since {A_DAY_IN_FULL} mail to Nia Rowan does not arrive", said.subject)
    assert "refuses mail" in said.text


def fill(cohort, number: int, name: str) -> None:
    """People of every kind that a lead or a participant hears about."""
    for n in range(number):
        mail(somebody(cohort, f"{name}-new{n}").user, scope=cohort)
        asked_twice(somebody(cohort, f"{name}-silent{n}"))
        refuse(somebody(cohort, f"{name}-bad{n}"))
        role = role_of(RoleKind.FACILITATOR, f"{name}-role{n}", cohort=cohort)
        mail(role.user, scope=cohort, state=Stands.FAILED, last_error=REFUSES)


def test_everything_is_reckoned_in_a_fixed_number_of_queries(cohort, lead):
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            found = list(Cohorts().reminders(on=DAY))
        return len(queries), len(found)

    assert asked()[0] == 4  # launches, who waits, who has not answered, addresses
    launch_of(cohort)
    fill(cohort, 1, "one")
    few, some = asked()
    for number in range(3):
        other = CohortFactory(programme=cohort.programme, starts_on=DAY + A_DAY, ends_on=cohort.ends_on)
        LeadFactory(cohort=other)
        launch_of(other)
        fill(other, 10, f"more{number}")
    assert asked()[0] == few
    assert asked()[1] > 30 * some / 3


def test_the_lead_sees_how_many_do_not_answer_and_who(client, cohort, lead, django_assert_num_queries):
    silent, bad, once = somebody(cohort, "Silent Ash"), somebody(cohort, "Bad Birch"), somebody(cohort, "Once Cedar")
    asked_twice(silent)
    refuse(bad)
    Nudge.objects.create(
        message=mail(once.user, scope=cohort), kind=ASKED_TO_SIGN_IN, about=str(once.pk), on=DAY - A_WEEK
    )
    back = somebody(cohort, "Back Dale", user__last_login=NINE)
    asked_twice(back)
    viewer = LeadFactory(cohort=cohort).user
    with django_assert_num_queries(3):  # one of them for her roles
        told = Cohorts().attention(cohorts=[cohort], on=DAY, viewer=viewer)
        found = {each.label: (each.count, each.url) for each in told}
    people = reverse("participant_list", args=[cohort.pk])
    assert found["People who were asked twice and have not signed in"] == (1, f"{people}?check=sign_in")
    assert found["People whose address refuses mail"] == (1, f"{people}?check=address")
    client.force_login(lead)
    for check, name in (("sign_in", "Silent Ash"), ("address", "Bad Birch")):
        shown = client.get(people, {"check": check}).content.decode()
        assert name in shown
        assert {"Silent Ash", "Bad Birch", "Once Cedar", "Back Dale"} - {name} == {
            other for other in ("Silent Ash", "Bad Birch", "Once Cedar", "Back Dale") if other not in shown
        }


# The timetable


def test_the_timetable_shows_the_launch_with_its_time_and_place(client, cohort, lead):
    client.force_login(lead)

    def hint() -> str:
        [stage] = [each for each in Cohorts().stages(cohort=cohort, on=DAY) if each.label == "Launch"]
        assert stage.url == reverse("launch_edit", args=[cohort.pk])
        return stage.hint

    assert hint() == "No time and place yet"
    launch = launch_of(cohort)
    assert hint() == "2pm to 4pm, Hall"
    assert "2pm to 4pm, Hall" in client.get(reverse("cohort_timetable", args=[cohort.pk])).content.decode()
    launch.called_off = True
    launch.save()
    assert hint() == "Called off"
    assert reverse("launch_edit", args=[cohort.pk]) in client.get(cohort.get_absolute_url()).content.decode()


def said(reminders) -> set[tuple]:
    return {(each.kind, each.about, each.to, each.at) for each in reminders}


def test_seven_days_at_once_are_what_each_of_them_is_by_itself(cohort, lead):
    """The ground floor is asked once for the week ahead, and day by day when the days come."""
    ending = CohortFactory(programme=cohort.programme, starts_on=DAY + 3 * A_DAY, ends_on=DAY + 5 * A_DAY)
    LeadFactory(cohort=ending)
    for number, one in enumerate((cohort, ending)):
        launch_of(one)
        fill(one, 2, f"c{number}")
        mail(somebody(one, f"late{number}").user, scope=one, sent_at=NINE - 2 * A_DAY)
        asked_twice(late := somebody(one, f"slow{number}"))
        Nudge.objects.filter(about=str(late.pk)).update(on=DAY - 4 * A_DAY)
    found = Counter()
    for number in range(-8, 9):
        week = [DAY + (number + n) * A_DAY for n in range(7)]
        at_once = list(Cohorts().reminders(on=week[0], until=week[-1]))
        assert len({(each.kind, each.about, each.to) for each in at_once}) == len(at_once)
        for on in week:
            start = clock.at(on, time())
            alone = said(due_on(Cohorts().reminders(on=on), on, start))
            assert said(due_on(at_once, on, start)) == alone
            found.update(kind for kind, *_ in alone)
    kinds = {launches.SOON, ASKED_TO_SIGN_IN, reminding.UNANSWERED, reminding.REFUSED, unreached.REFUSED}
    assert found.keys() == kinds
