"""A visit while it is changed: under a lock, by one of the two, from a state that allows it."""

from datetime import datetime

from cohorts.models import Participant
from elements.clock import in_full
from elements.refusals import Refusal
from pairs.actions.living import live
from pairs.models import Pair
from shadowing.choices import AHEAD, TRANSITIONS, VisitState
from shadowing.models import Reflection, Visit


class IsNoPartner(Refusal):
    """Only the partners themselves arrange visits, and only to each other."""


class CannotBe(Refusal):
    """The visit is not in a state from which this is possible."""


class VisitIsPast(Refusal):
    """The time lies in the past."""


class VisitIsThere(Refusal):
    """A visit of that day is known already: it counts once."""

    def __init__(self, other: Visit):
        self.other = other
        super().__init__(
            f"There is a visit of {in_full(other.day)} already. Confirm that one, or correct how long it took."
        )


class VisitHasChanged(Refusal):
    """It is no longer what the reader of the page saw."""


def mark(visit: Visit) -> str:
    """A mark of what a page shows of a visit's time, place and state."""
    return f"{visit.sequence}:{visit.state}"


def between_partners(pair: Pair, visitor: Participant, host: Participant, *, by, now: datetime) -> Pair:
    """The pair under a lock, if it goes on and has these two, one of them being `by`."""
    pair = live(pair)
    present = pair.memberships.live().filter(participant__in=[visitor, host])
    people = dict(present.values_list("participant", "participant__user"))
    if pair.shown_from > now or by.pk not in people.values() or len(people) != 2:
        raise IsNoPartner("Only partners arrange visits to each other.")
    return pair


def can_be_removed(visit: Visit, by) -> bool:
    """Whether it may have been logged by mistake: nobody arranged it here, it is not closed, and `by` can read no
    reflection on it. One that she cannot read changes nothing, so that she does not learn of it.
    """
    if not visit.is_day_only or visit.state not in {VisitState.DONE, VisitState.DEBRIEFED}:
        return False
    return not Reflection.objects.visible_to(by).filter(visit=visit).exists()


def held(visit: Visit) -> Visit | None:
    """The visit under a row lock, however its pair stands; None if it was removed. The pair is locked before it, as
    everybody does.
    """
    Pair.objects.select_for_update(of=("self",)).only("pk").get(pk=visit.pair_id)
    return Visit.objects.locked(visit)


def locked(visit: Visit, by) -> Visit:
    """The visit and its pair under a lock, of somebody who is in both: who has left a pair changes nothing there.

    Raises PairHasEnded, IsNoPartner.
    """
    pair = live(visit.pair)
    visit = Visit.objects.locked(visit)
    if visit is None:
        raise IsNoPartner("This visit was logged by mistake, and one of you has removed it.")
    visit.pair = pair
    if visit.part_of(by) is None:
        raise IsNoPartner("Only the visitor and the host change a visit.")
    if not visit.pair.memberships.live().filter(participant__user=by).exists():
        raise IsNoPartner("You have left this pair, so that its visits stay as they are.")
    return visit


def ahead(visit: Visit, by, now: datetime, seen: str) -> Visit:
    """The same of two who are both still partners; only while the visit is neither past nor off."""
    visit = locked(visit, by)
    present = set(visit.pair.memberships.live().values_list("participant", flat=True))
    if not {visit.visitor_id, visit.host_id} <= present:
        raise IsNoPartner("One of you two has left this pair, so that nothing more can be arranged here.")
    if visit.state not in AHEAD:
        raise CannotBe(f"This visit is {visit.get_state_display().lower()}, so it stays as it is.")
    if seen and seen != mark(visit):
        raise VisitHasChanged(
            f"This visit was changed while you had this page open. Now: {visit.when}, "
            f"{visit.get_state_display().lower()}. Send this page again if you still want to change it."
        )
    return visit


def move(visit: Visit, state: VisitState, refusal: str = "") -> None:
    """To another state, if the table allows it."""
    if state not in TRANSITIONS[VisitState(visit.state)]:
        raise CannotBe(refusal or f"This visit is {visit.get_state_display().lower()}, so it stays as it is.")
    visit.state = state


def weigh(visit: Visit) -> None:
    """Ready when nothing is left open, and agreed again when something is."""
    state = VisitState.READY if visit.is_prepared else VisitState.AGREED
    if visit.state != state:
        move(visit, state)
