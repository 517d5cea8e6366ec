"""Whose an address is."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.names import fold_email


def known_by_address(addresses: Iterable[str]) -> dict[str, User]:
    """{folded address: person} for the addresses that somebody signs in with or has proved; two queries.

    An address that was only entered, not proved, is nobody's.
    """
    proved = EmailAddress.objects.filter(email__in=list(addresses), verified=True).select_related("user")
    known = {fold_email(each.email): each.user for each in proved}
    return known | {person.email: person for person in User.objects.known_as(addresses)}
