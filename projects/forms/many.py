"""Many points at once: pasted, or out of a file. Where several columns hold numbers, the person says which is meant."""

from datetime import date

from django import forms
from django.core import signing

from cohorts import spreadsheets
from elements.widgets import Radios
from projects import pasted
from projects.columns import Column, Wanted, WhichColumn
from projects.models import MOST_POINTS, Measure

LONGEST_PASTE = 1_000_000  # characters
LARGEST_KEPT = 500_000  # characters of a file's rows that a page carries until its column is chosen
NO_FILE = "Choose the file that holds the values"


class TakesMany(forms.Form):
    """Many points at once. `read` is what they are, once the form is valid."""

    replace = forms.BooleanField(label="Replace the values of days that have one already", required=False)
    read: pasted.Pasted

    def __init__(self, *args, measure: Measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.replacing = self.fields.pop("replace")
        if self.data.get("replace"):
            self.offer_replacing()

    @property
    def points(self) -> tuple[pasted.Given, ...]:
        return self.read.points

    def offer_replacing(self) -> None:
        """Once there is something to replace."""
        self.fields["replace"] = self.replacing

    def wanted(self) -> Wanted:
        chosen = self.data.get("column", "")
        return Wanted(self.measure.name, self.measure.unit, int(chosen) if chosen in PLACES else None)

    def take(self, read) -> None:
        """The points of what `read` reads. Of several columns of numbers one is chosen among radios."""
        try:
            self.read = read(self.wanted())
        except WhichColumn as which:
            self._ask(which.columns)
            self.add_error("column", str(which))
        else:
            if self.read.columns:
                self._ask(self.read.columns)

    def _ask(self, columns: tuple[Column, ...]) -> None:
        self.fields["column"] = forms.ChoiceField(
            label="Which column holds the values?",
            choices=[(str(column.place), str(column)) for column in columns],
            widget=Radios,
            required=False,
        )


PLACES = frozenset(map(str, range(spreadsheets.LIMITS.columns)))


class Cells(forms.CharField):
    """Cells as they were copied. What no database keeps cannot be seen either, so its row is named."""

    def to_python(self, value) -> str:
        text = super().to_python(value)
        before, found, _ = text.partition("\x00")
        if found:
            row = len(pasted.LINE_END.findall(before))
            sentence = f"Row {row} holds a character that cannot be kept. Type that row anew"
            raise forms.ValidationError(sentence, code="hidden")
        return text


class PasteForm(TakesMany):
    """Cells copied out of a spreadsheet."""

    text = Cells(
        label="Days and values",
        help_text="A row for each day: the day, its value and, if you like, a note. Copy two or three columns of your "
        "spreadsheet, or put a tab, a semicolon or a comma between them. Like: 4/1/2027, 14",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        error_messages={"required": "Paste the days and their values"},
    )

    def is_multipart(self) -> bool:
        """A paste of many rows would be a third larger otherwise, and is taken up to a million characters."""
        return True

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > LONGEST_PASTE:
            raise forms.ValidationError("The text is too long to paste. Save it as a file and upload that")
        if not text.strip():
            raise forms.ValidationError("Paste the days and their values", code="required")
        return text

    def clean(self):
        text = self.cleaned_data.get("text")
        if text is not None:
            try:
                self.take(lambda wanted: pasted.read_paste(text, wanted))
            except pasted.RowsRefused as refusal:
                self.add_error("text", list(refusal.sentences))
        return self.cleaned_data


class ImportForm(TakesMany):
    """A file with a column of days and a column of values.

    Its rows stay with the page, signed, so that nobody has to choose it again to say which column is meant.
    """

    file = forms.FileField(
        label="File with days and values",
        help_text=f"An Excel workbook (.xlsx), or a .csv or .tsv file, of at most 5 MB and {MOST_POINTS:,} points. "
        "If several columns hold numbers, the one named like the measure or its unit is read, or you are asked",
        required=False,
        error_messages={
            "empty": "The file is empty. Choose the file that holds the values",
        },
        allow_empty_file=False,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > spreadsheets.LIMITS.file_bytes:
            raise forms.ValidationError("The file is larger than 5 MB. Save only days and values and try again")
        return upload

    def clean(self):
        if "file" in self.errors:
            return self.cleaned_data
        try:
            if upload := self.cleaned_data.get("file"):
                table = spreadsheets.read_table(upload.read(), upload.name)
                rows, system = table.rows, table.date_system
                self._keep(rows, system, upload.name)
            else:
                rows, system = self._kept()
            self.take(lambda wanted: pasted.read_rows(rows, date_system=system, wanted=wanted))
        except (spreadsheets.SheetRefused, forms.ValidationError) as refusal:
            self.add_error("file", refusal if isinstance(refusal, forms.ValidationError) else str(refusal))
        except pasted.RowsRefused as refusal:
            self.add_error("file", list(refusal.sentences))
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """Another file may have other columns: what was chosen in the one before does not count."""
        has_other = self.cleaned_data.get("file") and self.cleaned_data.get("kept")
        return Wanted(self.measure.name, self.measure.unit) if has_other else super().wanted()

    def _keep(self, rows, system: int, name: str) -> None:
        cells = [[row.number, [_as_text(cell) for cell in row.cells]] for row in rows[: MOST_POINTS + pasted.TITLES]]
        kept = "" if len(rows) > len(cells) else signing.dumps([system, name, cells], salt=self._salt(), compress=True)
        self.data = self.data.copy()
        self.data["kept"] = kept if len(kept) <= LARGEST_KEPT else ""
        if self.data["kept"]:
            self._say_kept(name)

    def _kept(self):
        if not (kept := self.cleaned_data.get("kept")):
            raise forms.ValidationError(NO_FILE, code="required")
        try:
            system, name, rows = signing.loads(kept, salt=self._salt(), max_age=A_DAY)
        except signing.BadSignature:
            self.data = self.data.copy()
            self.data["kept"] = ""
            raise forms.ValidationError(NO_FILE, code="required") from None
        self._say_kept(name)
        return [spreadsheets.Row(number, tuple(map(_as_cell, cells))) for number, cells in rows], system

    def _say_kept(self, name: str) -> None:
        self["file"].label = "Another file, in place of the one just read (optional)"
        self["file"].help_text = f"“{name}” was read and is still here. Nothing of it is saved yet"

    def _salt(self) -> str:
        return f"projects.import.{self.measure.pk}"


A_DAY = 24 * 60 * 60


def _as_text(cell):
    """A cell as JSON has it."""
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return {"broken": cell.reason} if isinstance(cell, spreadsheets.Broken) else cell


def _as_cell(kept):
    if not isinstance(kept, dict):
        return kept
    return date.fromisoformat(kept["day"][:10]) if "day" in kept else spreadsheets.Broken(kept["broken"])
