"""Every write of this room: keyword-only, atomic, with its audit and its mail in the same transaction."""

from shadowing.actions.reflections import (
    IsNotTheAuthor,
    IsRedacted,
    NobodyToShareWith,
    ReflectedAlready,
    change_reflection,
    delete_reflection,
    offer_reflection,
    redact_offered,
    redact_reflection,
    share_reflection,
    skip_reflection,
    take_reflection_back,
    unshare_reflection,
    write_reflection,
)
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

__all__ = (
    "CannotBe",
    "IsNoPartner",
    "IsNotTheAuthor",
    "IsRedacted",
    "NobodyToShareWith",
    "ReflectedAlready",
    "VisitHasChanged",
    "VisitIsPast",
    "accept_visit",
    "arrange_visit",
    "call_off_visit",
    "change_reflection",
    "change_visit",
    "close_visit",
    "confirm_visit",
    "debrief_visit",
    "delete_reflection",
    "let_visits_go",
    "offer_reflection",
    "prepare_visit",
    "put_off_visit",
    "redact_offered",
    "redact_reflection",
    "share_reflection",
    "skip_reflection",
    "take_reflection_back",
    "unshare_reflection",
    "write_reflection",
)
