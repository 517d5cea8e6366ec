"""What messages about conversations say: built at sending, from the row as it stands then. No text of anybody's."""

from datetime import date

from django.utils import timezone

from conversations import actions, questions
from conversations.actions.news import CALLED_OFF, PLANNED
from conversations.choices import State
from conversations.models import Conversation
from conversations.talks_due import DID_YOU_MEET, SOON
from conversations.upcoming import event
from elements import clock, timeline
from elements.contract import Event, Kind, Placeholder
from elements.phrases import in_a_row
from pairs.addressing import (
    NAME,
    NO_PLACE,
    PARTNERS,
    PLACE,
    WHEN,
    called_off_facts,
    doer,
    has_heard,
    is_in,
    is_news,
    link,
    moments,
    names_of,
    own,
    own_through,
    partners,
    reader,
    was_reminded,
)
from pairs.letters import places, present
from pairs.models import Pair


def _read(ref) -> Conversation:
    return Conversation.objects.with_pair().get(pk=ref["conversation"])


def _where(conversation: Conversation) -> str:
    """Place and way in one line."""
    way = conversation.get_way_display()
    if conversation.place and way:
        return f"{conversation.place} ({way[:1].lower()}{way[1:]})"
    return conversation.place or way or NO_PLACE


# Planned or moved


def planned_is_wanted(ref, to) -> bool:
    """Whether this is the newest there is to say, to somebody who is still in the pair."""
    newest = {"pk": ref["conversation"], "sequence": ref["sequence"], "state": State.PLANNED}
    return Conversation.objects.filter(**newest, **own_through(to)).exists()


def planned_context(ref, to) -> dict[str, str]:
    conversation = _read(ref)
    is_change = _has_heard(ref, to)
    return {
        "name": reader(conversation.pair, to),
        "who": doer(conversation.pair, conversation.set_by_id, to) or "Your partner has",
        "did": "changed" if is_change else "planned",
        "news": "Changed: your conversation" if is_change else "Your conversation",
        "partners": in_a_row(partners(conversation.pair, to)),
        "when": conversation.when,
        "place": _where(conversation),
        "link": link("conversation_detail", conversation.pk),
    }


def _has_heard(ref, to) -> bool:
    return has_heard(ref, to, "conversation", arranged=PLANNED, called_off=CALLED_OFF)


def planned_event(ref, to) -> Event:
    conversation = _read(ref)
    return event(conversation, partners(conversation.pair, to))


# Called off


def called_off_is_wanted(ref, to) -> bool:
    """Whether the reader heard of a date, and nothing newer is to be said."""
    conversation = Conversation.objects.filter(pk=ref["conversation"]).first()
    if conversation is None or not (_has_heard(ref, to) or was_reminded(ref, to, "conversation", soon=SOON)):
        return False
    return is_news(conversation, ref, to)


def called_off_context(ref, to) -> dict[str, str]:
    conversation = _read(ref)
    again = f"Plan another:\n{link('conversation_plan', conversation.pair_id)}"
    return called_off_facts(conversation, ref, to, what="your conversation", again=again)


def called_off_event(ref, to) -> Event:
    """As it was when it was called off. No place: it takes something out."""
    conversation = Conversation.objects.get(pk=ref["conversation"])
    conversation.sequence, conversation.state, conversation.place = ref["sequence"], State.CALLED_OFF, ""
    conversation.starts_at, conversation.ends_at = moments(ref)
    return event(conversation, names_of(ref["with"]))


# Near


def soon_is_wanted(ref, to) -> bool:
    """Whether it still is at that moment, and the reader is one of them."""
    conversation = Conversation.objects.planned().filter(pk=ref["conversation"]).first()
    if conversation is None or int(conversation.starts_at.timestamp()) != ref["starts"]:
        return False
    return is_in(conversation.pair_id, to)


def soon_context(ref, to) -> dict[str, str]:
    """The words "today" and "tomorrow" are those of the moment of sending."""
    conversation = _read(ref)
    day = clock.from_today(conversation.falls_on, on=clock.today())
    hour = clock.in_figures(conversation.starts_at)
    return {
        "name": reader(conversation.pair, to),
        "day": day[:1].upper() + day[1:],
        "time": hour,
        "in_words": f"{day} at {hour}",
        "partners": in_a_row(partners(conversation.pair, to)),
        "when": conversation.when,
        "place": _where(conversation),
        "link": link("conversation_detail", conversation.pk),
    }


# Did you meet?


def did_you_meet_is_wanted(ref, to) -> bool:
    """Whether the reader is in the pair, it goes on, and nobody has said that they met since."""
    pair = Pair.objects.filter(pk=ref["pair"], paused_on=None, **own(to)).first()
    if pair is None:
        return False
    of_pair = Conversation.objects.filter(pair=ref["pair"])
    if of_pair.held().filter(falls_on__gte=ref["since"]).exists():
        return False
    if ref["planned"]:
        return of_pair.planned().filter(pk=ref["planned"], falls_on=ref["since"]).exists()
    if of_pair.ahead(now=timezone.now()).exists():
        return False
    # A visit, or a surgery together, says as well that they met.
    last = timeline.last_contacts([pair], on=clock.today())[pair.pk]
    return last is None or last < date.fromisoformat(ref["since"])


def did_you_meet_context(ref, to) -> dict[str, str]:
    """With the link, whose token is worked out here and nowhere kept."""
    pair = Pair.objects.with_members().get(pk=ref["pair"])
    me = next(person for person in present(pair) if person.user_id == to.pk)
    names, since = in_a_row(partners(pair, to)), date.fromisoformat(ref["since"])
    is_dated = not ref["about"].startswith("rhythm")
    question = actions.ask_whether_met(
        pair=pair,
        participant=me,
        about=f"{ref['about']}:{ref['since']}",
        on=clock.today(),
        suggests_on=since if is_dated else None,
        planned=Conversation.objects.filter(pk=ref["planned"]).first() if ref["planned"] else None,
        by=to,
    )
    asks = f"You were to meet {names} on {clock.in_full(since)}." if is_dated else _how_long(pair, names)
    return {
        "name": reader(pair, to),
        "partners": names,
        "asks": asks,
        "link": questions.address_of(question),
        "plan": link("conversation_plan", pair.pk),
    }


def _how_long(pair: Pair, names: str) -> str:
    return f"No conversation with {names} has been recorded here for {pair.cohort.meets_every} days or more."


LINK = Placeholder("link", "the page of the conversation", "https://pairs.example/conversations/1/", must_stay=True)
KINDS = (
    Kind(
        name=PLANNED,
        label="Conversation planned or changed",
        why="Sent to each partner when one of them plans or moves a conversation, for the calendar",
        context=planned_context,
        wanted=planned_is_wanted,
        places=places,
        event=planned_event,
        confided=True,
        placeholders=(
            NAME,
            Placeholder("news", "whether it is new", "Your conversation"),
            Placeholder("who", "who planned or changed it", "Alex Birch has"),
            Placeholder("did", "planned or changed", "planned"),
            PARTNERS,
            WHEN,
            PLACE,
            LINK,
        ),
    ),
    Kind(
        name=CALLED_OFF,
        label="Conversation called off",
        why="Sent when a conversation is called off, to each partner told of it, so that it leaves the calendar",
        context=called_off_context,
        wanted=called_off_is_wanted,
        places=places,
        event=called_off_event,
        at_least_once=True,
        confided=True,
        placeholders=(
            NAME,
            Placeholder("news", "what happened", "Alex Birch has called off your conversation.", must_stay=True),
            PARTNERS,
            WHEN,
            Placeholder(
                "next",
                "where another is planned, or whom to ask",
                "Plan another:\nhttps://pairs.example/pairs/1/conversations/plan/",
                must_stay=True,
            ),
        ),
    ),
    Kind(
        name=SOON,
        label="Your conversation is near",
        why="Sent to each partner at 9am on the day before a planned conversation",
        context=soon_context,
        wanted=soon_is_wanted,
        places=places,
        optional=True,
        confided=True,
        placeholders=(
            NAME,
            Placeholder("day", "the day as a word, at the start of a sentence", "Tomorrow"),
            Placeholder("time", "the time it begins", "2pm"),
            Placeholder("in_words", "day and time in a sentence", "tomorrow at 2pm"),
            PARTNERS,
            WHEN,
            PLACE,
            LINK,
        ),
    ),
    Kind(
        name=DID_YOU_MEET,
        label="Did you meet?",
        why="Sent to partners the day after a planned conversation or first meeting that nobody has confirmed, and "
        "when their rhythm has run out with nothing planned",
        context=did_you_meet_context,
        wanted=did_you_meet_is_wanted,
        places=places,
        nudge=True,
        secret=True,
        placeholders=(
            NAME,
            PARTNERS,
            Placeholder("asks", "why we ask", "You were to meet Alex Birch on Wednesday 6 January 2027."),
            Placeholder("link", "where yes is said", "https://pairs.example/met/1/", must_stay=True),
            Placeholder("plan", "where another is planned", "https://pairs.example/pairs/1/conversations/plan/"),
        ),
    ),
)
