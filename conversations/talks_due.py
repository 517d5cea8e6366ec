"""Who hears of a conversation that is near, and who is asked whether two met: from today's rows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery

from conversations.models import Conversation
from conversations.reading import unconfirmed_first_meeting
from elements import clock, timeline
from elements.contract import Entry, Reminder
from pairs.models import Membership, Pair
from pairs.partners import was_there

SOON, DID_YOU_MEET = "conversations.soon", "conversations.did_you_meet"
NEWS_LASTS = timedelta(hours=3)  # who was told of it just now is not told again at once
FIRST = "first"  # the question about a first meeting
ASKED_FOR = timedelta(days=14)  # so long somebody is asked about one day
A_DAY = timedelta(days=1)
ONCE = 7  # days: a request goes out again after a week, so that within one it goes out once


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
    around = (
        Conversation.objects.planned()
        .not_talked_since()
        .filter(
            falls_on__gte=on - ASKED_FOR,
            falls_on__lte=until + timedelta(days=1),
            pair__ended_on=None,
        )
    )
    return around.defer("summary").select_related("pair").order_by("falls_on", "pk")


def _people(pairs: set) -> dict:
    """{pair: its present memberships}. One query, none without pairs."""
    found = defaultdict(list)
    members = Membership.objects.live().filter(pair__in=pairs).select_related("participant__user", "pair")
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

    @property
    def is_of_one_day(self) -> bool:
        return self.planned is not None or self.about == FIRST

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
            question = Question(pair.pk, FIRST, met_on, met_on + A_DAY, met_on + ASKED_FOR)
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
        if question.is_of_one_day and not was_there(each, each.pair, question.since):
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
