"""What the form pack and the components ask of a form: which part draws a field, and what is wrong with it."""

from django import forms, template
from django.forms.formsets import BaseFormSet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from elements.clock import in_figures
from elements.form_parts import first_id, part, problems_of

register = template.Library()
register.filter(part)
register.filter(first_id)
register.filter("attributes", flatatt)

CLASSES = {
    "select": "nhsuk-select",
    "textarea": "nhsuk-textarea",
    "file": "nhsuk-file-upload__input",
    "checkbox": "nhsuk-checkboxes__input",
    "password": "nhsuk-input nhsuk-password-input__input nhsuk-js-password-input-input",
}
SUMMARY_ROW = (
    '<div class="nhsuk-summary-list__row"><dt class="nhsuk-summary-list__key">{}</dt>'
    '<dd class="nhsuk-summary-list__value">{}</dd></div>'
)
OPTION = '<option value="{}"{}>{}</option>\n'
# Read by the pack, or unwanted: a placeholder vanishes as soon as somebody types, so hints stand above the box.
NEVER_SENT = ("data-width", "data-label-size", "data-maxlength", "placeholder")


@register.filter
def part_template(field) -> str:
    return f"nhsuk/parts/{part(field)}.html"


@register.simple_tag
def widget(field, **extra) -> str:
    """The field's own control with the classes of the NHS frontend."""
    kind, attrs = part(field), field.field.widget.attrs
    classes = [CLASSES.get(kind, "nhsuk-input"), attrs.get("class", "")]
    if field.errors:
        classes.append(f"{classes[0].split()[0]}--error")
    if width := attrs.get("data-width"):
        classes.append(f"nhsuk-input--width-{width}" if str(width).isdigit() else f"nhsuk-u-width-{width}")
    if kind == "textarea" and longest(field):
        classes.append("nhsuk-js-character-count")
        extra.setdefault("maxlength", False)  # the count says how much is too much; nothing typed is cut off
        if not field.aria_describedby:
            extra.setdefault("aria-describedby", f"{field.auto_id}-info")
        else:
            extra.setdefault("aria-describedby", f"{field.aria_describedby} {field.auto_id}-info")
    if kind == "select":
        field.field.widget.template_name = "nhsuk/layout/select.html"
    hidden = dict.fromkeys(NEVER_SENT, False)  # an attribute that is False is left out
    return field.as_widget(attrs={**hidden, **extra, "class": " ".join(filter(None, classes))})


@register.filter
def options(groups) -> str:
    """The options of a list to choose from. Drawn here, because forms that filter a list have dozens of them."""
    return format_html_join("", "{}", ((_group(label, choices),) for label, choices, _ in groups))


def _group(label, choices) -> str:
    told = ((str(each["value"]), flatatt(each["attrs"]) if each["attrs"] else "", each["label"]) for each in choices)
    drawn = format_html_join("", OPTION, told)
    return format_html('<optgroup label="{}">\n{}</optgroup>\n', label, drawn) if label else drawn


@register.simple_tag
def date_boxes(field) -> list[dict]:
    """The boxes of a date or a length: name, value, id, label and width in characters."""
    context = field.field.widget.get_context(field.html_name, field.value(), {"id": field.auto_id})
    return context["widget"]["subwidgets"]


@register.filter
def longest(field):
    """The most characters of a long text, where it says so."""
    return field.field.widget.attrs.get("data-maxlength") or field.field.widget.attrs.get("maxlength") or ""


@register.filter
def label_size(field) -> str:
    """Size of the label or legend: "s" unless the widget's `data-label-size` says another of s, m, l, xl."""
    return field.field.widget.attrs.get("data-label-size", "s")


@register.filter
def summary_rows(pairs) -> str:
    """The rows of a summary list from (key, value) pairs. Drawn here, because a page may have hundreds of them."""
    return format_html_join("", SUMMARY_ROW, pairs)


@register.simple_tag
def page_numbers(page) -> list:
    """The pages to offer: first, last and those around this one, with an ellipsis between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def clock(moment) -> str:
    """The time of an aware moment in London as people say it: "2pm", "5:30pm", "midday", "midnight"."""
    return in_figures(moment) if moment else ""


@register.filter
def reveals(option_value, field):
    """The bound field that a choice opens, if the widget's `reveals` names one."""
    name = getattr(field.field.widget, "reveals", {}).get(str(option_value))
    return field.form[name] if name else None


@register.filter
def choice_hint(option_value, field) -> str:
    return getattr(field.field.widget, "hints", {}).get(str(option_value), "")


@register.filter
def drawn_fields(form) -> list:
    """The visible fields, apart from those that a choice opens: they are drawn below their choice."""
    opened = {name for field in form.fields.values() for name in getattr(field.widget, "reveals", {}).values() if name}
    return [field for field in form.visible_fields() if field.name not in opened]


@register.simple_tag(takes_context=True)
def error_prefix(context) -> str:
    """ "Error: " before the page's title where a form of the page was refused."""
    return "Error: " if any(problems_of(each) for each in forms_of(context)) else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context, form=None):
    """The summary of what is wrong: once a form, above the heading where the base page can."""
    found = []
    for each in [form] if form is not None else forms_of(context):
        if not getattr(each, "is_in_summary", False):
            found += problems_of(each)
            each.is_in_summary = True
    return {"problems": found}


def forms_of(context) -> list:
    """Every form and formset that the view gave to the page, each once, in the order given."""
    found: dict[int, forms.BaseForm | BaseFormSet] = {}
    for value in context.flatten().values():
        if isinstance(value, forms.BaseForm | BaseFormSet):
            found.setdefault(id(value), value)
    return list(found.values())
