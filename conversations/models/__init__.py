"""Conversations, private notes, prompts, and the question whether two met."""

from conversations.models.asking import MeetingQuestion
from conversations.models.prompting import Prompt
from conversations.models.talking import Conversation, Note

__all__ = ["Conversation", "MeetingQuestion", "Note", "Prompt"]
