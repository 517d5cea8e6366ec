"""Every write of this room: keyword-only, atomic, with its audit and its mail in the same transaction."""

from shadowing.actions.visit_days import close_visit, confirm_visit, debrief_visit, prepare_visit
from shadowing.actions.visit_in_hand import CannotBe, IsNoPartner, VisitHasChanged, VisitIsPast
from shadowing.actions.visits import (
    accept_visit,
    arrange_visit,
    call_off_visit,
    change_visit,
    let_visits_go,
    put_off_visit,
)

__all__ = [
    "CannotBe",
    "IsNoPartner",
    "VisitHasChanged",
    "VisitIsPast",
    "accept_visit",
    "arrange_visit",
    "call_off_visit",
    "change_visit",
    "close_visit",
    "confirm_visit",
    "debrief_visit",
    "let_visits_go",
    "prepare_visit",
    "put_off_visit",
]
