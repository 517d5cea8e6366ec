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
from shadowing.actions.visits import CannotBe, IsNoPartner, close_visit

__all__ = (
    "CannotBe",
    "IsNoPartner",
    "IsNotTheAuthor",
    "IsRedacted",
    "NobodyToShareWith",
    "ReflectedAlready",
    "change_reflection",
    "close_visit",
    "delete_reflection",
    "offer_reflection",
    "redact_offered",
    "redact_reflection",
    "share_reflection",
    "skip_reflection",
    "take_reflection_back",
    "unshare_reflection",
    "write_reflection",
)
