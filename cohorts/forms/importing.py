"""Words of the import turned into values."""

import hashlib
from collections.abc import Iterable, Mapping

from django import forms

from cohorts import spreadsheets
from cohorts.models import Cohort, SheetImport, Term
from cohorts.preview import Line, Warned

KEEP_WORDS, NEW_ROW = "", "new"
LONGEST_ROW = 160  # characters of a row of a list
WRITTEN = {0: "Not in this sheet", 1: "Written by one person"}


def field_name(kind: str, key: str) -> str:
    """A name that stays the same while other questions come and go, and holds nothing that HTML could mind."""
    return f"{kind}_{hashlib.sha256(key.encode()).hexdigest()[:16]}"


class UploadForm(forms.Form):
    """A sheet as a hospital saves it."""

    file = forms.FileField(
        label="Sheet of people",
        help_text="An Excel workbook (.xlsx), or a .csv or .tsv file, of at most 5 MB and 5,000 people.",
        error_messages={
            "required": "Choose the file that holds the people",
            "empty": "The file is empty. Choose the file that holds the people",
        },
        allow_empty_file=False,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
    organisation = forms.ChoiceField(
        label="Organisation of people whose row names none",
        error_messages={"required": "Choose the organisation of the people"},
    )

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(str(each.pk), each.name) for each in cohort.programme.organisations.all()]
        if len(places) == 1:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].choices = [("", "Choose one"), *places]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > spreadsheets.LIMITS.file_bytes:
            raise forms.ValidationError("The file is larger than 5 MB. Save only the sheet of people and try again")
        return upload


class ColumnsForm(forms.Form):
    """What each column of the sheet holds."""

    def __init__(self, *args, upload: SheetImport, **kwargs):
        super().__init__(*args, **kwargs)
        sheet = spreadsheets.sheet_from_json(upload.sheet)
        choices = [("", "Leave this column out"), *((each.code, each.label) for each in spreadsheets.FIELDS)]
        for index, heading in enumerate(sheet.header):
            examples = [str(row.cells[index]) for row in sheet.rows[:40] if row.cells[index]][:3]
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=f"Column {sheet.columns[index]}: {heading or 'no heading'}",
                help_text=f"For example: {' · '.join(text[:60] for text in examples)}" if examples else "No values",
                choices=choices,
                required=False,
                initial=upload.columns.get(str(index), ""),
            )

    def clean(self):
        cleaned = super().clean()
        columns = {int(name.removeprefix("column_")): code for name, code in cleaned.items() if code}
        labels = {each.code: each.label for each in spreadsheets.FIELDS}
        seen: dict[str, int] = {}
        for index, code in columns.items():
            if code in seen:
                self.add_error(
                    f"column_{index}", f"“{labels[code]}” is chosen for two columns. Choose it for one of them"
                )
            seen[code] = index
        if missing := spreadsheets.missing_fields(columns):
            needed = " and ".join(f"“{each.label}”" for each in missing)
            raise forms.ValidationError(f"Choose which column holds {needed}")
        return {"columns": columns}


class WarningsForm(forms.Form):
    """An answer to each open warning of a page."""

    def __init__(self, *args, warnings: list[tuple[Line, Warned]], **kwargs):
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for line, warned in warnings:
            name = field_name("answer", warned.key)
            self.keys[name] = warned.key
            self.fields[name] = forms.ChoiceField(
                label=f"{warned.cell}, {line.name or 'no name'}",
                help_text=warned.words,
                choices=[("", "Decide later"), *warned.options],
                required=False,
            )

    def answers(self) -> dict[str, str]:
        return {self.keys[name]: value for name, value in self.cleaned_data.items() if value}


class WordsForm(forms.Form):
    """Which row of a list somebody's words mean, or that they stay their own words."""

    def __init__(
        self, *args, words: list[tuple[str, str, int]], terms: list[Term], tied: dict[str, int], new: str = "", **kwargs
    ):
        """`new` is the choice that makes a row of the words themselves; without it there is no such choice."""
        super().__init__(*args, **kwargs)
        self.terms = {str(term.pk): term for term in terms}
        self.folded: dict[str, str] = {}
        self.written: dict[str, str] = {}
        for folded, written, count in words:
            name = field_name("words", folded)
            self.folded[name], self.written[name] = folded, written
            made = [(NEW_ROW, new)] if new and folded not in tied and len(written) <= LONGEST_ROW else []
            self.fields[name] = forms.ChoiceField(
                label=f"“{written}”",
                help_text=WRITTEN.get(count, f"Written by {count} people"),
                choices=[
                    (KEEP_WORDS, "Keep as their own words"),
                    *made,
                    *((key, term.label) for key, term in self.terms.items()),
                ],
                required=False,
                initial=str(tied.get(folded, KEEP_WORDS)),
            )

    @staticmethod
    def sent(words: Iterable[tuple[str, str, int]], data: Mapping[str, str]) -> list[tuple[str, str, int]]:
        """The words that a page asked about, whatever would stand on that page by now."""
        return [each for each in words if field_name("words", each[0]) in data]

    def ties(self) -> dict[str, Term | str | None]:
        """{words as tied: a row, the label of a row to make, or none}."""
        return {
            self.folded[name]: self.written[name] if value == NEW_ROW else self.terms.get(value)
            for name, value in self.cleaned_data.items()
        }
