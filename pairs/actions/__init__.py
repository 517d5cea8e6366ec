"""Every write of the hall: keyword-only, atomic, with its audit and its mail in the same transaction."""

from pairs.actions.agreeing import (
    AgreementHasChanged,
    NoSuchGoal,
    NothingToSign,
    mark_goals,
    sign_agreement,
    write_agreement,
)
from pairs.actions.finding import RunTooLarge, find_pairs
from pairs.actions.leaving import leave_pair
from pairs.actions.living import (
    PairHasEnded,
    PairNeedsReason,
    RulesForbid,
    SomebodyIsPaired,
    end_pair,
    pair_by_hand,
    pause_pair,
    resume_pair,
)
from pairs.actions.meeting import (
    IsNoPartner,
    MeetingHasChanged,
    MeetingIsPast,
    call_off_meeting,
    set_meeting,
)
from pairs.actions.naming import TooManyNamed, name_in_private, take_back
from pairs.actions.preparing import (
    LockNeedsReason,
    LockRefused,
    answer_question,
    drop_lock,
    exclude,
    lift_exclusion,
    lock,
    set_weights,
    unlock,
)
from pairs.actions.publishing import RunIsOutOfDate, TooLateToUndo, publish_run, undo_publication
from pairs.actions.pulsing import hear_pulse, say_how_it_goes
from pairs.actions.revising import (
    CannotChange,
    confirm_trio,
    discard_run,
    put_on_reserve,
    reopen_run,
    review_run,
    swap_two,
)
from pairs.actions.sharing import dissolve_trio

__all__ = [
    "AgreementHasChanged",
    "CannotChange",
    "IsNoPartner",
    "LockNeedsReason",
    "LockRefused",
    "MeetingHasChanged",
    "MeetingIsPast",
    "NoSuchGoal",
    "NothingToSign",
    "PairHasEnded",
    "PairNeedsReason",
    "RulesForbid",
    "RunIsOutOfDate",
    "RunTooLarge",
    "SomebodyIsPaired",
    "TooLateToUndo",
    "TooManyNamed",
    "answer_question",
    "call_off_meeting",
    "confirm_trio",
    "discard_run",
    "dissolve_trio",
    "drop_lock",
    "end_pair",
    "exclude",
    "find_pairs",
    "hear_pulse",
    "leave_pair",
    "lift_exclusion",
    "lock",
    "mark_goals",
    "name_in_private",
    "pair_by_hand",
    "pause_pair",
    "publish_run",
    "put_on_reserve",
    "reopen_run",
    "resume_pair",
    "review_run",
    "say_how_it_goes",
    "set_meeting",
    "set_weights",
    "sign_agreement",
    "swap_two",
    "take_back",
    "undo_publication",
    "unlock",
    "write_agreement",
]
