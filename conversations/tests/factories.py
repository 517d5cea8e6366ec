"""Conversations in tests, made through the room's own actions."""

from datetime import date, time, timedelta

from django.utils import timezone

from conversations import actions
from conversations.models import Conversation, MeetingQuestion
from conversations.talk import Talk
from elements import clock

DAY = date(2027, 3, 5)


def planned(pair, by, day=DAY, hour=time(14), *, minutes=60, place="Canteen, North", **more) -> Conversation:
    starts_at = clock.at(day, hour)
    given = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes), "place": place}
    return actions.plan_conversation(pair=pair, by=by, **{"now": timezone.now(), **given, **more})


def held(pair, by, day=None, *, now=None, **more) -> Conversation:
    now = now or timezone.now()
    talk = Talk(falls_on=day or clock.local(now).date(), **more)
    return actions.log_conversation(pair=pair, talk=talk, by=by, now=now)


def asked(pair, participant, *, on=None, about="first", **more) -> MeetingQuestion:
    return actions.ask_whether_met(
        pair=pair, participant=participant, about=about, on=on or clock.today(), by=participant.user, **more
    )


def typed(day="5 3 2027", **more) -> dict[str, str]:
    """What a partner types into the page on which a conversation is logged."""
    boxes = {f"day_{number}": text for number, text in enumerate(day.split())}
    rows = {"deeds-TOTAL_FORMS": "1", "deeds-INITIAL_FORMS": "0", "deeds-0-words": ""}
    return {**boxes, **rows, **more}


def typed_today(**more) -> dict[str, str]:
    today = clock.today()
    return typed(f"{today.day} {today.month} {today.year}", **more)
