"""What somebody else wrote while a page was open, read beside one's own words before these replace it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Standing:
    """What stands in one box now, in words."""

    label: str
    words: str


def standing(form: forms.Form, stands: Mapping[str, Any], words: Callable[[str], str]) -> list[Standing]:
    """Of the boxes of a form that was filled in well, those in which something else stands by now, in their order.

    `stands` holds what stands for each box, as the box would hold it; `words` says the same to a reader.
    `{% include "components/standing.html" %}` above the form shows them, from `form.standing`.
    """
    return [
        Standing(str(form.fields[name].label).removesuffix(" (optional)"), words(name))
        for name, value in stands.items()
        if name in form.fields and plain(value) != plain(form.cleaned_data.get(name))
    ]


def plain(value: Any) -> Any:
    """What a box holds: "" for nothing, and the key of what it points at."""
    return getattr(value, "pk", value) or ""
