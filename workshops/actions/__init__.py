"""Every write of workshops."""

from workshops.actions.copying import copy_series
from workshops.actions.feedback import (
    HasAnswered,
    NotAskedForFeedback,
    close_feedback,
    give_feedback,
    open_feedback,
)
from workshops.actions.leaving import forget_person
from workshops.actions.materials import add_link, keep_file, remove_material
from workshops.actions.meetings import (
    ManyDates,
    book_place,
    call_off_meeting,
    change_meeting,
    give_back_for,
    give_place_back,
    let_offer_go,
    move_meeting,
    plan_dates,
    plan_meeting,
    take_offer,
)
from workshops.actions.needs import NotAsked, say_need
from workshops.actions.register import (
    NotMissed,
    TooManyTries,
    WasThere,
    add_walk_in,
    catch_up,
    check_in_with_code,
    mark_all_present,
    mark_in_register,
)
from workshops.actions.series import (
    NeedsAreClosed,
    SeriesIsThere,
    StillNeeded,
    add_workshop,
    change_workshop,
    move_workshop,
    remove_workshop,
    set_up_usual_workshops,
)
from workshops.actions.taking_over import take_over_dates
from workshops.actions.time_given import add_time, remove_time

__all__ = [
    "HasAnswered",
    "ManyDates",
    "NeedsAreClosed",
    "NotAsked",
    "NotAskedForFeedback",
    "NotMissed",
    "SeriesIsThere",
    "StillNeeded",
    "TooManyTries",
    "WasThere",
    "add_link",
    "add_time",
    "add_walk_in",
    "add_workshop",
    "book_place",
    "call_off_meeting",
    "catch_up",
    "change_meeting",
    "change_workshop",
    "check_in_with_code",
    "close_feedback",
    "copy_series",
    "forget_person",
    "give_back_for",
    "give_feedback",
    "give_place_back",
    "keep_file",
    "let_offer_go",
    "mark_all_present",
    "mark_in_register",
    "move_meeting",
    "move_workshop",
    "open_feedback",
    "plan_dates",
    "plan_meeting",
    "remove_material",
    "remove_time",
    "remove_workshop",
    "say_need",
    "set_up_usual_workshops",
    "take_offer",
    "take_over_dates",
]
