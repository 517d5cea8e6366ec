"""What messages about visits say: built at sending, from the row as it stands then.

Of what somebody typed only place and time go out: a setting in own words is "a visit", and what is hoped for, noticed
or written for the day stays on the page.
"""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from elements import clock
from elements.contract import Event, Kind, Placeholder
from elements.house import is_switched_off
from pairs.letters import by_code, places
from reminders.heard import written_to
from shadowing.actions.visit_news import AGREED, CALLED_OFF, MOVED, PROPOSED
from shadowing.choices import Part, VisitState, WayOff
from shadowing.host_sheet import dress_words
from shadowing.models import Visit
from shadowing.visits_due import CONFIRM, DEBRIEF, PREPARE, SOON, is_to_prepare

NO_PLACE = "Not agreed yet"
OWN_WORDS = "As you call it on the page of the visit"
OFF_IN_WORDS = {
    WayOff.DECLINED: "{partner} has said no to what you suggested: {what}.",
    WayOff.TAKEN_BACK: "{partner} suggested {what}, and has taken that back. You need not answer.",
    WayOff.CALLED_OFF: "{what_first} is called off.",
    WayOff.PUT_OFF: "{what_first} is put off.",
}
STANDS = (VisitState.AGREED, VisitState.READY)


def _read(ref) -> Visit:
    return Visit.objects.with_people().get(pk=ref["visit"])


def _found(ref, to, **more) -> Visit | None:
    """The visit if this person may still see it and both are partners, and it is as `more` says."""
    mine = Visit.objects.between_partners().filter(pk=ref["visit"], **more).with_people().first()
    if mine is None or not mine.part_of(to) or is_switched_off("shadowing", mine):
        return None
    return mine


def _me(visit: Visit, to):
    return visit.visitor if visit.part_of(to) == Part.VISITOR else visit.host


def _what(visit: Visit, to) -> str:
    """ "your visit to Alex Birch", or "Sam Ash's visit to you"."""
    other = visit.other(to).name
    return f"your visit to {other}" if visit.part_of(to) == Part.VISITOR else f"the visit of {other} to you"


def facts(ref, to, page: str = "visit_detail") -> dict[str, str]:
    """What every message about a visit may say."""
    visit = _read(ref)
    me, other = _me(visit, to), visit.other(to)
    what = _what(visit, to)
    return {
        "name": me.preferred_name or me.name,
        "partner": other.name,
        "what": what,
        "what_first": what[:1].upper() + what[1:],
        "setting": visit.setting.label if visit.setting_id else OWN_WORDS,
        "when": visit.when,
        "place": visit.site or NO_PLACE,
        "link": by_code(reverse(page, args=[visit.pk])),
    }


def uid_of(visit: Visit) -> str:
    return f"visit-{visit.pk}@pairedlearning"


def event(visit: Visit, user) -> Event:
    """The entry in the calendar of one of the two."""
    other = visit.other(user).name
    who = f"You visit {other}" if visit.part_of(user) == Part.VISITOR else f"{other} visits you"
    return Event(
        uid=uid_of(visit),
        sequence=visit.sequence,
        summary=f"{who}: {visit.setting.label}" if visit.setting_id else who,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        changed_at=visit.changed_at,
        place=visit.site,
        url=f"{settings.SITE_URL}{visit.get_absolute_url()}",
        cancelled=visit.is_off,
        cohort=visit.cohort_id,
        kind="shadowing visit",
        way="In person",
    )


# Proposed


def proposed_context(ref, to) -> dict[str, str]:
    """Who asks says so as a person would: it may be either of the two."""
    said = facts(ref, to)
    would = (
        "suggests that you visit their work" if _read(ref).part_of(to) == Part.VISITOR else "would like to visit you"
    )
    return said | {"sentence": f"{said['partner']} {would}."}


def proposed_is_wanted(ref, to) -> bool:
    """Whether it is still this person's to answer, as it was put then."""
    visit = _found(ref, to, state=VisitState.OFFERED, sequence=ref["sequence"])
    return visit is not None and visit.proposed_by_id != to.pk


# Agreed or moved


def stands(ref, to) -> bool:
    """Whether this is the newest there is to say of a visit that is to come."""
    return _found(ref, to, state__in=STANDS, sequence=ref["sequence"]) is not None


def event_of(ref, to) -> Event:
    return event(_read(ref), to)


def _heard(ref, to, *kinds: str) -> bool:
    """Whether a message of these kinds about this visit reached this reader, or may have."""
    return any(each.was_heard for each in written_to(to, kinds=kinds, visit=ref["visit"]))


# Off


def called_off_is_wanted(ref, to) -> bool:
    """Whether it is off, and this reader had heard of it or proposed it. What is off stays off: this is the newest."""
    visit = Visit.objects.filter(pk=ref["visit"]).select_related("visitor", "host").first()
    if visit is None or not visit.is_off or visit.part_of(to) is None:
        return False
    was_asked = written_to(to, kinds=[PROPOSED], visit=ref["visit"])
    return _heard(ref, to, PROPOSED, AGREED, MOVED, SOON) or not was_asked


def called_off_context(ref, to) -> dict[str, str]:
    visit = _read(ref)
    way = WayOff(ref.get("way") or (WayOff.PUT_OFF if visit.state == VisitState.REARRANGED else WayOff.CALLED_OFF))
    said = facts(ref, to)
    ask = f"If you do not know why, ask the leads of {visit.cohort.programme.name}."
    goes_on = Visit.objects.between_partners().filter(pk=visit.pk).exists()
    page = by_code(reverse("visit_list", args=[visit.pair_id]))
    said |= {
        "news": way.label,
        "sentence": OFF_IN_WORDS[way].format(**said),
        "calendar": "The file with this message takes it out of your calendar." if visit.agreed_at else "",
        "next": f"Your visits:\n{page}" if goes_on else ask,
    }
    del said["link"]
    return said


def called_off_event(ref, to) -> Event | None:
    """Only what was agreed stands in a calendar."""
    visit = _read(ref)
    return event(visit, to) if visit.agreed_at else None


# Near


def stands_then(ref, to) -> bool:
    """Whether it still is at that moment."""
    visit = _found(ref, to, state__in=STANDS)
    return visit is not None and int(visit.starts_at.timestamp()) == ref["starts"]


def soon_context(ref, to) -> dict[str, str]:
    """The words "today" and "tomorrow" are those of the moment of sending."""
    visit = _read(ref)
    day = clock.from_today(visit.day, on=clock.today())
    contact = visit.other(to)
    return facts(ref, to) | {
        "day": day[:1].upper() + day[1:],
        "time": clock.in_figures(visit.starts_at),
        "dress": dress_words(visit.flags),
        "contact": ", ".join(filter(None, [contact.name, contact.phone, contact.user.email])),
    }


# What is still to do


def prepare_is_wanted(ref, to) -> bool:
    visit = _found(ref, to, state=VisitState.AGREED)
    if visit is None or int(visit.starts_at.timestamp()) != ref["starts"]:
        return False
    return is_to_prepare(visit, visit.part_of(to))


def prepare_context(ref, to) -> dict[str, str]:
    visit = _read(ref)
    part = visit.part_of(to)
    items = len(visit.open_items(part))
    todo = ["Write what you hope to learn."] if part == Part.VISITOR and not visit.objectives else []
    todo += [f"{items} line{'' if items == 1 else 's'} of your checklist to tick."] if items else []
    todo += ["Agree on the place."] if not visit.site else []
    return facts(ref, to, "visit_prepare") | {"todo": "\n".join(todo)}


def confirm_context(ref, to) -> dict[str, str]:
    return facts(ref, to, "visit_confirm")


def debrief_is_wanted(ref, to) -> bool:
    return _found(ref, to, state=VisitState.DONE) is not None


def debrief_context(ref, to) -> dict[str, str]:
    return facts(ref, to, "visit_debrief")


NAME = Placeholder("name", "what the reader is called", "Sam")
PARTNER = Placeholder("partner", "the partner", "Alex Birch")
WHAT = Placeholder("what", "who visits whom", "your visit to Alex Birch", must_stay=True)
WHAT_FIRST = Placeholder("what_first", "the same at the start of a sentence", "Your visit to Alex Birch")
SETTING = Placeholder("setting", "the setting, where it is one of the list", "Operating theatre")
WHEN = Placeholder("when", "day and time", "Wednesday 6 January 2027, 2pm to 4pm", must_stay=True)
PLACE = Placeholder("place", "where", "Theatre 4, Riverside")
LINK = Placeholder("link", "the page of the visit", "https://pairs.example/visits/1/", must_stay=True)
COMMON = (NAME, PARTNER, WHAT, WHAT_FIRST, SETTING, WHEN, PLACE)
ASKS = Placeholder("sentence", "who asks for what", "Alex Birch would like to visit you.", must_stay=True)
TODO = Placeholder("todo", "what is still open", "Write what you hope to learn.", must_stay=True)

KINDS = (
    Kind(
        name=PROPOSED,
        label="A visit for you to answer",
        why="Sent to a partner who is offered or asked for a visit",
        context=proposed_context,
        wanted=proposed_is_wanted,
        places=places,
        confided=True,
        placeholders=(NAME, PARTNER, replace(WHAT, must_stay=False), WHAT_FIRST, SETTING, WHEN, PLACE, ASKS, LINK),
    ),
    Kind(
        name=AGREED,
        label="Visit agreed",
        why="Sent to both partners when they have agreed on a visit, for the calendar",
        context=facts,
        wanted=stands,
        places=places,
        event=event_of,
        confided=True,
        placeholders=(*COMMON, LINK),
    ),
    Kind(
        name=MOVED,
        label="Visit changed",
        why="Sent to both partners when a visit has another time, place or setting, for the calendar",
        context=facts,
        wanted=stands,
        places=places,
        event=event_of,
        confided=True,
        placeholders=(*COMMON, LINK),
    ),
    Kind(
        name=CALLED_OFF,
        label="Visit declined, called off or put off",
        why="Sent to partners who suggested a visit or heard of it, when it is off, so that it leaves the calendar",
        context=called_off_context,
        wanted=called_off_is_wanted,
        places=places,
        event=called_off_event,
        at_least_once=True,
        confided=True,
        placeholders=(
            NAME,
            PARTNER,
            Placeholder("what", "who visits whom", "your visit to Alex Birch"),
            WHAT_FIRST,
            SETTING,
            WHEN,
            PLACE,
            Placeholder("news", "what happened, for the subject", "Declined"),
            Placeholder("sentence", "the same as a sentence", "Your visit to Alex Birch is off.", must_stay=True),
            Placeholder(
                "calendar",
                "that it leaves the calendar, if it was in it",
                "The file with this message takes it out of your calendar.",
            ),
            Placeholder(
                "next",
                "where visits are arranged, or whom to ask",
                "Your visits:\nhttps://pairs.example/pairs/1/visits/",
                must_stay=True,
            ),
        ),
    ),
    Kind(
        name=SOON,
        label="Your visit is near",
        why="Sent to both partners at 9am on the day before a visit",
        context=soon_context,
        wanted=stands_then,
        places=places,
        optional=True,
        confided=True,
        placeholders=(
            *COMMON,
            Placeholder("day", "the day as a word, at the start of a sentence", "Tomorrow"),
            Placeholder("time", "the time it begins", "2pm"),
            Placeholder("dress", "what to wear", "As for work, with your badge"),
            Placeholder("contact", "whom to ring", "Alex Birch, 07700 900201, alex.birch@trust.example"),
            LINK,
        ),
    ),
    Kind(
        name=PREPARE,
        label="A visit to prepare",
        why="Sent three days before a visit to a partner who has left something open",
        context=prepare_context,
        wanted=prepare_is_wanted,
        places=places,
        nudge=True,
        confided=True,
        placeholders=(*COMMON, TODO, LINK),
    ),
    Kind(
        name=CONFIRM,
        label="Did your visit take place?",
        why="Sent to both partners the day after a visit that nobody has confirmed, and a week later",
        context=confirm_context,
        wanted=stands_then,
        places=places,
        nudge=True,
        confided=True,
        placeholders=(*COMMON, LINK),
    ),
    Kind(
        name=DEBRIEF,
        label="Talk your visit over",
        why="Sent once to both partners of a visit that they have not talked over",
        context=debrief_context,
        wanted=debrief_is_wanted,
        places=places,
        nudge=True,
        confided=True,
        placeholders=(*COMMON, LINK),
    ),
)
