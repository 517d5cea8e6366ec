"""A form about words that a co-owner may change at the same time: nobody overwrites what she has not read."""

from datetime import date

from django import forms
from django.db.models import Model

from elements import clock
from elements.once import MarkOfSending
from elements.rereading import Standing, standing
from projects.actions.rereading import ChangedMeanwhile, said, shown


class Rereads(forms.Form):
    """Of the columns of one row; `seen` stands for what the page showed of them.

    1. `class AimForm(Rereads): ...`, and `AimForm(posted(request), row=project)`; without a row nothing stands yet.
    2. In the view: `except ChangedMeanwhile as meanwhile: form.look_again(meanwhile)`.
    3. `{% include "projects/_standing.html" %}` above the form shows what stands now.
    """

    seen = MarkOfSending()
    standing: list[Standing] = []

    def __init__(self, *args, row: Model | None = None, initial: dict | None = None, **kwargs):
        self.written = [name for name in self.base_fields if name != "seen"]
        stands = {name: getattr(row, name) for name in self.written} if row else {}
        super().__init__(*args, initial=stands | (initial or {}), **kwargs)
        if row is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = shown(row, self.written)

    def look_again(self, meanwhile: ChangedMeanwhile) -> None:
        """What stands now is shown, and what was typed may be sent after it was read."""
        row = meanwhile.row
        self.standing = standing(
            self, {name: said(row, name) for name in self.written}, lambda name: _in_words(row, name)
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(shown(row, self.written))
        self.add_error(None, meanwhile.sentence)


def _in_words(row: Model, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, date):
        return clock.in_full(value)
    label = getattr(row, f"get_{name}_display", None)
    return str(label() if label else getattr(value, "words", getattr(value, "name", value)) or "")
