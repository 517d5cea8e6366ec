"""Addresses: those of the rows of a list, and whether what somebody typed is one."""

import re
from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

ANYBODY = str(UUID(int=0))
WEB_ADDRESS = re.compile(r"https?://\S+")


def is_address(text: str) -> bool:
    """Whether a text is nothing but the address of a page, as a meeting's place is when it is online."""
    return WEB_ADDRESS.fullmatch(text) is not None


def links_to(name: str, *before) -> Callable[[UUID], str]:
    """A function from an id to the address of the page `name` for it; ids `before` it are the same in every row.

    Django is asked once, because asking for each costs as much as the rest of a row.
    """
    start, end = reverse(name, args=[*before, ANYBODY]).split(ANYBODY)
    return lambda key: f"{start}{key}{end}"
