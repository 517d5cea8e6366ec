"""What messages about a first meeting say: built at sending, from the row as it stands then."""

from django.db.models import Prefetch

from elements import clock, timeline
from elements.contract import Event, Kind, Placeholder
from elements.phrases import in_a_row
from pairs.actions.meeting_news import CALLED_OFF, SET
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
from pairs.first_meetings import MISSING, SOON, event
from pairs.letters import places
from pairs.models import FirstMeeting, Membership, Pair


def _read(ref) -> FirstMeeting:
    """The meeting with its pair and everybody who is or was in it."""
    members = Prefetch(
        "pair__memberships", queryset=Membership.objects.select_related("participant"), to_attr="everybody"
    )
    return (
        FirstMeeting.objects.select_related("pair__cohort__programme").prefetch_related(members).get(pk=ref["meeting"])
    )


# Arranged or moved


def set_is_wanted(ref, to) -> bool:
    """Whether this is the newest there is to say, to somebody who is still in the pair."""
    newest = {"pk": ref["meeting"], "sequence": ref["sequence"], "called_off": False}
    return FirstMeeting.objects.filter(**newest, **own_through(to)).exists()


def set_context(ref, to) -> dict[str, str]:
    meeting = _read(ref)
    is_change = _has_heard(ref, to)
    return {
        "name": reader(meeting.pair, to),
        "who": doer(meeting.pair, meeting.set_by_id, to) or "Your partner has",
        "did": "changed" if is_change else "arranged",
        "news": "Changed: your first meeting" if is_change else "Your first meeting",
        "partners": in_a_row(partners(meeting.pair, to)),
        "when": meeting.when,
        "place": meeting.place or NO_PLACE,
        "link": link("pair_detail", meeting.pair_id),
    }


def _has_heard(ref, to) -> bool:
    return has_heard(ref, to, "meeting", arranged=SET, called_off=CALLED_OFF)


def set_event(ref, to) -> Event:
    meeting = _read(ref)
    return event(meeting, partners(meeting.pair, to))


# Called off


def called_off_is_wanted(ref, to) -> bool:
    """Whether the reader heard of a date, and nothing newer is to be said."""
    meeting = FirstMeeting.objects.filter(pk=ref["meeting"]).first()
    if meeting is None or not (_has_heard(ref, to) or was_reminded(ref, to, "meeting", soon=SOON)):
        return False
    return is_news(meeting, ref, to)


def called_off_context(ref, to) -> dict[str, str]:
    meeting = _read(ref)
    again = f"Agree on another day:\n{link('meeting_edit', meeting.pair_id)}"
    return called_off_facts(meeting, ref, to, what="your first meeting", again=again)


def called_off_event(ref, to) -> Event:
    """As it was when it was called off. No place: it takes something out."""
    meeting = FirstMeeting.objects.get(pk=ref["meeting"])
    meeting.sequence, meeting.called_off, meeting.place = ref["sequence"], True, ""
    meeting.starts_at, meeting.ends_at = moments(ref)
    return event(meeting, names_of(ref["with"]))


# Near


def soon_is_wanted(ref, to) -> bool:
    """Whether it still is at that moment, and the reader is one of the two."""
    meeting = FirstMeeting.objects.filter(pk=ref["meeting"], called_off=False).first()
    if meeting is None or int(meeting.starts_at.timestamp()) != ref["starts"]:
        return False
    return is_in(meeting.pair_id, to)


def soon_context(ref, to) -> dict[str, str]:
    """The words "today" and "tomorrow" are those of the moment of sending."""
    meeting = _read(ref)
    day = clock.from_today(clock.local(meeting.starts_at).date(), on=clock.today())
    hour = clock.in_figures(meeting.starts_at)
    return {
        "name": reader(meeting.pair, to),
        "day": day[:1].upper() + day[1:],
        "time": hour,
        "in_words": f"{day} at {hour}",
        "partners": in_a_row(partners(meeting.pair, to)),
        "when": meeting.when,
        "place": meeting.place or NO_PLACE,
        "link": link("pair_detail", meeting.pair_id),
    }


# Missing


def missing_is_wanted(ref, to) -> bool:
    """Whether the pair goes on without a date, the reader is in it, a day can still be entered, and they never met."""
    pairs = Pair.objects.filter(pk=ref["pair"], paused_on=None, cohort__ends_on__gte=clock.today(), **own(to))
    pair = pairs.select_related("first_meeting").first()
    if pair is None or pair.meeting is not None:
        return False
    return timeline.last_contacts([pair], on=clock.today())[pair.pk] is None


def missing_context(ref, to) -> dict[str, str]:
    pair = Pair.objects.with_members().get(pk=ref["pair"])
    day = clock.in_full(pair.first_meeting_by)
    is_past = pair.first_meeting_by < clock.today()
    return {
        "name": reader(pair, to),
        "partners": in_a_row(partners(pair, to)),
        "meet_by": f"The day to meet by was {day}." if is_past else f"Please meet by {day}.",
        "by_day": f", which was due by {day}" if is_past else f", to meet by {day}",
        "link": link("meeting_edit", pair.pk),
    }


LINK = Placeholder("link", "the page of the pair", "https://pairs.example/pairs/1/", must_stay=True)
KINDS = (
    Kind(
        name=SET,
        label="First meeting arranged or changed",
        why="Sent to each partner when one of them arranges or changes their first meeting, for the calendar",
        context=set_context,
        wanted=set_is_wanted,
        event=set_event,
        confided=True,
        places=places,
        placeholders=(
            NAME,
            Placeholder("news", "whether it is new", "Your first meeting"),
            Placeholder("who", "who arranged or changed it", "Alex Birch has"),
            Placeholder("did", "arranged or changed", "arranged"),
            PARTNERS,
            WHEN,
            PLACE,
            LINK,
        ),
    ),
    Kind(
        name=CALLED_OFF,
        label="First meeting called off",
        why="Sent when a first meeting is called off, to each partner told of it, so that it leaves the calendar",
        context=called_off_context,
        wanted=called_off_is_wanted,
        event=called_off_event,
        at_least_once=True,
        places=places,
        placeholders=(
            NAME,
            Placeholder("news", "what happened", "Alex Birch has called off your first meeting.", must_stay=True),
            PARTNERS,
            WHEN,
            Placeholder(
                "next",
                "where another day is entered, or whom to ask",
                "Agree on another day:\nhttps://pairs.example/pairs/1/first-meeting/",
                must_stay=True,
            ),
        ),
    ),
    Kind(
        name=SOON,
        label="Your first meeting is near",
        why="Sent to each partner at 9am on the day before their first meeting",
        context=soon_context,
        wanted=soon_is_wanted,
        optional=True,
        confided=True,
        places=places,
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
        name=MISSING,
        label="No date for the first meeting yet",
        why="Sent to partners who have no date for their first meeting a week after they were told, and a week later",
        context=missing_context,
        wanted=missing_is_wanted,
        nudge=True,
        tells_lead=True,
        places=places,
        placeholders=(
            NAME,
            PARTNERS,
            Placeholder("meet_by", "the day to meet by, as a sentence", "Please meet by Monday 15 February 2027."),
            Placeholder("by_day", "that day for the subject, ahead or past", ", to meet by Monday 15 February 2027"),
            Placeholder(
                "link", "where the day is entered", "https://pairs.example/pairs/1/first-meeting/", must_stay=True
            ),
        ),
    ),
)
