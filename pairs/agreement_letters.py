"""What messages about a learning agreement say: that there is something to sign or to look at, never its words."""

from typing import Any

from django.urls import reverse

from elements import clock
from elements.contract import Kind, Placeholder
from elements.phrases import in_a_row
from pairs.agreements import GOALS, MISSING, REVIEW, TO_SIGN, Accord, accord_of, reviewed
from pairs.letters import by_code, places
from pairs.looking_back import asked_at, goal_points
from pairs.models import Pair


def _read(ref: dict[str, Any]) -> Accord | None:
    """The agreement of a pair that goes on; None where it has ended."""
    pair = Pair.objects.live().with_members().filter(pk=ref["pair"]).first()
    return accord_of(pair) if pair else None


def _me(accord: Accord | None, to):
    members = accord.members if accord else ()
    return next((person for person in members if person.user_id == getattr(to, "pk", None)), None)


def _shared(accord: Accord, to, page: str) -> dict[str, str]:
    me = _me(accord, to)
    return {
        "name": (me.preferred_name or me.name) if me else to.name,
        "partners": in_a_row([person.name for person in accord.members if person.user_id != to.pk]),
        "link": by_code(reverse(page, args=[accord.pair.pk])),
    }


def to_sign_is_wanted(ref, to) -> bool:
    """Whether this version is still the newest, and the reader has not signed it."""
    accord, me = (found := _read(ref)), _me(found, to)
    return me is not None and accord.must_sign(me) and str(accord.newest.pk) == ref["agreement"]


def to_sign_context(ref, to) -> dict[str, str]:
    accord = _read(ref)
    signed = [person.name for person in accord.members if person not in accord.unsigned(accord.newest)]
    writer = accord.newest.written_by
    if signed:
        news = f"{in_a_row(signed)} {'has' if len(signed) == 1 else 'have'} signed your learning agreement."
    else:
        did = "written" if accord.newest.version == 1 else "changed"
        news = f"{writer.name if writer else 'Your partner'} has {did} your learning agreement."
    return {**_shared(accord, to, "agreement_detail"), "news": news}


def review_is_wanted(ref, to) -> bool:
    """Whether that version is still in force."""
    accord, me = (found := _read(ref)), _me(found, to)
    return me is not None and accord.in_force is not None and str(accord.in_force.pk) == ref["agreement"]


def review_context(ref, to) -> dict[str, str]:
    return _shared(_read(ref), to, "agreement_detail")


def missing_is_wanted(ref, to) -> bool:
    accord, me = (found := _read(ref)), _me(found, to)
    if me is None or accord.pair.paused_on or accord.in_force:
        return False
    return accord.newest is None or accord.must_sign(me)


def missing_context(ref, to) -> dict[str, str]:
    accord = _read(ref)
    is_written = accord.newest is not None
    return {
        **_shared(accord, to, "agreement_detail" if is_written else "agreement_edit"),
        "do": "Sign" if is_written else "Write",
    }


def goals_are_wanted(ref, to) -> bool:
    """Whether it is still the time for it, and a goal is not marked."""
    accord, me = (found := _read(ref)), _me(found, to)
    if me is None or accord.pair.paused_on or not accord.in_force:
        return False
    point = asked_at(goal_points(accord.pair, accord.pair.cohort), accord.pair.cohort, clock.today())
    marked = reviewed([accord.in_force])[accord.in_force.pk, point]
    return point == ref["point"] and marked < len(accord.in_force.goals)


def goals_context(ref, to) -> dict[str, str]:
    return _shared(_read(ref), to, "goals_review")


NAME = Placeholder("name", "what the reader is called", "Sam")
PARTNERS = Placeholder("partners", "the partner, or both of them", "Alex Birch", must_stay=True)
LINK = Placeholder("link", "the page of the agreement", "https://pairs.example/pairs/1/agreement/", must_stay=True)
KINDS = (
    Kind(
        name=TO_SIGN,
        label="A learning agreement to sign",
        why="Sent to a partner ten minutes after the other has written, changed or signed their learning agreement",
        context=to_sign_context,
        wanted=to_sign_is_wanted,
        places=places,
        confided=True,
        placeholders=(
            NAME,
            Placeholder("news", "what happened", "Alex Birch has signed your learning agreement.", must_stay=True),
            PARTNERS,
            LINK,
        ),
    ),
    Kind(
        name=REVIEW,
        label="The day to look at a learning agreement again",
        why="Sent to each partner at 9am on the day that their learning agreement names",
        context=review_context,
        wanted=review_is_wanted,
        places=places,
        optional=True,
        confided=True,
        placeholders=(NAME, PARTNERS, LINK),
    ),
    Kind(
        name=MISSING,
        label="No signed learning agreement yet",
        why="Sent to partners without a signed agreement two weeks after they were told, and a week later",
        context=missing_context,
        wanted=missing_is_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, Placeholder("do", "write or sign", "Write"), PARTNERS, LINK),
    ),
    Kind(
        name=GOALS,
        label="Look at your goals again",
        why="Sent to partners half way and two weeks before the end, until their goals are marked, and a week later",
        context=goals_context,
        wanted=goals_are_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, PARTNERS, LINK),
    ),
)
