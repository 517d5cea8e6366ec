"""The private address of somebody's calendar: reckoned from a secret of the house, never stored."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from reminders.models import Feed

PURPOSE = "reminders.feed"  # a token for anything else opens nothing here


def address_of(person: User) -> str:
    """The whole address of this person's calendar, for that person alone; empty if there is none."""
    feed = Feed.objects.filter(person=person).first()
    if feed is None:
        return ""
    path = reverse("feed", args=[feed.person_id, _token(feed, settings.SECRET_KEY)])
    return f"{settings.SITE_URL}{path}"


def owner_of(*, person_id: UUID, token: str) -> User | None:
    """Whose calendar this address opens; nobody's if it is not right, was renewed, or the person may not sign in."""
    feed = Feed.objects.filter(person=person_id, person__is_active=True).select_related("person").first()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if feed and any(constant_time_compare(token, _token(feed, key)) for key in keys):
        return feed.person
    return None


def _token(feed: Feed, key: str) -> str:
    """64 letters: HMAC-SHA256 of purpose, person and nonce."""
    return salted_hmac(PURPOSE, f"{feed.person_id}:{feed.nonce}", secret=key, algorithm="sha256").hexdigest()
