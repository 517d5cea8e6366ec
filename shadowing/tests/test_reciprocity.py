"""Visits and hours each way: per person, over all pairs, in the words of a meter, and for leads as numbers alone."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import RoleKind
from cohorts.models import Cohort, Role
from cohorts.tests.factories import OrganisationFactory, UserFactory
from elements.clock import duration
from elements.registry import _elements
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests.test_views import text_of
from shadowing import actions
from shadowing.listing import asked_for
from shadowing.reciprocity import STEPS, Meter, meters, mid_point, one_sided, tallies, without_visit
from shadowing.tests.worlds import agreed, begun, offered, took_place

pytestmark = pytest.mark.django_db
NOW = timezone.now


def read(pair) -> Pair:
    return Pair.objects.with_members().get(pk=pair.pk)


def said(pair, viewer) -> list[tuple[str, str]]:
    return [(meter.label, meter.words) for meter in meters(read(pair), viewer=viewer)]


def test_what_counts_is_what_took_place_with_the_minutes_that_it_took(two):
    lead, pair, doctor, manager = two
    took_place(pair, doctor, manager, minutes=110)
    took_place(pair, doctor, manager, minutes=70, on_the_spot=True)
    closed = took_place(pair, manager, doctor, minutes=45, on_the_spot=True)
    actions.close_visit(visit=closed, by=manager.user, now=NOW(), skipped=True)
    agreed(pair, manager, doctor)
    begun(agreed(pair, manager, doctor))
    actions.call_off_visit(visit=offered(pair, manager, doctor), reason="rota", by=doctor.user, now=NOW())
    found = tallies([doctor, manager])
    assert (found[doctor.pk].made, found[doctor.pk].made_minutes) == (2, 180)
    assert (found[doctor.pk].hosted, found[doctor.pk].hosted_minutes) == (1, 45)
    assert (found[manager.pk].made, found[manager.pk].hosted_minutes) == (1, 180)
    assert said(pair, doctor.user) == [
        ("Visits you made", "2 of 2 visits, 3 hours"),
        (f"Visits {manager.name} made", "1 of 2 visits, 45 minutes"),
    ]
    assert [label for label, _ in said(pair, lead)] == [f"Visits {doctor.name} made", f"Visits {manager.name} made"]


def test_who_has_a_new_partner_keeps_her_visits(two):
    lead, pair, doctor, manager = two
    took_place(pair, doctor, manager, minutes=60)
    other = Membership.objects.exclude(pair=pair).select_related("participant")
    partner = next(each.participant for each in other if each.participant.side == "b")
    pair_actions.end_pair(pair=other[0].pair, kind="moved", on=timezone.localdate(), by=lead)
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    again = pair_actions.pair_by_hand(
        cohort=pair.cohort, a=doctor, b=partner, initiator_side="a", first_meeting_by=pair.first_meeting_by, by=lead
    )
    assert said(again, doctor.user)[0] == ("Visits you made", "1 of 2 visits, 1 hour")


def test_a_trio_has_three_meters(trio):
    _, pair, (_, third), manager = trio
    took_place(pair, third, manager, minutes=60)
    assert len(said(pair, manager.user)) == 3
    assert dict(said(pair, manager.user))[f"Visits {third.name} made"] == "1 of 2 visits, 1 hour"


def test_a_lead_reads_the_meters_in_the_order_in_which_the_page_names_the_two(two, client):
    lead, pair, doctor, manager = two
    for person, name in ((doctor, "Zoe Ash"), (manager, "Abe Elm")):
        person.name = name
        person.save()
    shown = [meter.label for meter in meters(read(pair), viewer=lead)]
    assert shown == ["Visits Zoe Ash made", "Visits Abe Elm made"]
    client.force_login(lead)
    page = client.get(pair.get_absolute_url()).content.decode()
    assert page.index("Zoe Ash") < page.index("Abe Elm")
    assert [meter.label for meter in meters(read(pair), viewer=manager.user)] == [
        "Visits you made",
        "Visits Zoe Ash made",
    ]


@pytest.mark.parametrize(
    ("done", "target", "steps"),
    [(0, 2, 0), (1, 2, 5), (2, 2, STEPS), (5, 2, STEPS), (0, 0, 0), (1, 0, STEPS), (1, 3, 3)],
)
def test_the_bar_never_says_more_than_the_words(done, target, steps):
    assert Meter("x", done, target, "1 hour").steps == steps


def test_hours_in_words():
    assert [duration(minutes) for minutes in (0, 1, 60, 61, 90, 120)] == [
        "0 minutes",
        "1 minute",
        "1 hour",
        "1 hour 1 minute",
        "1 hour 30 minutes",
        "2 hours",
    ]


def test_one_direction_empty_is_found_and_neither_both_nor_none(two):
    _, pair, doctor, manager = two
    both = Pair.objects.all()
    [other] = both.exclude(pk=pair.pk)
    assert (list(one_sided(both)), set(without_visit(both))) == ([], {pair, other})
    took_place(pair, doctor, manager)
    assert (list(one_sided(both)), list(without_visit(both))) == ([pair], [other])
    took_place(pair, manager, doctor)
    assert (list(one_sided(both)), list(without_visit(both))) == ([], [other])
    Pair.objects.update(paused_on=timezone.localdate())
    assert [*one_sided(both), *without_visit(both)] == []


def test_a_pair_of_three_is_one_sided_while_one_of_them_has_made_no_visit(trio):
    _, pair, (doctor, third), manager = trio
    took_place(pair, doctor, manager)
    took_place(pair, manager, doctor)
    assert list(one_sided(Pair.objects.all())) == [pair]
    took_place(pair, third, manager)
    assert list(one_sided(Pair.objects.all())) == []


def test_the_filters_of_the_lead_show_one_pair_each(client, two):
    lead, pair, doctor, manager = two
    url, names = reverse("reciprocity_list", args=[pair.cohort_id]), [doctor.name, manager.name]
    took_place(pair, doctor, manager)
    client.force_login(lead)

    def shown(state):
        page = text_of(client.get(url, {"state": state}))
        return [name for name in names if name in page]

    assert [shown(state) for state in ("", "one-sided", "none", "nonsense")] == [names, names, [], names]
    assert "2 pairs" in text_of(client.get(url))
    assert "1 pair." in text_of(client.get(url, {"state": "one-sided"}))
    assert "1 pair." in text_of(client.get(url, {"state": "none"}))


def test_leads_are_told_from_the_middle_of_the_cohort_until_its_end(two, django_assert_num_queries):
    _, pair, doctor, manager = two
    cohort = pair.cohort
    room = _elements["shadowing"]
    middle = mid_point(cohort)
    took_place(pair, doctor, manager)

    def told(on):
        return [(each.count, each.url) for each in room.attention(cohorts=[cohort], on=on, viewer=None)]

    with django_assert_num_queries(0):
        assert told(middle - timedelta(days=1)) == []
    page = reverse("reciprocity_list", args=[cohort.pk])
    one_sided, none = f"{page}?state=one-sided", f"{page}?state=none"
    with django_assert_num_queries(1):
        assert told(middle) == [(1, one_sided), (1, none)]
    assert told(cohort.ends_on + timedelta(days=1)) == []
    took_place(pair, manager, doctor)
    assert told(middle) == [(0, one_sided), (1, none)]


def test_the_lead_reads_counts_and_hours_and_the_file_says_the_same(client, two):
    lead, pair, doctor, manager = two
    took_place(pair, doctor, manager, minutes=90, setting=None, setting_words="Quillfeather")
    client.force_login(lead)
    url = reverse("reciprocity_list", args=[pair.cohort_id])
    page = text_of(client.get(url))
    assert "1 visit, 1 hour 30 minutes" in page
    assert "2 pairs" in page
    assert "Quillfeather" not in page
    took_place(pair, manager, doctor)
    assert "No pairs to show." in text_of(client.get(url, {"state": "one-sided"}))
    answer = client.get(reverse("export", args=[pair.cohort_id, "visits", "csv"]))
    text = b"".join(answer).decode("utf-8-sig")
    rows = {row["First side"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows[doctor.name]["Their visits"] == "1"
    assert rows[doctor.name]["Their hours"] == "1.50"
    assert rows[doctor.name]["Second side's visits"] == "1"
    assert "Quillfeather" not in text
    filtered = client.get(reverse("export", args=[pair.cohort_id, "visits", "csv"]), {"state": "one-sided"})
    assert doctor.name not in b"".join(filtered).decode()


def test_a_lead_of_one_organisation_reads_of_its_people_alone(client, two):
    _, pair, doctor, manager = two
    elsewhere = OrganisationFactory()
    pair.cohort.programme.organisations.add(elsewhere)
    manager.organisation = elsewhere
    manager.save()
    took_place(pair, manager, doctor, minutes=123)
    own = UserFactory()
    Role.objects.create(user=own, kind=RoleKind.LEAD, cohort=pair.cohort, organisation=doctor.organisation)
    client.force_login(own)
    page = text_of(client.get(reverse("reciprocity_list", args=[pair.cohort_id])))
    assert doctor.name in page
    assert manager.name not in page
    assert "2 hours 3 minutes" not in page


def test_as_many_queries_for_many_visits_and_pairs(client, two, django_assert_max_num_queries):
    lead, pair, doctor, manager = two
    client.force_login(lead)
    url = reverse("reciprocity_list", args=[pair.cohort_id])
    took_place(pair, doctor, manager)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    for _ in range(6):
        took_place(pair, doctor, manager)
        took_place(pair, manager, doctor)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_a_cohort_without_shadowing_has_no_meter(two):
    _, pair, doctor, _ = two
    Cohort.objects.update(elements_off=["shadowing"])
    room = _elements["shadowing"]
    assert list(room.panels(pair=read(pair), viewer=doctor.user)) == []
    assert list(room.doors(viewer=doctor.user, pair=read(pair))) == []


def test_an_ended_pair_has_no_meter_and_no_heading_without_one(two):
    lead, pair, _, _ = two
    room = _elements["shadowing"]
    assert len(list(room.panels(pair=read(pair), viewer=lead))) == 1
    pair_actions.end_pair(pair=pair, kind="finished", reason="", on=NOW().date(), by=lead)
    assert list(room.panels(pair=read(pair), viewer=lead)) == []


@pytest.mark.sqlite
def test_the_list_and_its_visits_are_found_by_indexes_whatever_other_cohorts_hold(two):
    lead, pair, doctor, manager = two
    listed = asked_for(user=lead, cohort=pair.cohort, query={})
    plan = listed.explain()  # a person finds a pair by name: the pairs of one cohort are sorted, and no others
    assert "SEARCH pairs_pair USING INDEX" in plan
    assert "SCAN" not in plan.replace("SCALAR", ""), plan
    with CaptureQueriesContext(connection) as asked:
        tallies([doctor, manager])
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}").fetchall())
    assert [index in plan for index in ("visit_of_visitor", "visit_of_host")] == [True, True], plan


def test_the_leads_list_of_visits_is_in_the_order_of_its_first_column(two):
    lead, pair, doctor, _ = two
    [other] = Pair.objects.exclude(pk=pair.pk)
    person = other.memberships.get(participant__side=doctor.side).participant
    for first, second in ((doctor, person), (person, doctor)):
        for each, name in ((first, "Abe Elm"), (second, "Zoe Ash")):
            each.name = name
            each.save()
        listed = asked_for(user=lead, cohort=pair.cohort, query={})
        assert [each.pk for each in listed] == ([pair.pk, other.pk] if first == doctor else [other.pk, pair.pk])
