"""The one-time link that makes the first person of an empty installation."""

from django.conf import settings
from django.core import signing

from accounts.models import User

PURPOSE = "accounts.first-person"
LIVES_FOR = 7 * 24 * 3600  # seconds


def is_needed() -> bool:
    """Whether there is nobody yet."""
    return not User.objects.exists()


def make_token() -> str:
    """A token derived from the secret key and the time; nothing is stored."""
    return signing.dumps("first", salt=PURPOSE)


def make_link() -> str:
    return f"{settings.SITE_URL}/start/{make_token()}/"


def is_good(token: str) -> bool:
    """Whether the token is ours and young enough; that there is nobody yet is asked again when it is used."""
    try:
        return signing.loads(token, salt=PURPOSE, max_age=LIVES_FOR) == "first"
    except signing.BadSignature:
        return False
