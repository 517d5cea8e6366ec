"""What pages are composed of: each part asked of every element once, in the order of the house."""

from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter, itemgetter

from elements.contract import Attention, Door, Element, Panel, RecordLine, Stage, Step
from elements.registry import all_elements

SOON = timedelta(days=7)  # a day this near is pressing, whatever else there is to do

_in_order = attrgetter("order")


def _all(part: str, **asked) -> Iterable:
    return chain.from_iterable(getattr(element, part)(**asked) for element in all_elements())


def _is_used(element: Element, cohort) -> bool:
    """Whether a cohort, or a page without one, has not switched the element off."""
    return cohort is None or not element.optional or element.slug not in cohort.elements_off


def is_switched_off(app: str, about) -> bool:
    """Whether the cohort of this thing has switched off the element of an app; the thing may be the cohort itself.

    Whatever an optional element has pages about says which cohort it belongs to, by a column or a property `cohort`.
    """
    element = next((each for each in all_elements() if each.app == app), None)
    if element is None or not element.optional or about is None:
        return False
    return not _is_used(element, about if hasattr(about, "elements_off") else about.cohort)


def used_by(cohort) -> list[Element]:
    """The elements that a cohort has not switched off."""
    return [element for element in all_elements() if _is_used(element, cohort)]


def _of_cohort(part: str, cohort, **asked) -> Iterable:
    return chain.from_iterable(getattr(element, part)(cohort=cohort, **asked) for element in used_by(cohort))


def doors(*, viewer, where: str, pair=None, cohort=None) -> list[Door]:
    """Links that belong at this place, none of them through a query.

    What somebody keeps of a pair that is over she finds also where the cohort has switched the element off since.
    """
    used = all_elements() if where == "kept" else used_by(cohort or getattr(pair, "cohort", None))
    found = chain.from_iterable(element.doors(viewer=viewer, pair=pair, cohort=cohort) for element in used)
    return sorted((door for door in found if door.where == where), key=_in_order)


def panels(*, pair, viewer) -> list[Panel]:
    return sorted(_all("panels", pair=pair, viewer=viewer), key=_in_order)


def panels_on_home(*, pair, viewer) -> list[Panel]:
    """Those of a pair that its partners have on their home page: only elements with such a panel are asked."""
    asked = (element.panels(pair=pair, viewer=viewer) for element in all_elements() if element.is_on_home)
    return sorted((panel for panel in chain.from_iterable(asked) if panel.on_home), key=_in_order)


def about(*, participant, viewer) -> list[Panel]:
    return sorted(_all("about", participant=participant, viewer=viewer), key=_in_order)


def next_steps(*, participants, on: date, but_of: str = "") -> list[Step]:
    """The task list, as `in_order_of_steps` has it.

    `but_of` is the element of a page that says its own by itself.
    """
    asked = [element for element in all_elements() if element.slug != but_of]
    found = chain.from_iterable(element.next_steps(participants=participants, on=on) for element in asked)
    return in_order_of_steps(list(found), on=on)


def in_order_of_steps(steps: list[Step], *, on: date) -> list[Step]:
    """What is left before what is done: what is overdue, due today or soon, then the order of the programme.

    Of two with a day the earlier one comes first, always: whatever is due before a step stands as high as that step
    does. What has no day keeps its place in the programme, so that an agreement to write is above a far-off day.
    """
    done = sorted((step for step in steps if step.state == "done"), key=_in_programme)
    left = [step for step in steps if step.state != "done"]
    lowest: dict[Hashable, int] = {}
    placed = []
    for step in sorted(left, key=lambda step: (step.due_on or date.max, step.order), reverse=True):
        place = step.order
        if step.due_on:
            place = lowest[step.participant] = min(place, lowest.get(step.participant, place))
        is_soon = step.due_on is not None and step.due_on <= on + SOON
        placed.append(((not is_soon, 0 if is_soon else place, step.due_on or date.max, *_in_programme(step)), step))
    return [step for _, step in sorted(placed, key=itemgetter(0))] + done


def _in_programme(step: Step) -> tuple:
    return step.order, step.due_on or date.max, step.label


def record(*, participant) -> list[RecordLine]:
    """What this person did in the programme, in the order of time; it stays hers where an element is switched off."""
    return sorted(_all("record", participant=participant), key=attrgetter("on"))


def attention(*, cohorts, on: date, viewer) -> list[Attention]:
    """What needs a lead of these cohorts today; nothing that counts zero, or of an element that is switched off."""
    found = chain.from_iterable(
        element.attention(cohorts=[each for each in cohorts if _is_used(element, each)], on=on, viewer=viewer)
        for element in all_elements()
    )
    return sorted((each for each in found if each.count), key=_in_order)


def stages(*, cohort, on: date) -> list[Stage]:
    """The cohort's timetable, in the order of its dates."""
    return sorted(_of_cohort("stages", cohort, on=on), key=lambda stage: (stage.order, stage.starts_on or date.max))
