"""What pages are composed of: each part asked of every element once, in the order of the house."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from operator import attrgetter

from elements.contract import Attention, Door, Panel, Stage, Step
from elements.registry import all_elements

_in_order = attrgetter("order")


def _all(part: str, **asked) -> Iterable:
    return chain.from_iterable(getattr(element, part)(**asked) for element in all_elements())


def doors(*, viewer, where: str, pair=None, cohort=None) -> list[Door]:
    """Links that belong at this place, none of them through a query."""
    found = _all("doors", viewer=viewer, pair=pair, cohort=cohort)
    return sorted((door for door in found if door.where == where), key=_in_order)


def panels(*, pair, viewer) -> list[Panel]:
    return sorted(_all("panels", pair=pair, viewer=viewer), key=_in_order)


def about(*, participant, viewer) -> list[Panel]:
    return sorted(_all("about", participant=participant, viewer=viewer), key=_in_order)


def next_steps(*, participants, on: date) -> list[Step]:
    """The task list: by what is due first, then in the order of the programme."""
    found = _all("next_steps", participants=participants, on=on)
    return sorted(found, key=lambda step: (step.order, step.due_on or date.max, step.label))


def attention(*, cohorts, on: date) -> list[Attention]:
    """What needs a lead of these cohorts today; nothing that counts zero."""
    return sorted((each for each in _all("attention", cohorts=cohorts, on=on) if each.count), key=_in_order)


def stages(*, cohort, on: date) -> list[Stage]:
    """The cohort's timetable, in the order of its dates."""
    return sorted(_all("stages", cohort=cohort, on=on), key=lambda stage: (stage.order, stage.starts_on or date.max))
