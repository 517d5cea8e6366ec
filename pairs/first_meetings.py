"""A pair's first meeting as its members, their calendars and the sweep of reminders read it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Participant
from elements import clock, timeline
from elements.contract import Entry, Event, Reminder, Step
from elements.keys import written
from elements.links import is_address
from elements.phrases import in_a_row
from pairs.history import FIRST, day_of_first, is_beyond_first
from pairs.models import FirstMeeting, Membership, Pair

SOON, MISSING = "pairs.meeting_soon", "pairs.meeting_missing"
GRACE = timedelta(days=7)  # to agree on a day, before anybody is asked about it
NEWS_LASTS = timedelta(hours=3)  # who was told of it just now is not told again at once
ASKED_FOR = timedelta(days=60)  # after the day to meet by nobody is asked any more


def uid_of(meeting: FirstMeeting) -> str:
    return f"first-meeting-{meeting.pk}@pairedlearning"


def event(meeting: FirstMeeting, partners: Iterable[str], *, whose=None) -> Event:
    """The entry in the calendar of somebody who meets these partners; of a meeting read with its pair."""
    return Event(
        uid=uid_of(meeting),
        sequence=meeting.sequence,
        summary=f"First meeting with {in_a_row(list(partners))}",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=meeting.changed_at,
        place=meeting.place,
        url=f"{settings.SITE_URL}{reverse('pair_detail', args=[meeting.pair_id])}",
        cancelled=meeting.called_off,
        cohort=meeting.pair.cohort_id,
        whose=whose,
        kind="first meeting",
        way=way_to(meeting.place),
    )


def way_to(place: str) -> str:
    """How two meet, for a reader who is told no more: whether it is online, or whether they know where."""
    if is_address(place):
        return "Online"
    return "At an agreed place" if place else "No place yet"


def events_of(users: Iterable) -> Iterator[Event]:
    """Every first meeting of the present pairs of each of these people. One query."""
    keys = {user.pk for user in users}
    own = Membership.objects.live().filter(pair=OuterRef("pair"), participant__user__in=keys)
    arranged = Membership.objects.live().filter(
        Exists(own), pair__ended_on=None, pair__shown_from__lte=timezone.now(), pair__first_meeting__isnull=False
    )
    for people in _by_pair(arranged.select_related("pair__first_meeting", "participant")):
        for key in keys & {each.participant.user_id for each in people}:
            others = [each.participant.name for each in people if each.participant.user_id != key]
            yield event(people[0].pair.first_meeting, others, whose=key)


def entries(pairs: list[Pair], viewer) -> Iterator[Entry]:
    """The first meetings of these pairs. That one took place only a conversation says: it is no contact. One query."""
    for meeting in FirstMeeting.objects.filter(pair__in=pairs):
        yield Entry(
            pair=meeting.pair_id,
            on=clock.local(meeting.starts_at).date(),
            label=FIRST,
            state="cancelled" if meeting.called_off else "planned",
            starts_at=meeting.starts_at,
            minutes=round((meeting.ends_at - meeting.starts_at) / timedelta(minutes=1)),
            url=reverse("meeting_edit", args=[meeting.pair_id]) if viewer and meeting.is_to_come else "",
        )


def contacts(pairs, on: date) -> Iterator[tuple]:
    """First meetings of these pairs from this day on: nobody was in touch by one that is planned. One query."""
    ahead = FirstMeeting.objects.filter(pair__in=pairs, called_off=False, starts_at__gte=clock.at(on, time(0)))
    for pair, starts_at in ahead.order_by().values_list(written("pair_id"), "starts_at"):
        yield pair, None, clock.local(starts_at).date()


def partners_of(participants: list[Participant]) -> dict:
    """{primary key: (pair with its present members, names of the partners)} of who has been told. One query."""
    mine = Membership.objects.live().filter(participant__in=participants, pair__shown_from__lte=timezone.now())
    members = Membership.objects.live().filter(pair__in=mine.values("pair"))
    found = {}
    for people in _by_pair(members.select_related("pair__first_meeting", "pair__cohort", "participant")):
        people[0].pair.everybody = people
        for each in people:
            others = [other.participant.name for other in people if other.pk != each.pk]
            found[each.participant_id] = people[0].pair, in_a_row(others)
    return found


def in_touch(pairs: list[Pair], on: date) -> set:
    """The keys of those of these pairs that were in touch or plan something else, and have no first meeting ahead.

    One query to each element, and none where every first meeting is ahead.
    """
    open_ones = [pair for pair in pairs if pair.meeting is None or not pair.meeting.is_to_come]
    told = timeline.of(open_ones, viewer=None) if open_ones else {}
    days = {pair.pk: day_of_first(pair) for pair in open_ones}
    return {pair for pair, entries in told.items() if is_beyond_first(entries, on=on, day=days[pair])}


def is_a_step(pair: Pair, met: Iterable) -> bool:
    """Whether a task list speaks of it; `met` are the keys of pairs that were in touch."""
    return pair.pk not in met and (not pair.paused_on or pair.meeting is not None)


def step(participant: Participant, pair: Pair, names: str) -> Step:
    """The line of a task list about the first meeting of a pair read with it."""
    meeting, place = pair.meeting, pair.get_absolute_url()
    if meeting is None:
        begins = pair.initiator_id == participant.pk
        hint = "You make the first move." if begins else "Your partner makes the first move."
        url = reverse("meeting_edit", args=[pair.pk])
        return Step(participant, "Agree when you meet first", url, hint, due_on=pair.first_meeting_by, order=10)
    # A link is long, and two links in one line lead astray: it stands on the page of the pair.
    at = ", online" if meeting.is_online else f", at {meeting.place}" if meeting.place else ""
    if meeting.is_to_come:
        label, hint = f"Meet {names} on {meeting.when}{at}", "You can move it or call it off."
        return Step(participant, label, place, hint, order=10)
    return Step(participant, f"First meeting with {names}", place, f"It was to be on {meeting.when}.", "done", order=10)


def without_date(pairs, *, told_by: datetime):
    """Of these pairs (a queryset), those that could have met and have no date: live, told by then, not paused."""
    no_date = Q(first_meeting=None) | Q(first_meeting__called_off=True)
    return pairs.filter(no_date, ended_on=None, paused_on=None, shown_from__lte=told_by)


def reminders(*, on: date, until: date, met: Iterable) -> Iterator[Reminder]:
    """`met` are the keys of pairs that were in touch: nobody asks those for the day of a first meeting."""
    yield from _soon(on, until)
    yield from _missing(on, until, set(met))


def _soon(on: date, until: date) -> Iterator[Reminder]:
    """The day before at 09:00, and later as long as it still helps. One query."""
    ahead = Membership.objects.live().filter(
        pair__ended_on=None,
        pair__first_meeting__called_off=False,
        pair__first_meeting__starts_at__gte=clock.at(on, time(0)),
        pair__first_meeting__starts_at__lt=clock.at(until + timedelta(days=2), time(0)),
    )
    for each in ahead.select_related("pair__first_meeting", "participant__user"):
        meeting = each.pair.first_meeting
        day_before = clock.local(meeting.starts_at).date() - timedelta(days=1)
        yield Reminder(
            kind=SOON,
            to=each.participant.user,
            # The moment is part of it, so that a meeting that is moved is announced anew.
            about=f"{meeting.pk}:{meeting.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}",
            at=max(clock.at(day_before), meeting.changed_at + NEWS_LASTS),
            ref={
                "meeting": str(meeting.pk),
                "starts": int(meeting.starts_at.timestamp()),
                "pair": str(each.pair_id),
            },
            scope=each.cohort_id,
            until=meeting.starts_at,
        )


def _missing(on: date, until: date, met: set) -> Iterator[Reminder]:
    """From a week after they were told, while there is no date. One query.

    No day after the end of the cohort can be entered, so that nobody is asked for one then.
    """
    told_by = clock.at(until - GRACE + timedelta(days=1), time(0))
    asked = Pair.objects.filter(first_meeting_by__gte=on - ASKED_FOR, cohort__ends_on__gte=on)
    pairs = without_date(asked, told_by=told_by)
    # Who has just called it off is given the same time to agree on another day.
    pairs = pairs.exclude(first_meeting__changed_at__gt=told_by)
    members = Membership.objects.live().filter(pair__in=pairs)
    for each in members.select_related("pair__first_meeting", "pair__cohort", "participant__user"):
        if each.pair_id in met:
            continue
        pair, found = each.pair, getattr(each.pair, "first_meeting", None)
        told_at = max(pair.shown_from, found.changed_at) if found else pair.shown_from
        last = min(pair.first_meeting_by + ASKED_FOR, pair.cohort.ends_on)
        yield Reminder(
            kind=MISSING,
            to=each.participant.user,
            about=f"{each.pair_id}:{found.sequence if found else 0}",
            at=clock.at(clock.local(told_at).date() + GRACE),
            until=clock.at(last + timedelta(days=1), time(0)),
            ref={"pair": str(each.pair_id)},
            scope=each.cohort_id,
            order=20,
        )


def _by_pair(members: Iterable[Membership]) -> Iterable[list[Membership]]:
    found = defaultdict(list)
    for each in members:
        found[each.pair_id].append(each)
    return found.values()
