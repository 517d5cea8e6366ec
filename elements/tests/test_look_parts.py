"""What the form pack draws: names, hints, errors and the way from the summary into the field."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from pytest_django.asserts import assertHTMLEqual

from elements.fields import DayField
from elements.form_parts import problems_of
from elements.formsets import GrowingFormSet
from elements.widgets import Radios

CHOICES = [("a", "Doctor"), ("b", "Manager")]


class EveryForm(forms.Form):
    name = forms.CharField(
        label="Name", help_text="As on <your> badge", widget=forms.TextInput(attrs={"data-width": "5"})
    )
    email = forms.EmailField(
        label="Email", widget=forms.EmailInput(attrs={"placeholder": "me", "autocomplete": "email"})
    )
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    notes = forms.CharField(label="Notes", widget=forms.Textarea(attrs={"data-maxlength": "9"}))
    site = forms.ChoiceField(label="Site", choices=CHOICES)
    side = forms.ChoiceField(label="Side", choices=CHOICES, widget=Radios(hints={"a": "Any"}, reveals={"b": "band"}))
    band = forms.CharField(label="Band")
    days = forms.MultipleChoiceField(label="Days", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="Agreed")
    day = DayField(label="Launch date")
    sheet = forms.FileField(label="Sheet")


def drawn(form) -> str:
    return render_to_string("nhsuk/uni_form.html", {"form": form})


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


@pytest.mark.parametrize("form", [EveryForm(), EveryForm({})], ids=["empty", "refused"])
def test_every_reference_of_the_page_leads_to_one_element(form):
    html = drawn(form)
    assert len(ids(html)) == len(set(ids(html)))
    wanted = set(" ".join(re.findall(r'(?:aria-describedby|for)="([^"]+)"', html)).split())
    assert wanted - set(ids(html)) == set()
    assert {target for target, _ in problems_of(form)} - set(ids(html)) == set()


def test_every_field_is_drawn_once_with_its_label():
    html = drawn(EveryForm())
    names = re.findall(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"', html)
    assert sorted(set(names)) == sorted(
        [
            "name",
            "email",
            "secret",
            "notes",
            "site",
            "side",
            "band",
            "days",
            "agreed",
            "day_0",
            "day_1",
            "day_2",
            "sheet",
        ]
    )
    assert names.count("band") == 1
    assert html.index('name="side"') < html.index('name="band"') < html.index('name="days"')


def test_summary_leads_to_the_first_choice_of_a_group():
    found = dict(problems_of(EveryForm({})))
    assert {"id_name", "id_side_0", "id_days_0", "id_day_0", "id_agreed"} <= set(found)
    assert found["id_day_0"] == "Enter the launch date"


def test_a_refused_field_is_marked_and_described_by_hint_and_error():
    html = drawn(EveryForm({}))
    box = re.search(r'<input[^>]*name="name"[^>]*>', html).group()
    assert 'class="nhsuk-input nhsuk-input--error nhsuk-input--width-5"' in box
    assert 'aria-describedby="id_name_helptext id_name_error"' in box
    assert 'aria-invalid="true"' in box
    assert "data-width" not in html


def test_hints_are_text_and_placeholders_are_left_out():
    html = drawn(EveryForm())
    assert "As on &lt;your&gt; badge" in html
    assert "placeholder" not in html
    assert 'autocomplete="email"' in html


def test_what_was_typed_stays_but_a_password():
    html = drawn(EveryForm({"name": '"><script>', "secret": "open-sesame", "notes": "long & wide", "side": "b"}))
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert "long &amp; wide" in html
    assert "open-sesame" not in html
    assert re.search(r'value="b" checked', html)


class RowForm(forms.Form):
    theme = forms.CharField(label="Theme")


Rows = forms.formset_factory(RowForm, formset=GrowingFormSet, extra=1, can_delete=True, max_num=3)


def rows(*themes, **more) -> dict:
    typed = {f"form-{n}-theme": theme for n, theme in enumerate(themes)}
    return {"form-TOTAL_FORMS": str(len(themes)), "form-INITIAL_FORMS": "0", **typed, **more}


def test_adding_a_row_keeps_what_was_typed_and_complains_of_nothing():
    formset = Rows(rows("Flow", "", **{"form-add": "1"}))
    html = render_to_string("nhsuk/uni_formset.html", {"formset": formset})
    assert not formset.is_valid()
    assert len(formset.forms) == 3
    assert 'value="Flow"' in html
    assert "nhsuk-error-message" not in html
    assert problems_of(formset) == []
    assert "form-add" not in html  # three are the most


def test_rows_are_checked_when_nothing_is_added():
    assert Rows(rows("Flow")).is_valid()
    removed = Rows(rows("Flow", "Falls", **{"form-1-DELETE": "on"}))
    assert removed.is_valid()
    assert [form.cleaned_data["theme"] for form in removed.deleted_forms] == ["Falls"]
    assert [target for target, _ in problems_of(Rows({}))] == ["maincontent"]


def test_a_list_to_choose_from_is_drawn_as_django_draws_it():
    """By our own hand, since Django has a template of its own for each option."""

    class Listed(forms.Form):
        site = forms.ChoiceField(
            choices=[("", "Any <b>"), ("Wards & clinics", [('a"b', "One"), (2, "Two")])],
            initial=2,
            widget=forms.Select(attrs={"disabled": True, "data-kept": 7, "data-left-out": False}),
        )

    class Refusing(forms.Select):
        def create_option(self, name, value, label, selected, index, **kwargs):
            option = super().create_option(name, value, label, selected, index, **kwargs)
            option["attrs"] |= {"disabled": value == 2, "title": "<no>"}
            return option

    def html_of(form, template) -> str:
        form.fields["site"].widget.template_name = template
        return str(form["site"])

    form = Listed()
    theirs, ours = "django/forms/widgets/select.html", "nhsuk/layout/select.html"
    assertHTMLEqual(html_of(form, ours), html_of(form, theirs))
    form.fields["site"].widget = Refusing(choices=form.fields["site"].choices)
    assertHTMLEqual(html_of(form, ours), html_of(form, theirs))
