"""A page whose button was pressed twice makes one thing, and loses no words."""

import json
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms


class MarkOfSending(forms.UUIDField):
    """A mark that a page gets when it is drawn first, and keeps while it comes back with something to put right.

    It stands for nothing: without it, or with one that somebody made up, whatever is sent counts as new. A draft keeps
    it beside the texts (`data-draft`), so that words put back are still those of the page on which they were typed.
    """

    widget = forms.HiddenInput(attrs={"data-draft": True})

    def __init__(self, **kwargs):
        super().__init__(required=False, initial=uuid4, **kwargs)

    def clean(self, value) -> UUID | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


def key(mark: UUID | None, *said: Any) -> UUID | None:
    """What is unique in the table: the same said twice on one page has one key, other words have another.

    The mark is kept nowhere, so nobody can try out words against the key. None without a mark: such rows are all new.
    """
    return uuid5(mark, json.dumps(said, sort_keys=True)) if mark else None
