"""A visit as one of the two reads it: who visits whom, what is next, who has done what."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from elements.clock import duration
from shadowing.actions.visit_in_hand import can_be_removed, mark
from shadowing.choices import OFF, TOOK_PLACE, Part, VisitState, WayOff
from shadowing.models import Visit

TO_COME = frozenset({VisitState.AGREED, VisitState.READY})
COLOURS = {
    VisitState.OFFERED: "yellow",
    VisitState.AGREED: "blue",
    VisitState.READY: "green",
    VisitState.DONE: "aqua-green",
    VisitState.DEBRIEFED: "aqua-green",
    VisitState.CLOSED: "grey",
    VisitState.CANCELLED: "grey",
    VisitState.REARRANGED: "grey",
}
LABELS = {
    VisitState.OFFERED: "Waiting for an answer",
    VisitState.DONE: "Took place",
    VisitState.DEBRIEFED: "Talked over",
    VisitState.REARRANGED: "Put off",
}


@dataclass(frozen=True)
class Off:
    """The page on which a visit is declined, taken back or called off, in words."""

    title: str
    button: str
    link: str  # what leads there
    said: str  # once it is done


OFF_PAGES = {
    WayOff.DECLINED: Off("Say no to a visit", "Say no", "Say no", "You said no. {other} gets an email that says so."),
    WayOff.TAKEN_BACK: Off(
        "Take back what you suggested",
        "Take it back",
        "Take it back",
        "Taken back. {other} gets an email that says so.",
    ),
    WayOff.CALLED_OFF: Off(
        "Call off a visit",
        "Call it off",
        "Call it off",
        "The visit is called off. Whoever was told of it gets an email that says so.",
    ),
}


@dataclass(frozen=True)
class Line:
    """A visit in the list of a pair."""

    url: str
    direction: str
    where: str
    when: str
    state: str
    colour: str
    took: str


@dataclass(frozen=True)
class Button:
    """A way on from the page of a visit; the first one is what is next."""

    label: str
    url: str


@dataclass(frozen=True)
class Share:
    """What one of the two sees to: `lines` are words, as the reader reads them, and whether it is ticked."""

    whose: str
    is_own: bool
    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class VisitPage:
    """What the page of a visit shows to one of the two."""

    line: Line
    other: object
    is_visitor: bool
    next: Button | None
    instead: Button | None  # the other answer, where what is next is a question
    says_next: str
    more: tuple[Button, ...]
    checklist: tuple[Share, ...]
    may_tick: bool  # her own lines, still
    offers_reflection: bool
    may_reflect: bool  # later, too
    seen: str  # what next is one press, sent with this mark of what stands here; "" where more is asked first
    successor: Visit | None
    may_change: bool  # she belongs to the pair now


def visit_line(visit: Visit, user, *, now: datetime) -> Line:
    state = VisitState(visit.state)
    return Line(
        url=visit.get_absolute_url(),
        direction=_direction(visit, user, now=now),
        where=visit.where,
        when=visit.when,
        # What was never agreed was not cancelled: somebody said no, or took it back.
        state="Not agreed" if visit.is_off and not visit.agreed_at else LABELS.get(state, state.label),
        colour=COLOURS[state],
        took=duration(visit.minutes) if visit.minutes else "",
    )


def _direction(visit: Visit, user, *, now: datetime) -> str:
    """Who visits whom. That somebody visited is said only of what took place."""
    other, is_visitor = visit.other(user).name, visit.part_of(user) == Part.VISITOR
    if visit.state in TOOK_PLACE:
        return f"You visited {other}" if is_visitor else f"{other} visited you"
    if visit.is_off or (visit.ends_at is not None and visit.ends_at <= now):
        return f"Your visit to {other}" if is_visitor else f"The visit of {other} to you"
    return f"You visit {other}" if is_visitor else f"{other} visits you"


def visit_page(visit: Visit, user, *, now: datetime, may_change: bool) -> VisitPage:
    """The page of a visit read `with_people()`; one query where it was put off, for the new one, and one where it was
    logged afterwards.

    Who has left the pair, and so may change nothing, is asked nothing and led nowhere that is closed to her.
    """
    part, other = visit.part_of(user), visit.other(user)
    says, step = _next(visit, user, part, other.name, now=now) if may_change else ("", None)
    return VisitPage(
        line=visit_line(visit, user, now=now),
        other=other,
        is_visitor=part == Part.VISITOR,
        next=step,
        instead=_instead(visit, now=now) if may_change else None,
        says_next=says,
        more=tuple(_more(visit, user, may_change=may_change)),
        may_change=may_change,
        checklist=shares(visit, user) if is_arranged(visit) else (),
        may_tick=may_change and visit.is_ahead,
        offers_reflection=may_change and part == Part.VISITOR and visit.state == VisitState.DEBRIEFED,
        may_reflect=visit.state in TOOK_PLACE,
        seen=mark(visit) if step and visit.state == VisitState.OFFERED and visit.starts_at else "",
        successor=_successor(visit, user),
    )


def shares(visit: Visit, user) -> tuple[Share, ...]:
    """The checklist as this one of the two reads it: her own part first, then that of the other."""
    mine, parted = visit.part_of(user), {True: [], False: []}
    for item in visit.items:
        is_own = item.part == mine
        parted[is_own].append((item.words if is_own else item.told, item.code in visit.ticks))
    found = (Share("You", True, tuple(parted[True])), Share(visit.other(user).name, False, tuple(parted[False])))
    return tuple(share for share in found if share.lines)


def _successor(visit: Visit, user) -> Visit | None:
    """The new one of a visit that was put off, if this reader may open it."""
    return Visit.objects.visible_to(user).filter(pk=visit.successor_id).first() if visit.successor_id else None


def _next(visit: Visit, user, part: Part, other: str, *, now: datetime) -> tuple[str, Button | None]:
    """What happens next, in words and as the way there."""

    def to(label: str, page: str) -> Button:
        return Button(label, reverse(page, args=[visit.pk]))

    if visit.state == VisitState.OFFERED:
        if visit.proposed_by_id == user.pk:
            return f"{other} has been asked and can say yes.", None
        return f"{other} suggests this visit.", to("Say yes", "visit_accept")
    if visit.state in TO_COME:
        if is_asked_about(visit, now=now):
            return "Did it take place?", to("Yes, it took place", "visit_confirm")
        if visit.state == VisitState.READY:
            if not visit.site:
                return "Everything is prepared but the place.", to("Say where you meet", "visit_edit")
            return "Everything is prepared.", to("See or change what is prepared", "visit_prepare")
        if visit.open_items(part) or (part == Part.VISITOR and not visit.objectives):
            return "Prepare it: a few minutes each.", to("Prepare the visit", "visit_prepare")
        return f"You are prepared. {other} still has something open.", to(
            "See or change what is prepared", "visit_prepare"
        )
    if visit.state == VisitState.DONE:
        return f"Talk it over with {other}: what you saw, what surprised you, what you will do.", to(
            "We have talked it over", "visit_debrief"
        )
    return "", None


def is_asked_about(visit: Visit, *, now: datetime) -> bool:
    """Whether its time has come, and nobody has said yet whether it took place."""
    return visit.state in TO_COME and visit.has_begun(now)


def _instead(visit: Visit, *, now: datetime) -> Button | None:
    """No is an answer as plain as yes."""
    return (
        Button("No, it did not", reverse("visit_missed", args=[visit.pk])) if is_asked_about(visit, now=now) else None
    )


def is_arranged(visit: Visit) -> bool:
    """Whether there is, or was, something to prepare: not for what is off, nor for what was logged afterwards."""
    return bool(visit.agreed_at) and visit.state not in OFF and not visit.is_day_only


def _more(visit: Visit, user, *, may_change: bool):
    """Ways on besides."""
    pages = []
    if is_arranged(visit):
        pages.append(("Sheet to print for the day", "visit_sheet"))
        pages.append(("Download that sheet (PDF)", "visit_sheet_pdf"))
    if may_change and visit.state in TOOK_PLACE:
        pages.append(("Correct how long it took", "visit_minutes"))
    if may_change and can_be_removed(visit, user):
        pages.append(("Logged by mistake? Remove it", "visit_remove"))
    if may_change and visit.is_ahead:
        change = "Suggest another time" if visit.state == VisitState.OFFERED else "Change time, place or setting"
        pages.append((change, "visit_edit"))
        if visit.agreed_at:
            pages.append(("Put it off, and suggest it anew", "visit_put_off"))
        pages.append((OFF_PAGES[visit.way_off(user)].link, "visit_call_off"))
    return [Button(label, reverse(page, args=[visit.pk])) for label, page in pages]
