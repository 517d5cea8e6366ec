"""The question whether two met, as its link stands for it."""

import secrets
import uuid

from django.db import models

from cohorts.models import Participant
from conversations.models.talking import Conversation
from conversations.querysets import MeetingQuestionQuerySet
from pairs.models import Pair


def new_nonce() -> str:
    return secrets.token_hex(16)


class MeetingQuestion(models.Model):
    """Somebody was asked by mail whether the partners met. `about` says why; the link is derived from `nonce`.

    The nonce alone opens nothing: without SECRET_KEY nobody can tell the link from this row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=80)
    suggests_on = models.DateField(null=True, blank=True)
    planned = models.ForeignKey(Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    nonce = models.CharField(max_length=32, default=new_nonce)
    asked_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded = models.ForeignKey(Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = MeetingQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "pair", "about", "asked_on"], name="question_once_a_day")
        ]

    def __str__(self) -> str:
        return f"question of {self.asked_on:%d %B %Y}"
