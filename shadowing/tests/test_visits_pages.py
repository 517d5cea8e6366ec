"""Visits on pages: a night in theatre and a finance meeting from end to end, what goes wrong, who sees what."""

import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.tests.factories import LeadFactory
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests.test_views import text_of
from shadowing import actions
from shadowing.choices import VisitState
from shadowing.models import Visit
from shadowing.tests.worlds import agreed, begun, moments, offered, prepared, setting, took_place, typed

pytestmark = pytest.mark.django_db
NOW = timezone.now
PAGES = ("detail", "edit", "prepare", "sheet", "call_off", "put_off", "accept", "confirm", "debrief")


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person.user)
    return browser


def to(page: str, visit) -> str:
    return reverse(f"visit_{page}", args=[visit.pk])


def words(browser, url, data=None) -> str:
    return text_of(browser.get(url, follow=True) if data is None else browser.post(url, data, follow=True))


def ticked(browser, url) -> list[str]:
    """Every box of the checklist on a page."""
    return re.findall(r'name="ticked"[^>]* value="([\w-]+)"', browser.get(url).content.decode())


def walk(pair, host, visitor, *, code, starts, ends, day, told, minutes):
    """The host offers, the visitor says yes, both prepare, it takes place, they talk, the visitor skips reflecting."""
    at_host, at_visitor = signed_in(host), signed_in(visitor)
    assert "Arrange a visit" in words(at_host, pair.get_absolute_url())
    new = reverse("visit_create", args=[pair.pk])
    said = words(at_host, new, typed(visitor, "host", day=day, starts=starts, ends=ends, code=code))
    assert f"{visitor.name} gets an email and can say yes." in said
    assert told in said
    visit = Visit.objects.get()
    assert f"Say yes or no to your visit to {host.name}" in words(at_visitor, "/")
    assert f"{host.name} suggests this visit." in words(at_visitor, to("detail", visit))
    assert "Agreed. You both get it by email" in words(at_visitor, to("accept", visit), {})
    assert f"Prepare your visit to {host.name}" in words(at_visitor, "/")
    words(
        at_visitor, to("prepare", visit), {"objectives": "One\nTwo", "ticked": ticked(at_visitor, to("prepare", visit))}
    )
    page = words(at_visitor, to("detail", visit))
    assert f"You are prepared. {host.name} still has something open." in page
    given = {"notice": "The silence", "contact": "Bleep 123", "ticked": ticked(at_host, to("prepare", visit))}
    assert "Everything is prepared." in words(at_host, to("prepare", visit), given)
    sheet = words(at_visitor, to("sheet", visit))
    assert all(each in sheet for each in (told, "Bleep 123", "The silence", "One", f"Yes, says {host.name} on "))
    begun(visit)
    assert "Say whether it took place" in words(at_host, "/")
    assert "Thank you. The hours count" in words(
        at_host, to("confirm", visit), {"minutes_1": str(minutes), "talked": "no"}
    )
    assert "Talk over" in words(at_visitor, "/")
    day_of = Visit.objects.get().day
    boxes = {f"debrief_on_{place}": part for place, part in enumerate((day_of.day, day_of.month, day_of.year))}
    assert "Skip this" in words(at_visitor, to("debrief", visit), boxes)
    assert "Reflect on your visit" in words(at_visitor, "/")
    assert "Reflect on" not in words(at_host, "/")
    assert "Skipped." in words(at_visitor, to("close", visit), {})
    assert Visit.objects.get().state == VisitState.CLOSED
    return Visit.objects.get()


def test_a_night_shift_in_theatre_from_end_to_end(two):
    _, pair, doctor, manager = two
    when = "Friday 5 March 2027, 8pm to Saturday 6 March 2027, 8am"
    visit = walk(
        pair,
        doctor,
        manager,
        code="operating-theatre",
        starts="8pm",
        ends="8am",
        day="5 3 2027",
        told=when,
        minutes=700,
    )
    assert (visit.out_of_hours, visit.flags, visit.minutes) == (True, "CP", 700)
    assert "in-charge" in visit.ticks
    assert "duty-manager" in visit.ticks
    assert "1 of 2 visits, 11 hours 40 minutes" in words(signed_in(manager), pair.get_absolute_url())


def test_yes_is_one_press_on_the_page_where_the_visit_stands_and_asks_where_something_is_in_the_way(two):
    _, pair, doctor, manager = two
    visit, at_host = offered(pair, doctor, manager), signed_in(manager)
    shown = at_host.get(to("detail", visit)).content.decode()
    [(there, seen)] = re.findall(r'<form method="post" action="([^"]+)">.*?name="seen" value="([^"]+)"', shown)
    assert there == to("accept", visit)
    actions.change_visit(visit=visit, by=doctor.user, now=NOW(), setting=setting(), **moments(date(2027, 3, 12)))
    assert "Say yes to a visit" in words(at_host, there, {"seen": seen}), "it is no longer what was read"
    shown = at_host.get(to("detail", visit)).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)[1]
    assert "Agreed. You both get it by email" in words(at_host, there, {"seen": seen})
    assert "Call it off" in words(at_host, to("detail", visit)), "and can be taken back"
    without = offered(pair, doctor, manager, day=None)
    assert 'name="seen"' not in at_host.get(to("detail", without)).content.decode(), "a time is asked for first"


def test_what_nobody_has_answered_is_taken_back_without_a_reason_and_a_no_has_one(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    assert "Choose a reason" in words(signed_in(manager), to("call_off", visit), {})
    at_visitor = signed_in(doctor)
    assert "What is the reason? (optional)" in words(at_visitor, to("call_off", visit))
    assert "Taken back." in words(at_visitor, to("call_off", visit), {})
    assert (Visit.objects.get().state, Visit.objects.get().off_reason) == (VisitState.CANCELLED, "")


def test_a_place_that_is_open_is_said_until_the_visit_and_not_afterwards(two):
    _, pair, doctor, manager = two
    visit = prepared(agreed(pair, doctor, manager, site=""))
    at_visitor = signed_in(doctor)
    page = words(at_visitor, to("detail", visit))
    assert "Everything is prepared but the place." in page
    assert "Say where you meet" in page
    assert "Where Not agreed yet" in page
    assert "The place is still open." in words(at_visitor, to("prepare", visit))
    over = took_place(pair, doctor, manager, site="")
    assert "Not agreed yet" not in words(at_visitor, to("detail", over))


def test_what_is_said_after_a_change_is_what_comes_of_it(two):
    _, pair, doctor, manager = two
    visit, at_visitor = offered(pair, doctor, manager), signed_in(doctor)
    same = {"setting": str(setting().pk), "site": visit.site, "starts": "2pm", "ends": "4pm"}
    same |= {"day_0": "5", "day_1": "3", "day_2": "2027"}
    assert "Nothing has changed." in words(at_visitor, to("edit", visit), same)
    said = words(at_visitor, to("edit", visit), same | {"starts": "1pm"})
    assert f"Suggested. {manager.name} gets an email and can say yes." in said


def test_a_finance_meeting_from_end_to_end(two):
    _, pair, doctor, manager = two
    visit = walk(
        pair,
        manager,
        doctor,
        code="finance-performance",
        starts="2pm",
        ends="4pm",
        day="5 3 2027",
        told="Friday 5 March 2027, 2pm to 4pm",
        minutes=110,
    )
    assert (visit.out_of_hours, visit.flags) == (False, "X")
    assert set(visit.ticks) == {"chair", "papers-told", "personnel", "no-papers"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"direction": ""}, "Choose who visits whom"),
        ({"direction": "visitor:nobody"}, "Choose who visits whom"),
        ({"setting": ""}, "Choose a setting, or enter one in your own words"),
        ({"setting": "0"}, "Choose a setting of the list"),
        ({"setting_words": "Bed meeting"}, "Choose a setting or enter your own words, not both"),
        ({"setting_words": "x" * 161}, "must be 160 characters or fewer. It has 161"),
        ({"day_0": "", "day_1": "", "day_2": ""}, "Enter the day"),
        ({"starts": ""}, "Enter a start time, like 2pm"),
        ({"ends": ""}, "Enter an end time, like 2pm"),
        ({"ends": "2pm"}, "Enter an end time that is not the start time"),
        ({"day_2": "1999"}, "Enter a day that is still to come"),
        ({"day_1": "11"}, "Enter a day up to Sunday 31 October 2027, when the cohort ends"),
        ({"day_0": "31", "day_1": "12", "day_2": "9999"}, "Enter a day up to"),
        ({"day_0": "28", "starts": "1:30am"}, "The clocks go forward then. Choose 12:45am or 2am."),
        ({"day_0": "27", "starts": "8pm", "ends": "1:30am"}, "The clocks go forward then."),
        ({"out_of_hours": "perhaps"}, "Choose one of the list"),
        ({"site": "x" * 201}, "Place must be 200 characters or fewer. It has 201"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(two, given, said):
    _, pair, doctor, manager = two
    browser, url = signed_in(doctor), reverse("visit_create", args=[pair.pk])
    answer = browser.post(url, {**typed(manager), "site": "Room 4, North", **given})
    assert said in text_of(answer)
    assert (given.get("site") or "Room 4, North") in answer.content.decode()
    assert not Visit.objects.exists()


def test_the_clock_change_and_midnight_on_the_page(two):
    _, pair, doctor, manager = two
    url = reverse("visit_create", args=[pair.pk])
    said = words(signed_in(doctor), url, typed(manager, day="30 10 2027", starts="8pm", ends="8am"))
    assert "Saturday 30 October 2027, 8pm to Sunday 31 October 2027, 8am" in said
    assert Visit.objects.get().planned_minutes == 13 * 60


def test_without_a_date_the_one_who_says_yes_enters_it(two):
    _, pair, doctor, manager = two
    given = {**typed(manager), "day_0": "", "day_1": "", "day_2": "", "starts": "", "ends": ""}
    assert "No date yet" in words(signed_in(doctor), reverse("visit_create", args=[pair.pk]), given)
    visit, browser = Visit.objects.get(), signed_in(manager)
    assert "Enter the day" in words(browser, to("accept", visit), {})
    boxes = {"day_0": "9", "day_1": "3", "day_2": "2027", "starts": "9am", "ends": "11am"}
    assert "Tuesday 9 March 2027, 9am to 11am" in words(browser, to("accept", visit), boxes)


def test_own_words_bring_the_checklist_that_they_need(two):
    _, pair, doctor, manager = two
    given = {**typed(manager, code=""), "setting_words": "The late round", "own_flags": ["C", "P"]}
    words(signed_in(doctor), reverse("visit_create", args=[pair.pk]), given)
    visit = Visit.objects.get()
    assert (visit.where, visit.flags, visit.label) == ("The late round", "CP", "Visit")


def test_own_words_follow_the_list_that_lacks_them_and_every_part_of_the_time_may_wait(two):
    _, pair, doctor, _ = two
    form = signed_in(doctor).get(reverse("visit_create", args=[pair.pk])).context["form"]
    assert list(form.fields)[1:5] == ["setting", "setting_words", "own_flags", "site"]
    assert [form[name].label for name in ("day", "starts", "ends")] == [
        "Day (optional)",
        "Start time (optional)",
        "End time (optional)",
    ]


def test_moved_put_off_and_called_off_on_pages(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    browser = signed_in(manager)
    shown = browser.get(to("edit", visit)).content.decode()
    assert [each in shown for each in ('value="2pm"', 'value="4pm"', 'value="2027"')] == [True] * 3
    moved = words(browser, to("edit", visit), typed(doctor, day="9 3 2027"))
    assert "Tuesday 9 March 2027, 2pm to 4pm" in moved
    assert "Choose a reason" in words(browser, to("put_off", visit), {})
    said = words(browser, to("put_off", visit), {"reason": "pressure"})
    assert "Put off." in said
    assert "No date yet" in said
    old = words(browser, to("detail", visit))
    assert "Clinical pressure" in old
    assert "See the new one" in old
    successor = Visit.objects.get(state=VisitState.OFFERED)
    assert "You said no." in words(signed_in(doctor), to("call_off", successor), {"reason": "rota"})


def chosen_hours(browser, visit) -> str:
    """What the page that changes a visit has chosen for "out of hours"."""
    return browser.get(to("edit", visit)).context["form"]["out_of_hours"].value()


def test_a_visit_that_moves_into_the_night_gets_its_safeguards(two):
    """Out of hours is worked out again at another time, unless the two had said something else."""
    _, pair, doctor, manager = two
    theatre = setting("operating-theatre")
    day = offered(pair, doctor, manager, starts=time(9), hours=8, setting=theatre)
    undated = offered(pair, doctor, manager, day=None, setting=theatre)
    said_no = offered(pair, doctor, manager, starts=time(20), hours=12, setting=theatre, out_of_hours=False)
    said_yes = offered(pair, doctor, manager, setting=theatre, out_of_hours=True)
    browser, few = signed_in(doctor), len(day.items)
    for visit, shown, is_out in ((day, "", True), (undated, "", True), (said_no, "no", False), (said_yes, "yes", True)):
        assert chosen_hours(browser, visit) == shown
        night = typed(manager, day="9 3 2027", starts="8pm", ends="7am", code="operating-theatre", out_of_hours=shown)
        assert browser.post(to("edit", visit), night).status_code == 302
        changed = Visit.objects.get(pk=visit.pk)
        assert changed.out_of_hours is is_out
    assert len(Visit.objects.get(pk=day.pk).items) == few + 4


def test_a_slip_in_the_end_is_asked_about_once(two):
    """An end before the start is on the next day: 9am to 8am is 23 hours, which hardly anybody means."""
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager, starts=time(8), hours=14)
    undated = offered(pair, doctor, manager, day=None)
    slip = typed(manager, starts="9am", ends="8am", reason="rota")
    said = "The visit would last 23 hours: Friday 5 March 2027, 9am to Saturday 6 March 2027, 8am. Choose another time"
    pages = [(doctor, to("edit", visit)), (doctor, to("put_off", visit)), (manager, to("accept", undated))]
    pages.append((doctor, reverse("visit_create", args=[pair.pk])))
    for person, page in pages:
        answer = signed_in(person).post(page, slip)
        assert said in text_of(answer), page
    [(mark, label)] = answer.context["form"].fields["all_the_same"].choices
    assert label == "Plan it all the same"
    browser = signed_in(doctor)
    assert browser.post(page, {**slip, "all_the_same": mark}).status_code == 302
    assert browser.post(page, typed(manager, starts="8pm", ends="10am")).status_code == 302
    long = Visit.objects.get(starts_at=moments(starts=time(9))["starts_at"])
    assert signed_in(manager).post(to("accept", long), {}).status_code == 302  # who suggested it was asked


def off_page(browser, visit) -> tuple[str, str, str]:
    """What leads to the page, its title with its heading, its button."""
    link = re.search(rf'href="{to("call_off", visit)}">([^<]+)<', browser.get(to("detail", visit)).content.decode())[1]
    page = browser.get(to("call_off", visit)).content.decode()
    title, heading = re.search(r"<title>([^<]+?) \N{EN DASH} ", page)[1], re.search(r"</span> ([^<]+)</h1>", page)[1]
    assert title == heading
    return link, title, re.search(r'type="submit"[^>]*>([^<]+)</button>', page.partition("<main")[2])[1]


def test_the_page_says_what_the_person_is_doing(two):
    """A proposal is declined by whom it was put to and taken back by who made it; what is agreed is called off."""
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    assert off_page(signed_in(manager), visit) == ("Say no", "Say no to a visit", "Say no")
    assert off_page(signed_in(doctor), visit) == ("Take it back", "Take back what you suggested", "Take it back")
    assert f"You said no. {doctor.name} gets an email that says so." in words(
        signed_in(manager), to("call_off", visit), {"reason": "rota"}
    )
    assert "State Not agreed" in words(signed_in(doctor), to("detail", visit))
    visit = offered(pair, doctor, manager)
    assert f"Taken back. {manager.name} gets an email" in words(
        signed_in(doctor), to("call_off", visit), {"reason": "rota"}
    )
    visit = agreed(pair, doctor, manager)
    for person in (doctor, manager):
        assert off_page(signed_in(person), visit) == ("Call it off", "Call off a visit", "Call it off")
    said = words(signed_in(doctor), to("call_off", visit), {"reason": "rota"})
    assert "The visit is called off." in said
    assert "State Cancelled" in said


def titles(person, visit) -> set[str]:
    """How the visit is called on its own page and in the list of the pair."""
    browser = signed_in(person)
    page = browser.get(to("detail", visit)).content.decode()
    [title] = re.findall(r"<h1[^>]*><span[^>]*>([^<]+)</span>", page)
    rows = browser.get(reverse("visit_list", args=[visit.pair_id])).content.decode()
    return {title, *re.findall(rf'href="{visit.get_absolute_url()}">([^<]+)<', rows)}


def test_a_visit_is_called_by_what_became_of_it(two):
    """Of one to come in the present, of one that took place in the past, and of the others neither is said."""
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager, day=timezone.localdate() + timedelta(days=9))
    assert titles(doctor, visit) == {f"You visit {manager.name}"}
    assert titles(manager, visit) == {f"{doctor.name} visits you"}
    visit = begun(visit)
    assert titles(doctor, visit) == {f"Your visit to {manager.name}"}
    assert titles(manager, visit) == {f"The visit of {doctor.name} to you"}
    visit = actions.confirm_visit(visit=visit, minutes=90, on_the_spot=False, by=doctor.user, now=NOW())
    assert titles(doctor, visit) == {f"You visited {manager.name}"}
    assert titles(manager, visit) == {f"{doctor.name} visited you"}
    assert f"{doctor.name} visited you" in words(signed_in(manager), to("debrief", visit))
    off = offered(pair, doctor, manager, day=timezone.localdate() + timedelta(days=9))
    words(signed_in(manager), to("call_off", off), {"reason": "rota"})
    assert titles(doctor, off) == {f"Your visit to {manager.name}"}


def test_times_without_am_or_pm_and_years_of_two_figures(two):
    """What is plain is taken and said back in words; what may be of the morning or the afternoon is asked about."""
    _, pair, doctor, manager = two
    new = reverse("visit_create", args=[pair.pk])
    asked = typed(manager, day="5 3 27", starts="2", ends="4")
    said = signed_in(doctor).post(new, asked)
    assert "Do you mean 2am or 2pm? Enter the start time with am or pm" in text_of(said)
    assert "Do you mean 4am or 4pm? Enter the end time with am or pm" in text_of(said)
    assert all(f'value="{text}"' in said.content.decode() for text in ("2", "4", "27"))
    taken = words(signed_in(doctor), new, typed(manager, day="5 3 27", starts="10", ends="12"))
    assert "Friday 5 March 2027, 10am to midday" in taken


def test_two_who_change_it_at_once_are_told(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    browser = signed_in(doctor)
    seen = re.search(r'name="seen" value="([^"]+)"', browser.get(to("call_off", visit)).content.decode())[1]
    words(signed_in(manager), to("edit", visit), typed(doctor, day="9 3 2027"))
    said = words(browser, to("call_off", visit), {"reason": "rota", "seen": seen})
    assert "was changed while you had this page open" in said
    assert Visit.objects.get().state == VisitState.AGREED


def test_pages_of_another_state_lead_back_in_words(two):
    _, pair, doctor, manager = two
    for visit in (offered(pair, doctor, manager), agreed(pair, doctor, manager), took_place(pair, doctor, manager)):
        for page in PAGES:
            assert signed_in(doctor).get(to(page, visit), follow=True).status_code == 200
    assert "nothing to say yes to" in words(signed_in(doctor), to("accept", visit))
    assert "Only the visitor" in words(signed_in(manager), to("close", took_place(pair, doctor, manager)), {})


def test_a_lead_and_a_third_partner_open_no_visit(trio):
    _, pair, (doctor, third), manager = trio
    visit = prepared(agreed(pair, doctor, manager))
    for person in (LeadFactory(cohort=pair.cohort), third):
        browser = signed_in(person)
        assert [browser.get(to(page, visit)).status_code for page in PAGES] == [404] * len(PAGES)
    assert "How a list is kept" in words(signed_in(manager), to("detail", visit))


def test_a_former_partner_keeps_what_was_and_loses_what_came_later(two):
    lead, pair, doctor, manager = two
    past, later = took_place(pair, doctor, manager), agreed(pair, doctor, manager)
    undated = offered(pair, doctor, manager, day=None)
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    browser = signed_in(doctor)
    assert browser.get(to("detail", past)).status_code == 200
    assert [browser.get(to("detail", each)).status_code for each in (later, undated)] == [404, 404]
    assert browser.get(reverse("visit_list", args=[pair.pk])).status_code == 404
    Membership.objects.filter(pair=pair).update(since=past.day - timedelta(days=9), until=past.day - timedelta(days=1))
    assert browser.get(to("detail", past)).status_code == 404


def test_who_left_before_being_told_was_never_a_partner(two):
    _, pair, doctor, manager = two
    visit = took_place(pair, doctor, manager)
    Membership.objects.filter(participant=doctor).update(since=visit.day, until=visit.day, told=False)
    assert signed_in(doctor).get(to("detail", visit)).status_code == 404


def test_a_partner_and_lead_in_one_person_is_a_partner(two):
    _, pair, doctor, manager = two
    LeadFactory(cohort=pair.cohort, user=doctor.user)
    visit = agreed(pair, doctor, manager)
    assert signed_in(doctor).get(to("detail", visit)).status_code == 200


def test_as_many_queries_for_three_visits_as_for_three_hundred(two, django_assert_max_num_queries):
    _, pair, doctor, manager = two
    browser = signed_in(doctor)
    url = reverse("visit_list", args=[pair.pk])
    first = [agreed(pair, doctor, manager), offered(pair, manager, doctor), took_place(pair, doctor, manager)]
    browser.get(url)
    with django_assert_max_num_queries(10) as few:
        browser.get(url)
    home = len(ask(browser, "/"))
    rows = [Visit(**{**values(first[number % 3]), "changed_at": NOW()}) for number in range(300)]
    Visit.objects.bulk_create(rows)
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = browser.get(url).content.decode()
    assert "Page 7" in page
    assert len(ask(browser, "/")) == home


def values(visit) -> dict:
    kept = {field.attname: getattr(visit, field.attname) for field in Visit._meta.concrete_fields}
    return {name: value for name, value in kept.items() if name != "id"}


def ask(browser, url) -> list:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    return asked.captured_queries


def test_a_setting_that_is_switched_off_stays_where_it_was_chosen(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    term = setting()
    term.active = False
    term.save()
    browser = signed_in(doctor)
    assert "Chosen before" in browser.get(to("edit", visit)).content.decode()
    assert "Tuesday 9 March 2027" in words(browser, to("edit", visit), typed(manager, day="9 3 2027"))
    assert "Chosen before" not in browser.get(reverse("visit_create", args=[pair.pk])).content.decode()


def test_what_an_element_that_is_off_offers(two):
    _, pair, doctor, _ = two
    cohort = Pair.objects.get(pk=pair.pk).cohort
    cohort.elements_off = ["shadowing"]
    cohort.save()
    assert signed_in(doctor).get(reverse("visit_create", args=[pair.pk])).status_code == 404


def test_minutes_are_those_it_took_and_what_cannot_be_is_refused(two):
    _, pair, doctor, manager = two
    visit = begun(agreed(pair, doctor, manager))
    browser = signed_in(doctor)
    page = browser.get(to("confirm", visit)).content.decode()
    assert re.findall(r'name="minutes_\d"[^>]* value="(\d+)"', page) == ["2", "0"]
    assert "You planned 2 hours" in page
    for minutes, said in (
        ("", "Enter how long it took, like 2 hours and 30 minutes"),
        ("0", "at least 1 minute"),
        ("1501", "at most 25 hours"),
        ("x", "whole"),
    ):
        assert said in words(browser, to("confirm", visit), {"minutes_1": minutes, "talked": "no"})
    early = {"debrief_on_0": "1", "debrief_on_1": "1", "debrief_on_2": "2020"}
    assert "the day of the visit" in words(browser, to("confirm", visit), {"minutes_1": "9", "talked": "no", **early})
    assert "Talked over" in words(browser, to("confirm", visit), {"minutes_1": "9", "talked": "yes", **early})


def test_hopes_are_three_at_most(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    browser = signed_in(doctor)
    said = browser.post(to("prepare", visit), {"objectives": "a\nb\nc\nd"})
    assert "Keep the three hopes that matter most" in text_of(said)
    assert "a\nb\nc\nd" in said.content.decode()
    assert "Tick lines of this checklist" in words(browser, to("prepare", visit), {"ticked": ["chair"]})
    assert actions.prepare_visit(visit=visit, by=doctor.user, now=NOW(), objectives="a").hopes == ["a"]


def test_times_of_the_form_are_read_as_typed(two):
    _, pair, doctor, manager = two
    words(signed_in(doctor), reverse("visit_create", args=[pair.pk]), typed(manager, starts="20:00", ends="08:00"))
    visit = Visit.objects.get()
    assert (visit.day, visit.ends_at - visit.starts_at) == (date(2027, 3, 5), timedelta(hours=12))
    assert timezone.localtime(visit.starts_at).time() == time(20)
