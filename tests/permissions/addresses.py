"""Every address of the house, read from the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Address:
    """A URL name with its namespaces (`admin:index`), its view, and the keywords that it takes."""

    name: str
    view: Any
    keywords: frozenset[str]


def addresses(resolver=None, spaces: tuple[str, ...] = (), above: frozenset[str] = frozenset()) -> Iterator[Address]:
    """Walk the resolver down to the views."""
    for part in (resolver or get_resolver()).url_patterns:
        keywords = above | frozenset(part.pattern.regex.groupindex)
        if isinstance(part, URLPattern):
            yield Address(":".join([*spaces, part.name or ""]), part.callback, keywords)
        else:
            inside = (part.namespace,) if part.namespace else ()
            yield from addresses(part, spaces + inside, keywords)
