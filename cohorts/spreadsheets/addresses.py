"""E-mail addresses: folded as the accounts fold them, and refused in words."""

from __future__ import annotations

import re
import unicodedata

from cohorts.spreadsheets.findings import Finding, Parsed, error, quoted

ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,55}[a-z0-9])"
)
IN_ANGLES = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
LONGEST, LONGEST_LOCAL = 254, 64


def fold_email(text: str) -> str:
    """NFKC, case-folded, without outer spaces: equal results are one address."""
    if text.isascii():
        return text.strip().casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def parse_email(text: str) -> Parsed:
    """The address folded; (None, error) where it is none."""
    address = fold_email(text)
    if ADDRESS.fullmatch(address) is None:
        address = address.removeprefix("mailto:")
        angled = IN_ANGLES.fullmatch(address)
        address = (angled[1] if angled else address).rstrip(";,. ")
        if ADDRESS.fullmatch(address) is None:
            return None, _refusal(text, address)
    if len(address) > LONGEST or address.index("@") > LONGEST_LOCAL:
        return None, error("email_too_long", "This e-mail address is too long to exist: check it.")
    return address, None


def _refusal(text: str, address: str) -> Finding:
    shown = quoted(text)
    if foreign := next((letter for letter in address if not letter.isascii()), None):
        named = unicodedata.name(foreign, "an unknown sign").lower()
        return error(
            "email_letters",
            f"{shown} holds the sign {foreign} ({named}), which the address itself can hardly hold: type it again.",
        )
    if address.count("@") > 1:
        return error("two_emails", f"{shown} holds more than one e-mail address: keep the one used at work.")
    if "@" not in address:
        return error("no_email", f"{shown} is not an e-mail address, it has no @: write it in full.")
    if " " in address:
        return error("email_space", f"{shown} has a space inside: write the address without it.")
    return error("no_email", f"{shown} is not a complete e-mail address: write it like name@trust.example.")
