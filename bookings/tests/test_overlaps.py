"""Who or what has two sessions at one time: a warning that agrees with plain looking, and nothing is refused."""

import random
from datetime import timedelta

from bookings import actions
from bookings.models import Attendee
from bookings.overlaps import overlaps, overlaps_of
from bookings.tests.factories import HOUR, NOW, STARTS_AT, booked, cohort_with_lead, people, planned, somebody

SETS = 100
ROOMS = ("", "Seminar room 1", "Seminar room 2")


def plainly(session, all_of_them) -> set:
    """(what, key) of what lies across a session, by looking at each other one."""
    found = set()
    hosts = {host.user_id for host in session.hosts.all()}
    coming = {each.participant.user_id for each in Attendee.objects.booked().filter(session=session)}
    for other in all_of_them:
        if other.pk == session.pk or other.ends_at <= session.starts_at or other.starts_at >= session.ends_at:
            continue
        there = {host.user_id for host in other.hosts.all()}
        there |= {each.participant.user_id for each in Attendee.objects.booked().filter(session=other)}
        found |= {("host", other.pk)} if hosts & there else set()
        found |= {("person", other.pk)} if coming & there else set()
        found |= {("room", other.pk)} if session.place and session.place == other.place else set()
    return found


def told(session) -> set:
    found = set()
    for each in overlaps_of(session):
        found |= {("host", each.session.pk)} if each.hosts else set()
        found |= {("person", each.session.pk)} if each.has_place else set()
        found |= {("room", each.session.pk)} if each.is_same_room else set()
        assert each.sentence
    return found


def test_the_warnings_agree_with_plain_looking(db):
    """A hundred random sets of a few sessions within hours: of which hosts, people and rooms are shared."""
    chance, compared = random.Random(20270310), 0  # noqa: S311 - the same sets in each run
    cohort, lead = cohort_with_lead()
    users, someone = [somebody() for _ in range(3)], people(cohort, 3)
    for number in range(SETS):
        day = STARTS_AT + timedelta(days=number)  # far from every other set
        found = []
        for _ in range(chance.randint(2, 4)):
            starts_at = day + chance.randint(0, 6) * HOUR / 2
            length = chance.randint(1, 4) * HOUR / 2
            session = planned(
                cohort,
                lead,
                starts_at=starts_at,
                ends_at=starts_at + length,
                place=chance.choice(ROOMS),
                hosts=chance.sample(users, chance.randint(0, 2)),
            )
            for person in chance.sample(someone, chance.randint(0, 2)):
                booked(session, person)
            found.append(session)
        for session in found:
            expected = plainly(session, found)
            assert told(session) == expected
            compared += len(expected)
    assert compared > SETS  # there was something to find


def test_each_warning_says_what_it_is_and_names_nobody_who_comes(world, django_assert_max_num_queries):
    cohort, lead, (one, *_), session = world
    host = somebody()
    actions.change_hosts(session=session, hosts=[host], by=lead, now=NOW)
    booked(session, one)
    other = planned(cohort, lead, title="Making change happen", hosts=[host])
    booked(other, one)
    with django_assert_max_num_queries(5):
        [found] = overlaps_of(session)
    what = "the session “Making change happen” on Wednesday 10 March 2027, 2pm to 4pm"
    assert found.sentence == (
        f"{host.name} has to do with {what}. Seminar room 2 is used by {what}. "
        f"Somebody who comes has a place in {what}."
    )
    assert one.name not in found.sentence


def test_what_touches_or_is_called_off_is_in_nobodys_way(world):
    cohort, lead, _, session = world
    planned(cohort, lead, starts_at=session.ends_at)
    planned(cohort, lead, starts_at=session.starts_at - 2 * HOUR)
    assert overlaps_of(session) == []
    across = planned(cohort, lead, starts_at=session.starts_at + HOUR)
    assert [each.session for each in overlaps_of(session)] == [across]
    actions.call_off_session(session=across, reason="Too few", by=lead, now=NOW)
    assert overlaps_of(session) == []


def test_another_programme_has_other_rooms_and_keeps_what_it_calls_its_own(world):
    cohort, _, _, session = world
    far, far_lead = cohort_with_lead()
    host = somebody()
    there = planned(far, far_lead, title="A secret of theirs", hosts=[host])
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    assert overlaps(cohort=cohort, **times, place="Seminar room 2", besides=session) == []
    [found] = overlaps(cohort=cohort, **times, hosts=[host], besides=session)
    assert (found.session, found.is_same_room) == (there, False)
    assert found.sentence.startswith(f"{host.name} has to do with another session on Wednesday")
    assert "secret" not in found.sentence
