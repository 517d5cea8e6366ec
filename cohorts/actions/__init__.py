"""Every write of the ground floor: keyword-only, atomic, with its audit and its mail in the same transaction."""

from cohorts.actions.confidence import IsNotOnesOwn, NobodyHears, answer_word, reopen_word, say_word
from cohorts.actions.launches import (
    CannotUndoLaunch,
    EndsBeforeLaunch,
    LaunchIsSet,
    call_off_launch,
    set_launch,
    try_launch,
    undo_launch,
)
from cohorts.actions.leaving import note_confirmed_record, note_export
from cohorts.actions.lists import add_term, switch_term
from cohorts.actions.people import add_participant, change_participant
from cohorts.actions.places import (
    change_cohort,
    change_organisation,
    change_programme,
    change_rungs,
    make_cohort,
    make_organisation,
    make_programme,
)
from cohorts.actions.refusals import (
    CannotMove,
    HoldsRoleAlready,
    NameIsTaken,
    NeedsALead,
    NotPossible,
    OwnAddress,
    RowIsShared,
    TakesPartAlready,
)
from cohorts.actions.roles import end_role, name_role
from cohorts.actions.states import change_state, withdraw_participant
from cohorts.actions.writing import (
    CannotSay,
    IsSentAlready,
    ListHasChanged,
    NobodyToWriteTo,
    TooLateToUndoCircular,
    drop_circular,
    send_circular,
    try_circular,
    undo_circular,
    write_circular,
)

__all__ = (
    "CannotMove",
    "CannotSay",
    "CannotUndoLaunch",
    "EndsBeforeLaunch",
    "HoldsRoleAlready",
    "IsNotOnesOwn",
    "IsSentAlready",
    "LaunchIsSet",
    "ListHasChanged",
    "NameIsTaken",
    "NeedsALead",
    "NobodyHears",
    "NobodyToWriteTo",
    "NotPossible",
    "OwnAddress",
    "RowIsShared",
    "TakesPartAlready",
    "TooLateToUndoCircular",
    "add_participant",
    "add_term",
    "answer_word",
    "call_off_launch",
    "change_cohort",
    "change_organisation",
    "change_participant",
    "change_programme",
    "change_rungs",
    "change_state",
    "drop_circular",
    "end_role",
    "make_cohort",
    "make_organisation",
    "make_programme",
    "name_role",
    "note_confirmed_record",
    "note_export",
    "reopen_word",
    "say_word",
    "send_circular",
    "set_launch",
    "switch_term",
    "try_circular",
    "try_launch",
    "undo_circular",
    "undo_launch",
    "withdraw_participant",
    "write_circular",
)
