"""Which part of the form pack draws a field, and what is wrong with a form, in the order of its page."""

from django import forms
from django.forms.formsets import BaseFormSet

from elements.widgets import InBoxes

# The first kind that fits decides: a kind stands before those it is made from.
PARTS = (
    (InBoxes, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
)
GROUPS = ("date", "checkboxes", "radios")


def part(field) -> str:
    """The name of the pack's part that draws this bound field."""
    return next((name for kind, name in PARTS if isinstance(field.field.widget, kind)), "input")


def first_id(field) -> str:
    """The id of the first control of a field, where a link of the error summary leads."""
    widget_id = field.field.widget.attrs.get("id") or field.auto_id
    return f"{widget_id}_0" if part(field) in GROUPS or isinstance(field.field.widget, forms.MultiWidget) else widget_id


def problems_of(form) -> list[tuple[str, str]]:
    """Pairs (id to go to, sentence) of a form or a formset, in the order of the page."""
    if isinstance(form, BaseFormSet):
        if not form.is_bound:
            return []
        start = first_of(form.forms[0]) if form.forms else "maincontent"
        found = [(start, str(error)) for error in form.non_form_errors()]
        return found + [problem for each in form.forms for problem in problems_of(each)]
    if not form.is_bound:
        return []
    found = [(first_of(form), str(error)) for error in form.non_field_errors()]
    for field in form:
        found += [(first_id(field), str(error)) for error in field.errors]
    return found


def first_of(form) -> str:
    """The id of the first visible control, for an error that belongs to no field."""
    return next((first_id(field) for field in form.visible_fields()), "maincontent")
