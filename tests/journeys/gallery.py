"""Addresses of a test: one page with every part of the form pack and every component."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from elements.fields import DayField
from elements.formsets import GrowingFormSet
from elements.widgets import Checkboxes, Radios
from pairedlearning.urls import urlpatterns as house

SIDES = [("a", "Doctor"), ("b", "Manager")]


class GalleryForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Full name", error_messages={"required": "Enter your full name"})
    email = forms.EmailField(label="Email address", help_text="We send messages here")
    phone = forms.CharField(
        label="Phone (optional)", required=False, widget=forms.TextInput(attrs={"data-width": "20"})
    )
    age = forms.IntegerField(label="Weeks", widget=forms.NumberInput(attrs={"data-width": "3"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    notes = forms.CharField(label="Notes", widget=forms.Textarea(attrs={"rows": 3, "data-maxlength": "200"}))
    site = forms.ChoiceField(label="Site", choices=[("", "Choose a site"), ("x", "St Mary's")])
    side = forms.ChoiceField(
        label="Side", choices=SIDES, widget=Radios(hints={"a": "Any grade"}, reveals={"b": "band"})
    )
    band = forms.CharField(label="Band", required=False)
    days = forms.MultipleChoiceField(
        label="Working days", help_text="Choose all that apply", choices=SIDES, widget=Checkboxes(hints={"b": "Often"})
    )
    agreed = forms.BooleanField(label="I agree", help_text="You may change your mind")
    launch_on = DayField(label="Launch date", help_text="For example, 1 2 2027")
    sheet = forms.FileField(label="Spreadsheet")


class FilterForm(forms.Form):
    q = forms.CharField(label="Name", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=SIDES)


class RowForm(forms.Form):
    theme = forms.CharField(label="Theme", error_messages={"required": "Enter the theme"})


RowFormSet = forms.formset_factory(RowForm, formset=GrowingFormSet, extra=1, can_delete=True, max_num=20)

PAGE = """{% extends "base.html" %}{% load nhsuk %}
{% block title %}Gallery{% endblock %}
{% block back %}{% include "components/back.html" with url="/" label="Home" %}{% endblock %}
{% block content %}
<h1 class="nhsuk-heading-l">Gallery</h1>
<h2 class="nhsuk-heading-m">Tasks</h2>{% include "components/task_list.html" with steps=steps %}
<h2 class="nhsuk-heading-m">Summary</h2>
<dl class="nhsuk-summary-list">
{% include "components/summary_row.html" with key="Name" value="Ada" url="/" %}
{% include "components/summary_row.html" with key="Band" value="" %}
</dl>
<h2 class="nhsuk-heading-m">List</h2>
{% include "components/filters.html" with form=filters %}
<table class="nhsuk-table"><caption class="nhsuk-table__caption nhsuk-u-visually-hidden">People</caption>
<thead><tr>
<th scope="col" aria-sort="ascending"><a class="house-sort" href="?sort=-name">Name</a></th>
<th scope="col">State</th>
</tr></thead>
<tbody><tr>
<td>Ada</td><td>{% include "components/tag.html" with label="Accepted" colour="green" %}</td>
</tr></tbody></table>
{% include "components/pagination.html" %}
<h2 class="nhsuk-heading-m">Form</h2>
{% include "components/form.html" with button="Save" cancel_url="/" draft=True %}
<h2 class="nhsuk-heading-m">Rows</h2>
{% include "components/form.html" with form=None formset=rows button="Save rows" %}
{% endblock %}"""

STEPS = [
    SimpleNamespace(
        label="Fill in your application", url="/", hint="About 10 minutes", state="to do", due_on=date(2027, 1, 6)
    ),
    SimpleNamespace(label="Meet your partner", url="", hint="", state="waiting", due_on=None),
    SimpleNamespace(label="Accept the agreement", url="/", hint="", state="done", due_on=None),
]


@login_not_required
def gallery(request):
    """The page; a POST is always refused or accepted as the real pages would."""
    is_post = request.method == "POST"
    is_rows = "rows-TOTAL_FORMS" in request.POST
    form = GalleryForm(*((request.POST, request.FILES) if is_post and not is_rows else ()))
    rows = RowFormSet(request.POST if is_rows else None, prefix="rows")
    if request.GET.get("said"):
        messages.success(request, "It is saved.")
        messages.warning(request, "Two people wait.")
    page = Paginator(range(500), 50).get_page(request.GET.get("page", 5))
    given = {"form": form, "rows": rows, "filters": FilterForm(request.GET), "steps": STEPS, "page_obj": page}
    given["navigation"] = [
        SimpleNamespace(label=label, url=url) for label, url in (("Home", "/"), ("Gallery", "/gallery/"))
    ]
    return HttpResponse(engines["django"].from_string(PAGE).render(given, request))


urlpatterns = [path("gallery/", gallery), *house]
