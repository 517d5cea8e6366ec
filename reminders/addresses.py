"""Where a message goes, and how it is named in the mail system."""

import uuid
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings

from accounts.models import User
from accounts.names import clean_email


def address_of(to) -> str:
    """The address of a person, or an address as given, folded and checked.

    Raises ValidationError for anything that cannot be a single plain address: no line break passes.
    """
    return clean_email(to.email if isinstance(to, User) else to)


def person_of(to) -> User | None:
    return to if isinstance(to, User) else None


def addresses_of(people) -> str:
    """Reply-To: none, one person or address, or several, as one header value."""
    if not people:
        return ""
    if isinstance(people, str | User):
        people = [people]
    return ", ".join(address_of(one) for one in people)


def new_message_id(pk: uuid.UUID) -> str:
    """The Message-ID that a row keeps through every try, at the domain we write from (RFC 5322, 3.6.4)."""
    return f"<{pk.hex}@{_domain_of(settings.DEFAULT_FROM_EMAIL)}>"


@lru_cache(maxsize=8)
def _domain_of(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
