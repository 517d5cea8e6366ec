"""Every write of this room: keyword-only, atomic, with its audit and its mail in the same transaction.

The places themselves are changed one floor lower (`bookings.actions`), within these.
"""

from surgeries.actions.asking import (
    NotYourPair,
    NotYourProject,
    book_surgery,
    let_surgeries_go,
    swap_surgery,
    take_surgery_register,
    walk_into_surgery,
    word_question,
)
from surgeries.actions.keeping import copy_surgeries, forget_person
from surgeries.actions.noting import NoteHasChanged, NothingToNoteFor, write_note
from surgeries.actions.publishing import (
    HostIsNoLead,
    NamesStayHidden,
    call_off_surgery,
    change_surgery,
    move_surgery,
    publish_surgeries,
    set_allowance,
)

__all__ = (
    "HostIsNoLead",
    "NamesStayHidden",
    "NotYourPair",
    "NotYourProject",
    "NoteHasChanged",
    "NothingToNoteFor",
    "book_surgery",
    "call_off_surgery",
    "change_surgery",
    "copy_surgeries",
    "forget_person",
    "let_surgeries_go",
    "move_surgery",
    "publish_surgeries",
    "set_allowance",
    "swap_surgery",
    "take_surgery_register",
    "walk_into_surgery",
    "word_question",
    "write_note",
)
