"""How an e-mail address is written so that one person is one row."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

NOT_PLAIN = re.compile(r"[^\x21-\x7e]")


def fold_email(address: str) -> str:
    """The stored form of an address: NFKC, case-folded, without surrounding space.

    The Kelvin sign, ligatures and full-width letters become plain letters; sharp s becomes ss.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address).casefold()).strip()


def clean_email(address: str) -> str:
    """Fold and check an address; ValidationError in words where it cannot be one."""
    folded = fold_email(address)
    if NOT_PLAIN.search(folded):
        raise ValidationError("Enter an email address in plain letters, like name@example.com", code="plain")
    validate_email(folded)
    return folded
