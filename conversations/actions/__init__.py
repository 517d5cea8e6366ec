"""Every write of the room: keyword-only, atomic, with its audit and its mail in the same transaction."""

from conversations.actions.asking import ask_whether_met, record_we_met
from conversations.actions.holding import (
    HeldAlready,
    IsNotAuthor,
    IsToCome,
    change_conversation,
    log_conversation,
    remove_conversation,
    write_note,
)
from conversations.actions.planning import (
    ConversationHasChanged,
    ConversationIsPast,
    call_off_conversation,
    move_conversation,
    plan_conversation,
)
from conversations.actions.prompting import (
    NoSuchPrompt,
    add_prompt,
    change_prompt,
    move_prompt,
    reset_prompts,
    switch_prompt,
)
from pairs.actions import IsNoPartner, PairHasEnded

__all__ = [
    "ConversationHasChanged",
    "ConversationIsPast",
    "HeldAlready",
    "IsNoPartner",
    "IsNotAuthor",
    "IsToCome",
    "NoSuchPrompt",
    "PairHasEnded",
    "add_prompt",
    "ask_whether_met",
    "call_off_conversation",
    "change_conversation",
    "change_prompt",
    "log_conversation",
    "move_conversation",
    "move_prompt",
    "plan_conversation",
    "record_we_met",
    "remove_conversation",
    "reset_prompts",
    "switch_prompt",
    "write_note",
]
