"""Telephone numbers are text; what a spreadsheet did to them is undone where nothing is lost."""

from __future__ import annotations

import re

from cohorts.spreadsheets.findings import Parsed, quoted, warning

SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)
UK_MOBILE = re.compile(r"7[0-9]{9}")
WITH_COUNTRY = re.compile(r"44(?:7[0-9]{9}|[12][0-9]{8,9})")


def parse_phone(text: str) -> Parsed:
    """The number as text, with a lost leading 0 or + given back; None with a warning where digits are lost."""
    if SHORTENED.fullmatch(text):
        return None, warning(
            "digits_lost",
            f"The spreadsheet shortened this number to {quoted(text)} and its digits are lost: "
            "format the column as text and type the number again.",
        )
    bare = text.replace(" ", "")
    if bare.isdigit() and bare.isascii():
        if UK_MOBILE.fullmatch(bare):
            return (f"0{bare}" if bare == text else f"0{text}"), None
        if WITH_COUNTRY.fullmatch(bare):
            return f"+{text}", None
    return text, None
