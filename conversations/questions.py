"""The link of the question whether two met: what it is worked out from, and what it opens.

The token is HMAC-SHA256 of the row, the person with her account and a nonce that stands in the row, under a key of this
purpose from SECRET_KEY. It is derived when the message is sent and stored nowhere.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from conversations.models import Conversation, MeetingQuestion
from pairs.models import Membership

PURPOSE = "conversations.we_met"  # a token for anything else opens nothing here
LIVES = timedelta(days=14)


def address_of(question: MeetingQuestion) -> str:
    """The whole address, for the message alone."""
    return f"{settings.SITE_URL}{reverse('we_met', args=[question.pk, token_of(question)])}"


def token_of(question: MeetingQuestion, key: str | None = None) -> str:
    """64 letters."""
    person = question.participant  # whose account it is counts: after a corrected address the old link is dead
    value = f"{question.pk}:{person.pk}:{person.user_id}:{question.nonce}"
    return salted_hmac(PURPOSE, value, secret=key or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def opened(*, question_id: UUID, token: str, on: date) -> MeetingQuestion | None:
    """The question of this link; None if it is not right, too old, or its person is no partner any more."""
    question = (
        MeetingQuestion.objects.filter(pk=question_id, participant__user__is_active=True)
        .select_related("pair__cohort__programme", "participant__user", "planned", "recorded")
        .first()
    )
    if question is None or not _is_right(question, token):
        return None
    return question if on <= question.asked_on + LIVES and _is_partner(question) else None


def met_already(question: MeetingQuestion) -> date | None:
    """The day that a partner has given meanwhile, of a question read by `opened`; no more is read of it. One query.

    It is of what the question was about, or said by another who was asked the same, or not before what it asks for.
    """
    cohort = question.pair.cohort
    since = question.suggests_on or question.asked_on - timedelta(days=cohort.meets_every - 1)
    asked = MeetingQuestion.objects.filter(pair=question.pair_id, about=question.about)
    is_of_it = Q(pk=question.planned_id) | Q(pk__in=asked.values("recorded")) | Q(falls_on__gte=since)
    held = Conversation.objects.held().filter(is_of_it, pair=question.pair_id)
    return held.order_by("-falls_on").values_list("falls_on", flat=True).first()


def _is_right(question: MeetingQuestion, token: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(token, token_of(question, key)) for key in keys)


def _is_partner(question: MeetingQuestion) -> bool:
    live = Membership.objects.live().filter(pair=question.pair_id, participant=question.participant_id)
    return live.filter(pair__ended_on=None, pair__shown_from__lte=timezone.now()).exists()
