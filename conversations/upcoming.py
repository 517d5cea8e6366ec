"""Conversations as calendars, task lists and the sweep of reminders read them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q, Subquery
from django.urls import reverse

from conversations.choices import State, Way
from conversations.models import Conversation
from conversations.reading import still_asked, unconfirmed_first_meeting
from elements import clock, diary, timeline
from elements.contract import Entry, Event, RecordLine, Reminder, Step
from pairs.first_meetings import way_to
from pairs.letters import in_a_row
from pairs.models import Membership, Pair

SOON, DID_YOU_MEET = "conversations.soon", "conversations.did_you_meet"
NEWS_LASTS = timedelta(hours=3)  # who was told of it just now is not told again at once
ASKED_FOR = timedelta(days=14)  # so long somebody is asked about one day
A_DAY = timedelta(days=1)
ONCE = 7  # days: a request goes out again after a week, so that within one it goes out once
WAYS = dict(Way.choices)


def uid_of(conversation: Conversation) -> str:
    return f"conversation-{conversation.pk}@pairedlearning"


def event(conversation: Conversation, partners: Iterable[str], *, whose=None) -> Event:
    """The entry in the calendar of somebody who talks to these partners; of a conversation read with its pair."""
    names = in_a_row(list(partners))
    return Event(
        uid=uid_of(conversation),
        sequence=conversation.sequence,
        summary=f"Conversation with {names}" if names else "Conversation",
        starts_at=conversation.starts_at,
        ends_at=conversation.ends_at,
        changed_at=conversation.changed_at,
        place=conversation.place,
        url=f"{settings.SITE_URL}{reverse('conversation_detail', args=[conversation.pk])}",
        cancelled=conversation.state == State.CALLED_OFF,
        cohort=conversation.pair.cohort_id,
        whose=whose,
        kind="conversation",
        way=WAYS.get(conversation.way) or way_to(conversation.place),
    )


def named(conversation: Conversation) -> list[str]:
    """The partners of a conversation read `with_names()`."""
    return [name for name in (conversation.first_name, conversation.second_name) if name]


def events_of(users: Iterable) -> Iterator[Event]:
    """Every conversation that has hours and that each of these people has or had a part in. One query."""

    def rows_of(user):
        found = Conversation.objects.visible_to(user).shown().filter(starts_at__isnull=False)
        return found.with_names(user=user).select_related("pair").defer("summary")

    for conversation in diary.rows_of_each(users, rows_of):
        yield event(conversation, named(conversation), whose=conversation.whose)


STATES = {State.PLANNED: "planned", State.HELD: "done", State.CALLED_OFF: "cancelled"}


def entries(pairs, viewer) -> Iterator[Entry]:
    """What a pair's timeline shows; the address for partners alone. One query."""
    found = Conversation.objects.shown().filter(pair__in=[pair.pk for pair in pairs])
    if viewer is None:
        yield from _dates(found)
        return
    for each in found.defer("summary").marked_open_to(viewer):
        yield Entry(
            pair=each.pair_id,
            on=each.falls_on,
            label="Conversation",
            state=STATES[State(each.state)],
            is_contact=each.state == State.HELD,
            starts_at=each.starts_at,
            minutes=each.minutes if each.state == State.HELD else None,
            url=each.get_absolute_url() if each.is_open else "",
        )


def _dates(found) -> Iterator[Entry]:
    """For the house itself, which asks every minute for all pairs: values, and no objects made of them."""
    columns = ("pair_id", "falls_on", "state", "starts_at", "minutes")
    for pair, on, state, starts_at, minutes in found.order_by().values_list(*columns):
        is_held = state == State.HELD
        told = STATES[state]
        yield Entry(pair, on, "Conversation", told, is_held, starts_at=starts_at, minutes=minutes if is_held else None)


def contacts(pairs, *, on: date):
    """The same days, reckoned by the database: a line to each pair. One query."""
    held = Max("falls_on", filter=Q(state=State.HELD, falls_on__lte=on))
    coming = Min("falls_on", filter=Q(state=State.PLANNED, falls_on__gte=on))
    found = Conversation.objects.filter(pair__in=pairs).order_by()
    return found.values_list("pair_id").annotate(held=held, coming=coming)


def record(participant) -> Iterator[RecordLine]:
    """What this person took part in, with the minutes. One query."""
    mine = Conversation.objects.visible_to(participant.user).held().filter(pair__cohort=participant.cohort_id)
    for each in mine.with_names(participant=participant).defer("summary").order_by("falls_on", "pk"):
        names = in_a_row(named(each))
        yield RecordLine(
            element="Conversations",
            on=each.falls_on,
            label=f"Conversation with {names}" if names else "Conversation",
            role="partner",
            minutes=each.minutes,
        )


# The task list


def steps(participants, on: date) -> Iterator[Step]:
    """One line for each who has a partner: what is planned, whether it took place, or that nothing is planned.

    One query, and one to each element where somebody may be asked about a first meeting. While none is arranged, the
    hall asks for that.
    """
    known = {each.pk: each for each in participants}
    mine = Membership.objects.live().filter(participant__in=list(known), pair__ended_on=None, pair__paused_on=None)
    of_pair = Conversation.objects.filter(pair=OuterRef("pair"))
    # Of a day before somebody came into the pair nobody asks her.
    planned = _not_talked_since(of_pair.planned()).filter(falls_on__gte=OuterRef("since"))
    planned = planned.order_by("starts_at", "pk")
    mine = mine.filter(pair__shown_from__lt=clock.at(on + timedelta(days=1), time(0))).annotate(
        talk=Subquery(planned.values("pk")[:1]),
        talk_starts_at=Subquery(planned.values("starts_at")[:1]),
        talk_ends_at=Subquery(planned.values("ends_at")[:1]),
        last_held=Subquery(of_pair.held().order_by("-falls_on").values("falls_on")[:1]),
    )
    members = list(mine.select_related("pair__first_meeting", "pair__cohort"))
    last_held = {each.pair: each.last_held for each in members if not each.talk}
    open_question = still_asked(last_held, on=on)
    for each in members:
        step = _step(known[each.participant_id], each, open_question, on=on)
        if step:
            yield step


def _step(participant, member, open_question: dict, *, on: date) -> Step | None:
    pair = member.pair
    if member.talk:
        when = clock.span(member.talk_starts_at, member.talk_ends_at)
        if clock.local(member.talk_starts_at).date() >= on:
            url = reverse("conversation_detail", args=[member.talk])
            return Step(
                participant, f"Conversation on {when}", url, "You can move it or call it off.", "planned", order=20
            )
        url = reverse("conversation_edit", args=[member.talk])
        return Step(participant, f"Did you talk on {when}?", url, "Say so in a minute, or call it off.", order=20)
    if day := open_question.get(pair.pk):
        url = f"{reverse('conversation_log', args=[pair.pk])}?day={day.isoformat()}"
        return Step(
            participant, f"Did you meet on {clock.in_full(day)}?", url, "Your first meeting was then.", order=20
        )
    if pair.meeting or member.last_held:
        if pair.meeting and pair.meeting.is_to_come:
            return None
        return Step(
            participant,
            "Plan your next conversation",
            reverse("conversation_plan", args=[pair.pk]),
            "Each of you gets it for the calendar.",
            order=20,
        )
    return None


# Reminders


def reminders(*, on: date, until: date) -> Iterator[Reminder]:
    """Who hears of what is near, and who is asked whether two met. Three queries, and what the timelines take."""
    planned = list(_planned_around(on, until))
    questions = [*_unconfirmed(planned, on, until), *_silent(on, until)]
    near = [each for each in planned if each.falls_on >= on]
    people = _people({each.pair_id for each in near} | {each.pair for each in questions})
    for conversation in near:
        yield from _soon(conversation, people[conversation.pair_id])
    for question in questions:
        yield from _did_you_meet(question, people[question.pair])


def _planned_around(on: date, until: date):
    """What was planned for the two weeks past and is for these days and the next, unless they talked since."""
    around = _not_talked_since(Conversation.objects.planned()).filter(
        falls_on__gte=on - ASKED_FOR,
        falls_on__lte=until + timedelta(days=1),
        pair__ended_on=None,
    )
    return around.defer("summary").select_related("pair").order_by("falls_on", "pk")


def _not_talked_since(planned):
    """Without what a later conversation has overtaken: nobody is asked about it any more."""
    since = Conversation.objects.held().filter(pair=OuterRef("pair"), falls_on__gte=OuterRef("falls_on"))
    return planned.filter(~Exists(since))


def _people(pairs: set) -> dict:
    """{pair: its present memberships}. One query, none without pairs."""
    found = defaultdict(list)
    members = Membership.objects.live().filter(pair__in=pairs).select_related("participant__user")
    for each in members if pairs else ():
        found[each.pair_id].append(each)
    return found


def _soon(conversation: Conversation, people: list[Membership]) -> Iterator[Reminder]:
    """The day before at 09:00, and later as long as it still helps."""
    day_before = conversation.falls_on - timedelta(days=1)
    for each in people:
        yield Reminder(
            kind=SOON,
            to=each.participant.user,
            # The moment is part of it, so that what is moved is announced anew.
            about=f"{conversation.pk}:{conversation.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}",
            at=max(clock.at(day_before), conversation.changed_at + NEWS_LASTS),
            ref={
                "conversation": str(conversation.pk),
                "pair": str(conversation.pair_id),
                "starts": int(conversation.starts_at.timestamp()),
            },
            scope=each.cohort_id,
            until=conversation.starts_at,
        )


@dataclass(frozen=True)
class Question:
    """Whether the partners of a pair met: about what, since when, and on which days it is asked."""

    pair: UUID
    about: str
    since: date
    first: date
    last: date
    planned: UUID | None = None

    def is_asked(self, on: date, until: date) -> bool:
        return self.first <= until and max(on, self.first) <= self.last


def _unconfirmed(planned: list[Conversation], on: date, until: date) -> Iterator[Question]:
    """What was planned for a day before; of each pair the latest such day takes the place of the one before."""
    latest: dict[UUID, Question] = {}
    for each in planned:
        if each.pair.paused_on or each.falls_on >= until:
            continue
        day = each.falls_on
        if earlier := latest.get(each.pair_id):
            earlier = replace(earlier, last=day)
            if earlier.is_asked(on, until) and earlier.first <= day:
                yield earlier
        about = str(each.pk)
        latest[each.pair_id] = Question(each.pair_id, about, day, day + A_DAY, day + ASKED_FOR, each.pk)
    yield from (question for question in latest.values() if question.is_asked(on, until))


def _silent(on: date, until: date) -> Iterator[Question]:
    """First meetings of which nobody has said that they took place, and pairs whose rhythm has run out with nothing
    planned. One query; the timelines of the few for which it may be so.
    """
    of_pair = Conversation.objects.filter(pair=OuterRef("pk"))
    pairs = (
        Pair.objects.live()
        .filter(paused_on=None, shown_from__lt=clock.at(until, time(0)), cohort__ends_on__gte=on)
        .select_related("cohort", "first_meeting")
        .annotate(
            last_held=Subquery(of_pair.held().order_by("-falls_on").values("falls_on")[:1]),
            last_planned=Subquery(of_pair.planned().order_by("-falls_on").values("falls_on")[:1]),
        )
    )
    dated, quiet = [], []
    for pair in pairs:
        met_on = unconfirmed_first_meeting(pair, last_held=pair.last_held, on=until)
        if met_on and met_on < until:
            question = Question(pair.pk, "first", met_on, met_on + A_DAY, met_on + ASKED_FOR)
            if question.is_asked(on, until):
                dated.append((pair, question))
                continue
        elif pair.meeting and pair.meeting.starts_at >= clock.at(until, time(0)):
            continue  # it is ahead
        if _may_have_run_out(pair, until):
            quiet.append(pair)
    of_whom = [*(pair for pair, _ in dated), *quiet]
    told = timeline.of(of_whom, viewer=None) if of_whom else {}
    for pair, question in dated:
        # A visit on that day, or since, says that they met: then it is the rhythm that is asked about.
        if not any(entry.is_contact and entry.on >= question.since for entry in told[pair.pk]):
            yield question
        elif _may_have_run_out(pair, until):
            quiet.append(pair)
    for pair in quiet:
        yield from _run_out(pair, told[pair.pk], on, until)


def _run_out(pair: Pair, told: list[Entry], on: date, until: date) -> Iterator[Question]:
    """A week each time that the rhythm has run out once more since the last contact, and nothing is planned."""
    contact = max((entry.on for entry in told if entry.is_contact and entry.on <= on), default=None)
    base, rhythm = _base(pair, contact), _rhythm(pair)
    if base is None:
        return
    planned = [entry.on + A_DAY for entry in told if entry.state == "planned"]
    if pair.last_planned:  # about that day they are asked first
        planned.append(pair.last_planned + ASKED_FOR + A_DAY)
    for turn in sorted({(day - base).days // rhythm for day in (on, until)}):
        begins = base + timedelta(days=turn * rhythm)
        first, last = max([begins, *planned]), begins + timedelta(days=ONCE - 1)
        question = Question(pair.pk, f"rhythm-{turn}", base + A_DAY, first, last)
        if turn > 0 and question.is_asked(on, until):
            yield question


def _may_have_run_out(pair: Pair, on: date) -> bool:
    """Whether it is worth the timelines: visits and surgeries count as contact, and only they know of those."""
    if pair.last_planned and pair.last_planned + ASKED_FOR >= on:
        return False
    base = _base(pair, pair.last_held) or clock.local(pair.shown_from).date()
    return on - base >= timedelta(days=_rhythm(pair))


def _rhythm(pair: Pair) -> int:
    return max(pair.cohort.meets_every, ONCE)


def _base(pair: Pair, contact: date | None) -> date | None:
    """The day from which the rhythm counts: the last contact, or when they were to meet first.

    Who has neither is asked for a first meeting by the hall.
    """
    return contact or (clock.local(pair.meeting.starts_at).date() if pair.meeting else None)


def _did_you_meet(question: Question, people: list[Membership]) -> Iterator[Reminder]:
    since, planned = question.since.isoformat(), question.planned and str(question.planned)
    for each in people:
        if question.planned and each.since > question.since:
            continue  # she came into the pair later
        yield Reminder(
            kind=DID_YOU_MEET,
            to=each.participant.user,
            about=f"{question.pair}:{question.about}:{since}",
            at=clock.at(question.first),
            until=clock.at(question.last + A_DAY, time(0)),
            ref={"pair": str(question.pair), "about": question.about, "since": since, "planned": planned},
            scope=each.cohort_id,
            order=15,
        )
