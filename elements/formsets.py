"""Rows of a form that grow and shrink without a script."""

from django.forms import BaseFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict


class GrowingFormSet(BaseFormSet):
    """Rows with a button "Add another": pressing it shows the same rows, as they were typed, and an empty one more.

    Used as `formset_factory(RowForm, formset=GrowingFormSet, can_delete=True, extra=1, max_num=20)`. While it grows
    it is not valid and says nothing about mistakes. `row_name` heads each row, `add_label` stands on the button.
    """

    row_name = "Row"
    add_label = "Add another"
    can_grow = True

    def __init__(self, data: QueryDict | None = None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.is_growing = False
        if data and f"{self.prefix}-add" in data:
            self.is_growing = True
            grown = data.copy()
            rows = self.total_form_count() + 1
            grown[f"{self.prefix}-TOTAL_FORMS"] = str(min(rows, self.max_num, self.absolute_max))
            self.data = grown
            del self.management_form  # it is read again from the data with one row more

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        if box := form.fields.get(DELETION_FIELD_NAME):
            box.label = "Remove"

    def full_clean(self) -> None:
        """Check the rows, unless one more was asked for."""
        if not self.is_growing:
            super().full_clean()
            return
        self._errors: list[ErrorDict] = []
        self._non_form_errors = ErrorList()
        for form in self.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}

    def is_valid(self) -> bool:
        return not self.is_growing and super().is_valid()
