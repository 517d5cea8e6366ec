"""Leads publish a surgery or a term of them in one form, change and move them, and call one off."""

import re
from datetime import UTC, date, time, timedelta
from uuid import uuid4

import pytest
import vobject
from django.urls import reverse
from django.utils import timezone

from bookings import actions as places
from bookings.models import Host, Session
from cohorts.tests.factories import CohortFactory, LeadFactory, UserFactory
from elements import clock
from elements.registry import kind_named
from pairs.tests.test_views import text_of
from reminders.composing import compose
from reminders.models import Message
from surgeries import actions
from surgeries.actions.news import SERIES
from surgeries.allowances import open_bookings_of
from surgeries.models import Surgery
from surgeries.repeating import why_skipped
from surgeries.tests.worlds import HOUR, ahead, booked, published, read, typed

pytestmark = pytest.mark.django_db
TWO_WEEKS = timedelta(weeks=2)


@pytest.fixture
def led(db):
    """(cohort, lead, another lead); the cohort goes on for long."""
    cohort = CohortFactory(ends_on=clock.today() + timedelta(days=600))
    return cohort, LeadFactory(cohort=cohort).user, LeadFactory(cohort=cohort).user


def easter_monday() -> date:
    """The first that a term can lie around: six weeks ahead at least."""
    days = (date(clock.today().year, 3, 1) + timedelta(days=number) for number in range(800))
    soon = clock.today() + 3 * TWO_WEEKS
    return next(day for day in days if day > soon and why_skipped(day) == "Easter Monday")


def mondays() -> list[date]:
    """Every second Monday of a spring, Easter Monday among them."""
    return [easter_monday() + TWO_WEEKS * number for number in range(-2, 6)]


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{number}": str(figure) for number, figure in enumerate((day.day, day.month, day.year))}


def term(lead, **more) -> dict:
    first, *_, last = mondays()
    return typed(lead, every="2", **boxes("day", first), **boxes("until", last), **more)


def publish(client, cohort, data):
    """What the page shows, and what it does when it is sent again with all dates ticked."""
    page = reverse("surgery_publish", args=[cohort.pk])
    form = client.post(page, data).context["form"]
    sent = {"seen": form.data.get("seen", ""), "dates": form.data.getlist("dates"), "mark": str(uuid4())}
    return form, client.post(page, {**data, **sent}), sent


def test_a_term_is_published_in_one_form_with_its_holidays_named_and_a_date_taken_out(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    page = reverse("surgery_publish", args=[cohort.pk])
    shown = client.post(page, term(lead))
    form = shown.context["form"]
    assert not Surgery.objects.exists()  # first the dates are seen
    assert f"{clock.in_full(easter_monday())}: Easter Monday" in text_of(shown)
    dates = form.data.getlist("dates")
    assert dates == [day.isoformat() for day in mondays() if not why_skipped(day)]
    sent = {**term(lead), "seen": form.data["seen"], "dates": dates[1:], "mark": str(uuid4())}
    for _ in range(3):
        assert client.post(page, sent).status_code == 302
    found = list(Surgery.objects.with_session().order_by("session__starts_at"))
    assert [each.session.day.isoformat() for each in found] == dates[1:]
    assert {each.series for each in found} == {found[0].series} != {None}
    assert {(each.session.capacity, each.session.cut_off_hours) for each in found} == {(6, 24)}
    # Half past is half past, before and after the clocks change.
    assert {clock.local(each.session.starts_at).time() for each in found} == {time(14)}


def test_dates_that_were_not_seen_are_not_published(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    form, *_ = publish(client, cohort, term(lead))
    Surgery.objects.all().delete()
    page = reverse("surgery_publish", args=[cohort.pk])
    other = {**term(lead, starts="1pm"), "seen": form.data["seen"], "dates": form.data.getlist("dates")}
    assert client.post(page, other).context["form"].needs_look
    none = {**term(lead), "seen": form.data["seen"], "dates": []}
    assert "Tick at least one date" in text_of(client.post(page, none))
    assert not Surgery.objects.exists()


def ticked_in(shown) -> list[str]:
    """The dates that the page would send again."""
    drawn = re.findall(r"<input[^>]*name=\"dates\"[^>]*>", shown.content.decode())
    boxes_of = [box for box in drawn if "checked" in box or 'type="hidden"' in box]
    return [re.search(r'value="([^"]*)"', box)[1] for box in boxes_of]


def test_a_date_taken_out_stays_out_while_the_same_dates_are_proposed_and_the_page_says_why_it_came_back(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    page = reverse("surgery_publish", args=[cohort.pk])
    first = client.post(page, term(lead))
    said = "You changed something. Look once more, then publish"
    assert said not in text_of(first)
    all_of_them, kept = ticked_in(first), ticked_in(first)[1:]
    sent = {"seen": first.context["form"].data["seen"], "dates": kept}
    changed = client.post(page, term(lead, place="Room 9") | sent)
    assert said in text_of(changed)
    assert ticked_in(changed) == kept
    # A slip on the way takes none back, and what comes after it is looked at before it is published.
    sent = {"seen": changed.context["form"].data["seen"], "dates": kept}
    wrong = client.post(page, term(lead, place="") | sent)
    assert "Show the dates" in text_of(wrong)
    sent = {"seen": wrong.context["form"].data["seen"], "dates": ticked_in(wrong)}
    mended = client.post(page, term(lead, place="Room 9") | sent)
    assert ticked_in(mended) == kept
    assert not Surgery.objects.exists()
    sent = {"seen": mended.context["form"].data["seen"], "dates": kept}
    other = client.post(
        page, term(lead, place="Room 9", left_out=date.fromisoformat(kept[-1]).strftime("%d %m %Y")) | sent
    )
    assert ticked_in(other) == all_of_them[:-1]
    assert client.post(page, term(lead, place="Room 9") | sent).status_code == 302
    assert [
        each.session.day.isoformat() for each in Surgery.objects.with_session().order_by("session__starts_at")
    ] == kept


def test_a_bank_holiday_is_no_day_for_a_single_surgery(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    friday = easter_monday() - timedelta(days=3)
    shown = client.post(reverse("surgery_publish", args=[cohort.pk]), typed(lead) | boxes("day", friday))
    assert f"{clock.in_full(friday)} is Good Friday. Choose another day" in text_of(shown)


def test_days_that_are_named_are_left_out(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    one, other = [day for day in mondays() if not why_skipped(day)][1:3]
    left_out = f"{one:%d %B %Y}\n{other:%d/%m/%Y}"
    form, *_ = publish(client, cohort, term(lead, left_out=left_out))
    assert len(form.data.getlist("dates")) >= 3
    assert {one.isoformat(), other.isoformat()} & set(form.data.getlist("dates")) == set()
    said = text_of(client.post(reverse("surgery_publish", args=[cohort.pk]), term(lead, left_out="next Monday")))
    assert "“next Monday” is not a day" in said


def test_times_one_after_the_other_are_twenty_minutes_unless_said(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    page = reverse("surgery_publish", args=[cohort.pk])
    assert client.get(page).context["form"]["slot_minutes"].value() == 20
    publish(client, cohort, typed(lead, mode="slots", slot_minutes="20", capacity=""))
    session = Session.objects.get()
    assert (session.slot_minutes, session.capacity) == (20, 6)


def test_the_lead_says_for_how_many_working_hours_an_offer_stands(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    for number, (said, hours) in enumerate((("8", 8), ("", 4))):
        publish(client, cohort, typed(lead, days=10 + 7 * number, offer_hours=said))
        assert Session.objects.latest("starts_at").offer_hours == hours
    surgery = read(Surgery.objects.earliest("session__starts_at"))
    page = reverse("surgery_change", args=[surgery.pk])
    form = client.get(page).context["form"]
    assert form["offer_hours"].value() == 8
    sent = {"hosts": [str(lead.pk)], "place": "Seminar room 2", "capacity": "6", "cut_off": "24"}
    wrong = text_of(client.post(page, {**sent, "offer_hours": "41"}))
    assert "Enter how many working hours as a whole number from 1 to 40" in wrong
    client.post(page, {**sent, "offer_hours": "2"})
    assert read(surgery).session.offer_hours == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"offer_hours": "0"}, "Enter how many working hours as a whole number from 1 to 40"),
        ({"hosts": []}, "Choose one or two hosts"),
        ({"place": "", "link": ""}, "Enter a place, a link, or both"),
        ({"link": "meet.example"}, "Enter a whole address of the web"),
        ({"link": "https://meet.example/\u202egpj.exe"}, "holds hidden marks"),
        ({"ends": "1pm"}, "Enter an end time that is later than the start time"),
        ({"capacity": "0"}, "Enter how many places as a whole number from 1 to 30"),
        ({"every": "1", "times": "41"}, "Enter how many times as a whole number from 1 to 40"),
        ({"every": "1"}, "Enter a last day, or how many times"),
        ({"mode": "slots", "slot_minutes": "60", "ends": "2:30pm"}, "not one appointment of 60 minutes fits in"),
        ({"day_2": "2020"}, "Enter a day that is still to come"),
        ({"day_2": str(clock.today().year + 3)}, "when the cohort ends"),
    ],
)
def test_what_cannot_be_is_refused_in_words(led, client, said, sentence):
    cohort, lead, _ = led
    client.force_login(lead)
    shown = client.post(reverse("surgery_publish", args=[cohort.pk]), typed(lead) | said)
    assert sentence in text_of(shown)
    assert not Surgery.objects.exists()


def test_what_is_said_above_the_form_names_the_field(led, client):
    cohort, lead, _ = led
    client.force_login(lead)
    wrong = typed(lead, every="1", times="x", offer_hours="x", capacity="x")
    errors = client.post(reverse("surgery_publish", args=[cohort.pk]), wrong).context["form"].errors
    sentences = [sentence for each in errors.values() for sentence in each]
    assert len(set(sentences)) == len(sentences) == 3


def test_one_or_two_leads_host_and_nobody_else(led):
    cohort, lead, second = led
    third = LeadFactory(cohort=cohort).user
    with pytest.raises(places.WrongHosts):
        published(cohort, lead, hosts=[lead, second, third])
    with pytest.raises(actions.HostIsNoLead):
        published(cohort, lead, hosts=[UserFactory()])
    assert not Surgery.objects.exists()
    assert published(cohort, lead, hosts=[lead, second]).session.hosts.count() == 2


def test_an_overlap_of_host_or_room_is_a_warning(led, client):
    cohort, lead, second = led
    starts_at = ahead(10)
    published(cohort, second, starts_at=starts_at)
    client.force_login(lead)
    page = reverse("surgery_publish", args=[cohort.pk])
    said = text_of(client.post(page, typed(lead)))
    assert "Seminar room 2 is used then" in said
    assert f"{lead.name} has" not in said
    said = text_of(client.post(page, typed(lead, hosts=[str(second.pk)], place="Room 9")))
    assert f"{second.name} has a design surgery then" in said
    form, answer, _ = publish(client, cohort, typed(second))
    assert (len(form.doubts), answer.status_code, Surgery.objects.count()) == (2, 302, 2)


def test_another_room_is_looked_at_before_it_is_published(led, client):
    cohort, lead, second = led
    published(cohort, second, starts_at=ahead(10))
    client.force_login(lead)
    page, free = reverse("surgery_publish", args=[cohort.pk]), typed(lead, place="Room 9")
    form = client.post(page, free).context["form"]
    assert form.doubts == []
    sent = {"seen": form.data["seen"], "dates": form.data.getlist("dates")}
    again = client.post(page, {**typed(lead), **sent})
    assert (again.status_code, Surgery.objects.count()) == (200, 1)
    assert again.context["form"].needs_look
    assert "Seminar room 2 is used then" in text_of(again)


def test_an_email_is_announced_where_one_is_sent(led, client):
    cohort, lead, second = led
    surgery = published(cohort, lead)
    client.force_login(lead)
    page = reverse("surgery_change", args=[surgery.pk])
    same = {"hosts": [str(lead.pk)], "place": "Seminar room 2", "capacity": "6", "cut_off": "0"}
    Message.objects.all().delete()
    for change, is_sent in (
        ({"capacity": "5", "cut_off": "48"}, False),
        ({"place": "Room 9"}, True),
        ({"hosts": [str(second.pk)]}, True),
    ):
        said = text_of(client.post(page, same | change, follow=True))
        assert "Saved." in said
        assert ("gets one email" in said) is Message.objects.exists() is is_sent
        client.post(page, same)
        Message.objects.all().delete()


def test_a_host_or_room_that_is_not_free_is_asked_about_once_when_a_surgery_changes(led, client):
    cohort, lead, second = led
    surgery = published(cohort, lead, starts_at=ahead(10))
    published(cohort, second, starts_at=ahead(10), place="Room 9")
    published(cohort, lead, starts_at=ahead(10), place="Room 5")
    client.force_login(lead)
    page = reverse("surgery_change", args=[surgery.pk])
    same = {"hosts": [str(lead.pk)], "place": "Seminar room 2", "capacity": "6", "cut_off": "24"}
    assert client.post(page, same).status_code == 302  # nobody is warned of what stood before
    for change, sentence in (
        ({"place": "Room 9"}, "Room 9 is used then"),
        ({"hosts": [str(second.pk)]}, f"{second.name} has a design surgery then"),
    ):
        form = client.post(page, same | change).context["form"]
        assert sentence in str(form.errors)
        assert f"{lead.name} has" not in str(form.errors)
        [(mark, _)] = form.fields["all_the_same"].choices
        assert client.post(page, same | change | {"all_the_same": mark}).status_code == 302
        client.post(page, same)


def of_spring(cohort, lead, second, days=(3, 31), **more) -> list[Surgery]:
    """Hosted by both, on these days of March 2027: in winter time and in summer time."""
    times = [(clock.at(date(2027, 3, day), time(14)), clock.at(date(2027, 3, day), time(16))) for day in days]
    given = {"hosts": [lead, second], "place": "Room 9", "capacity": 6, "now": timezone.now(), **more}
    return actions.publish_surgeries(cohort=cohort, times=times, by=lead, **given)


def file_of(message: Message):
    """The calendar file that goes with a message; nothing is there for a calendar to act upon by itself."""
    mail = compose(message, kind_named(message.kind)).email
    assert [part.mimetype for part in mail.alternatives] == ["text/html"]
    [(_, file, _)] = mail.attachments
    return vobject.readOne(file.decode())


def test_each_host_of_a_series_hears_of_all_its_dates_in_one_message(led):
    cohort, lead, second = led
    mark = uuid4()
    for _ in range(2):
        made = of_spring(cohort, lead, second, mark=mark)
    messages = list(Message.objects.all())
    assert {(each.kind, each.recipient) for each in messages} == {(SERIES, lead), (SERIES, second)}
    assert len(messages) == 2
    # The page comes back, and one more date is ticked: hosts hear of that one.
    [*_, new] = of_spring(cohort, lead, second, days=(3, 31, 17), mark=mark)
    more = Message.objects.exclude(pk__in=[each.pk for each in messages])
    assert [each.ref["surgeries"] for each in more] == [[str(new.pk)]] * 2
    for message in messages:
        assert kind_named(SERIES).wanted(message.ref, message.recipient)
        letter = compose(message, kind_named(SERIES)).email
        assert letter.subject == "You are a host of 2 design surgeries"
        for each in made:
            assert f"{each.session.when}: Room 9" in letter.body
        found = file_of(message).vevent_list
        starts = [each.dtstart.value for each in found]
        assert [(each.day, each.hour) for each in starts] == [(3, 14), (31, 14)]
        assert [each.astimezone(UTC).hour for each in starts] == [14, 13]
        hosting = Host.objects.filter(user=message.recipient, session__in=[each.pk for each in made])
        assert {each.uid.value for each in found} == {f"session-host-{host.pk}@pairedlearning" for host in hosting}


def test_what_is_called_off_or_hosted_by_another_is_in_no_message_about_a_series(led):
    cohort, lead, second = led
    first, last = of_spring(cohort, lead, second)
    message = Message.objects.get(recipient=lead)
    now, same = timezone.now(), {"place": "Room 9", "link": "", "capacity": 6, "cut_off_hours": 0, "shows_names": False}
    actions.change_surgery(surgery=read(first), hosts=[second], by=lead, now=now, **same)
    assert "1 design surgery" in compose(message, kind_named(SERIES)).email.subject
    assert [each.dtstart.value.day for each in file_of(message).vevent_list] == [31]
    actions.call_off_surgery(surgery=read(last), reason="Ill", by=lead, now=now)
    assert not kind_named(SERIES).wanted(message.ref, lead)


def test_a_change_of_one_date_finds_the_entry_of_the_file(led):
    cohort, lead, second = led
    first, _ = of_spring(cohort, lead, second)
    there = file_of(Message.objects.get(recipient=lead)).vevent_list[0]
    moved = {"starts_at": clock.at(date(2027, 3, 4), time(14)), "ends_at": clock.at(date(2027, 3, 4), time(16))}
    actions.move_surgery(surgery=first, by=lead, now=timezone.now(), **moved)
    message = Message.objects.get(recipient=lead, kind="bookings.moved")
    changed = kind_named("bookings.moved").event(message.ref, lead)
    assert changed.uid == there.uid.value
    assert changed.sequence > int(there.sequence.value)


def test_the_list_is_where_a_message_about_a_series_leads_for_those_who_lead(led):
    cohort, lead, second = led
    of_spring(cohort, lead, second)
    refs, page = [each.ref for each in Message.objects.all()], reverse("surgery_list", args=[cohort.pk])
    assert kind_named(SERIES).places(refs, lead) == [page] * 2
    assert kind_named(SERIES).places(refs, UserFactory()) == [""] * 2


def test_one_date_alone_is_told_as_ever(led):
    cohort, lead, second = led
    of_spring(cohort, lead, second, days=(3,))
    assert {each.kind for each in Message.objects.all()} == {"bookings.hosting"}


def test_a_co_lead_covers_and_a_move_tells_everybody_once(two):
    lead, pair, doctor, manager = two
    second = LeadFactory(cohort=pair.cohort).user
    surgery = published(pair.cohort, lead)
    booked(surgery, doctor, pair=pair)
    Message.objects.all().delete()
    same = {"place": "Seminar room 2", "link": "", "capacity": 6, "cut_off_hours": 0, "shows_names": False}
    actions.change_surgery(surgery=surgery, hosts=[second], by=lead, now=timezone.now(), **same)
    assert sorted(Message.objects.values_list("kind", "recipient")) == sorted(
        [("bookings.hosting", second.pk), ("bookings.not_hosting", lead.pk)]
    )
    Message.objects.all().delete()
    starts_at = ahead(20)
    actions.move_surgery(
        surgery=read(surgery), starts_at=starts_at, ends_at=starts_at + HOUR, by=second, now=timezone.now()
    )
    assert sorted(Message.objects.values_list("kind", "recipient__name")) == sorted(
        ("bookings.moved", each.name) for each in (doctor.user, manager.user, second)
    )
    with pytest.raises(places.WrongHosts):
        actions.change_surgery(surgery=read(surgery), hosts=[], by=lead, now=timezone.now(), **same)


def test_moving_into_something_else_of_the_hosts_is_asked_about_once(led, client):
    cohort, lead, _ = led
    surgery, _ = published(cohort, lead), published(cohort, lead, starts_at=ahead(12), place="Room 9")
    client.force_login(lead)
    page = reverse("surgery_move", args=[surgery.pk])
    there = {name: text for name, text in typed(lead, days=12).items() if name[:3] in {"day", "sta", "end"}}
    form = client.post(page, there).context["form"]
    assert "has a design surgery then" in str(form.errors)
    [(mark, _)] = form.fields["all_the_same"].choices
    assert client.post(page, {**there, "all_the_same": mark}).status_code == 302
    assert read(surgery).session.day == clock.local(ahead(12)).date()
    said = text_of(client.post(page, {**there, "all_the_same": mark}, follow=True))
    assert "It is at that time already. Nobody is told anything." in said


def test_calling_off_wants_a_reason_that_everybody_reads(two, client):
    lead, pair, doctor, _ = two
    surgery = published(pair.cohort, lead)
    booking = booked(surgery, doctor)
    client.force_login(lead)
    page = reverse("surgery_call_off", args=[surgery.pk])
    assert "Enter why it is called off" in text_of(client.post(page, {"reason": ""}))
    client.post(page, {"reason": "The lead is ill"})
    assert read(surgery).session.is_off
    client.force_login(doctor.user)
    assert "The lead is ill" in text_of(client.get(reverse("place_detail", args=[booking.pk])))
    assert doctor.user.pk in Message.objects.filter(kind="bookings.called_off").values_list("recipient", flat=True)


def test_how_many_open_bookings_each_may_have_is_one_unless_a_lead_says_otherwise(led, client):
    cohort, lead, _ = led
    assert open_bookings_of(cohort.pk) == 1
    client.force_login(lead)
    page = reverse("allowance_edit", args=[cohort.pk])
    wrong = text_of(client.post(page, {"open_bookings": "0"}))
    assert "Enter how many open bookings as a whole number from 1 to 10" in wrong
    client.post(page, {"open_bookings": "3"})
    assert open_bookings_of(cohort.pk) == 3
