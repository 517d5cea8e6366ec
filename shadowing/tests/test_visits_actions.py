"""A visit from the offer to the end: who may do what, in which state, and what is written down."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts.tests.factories import OrganisationFactory
from elements import clock
from pairs import actions as pair_actions
from pairs.models import Membership
from reminders.models import Message
from shadowing import actions
from shadowing.choices import AHEAD, TOOK_PLACE, TRANSITIONS, VisitState
from shadowing.models import Visit
from shadowing.tests.worlds import DAY, agreed, begun, moments, offered, prepared, setting, took_place

pytestmark = pytest.mark.django_db
NOW = timezone.now


def kinds(visit) -> list[tuple[str, str]]:
    rows = Message.objects.filter(ref__visit=str(visit.pk)).select_related("recipient").order_by("created_at", "kind")
    return sorted((row.kind.removeprefix("shadowing.visit_"), row.recipient.name) for row in rows)


def change(visit, by, **more):
    given = {"setting": visit.setting, "site": visit.site, "starts_at": visit.starts_at, "ends_at": visit.ends_at}
    return actions.change_visit(visit=visit, by=by.user, now=NOW(), **{**given, **more})


def test_a_night_in_theatre_from_the_offer_to_the_end(two):
    _, pair, doctor, manager = two
    visit = offered(pair, manager, doctor, day=DAY, starts=time(20), hours=12, setting=setting("operating-theatre"))
    assert (visit.state, visit.flags, visit.out_of_hours) == (VisitState.OFFERED, "CP", True)
    assert visit.when == "Friday 5 March 2027, 8pm to Saturday 6 March 2027, 8am"
    visit = actions.accept_visit(visit=visit, by=doctor.user, now=NOW())
    assert (visit.state, visit.planned_minutes) == (VisitState.AGREED, 720)
    now, everything = NOW(), frozenset(item.code for item in visit.items)
    visit = actions.prepare_visit(visit=visit, by=doctor.user, now=now, ticked=everything)
    assert visit.state == VisitState.AGREED  # the visitor has not said anything
    assert visit.area_agrees
    visit = actions.prepare_visit(visit=visit, by=manager.user, now=now, ticked=everything, objectives="Handover")
    assert visit.state == VisitState.READY
    visit = actions.confirm_visit(
        visit=begun(visit), minutes=700, by=doctor.user, now=NOW(), debrief_on=date(2027, 3, 9)
    )
    assert (visit.state, visit.minutes, visit.debrief_on) == (VisitState.DONE, 700, date(2027, 3, 9))
    visit = actions.debrief_visit(visit=visit, debrief_on=date(2027, 3, 10), by=manager.user, now=NOW())
    assert visit.state == VisitState.DEBRIEFED
    visit = actions.close_visit(visit=visit, by=manager.user, now=NOW(), skipped=True)
    assert visit.state == VisitState.CLOSED
    done = list(AuditRecord.objects.filter(subject_ref=str(visit.pk)).order_by("pk").values_list("did", flat=True))
    assert done == [
        "proposed a visit",
        "agreed to a visit",
        "prepared a visit",
        "prepared a visit",
        "confirmed a visit",
        "talked a visit over",
        "closed a visit",
    ]


def test_a_finance_meeting_talked_over_on_the_spot(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    assert (visit.flags, visit.out_of_hours) == ("X", False)
    visit = begun(prepared(visit))
    assert visit.state == VisitState.READY
    visit = actions.confirm_visit(visit=visit, minutes=90, by=manager.user, now=NOW(), on_the_spot=True)
    assert (visit.state, visit.debrief_on) == (VisitState.DEBRIEFED, visit.day)


def test_only_the_other_says_yes(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    with pytest.raises(actions.CannotBe, match="for Manager 0000 to say yes"):
        actions.accept_visit(visit=visit, by=doctor.user, now=NOW())
    assert kinds(visit) == [("proposed", manager.name)]
    actions.accept_visit(visit=visit, by=manager.user, now=NOW())
    assert kinds(visit) == [("agreed", doctor.name), ("agreed", manager.name), ("proposed", manager.name)]
    with pytest.raises(actions.CannotBe, match="agreed already"):
        actions.accept_visit(visit=visit, by=manager.user, now=NOW())


def test_an_offer_without_a_time_is_agreed_with_one(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager, day=None, setting=setting("bed-meeting"))
    assert (visit.when, visit.out_of_hours) == ("No date yet", True)
    with pytest.raises(actions.CannotBe, match="needs a date"):
        actions.accept_visit(visit=visit, by=manager.user, now=NOW())
    visit = actions.accept_visit(visit=visit, by=manager.user, now=NOW(), **moments())
    assert visit.state == VisitState.AGREED


def test_who_suggests_another_time_is_the_one_who_asks(two):
    _, pair, doctor, manager = two
    visit = change(offered(pair, doctor, manager), manager, **moments(date(2027, 3, 9)))
    assert (visit.state, visit.proposed_by) == (VisitState.OFFERED, manager.user)
    assert kinds(visit) == [("proposed", doctor.name), ("proposed", manager.name)]
    assert actions.accept_visit(visit=visit, by=doctor.user, now=NOW()).state == VisitState.AGREED


def test_a_move_asks_again_what_was_agreed_for_the_day(two):
    _, pair, doctor, manager = two
    visit = prepared(agreed(pair, doctor, manager))
    sequence = visit.sequence
    assert change(visit, doctor).sequence == sequence  # nothing new: nothing is sent
    moved = change(visit, doctor, **moments(date(2027, 3, 9)))
    assert (moved.state, moved.sequence) == (VisitState.AGREED, sequence + 1)
    assert [item.code for item in moved.open_items()] == ["chair", "papers-told"]
    assert moved.objectives
    assert [each for each in kinds(moved) if each[0] == "moved"] == [("moved", doctor.name), ("moved", manager.name)]
    with pytest.raises(actions.CannotBe, match="keeps a date"):
        change(moved, doctor, starts_at=None, ends_at=None)


def test_each_ticks_and_writes_only_what_is_ones_own(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    everything = frozenset(item.code for item in visit.items)
    visit = actions.prepare_visit(
        visit=visit, by=doctor.user, now=NOW(), ticked=everything, objectives="One", notice="Mine", dress="Mine"
    )
    assert set(visit.ticks) == {"personnel", "no-papers"}
    assert {tick["by"] for tick in visit.ticks.values()} == {str(doctor.pk)}
    assert (visit.notice, visit.dress) == ("", "")
    first = visit.ticks["personnel"]
    later = NOW() + timedelta(hours=1)
    visit = actions.prepare_visit(visit=visit, by=manager.user, now=later, ticked=everything, notice="The silence")
    assert visit.objectives == "One"
    visit = actions.prepare_visit(
        visit=visit, by=doctor.user, now=later, ticked=frozenset({"personnel"}), objectives=""
    )
    assert visit.ticks["personnel"] == first  # when it was ticked first
    assert "no-papers" not in visit.ticks
    assert visit.state == VisitState.AGREED


def test_a_visitor_from_another_organisation_needs_an_observer_agreement(two):
    _, pair, doctor, manager = two
    manager.organisation = OrganisationFactory()
    manager.save()
    visit = agreed(pair, doctor, manager)
    assert "observer" in [item.code for item in visit.items]


def test_putting_off_links_to_the_next_and_both_are_told(two):
    _, pair, doctor, manager = two
    visit = prepared(agreed(pair, doctor, manager))
    successor = actions.put_off_visit(
        visit=visit, reason="rota", by=manager.user, now=NOW(), **moments(date(2027, 3, 12))
    )
    visit.refresh_from_db()
    assert (visit.state, visit.off_reason, visit.successor) == (VisitState.REARRANGED, "rota", successor)
    assert (successor.state, successor.proposed_by, successor.ticks) == (VisitState.OFFERED, manager.user, {})
    assert (successor.objectives, successor.notice) == (visit.objectives, visit.notice)
    assert [each for each in kinds(visit) if each[0] == "called_off"] == [
        ("called_off", doctor.name),
        ("called_off", manager.name),
    ]
    assert kinds(successor) == [("proposed", doctor.name)]


def test_declining_tells_the_other_alone(two):
    _, pair, doctor, manager = two
    visit = actions.call_off_visit(visit=offered(pair, doctor, manager), reason="area", by=manager.user, now=NOW())
    assert visit.state == VisitState.CANCELLED
    assert ("called_off", doctor.name) in kinds(visit)
    assert ("called_off", manager.name) not in kinds(visit)


def test_the_table_of_states_is_whole_and_actions_keep_to_it(two):
    assert set(TRANSITIONS) == set(VisitState)
    _, pair, doctor, manager = two
    done = took_place(pair, doctor, manager)
    for refused in (
        lambda: change(done, doctor, **moments(date(2027, 3, 9))),
        lambda: actions.call_off_visit(visit=done, reason="rota", by=doctor.user, now=NOW()),
        lambda: actions.put_off_visit(visit=done, reason="rota", by=doctor.user, now=NOW()),
        lambda: actions.confirm_visit(visit=done, minutes=5, by=doctor.user, now=NOW()),
        lambda: actions.prepare_visit(visit=done, by=doctor.user, now=NOW()),
        lambda: actions.close_visit(visit=agreed(pair, doctor, manager), by=doctor.user, now=NOW(), skipped=True),
        lambda: actions.debrief_visit(visit=agreed(pair, doctor, manager), debrief_on=DAY, by=doctor.user, now=NOW()),
    ):
        with pytest.raises(actions.CannotBe):
            refused()
    assert not AHEAD & TOOK_PLACE


def test_what_has_not_begun_did_not_take_place_and_what_is_past_is_not_arranged(two):
    _, pair, doctor, manager = two
    with pytest.raises(actions.CannotBe, match="not begun"):
        actions.confirm_visit(visit=agreed(pair, doctor, manager), minutes=5, by=doctor.user, now=NOW())
    with pytest.raises(actions.CannotBe, match="was agreed"):
        actions.confirm_visit(visit=begun(offered(pair, doctor, manager)), minutes=5, by=doctor.user, now=NOW())
    with pytest.raises(actions.VisitIsPast):
        offered(pair, doctor, manager, now=clock.at(DAY, time(15)))
    with pytest.raises(actions.VisitIsPast):
        actions.accept_visit(visit=begun(offered(pair, doctor, manager)), by=manager.user, now=NOW())


def test_who_saw_something_else_is_told_so(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    seen = f"{visit.sequence}:{visit.state}"
    change(visit, doctor, **moments(date(2027, 3, 9)))
    with pytest.raises(actions.VisitHasChanged, match="Tuesday 9 March 2027"):
        actions.accept_visit(visit=visit, by=manager.user, now=NOW(), seen=seen)


def test_nobody_else_changes_a_visit_and_strangers_are_no_partners(two):
    lead, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    for refused in (
        lambda: actions.call_off_visit(visit=visit, reason="rota", by=lead, now=NOW()),
        lambda: actions.confirm_visit(visit=begun(visit), minutes=5, by=lead, now=NOW()),
    ):
        with pytest.raises(actions.IsNoPartner):
            refused()
    other = Membership.objects.exclude(pair=pair).select_related("participant").first().participant
    with pytest.raises(actions.IsNoPartner):
        offered(pair, doctor, other)


def test_the_visitor_is_asked_to_reflect_once_and_the_host_closes_nothing(two):
    _, pair, doctor, manager = two
    early = took_place(pair, doctor, manager)
    assert actions.close_visit(visit=early, by=manager.user, now=NOW()).reflected_at is None
    assert actions.close_visit(visit=early, by=doctor.user, now=NOW()).state == VisitState.DONE
    early = actions.debrief_visit(visit=early, debrief_on=early.day, by=manager.user, now=NOW())
    assert early.state == VisitState.CLOSED
    late = took_place(pair, doctor, manager, on_the_spot=True)
    with pytest.raises(actions.CannotBe, match="Only the visitor"):
        actions.close_visit(visit=late, by=manager.user, now=NOW(), skipped=True)
    assert actions.close_visit(visit=late, by=doctor.user, now=NOW()).state == VisitState.CLOSED
    again = actions.close_visit(visit=late, by=doctor.user, now=NOW())  # a second reflection changes nothing
    assert again.state == VisitState.CLOSED


def test_in_a_trio_any_two_visit_each_other(trio):
    _, pair, (doctor, third), manager = trio
    assert agreed(pair, third, manager).state == VisitState.AGREED
    assert agreed(pair, doctor, third).state == VisitState.AGREED


def test_when_a_pair_ends_what_is_to_come_is_off_and_what_was_stays(two):
    lead, pair, doctor, manager = two
    ahead, past = agreed(pair, doctor, manager), begun(agreed(pair, manager, doctor))
    undated = offered(pair, doctor, manager, day=None)
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    states = dict(Visit.objects.values_list("pk", "state"))
    assert (states[ahead.pk], states[undated.pk]) == (VisitState.CANCELLED, VisitState.CANCELLED)
    assert states[past.pk] == VisitState.AGREED
    with pytest.raises(pair_actions.PairHasEnded):  # who is no partner any more changes nothing
        actions.confirm_visit(visit=past, minutes=60, by=doctor.user, now=NOW())
    with pytest.raises(pair_actions.PairHasEnded):
        offered(pair, doctor, manager)


def test_who_leaves_a_trio_takes_her_visits_along_and_the_others_keep_theirs(trio):
    lead, pair, (doctor, third), manager = trio
    hers, theirs = agreed(pair, third, manager), agreed(pair, doctor, manager)
    pair_actions.leave_pair(participant=third, on=timezone.localdate(), by=lead)
    actions.let_visits_go(participant=third, by=lead, now=NOW())
    states = dict(Visit.objects.values_list("pk", "state"))
    assert (states[hers.pk], states[theirs.pk]) == (VisitState.CANCELLED, VisitState.AGREED)


def test_who_leaves_locks_no_visit_but_hers(trio, monkeypatch):
    """Whatever row the query finds is locked until the withdrawal is through: others would wait for it."""
    lead, pair, (doctor, third), manager = trio
    hers = {agreed(pair, third, manager).pk, offered(pair, manager, third).pk}
    agreed(pair, doctor, manager)
    read, real = set(), Visit.from_db.__func__

    def noted(cls, db, names, values):
        row = real(cls, db, names, values)
        read.add(row.pk)
        return row

    monkeypatch.setattr(Visit, "from_db", classmethod(noted))
    actions.let_visits_go(participant=third, by=lead, now=NOW())
    assert read == hers


def put_off(visit, by, **more) -> Visit:
    return actions.put_off_visit(visit=visit, reason="rota", by=by.user, now=NOW(), **more)


def test_a_visit_that_is_put_off_keeps_its_mark(two):
    """By whatever it was out of hours, and however it is put off."""
    _, pair, doctor, manager = two
    by_hand = agreed(pair, doctor, manager, out_of_hours=True)
    assert put_off(by_hand, doctor, **moments(date(2027, 3, 9))).out_of_hours
    night = {"starts": time(20), "hours": 12, "setting": setting("operating-theatre")}
    assert put_off(agreed(pair, doctor, manager, **night), manager).out_of_hours
    assert put_off(agreed(pair, doctor, manager, **night), manager, **moments(date(2027, 3, 9))).out_of_hours
    assert not put_off(agreed(pair, doctor, manager), doctor, **moments(date(2027, 3, 9))).out_of_hours
    into_the_night = put_off(agreed(pair, doctor, manager), doctor, **moments(date(2027, 3, 9), time(20)))
    assert into_the_night.out_of_hours  # nobody had said no
    said_no = agreed(pair, doctor, manager, starts=time(20), out_of_hours=False)
    assert not put_off(said_no, doctor, **moments(date(2027, 3, 9), time(20))).out_of_hours


def test_minutes_are_counted_in_utc_when_the_clocks_change(two):
    """A night shift of twelve hours on the wall is eleven hours long in March, thirteen in October."""
    _, pair, doctor, manager = two
    for day, hours in ((date(2027, 3, 27), 11), (date(2027, 10, 30), 13)):
        starts_at, ends_at = clock.at(day, time(20)), clock.at(day + timedelta(days=1), time(8))
        visit = offered(pair, doctor, manager, day=None, starts_at=starts_at, ends_at=ends_at)
        assert visit.planned_minutes == hours * 60
        assert isinstance(visit.starts_at, datetime)
