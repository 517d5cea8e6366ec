"""A form that asks its writer to look again where the text may say who a patient is."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from elements import identifiers

ANSWER, WARNED = "patients", "patients_warned"  # what the buttons send, and that the page has warned before
MOST = 20  # lines of the list


@dataclass(frozen=True)
class Noticed:
    """The words of one box that may identify somebody; shown to the writer and kept nowhere."""

    box: str
    words: str
    kind: str
    instead: str


class LooksForPatients(forms.Form):
    """Warns before the first save, and never refuses: the words are replaced, or what stands in the boxes is saved.

    1. `class NoteForm(LooksForPatients): ...`; every long text is looked at, or the boxes that `looked_at` names.
    2. In the view: `if form.is_valid(): actions.write(..., warned=form.has_warned)`; `warned` is all that is kept.
    3. `{% include "components/form.html" with form=form %}` shows the warning and its two buttons, without a script.
    """

    looked_at: tuple[str, ...] = ()
    beside: Sequence["LooksForPatients"] = ()  # rows of the same page: their words are listed with these
    has_replaced = False  # the boxes hold the text with "patient X", to be read once more

    def full_clean(self) -> None:
        """Put "patient X" into the boxes first, where the writer asked for that and has not changed them by hand."""
        if self.is_bound and self.data.get(ANSWER) == "replace":
            changed: Any = copy(self.data)
            people = self._people()
            for name in self._boxes():
                key = self.add_prefix(name)
                if key in changed and (text := identifiers.replaced(changed[key], people)) != changed[key]:
                    changed[key] = text
                    self.has_replaced = True
            self.data = changed
        super().full_clean()

    def is_valid(self) -> bool:
        """Also False where the writer is to look again, or at what was replaced."""
        return super().is_valid() and not self.patients and not self.has_replaced

    @cached_property
    def patients(self) -> list[Noticed]:
        """What to look at; nothing if something else is wrong first, or the writer has decided."""
        is_wrong = self.is_bound and (self.errors or any(row.errors for row in self.beside))
        if not self.is_bound or is_wrong or self.data.get(ANSWER) == "keep":
            return []
        return [*self._noticed(), *(each for row in self.beside for each in row.patients)][:MOST]

    @property
    def has_warned(self) -> bool:
        """Whether the writer was ever warned of this text."""
        return bool(self.is_bound and (self.data.get(WARNED) or self.data.get(ANSWER) or self.patients))

    def _people(self) -> identifiers.People:
        """Everybody whom the page names, in whichever box: the same person has the same letter in all of them."""
        sent: Any = self.data
        texts = (text for name in sent for text in (sent.getlist(name) if hasattr(sent, "getlist") else [sent[name]]))
        # Of one word alone nobody makes a name; and marks and keys that the page hides are such words.
        return identifiers.People.of(text for text in texts if isinstance(text, str) and " " in text)

    def _boxes(self) -> list[str]:
        def is_long(field: forms.Field) -> bool:
            return isinstance(field.widget, forms.Textarea)

        return [name for name, field in self.fields.items() if name in self.looked_at or is_long(field)]

    def _noticed(self) -> Iterator[Noticed]:
        people = self._people()
        for name in self._boxes():
            text = self.data.get(self.add_prefix(name)) or ""
            for found in identifiers.find(text, people):
                label = str(self[name].label).removesuffix(" (optional)")
                yield Noticed(label, text[found.start : found.end], found.kind, found.instead)
