"""From the id in an address to a conversation that this person may see; everything else is the same 404."""

from cohorts.loaders import loader
from conversations.models import Conversation

load_conversation = loader("conversation", lambda user: Conversation.objects.visible_to(user).with_pair())
