"""What the pages of conversations show."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from conversations import starters
from conversations.choices import State
from conversations.models import Conversation, Note, Prompt
from elements import clock, timeline
from elements.house import is_switched_off
from elements.phrases import in_a_row
from pairs.history import is_beyond_first
from pairs.models import Pair
from pairs.partners import partnership, was_there
from projects.reading import said_in


def starters_of(cohort) -> list:
    """The questions of a cohort: its own rows, or the standard ones while it has none, by month. One query."""
    return list(Prompt.objects.filter(cohort=cohort).in_order()) or list(starters.STANDARD)


@dataclass(frozen=True)
class Offered:
    """The questions of a form: those suggested now, the others, and who reads the summary."""

    suggested: list
    others: list
    shared_with: str


def offered(pair: Pair, *, user, on: date, used=()) -> Offered:
    """What was used stands beside what is suggested, also where it is switched off since."""
    every = starters_of(pair.cohort)
    month = starters.month_of(since=clock.local(pair.shown_from).date(), on=on)
    first = starters.suggested(every, month=month)
    first = [each for each in every if each in first or each.code in used]
    others = [each for each in every if each not in first and each.is_active]
    return Offered(first, others, f"{you_and(pair, user=user)}. Leads never read it.")


def you_and(pair: Pair, *, user) -> str:
    """ "You and Alex Birch", of a pair read with its members."""
    seen = partnership(pair, user)
    return in_a_row(["You", *(person.name for person in seen.partners)]) if seen else "You"


@dataclass(frozen=True)
class TalkPage:
    """The page of one conversation: what is shared, and what the reader wrote for herself."""

    conversation: Conversation
    questions: list[str]
    note: str
    actions: list
    shared_with: str
    is_partner: bool
    may_change: bool
    on: date


def talk_page(conversation: Conversation, *, user) -> TalkPage:
    words = {each.code: each.words for each in starters_of(conversation.pair.cohort)}
    seen = partnership(conversation.pair, user)
    return TalkPage(
        conversation=conversation,
        questions=[words[code] for code in conversation.prompts if code in words],
        note=own_note(conversation, user=user),
        actions=[] if is_switched_off("projects", conversation.pair) else said_in(conversation.pk, user=user),
        shared_with=you_and(conversation.pair, user=user) if seen else "You and who was your partner then",
        is_partner=seen is not None,
        may_change=seen is not None and conversation.state != State.REMOVED,
        on=clock.today(),
    )


def member_since(pair: Pair, *, user) -> date | None:
    """The day on which somebody came into a pair read with its members; None for who is in it no longer."""
    mine = [each.since for each in pair.everybody if each.participant.user_id == user.pk and each.until is None]
    return mine[0] if mine else None


def own_note(conversation: Conversation, *, user) -> str:
    found = Note.objects.visible_to(user).filter(conversation=conversation).values_list("words", flat=True)
    return found.first() or ""


def talks_of(pair: Pair, *, user):
    """The conversations of a pair that this person may see, the latest first; without texts."""
    return Conversation.objects.visible_to(user).filter(pair=pair).latest_first().defer("summary")


@dataclass(frozen=True)
class Glance:
    """Of one pair: what is planned next, what waits for a word, and when they talked last."""

    next: Conversation | None
    waiting: Conversation | None
    last: Conversation | None
    first_meeting_on: date | None  # it was to be then, and nobody has said whether it took place


LOOKED_AT = 20


def glance(pair: Pair, *, user, now: datetime) -> Glance:
    """As far as this person may see it.

    One query, and one to each element where it may have to be asked whether the two met first.
    """
    today = clock.local(now).date()
    recent = Conversation.objects.visible_to(user).filter(Q(state=State.PLANNED) | Q(state=State.HELD), pair=pair)
    found = list(recent.latest_first().defer("summary")[:LOOKED_AT])
    held = [each for each in found if each.state == State.HELD]
    planned = [each for each in found if each.state == State.PLANNED]
    last = held[0] if held else None
    ahead = [each for each in planned if each.starts_at > now]
    waiting = [each for each in planned if each.starts_at <= now and (not last or last.falls_on < each.falls_on)]
    asked = still_asked({pair: last and last.falls_on}, on=today).get(pair.pk)
    mine = [each for each in pair.everybody if each.participant.user_id == user.pk]
    return Glance(
        next=ahead[-1] if ahead else None,
        waiting=waiting[0] if waiting else None,
        last=last,
        # Of a day before somebody came into the pair nobody asks her.
        first_meeting_on=asked if asked and any(was_there(each, pair, asked) for each in mine) else None,
    )


def still_asked(last_held: dict[Pair, date | None], *, on: date) -> dict:
    """{primary key of a pair: the day of a first meeting about which it is asked}, from when each talked last.

    A visit says as much as a conversation that two are in touch: each element is asked once, and none without need.
    """
    days = {pair: unconfirmed_first_meeting(pair, last_held=day, on=on) for pair, day in last_held.items()}
    days = {pair: day for pair, day in days.items() if day}
    told = timeline.of(days, viewer=None) if days else {}
    return {pair.pk: day for pair, day in days.items() if not is_beyond_first(told[pair.pk], on=on, day=day)}


def unconfirmed_first_meeting(pair: Pair, *, last_held: date | None, on: date) -> date | None:
    """The day of a first meeting that has come and of which nobody has said that it took place."""
    if pair.meeting is None:
        return None
    day = clock.local(pair.meeting.starts_at).date()
    is_over = day < on or (day == on and not pair.meeting.is_to_come)
    return day if is_over and (last_held is None or last_held < day) else None
