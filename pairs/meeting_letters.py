"""What messages about a first meeting say: built at sending, from the row as it stands then."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from cohorts.models import Participant
from elements import clock
from elements.contract import Event, Kind, Placeholder
from pairs.actions.meeting_news import CALLED_OFF, SET
from pairs.first_meetings import MISSING, SOON, event
from pairs.letters import by_code, in_a_row, places, present
from pairs.models import FirstMeeting, Membership, Pair
from reminders.heard import last_heard, written_to

NO_PLACE = "Not agreed yet"


def _own(to) -> dict[str, Any]:
    """The condition that somebody belongs to a pair now, for a query of pairs."""
    return {"memberships__participant__user": getattr(to, "pk", None), "memberships__until": None, "ended_on": None}


def _is_partner(pair_id, to) -> bool:
    return Pair.objects.filter(pk=pair_id, **_own(to)).exists()


def _read(ref) -> FirstMeeting:
    """The meeting with its pair and everybody who is or was in it."""
    members = Prefetch(
        "pair__memberships", queryset=Membership.objects.select_related("participant"), to_attr="everybody"
    )
    return (
        FirstMeeting.objects.select_related("pair__cohort__programme").prefetch_related(members).get(pk=ref["meeting"])
    )


def _called(pair: Pair, to) -> str:
    """What to call the reader."""
    me = next((each.participant for each in pair.everybody if each.participant.user_id == to.pk), None)
    return (me.preferred_name or me.name) if me else to.name


def _partners(pair: Pair, to) -> list[str]:
    return [person.name for person in present(pair) if person.user_id != to.pk]


def _who(meeting: FirstMeeting, to) -> str:
    """Who changed it last, as the reader would say it; "" for somebody who does not belong to the pair."""
    if meeting.set_by_id == to.pk:
        return "You have"
    doer = next((person.name for person in present(meeting.pair) if person.user_id == meeting.set_by_id), "")
    return f"{doer} has" if doer else ""


def _link(pair_id, page: str = "pair_detail") -> str:
    return by_code(reverse(page, args=[pair_id]))


# Arranged or moved


def set_is_wanted(ref, to) -> bool:
    """Whether this is the newest there is to say, to somebody who is still in the pair."""
    newest = {"pk": ref["meeting"], "sequence": ref["sequence"], "called_off": False}
    own = {f"pair__{name}": value for name, value in _own(to).items()}
    return FirstMeeting.objects.filter(**newest, **own).exists()


def set_context(ref, to) -> dict[str, str]:
    meeting = _read(ref)
    has_heard = _has_heard(ref, to)
    return {
        "name": _called(meeting.pair, to),
        "who": _who(meeting, to) or "Your partner has",
        "did": "changed" if has_heard else "arranged",
        "news": "Changed: your first meeting" if has_heard else "Your first meeting",
        "partners": in_a_row(_partners(meeting.pair, to)),
        "when": meeting.when,
        "place": meeting.place or NO_PLACE,
        "link": _link(meeting.pair_id),
    }


def _has_heard(ref, to) -> bool:
    """Whether the last that reached this reader, or may have, was a date: who heard of none, hears of a new one."""
    history = written_to(to, kinds=[SET, CALLED_OFF], meeting=ref["meeting"])
    return last_heard(history, before=ref["sequence"]) == SET


def set_event(ref, to) -> Event:
    meeting = _read(ref)
    return event(meeting, _partners(meeting.pair, to))


# Called off


def called_off_is_wanted(ref, to) -> bool:
    """Whether the reader heard of a date, and this is the newest or goes to somebody who has left, whom nothing newer
    will reach.
    """
    meeting = FirstMeeting.objects.filter(pk=ref["meeting"]).first()
    if meeting is None or not (_has_heard(ref, to) or _was_reminded(ref, to)):
        return False
    return meeting.sequence == ref["sequence"] or not _is_partner(meeting.pair_id, to)


def _was_reminded(ref, to) -> bool:
    """Whether the reader heard of this moment the day before, whatever became of the message that set it."""
    reminders = written_to(to, kinds=[SOON], meeting=ref["meeting"])
    return any(each.was_heard and each.ref["starts"] == ref["starts"] for each in reminders)


def _moments(ref) -> tuple[datetime, datetime]:
    return tuple(datetime.fromtimestamp(ref[name], UTC) for name in ("starts", "ends"))


def _with(ref) -> list[str]:
    """Whom somebody was to meet: one of them may have left since."""
    return list(Participant.objects.filter(pk__in=ref["with"]).order_by("side", "name").values_list("name", flat=True))


def called_off_context(ref, to) -> dict[str, str]:
    meeting = _read(ref)
    pair, partners = meeting.pair, in_a_row(_with(ref))
    goes_on = not pair.ended_on and any(person.user_id == to.pk for person in present(pair))
    who = _who(meeting, to) if goes_on and meeting.sequence == ref["sequence"] else ""
    ask = f"If you do not know why, ask the leads of {pair.cohort.programme.name}."
    return {
        "name": _called(pair, to),
        "news": f"{who} called off your first meeting." if who else "Your first meeting is called off.",
        "partners": partners,
        "when": clock.span(*_moments(ref)),
        "next": f"Agree on another day:\n{_link(pair.pk, 'meeting_edit')}" if goes_on else ask,
    }


def called_off_event(ref, to) -> Event:
    """As it was when it was called off. No place: it takes something out."""
    meeting = FirstMeeting.objects.get(pk=ref["meeting"])
    meeting.sequence, meeting.called_off, meeting.place = ref["sequence"], True, ""
    meeting.starts_at, meeting.ends_at = _moments(ref)
    return event(meeting, _with(ref))


# Near


def soon_is_wanted(ref, to) -> bool:
    """Whether it still is at that moment, and the reader is one of the two."""
    meeting = FirstMeeting.objects.filter(pk=ref["meeting"], called_off=False).first()
    if meeting is None or int(meeting.starts_at.timestamp()) != ref["starts"]:
        return False
    return _is_partner(meeting.pair_id, to)


def soon_context(ref, to) -> dict[str, str]:
    """The words "today" and "tomorrow" are those of the moment of sending."""
    meeting = _read(ref)
    day = clock.from_today(clock.local(meeting.starts_at).date(), on=clock.today())
    hour = clock.in_figures(meeting.starts_at)
    return {
        "name": _called(meeting.pair, to),
        "day": day[:1].upper() + day[1:],
        "time": hour,
        "in_words": f"{day} at {hour}",
        "partners": in_a_row(_partners(meeting.pair, to)),
        "when": meeting.when,
        "place": meeting.place or NO_PLACE,
        "link": _link(meeting.pair_id),
    }


# Missing


def missing_is_wanted(ref, to) -> bool:
    """Whether the pair goes on without a date, the reader is in it, and a day can still be entered."""
    pairs = Pair.objects.filter(pk=ref["pair"], paused_on=None, cohort__ends_on__gte=clock.today(), **_own(to))
    pair = pairs.select_related("first_meeting").first()
    return pair is not None and pair.meeting is None


def missing_context(ref, to) -> dict[str, str]:
    pair = Pair.objects.with_members().get(pk=ref["pair"])
    day = clock.in_full(pair.first_meeting_by)
    is_past = pair.first_meeting_by < clock.today()
    return {
        "name": _called(pair, to),
        "partners": in_a_row(_partners(pair, to)),
        "meet_by": f"The day to meet by was {day}." if is_past else f"Please meet by {day}.",
        "by_day": f", which was due by {day}" if is_past else f", to meet by {day}",
        "link": _link(pair.pk, "meeting_edit"),
    }


NAME = Placeholder("name", "what the reader is called", "Sam")
PARTNERS = Placeholder("partners", "the partner, or both of them", "Alex Birch", must_stay=True)
WHEN = Placeholder("when", "day and time", "Wednesday 6 January 2027, 2pm to 3pm", must_stay=True)
PLACE = Placeholder("place", "where", "Canteen, Riverside", must_stay=True)
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
