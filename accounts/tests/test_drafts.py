"""Nothing typed is lost: not by a time-out, not by leaving the page."""

from datetime import time, timedelta

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import tasks
from accounts.actions import drop_draft, forget_drafts, keep_draft, keep_sent
from accounts.drafts import Seal, kept_of, owner_of, put_back, seal_of, texts_of_post
from accounts.forms import FirstPersonForm
from accounts.models import Draft, User
from elements.fields import DayField, HourField
from elements.form_parts import problems_of
from elements.once import MarkOfSending
from elements.widgets import Checkboxes, Radios

pytestmark = pytest.mark.django_db
PAGE = "/pairs/7/notes/"
SIDES = [("a", "A"), ("b", "B"), ("c", "C")]


@pytest.fixture
def person():
    return User.objects.create_user("ada@trust.example", None, name="Ada")


def typed(person, page=PAGE) -> dict:
    kept = kept_of(person, page)
    return dict(kept.data.lists()) if kept else {}


def test_a_draft_comes_back_to_its_page_and_its_person_only(person):
    other = User.objects.create_user("ben@trust.example", None, name="Ben")
    keep_draft(owner=person, page=PAGE, texts={"notes": "Half a thought"})
    assert typed(person) == {"notes": ["Half a thought"]}
    assert typed(person, "/pairs/8/notes/") == {}
    assert typed(other) == {}
    drop_draft(owner=person, page=PAGE)
    assert typed(person) == {}


def test_starting_again_drops_the_draft_and_goes_back_to_the_page(client, person):
    client.force_login(person)
    keep_draft(owner=person, page=PAGE, texts={"notes": "x"})
    assert client.post(reverse("draft_drop"), {"page": PAGE}).url == PAGE
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "page", ["//evil.example/", "https://evil.example/", "", "/a\x00b", "/\\evil.example", "javascript:1"]
)
def test_starting_again_never_leads_elsewhere(client, person, page):
    client.force_login(person)
    assert client.post(reverse("draft_drop"), {"page": page}).url == reverse("home")


@pytest.mark.parametrize(
    "sent",
    [
        r'{"page": "/\ud800", "texts": {"notes": "x"}}',
        r'{"page": "/a/", "texts": {"notes": "half \udc00"}}',
        r'{"page": "/a/", "texts": {"half \ud800": "x"}}',
        r'{"page": "/a/", "texts": {"notes": "\u0000"}}',
        '{"page": "/\x00", "texts": {}}',
        "[" * 100_000,
        '{"page": "/a/", "texts": {"notes": ' + "[" * 100_000,
        '{"page": "/a/", "texts": ["notes"]}',
        '{"page": "/a/"}',
        "nonsense",
        b"\xff\xfe",
        "",
    ],
    ids=range(12),
)
def test_what_cannot_be_kept_is_refused(client, person, sent):
    client.force_login(person)
    answer = client.post(reverse("draft_keep"), sent, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["problem"])
    assert not Draft.objects.exists()


def test_a_whole_character_in_two_halves_is_kept(client, person):
    client.force_login(person)
    sent = r'{"page": "/a/", "texts": {"notes": "\ud83d\ude00"}}'
    assert client.post(reverse("draft_keep"), sent, content_type="application/json").status_code == 204
    assert typed(person, "/a/")["notes"] == ["\U0001f600"]


@pytest.mark.sqlite
def test_a_draft_that_was_kept_spoiled_never_spoils_its_page(person):
    keep_draft(owner=person, page=PAGE, texts={"notes": "half \ud800", "more": [["x"]], "odd": 3, "fine": "x"})
    assert typed(person) == {"fine": ["x"]}
    keep_draft(owner=person, page=PAGE, texts={"notes": "half \ud800"})
    assert kept_of(person, PAGE) is None


def drawn(rf, person, form, **more) -> str:
    request = rf.get(PAGE)
    request.user = person
    return render_to_string("components/form.html", {"form": form, **more}, request)


def test_the_page_says_that_a_draft_was_put_back(rf, person):
    said = "We saved what you typed"
    assert said not in drawn(rf, person, PlainForm(), draft=True)
    keep_draft(owner=person, page=PAGE, texts={"notes": "Half a thought"})
    html = drawn(rf, person, PlainForm(), draft=True)
    assert said in html
    assert "Half a thought" in html
    assert f'data-draft="{reverse("draft_keep")}"' in html
    sent = drawn(rf, person, PlainForm({"notes": "A whole one"}))
    assert said not in sent
    assert "A whole one" in sent
    assert "data-draft" not in sent


def test_typing_on_goes_over_the_texts_of_a_form_kept_whole_and_leaves_the_rest(person):
    keep_sent(owner=person, page=PAGE, texts={"notes": ["Early"], "sides": ["a", "b"]}, to=PAGE)
    keep_draft(owner=person, page=PAGE, texts={"notes": "Late"})
    kept = kept_of(person, PAGE)
    assert (dict(kept.data.lists()), kept.is_whole) == ({"notes": ["Late"], "sides": ["a", "b"]}, True)


def test_nobody_comes_back_after_two_weeks(person):
    keep_draft(owner=person, page=PAGE, texts={"notes": "x"})
    now = Draft.objects.get().saved_at
    assert forget_drafts(now=now + timedelta(days=14)) == 0
    assert forget_drafts(now=now + timedelta(days=14, seconds=1)) == 1
    planned = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.forget_drafts.name in planned
    assert tasks.forget_drafts() == 0


class PlainForm(forms.Form):
    notes = forms.CharField(widget=forms.Textarea)


class EveryKind(forms.Form):
    """A field of each kind that the house draws."""

    line = forms.CharField(initial="before")
    text = forms.CharField(widget=forms.Textarea)
    day = DayField(label="Day")
    hour = HourField(label="Start time", initial=time(9))
    one = forms.ChoiceField(choices=SIDES, widget=Radios, initial="a")
    some = forms.MultipleChoiceField(choices=SIDES, widget=Checkboxes, initial=["a"])
    none = forms.MultipleChoiceField(choices=SIDES, widget=Checkboxes, initial=["a"])
    yes = forms.BooleanField()
    no = forms.BooleanField(initial=True)
    listed = forms.ChoiceField(choices=SIDES)
    several = forms.MultipleChoiceField(choices=SIDES)
    number = forms.IntegerField()
    hidden = forms.CharField(widget=forms.HiddenInput, initial="new")
    mark = MarkOfSending()
    fixed = forms.CharField(disabled=True, initial="fixed")
    sheet = forms.FileField()


SENT = {
    "line": "typed",
    "text": "long <text>",
    "day_0": "31",
    "day_1": "Feb",
    "day_2": "",
    "hour": "half two",
    "one": "b",
    "some": ["b", "c"],
    "yes": "on",
    "listed": "c",
    "several": ["a", "c"],
    "number": "many",
    "hidden": "old",
    "mark": "8d0f4d2e-7b5c-4f0a-9a52-0c2f6c8f2a11",
    "fixed": "changed",
}


def keep_every_kind(person, **other):
    post = QueryDict(mutable=True)
    for name, value in (SENT | other).items():
        post.setlist(name, value if isinstance(value, list) else [value])
    keep_sent(owner=person, page=PAGE, texts=texts_of_post(post), to=PAGE)
    return kept_of(person, PAGE)


@pytest.mark.parametrize("is_asked_before", [False, True])
def test_every_kind_of_field_comes_back_as_it_was_typed(person, is_asked_before):
    form = EveryKind()
    if is_asked_before:
        str(form)  # a bound field remembers its initial value
    assert put_back(form, keep_every_kind(person), is_alone=True)
    shown = {name: form[name].value() for name in form.fields}
    assert shown == {
        "line": "typed",
        "text": "long <text>",
        "day": ["31", "Feb", ""],
        "hour": "half two",
        "one": "b",
        "some": ["b", "c"],
        "none": [],
        "yes": True,
        "no": False,
        "listed": "c",
        "several": ["a", "c"],
        "number": "many",
        "hidden": "new",
        "mark": SENT["mark"],
        "fixed": "fixed",
        "sheet": None,
    }
    html = str(form)
    assert 'value="31"' in html
    assert 'value="Feb"' in html
    assert html.count("checked") == 4
    assert "long &lt;text&gt;" in html
    assert not form.errors


def test_long_texts_alone_leave_every_other_field_as_it_is(person):
    keep_draft(owner=person, page=PAGE, texts={"text": "typed"})
    form = EveryKind()
    put_back(form, kept_of(person, PAGE))
    assert (form["text"].value(), form["some"].value(), form["no"].value()) == ("typed", ["a"], True)


def test_what_is_kept_is_of_the_form_that_was_sent_and_of_no_other_on_the_page(person):
    kept = keep_every_kind(person)
    assert not put_back(PlainForm(initial={"notes": "x"}), kept)
    assert not put_back(EveryKind(prefix="other"), kept)


def test_a_mark_alone_is_nothing_typed(person):
    class Marked(forms.Form):
        other = forms.CharField()
        mark = MarkOfSending()

    form = Marked()
    assert not put_back(form, keep_every_kind(person))
    assert str(form["mark"].value()) != SENT["mark"]


def test_boxes_that_were_all_unticked_stay_unticked(person):
    class Ticks(forms.Form):
        some = forms.MultipleChoiceField(choices=SIDES, widget=Checkboxes, initial=["a"])

    keep_sent(owner=person, page=PAGE, texts={"save": ["1"]}, to=PAGE)
    form = Ticks()
    assert put_back(form, kept_of(person, PAGE), is_alone=True)
    assert form["some"].value() == []


def test_a_form_filled_in_by_its_address_takes_what_was_typed(person):
    form = PlainForm(QueryDict("first=1"))
    assert put_back(form, keep_every_kind(person, notes="typed"))
    assert form["notes"].value() == "typed"
    assert form.data["first"] == "1"
    asked = PlainForm(QueryDict("notes=asked"))
    assert not put_back(asked, kept_of(person, PAGE))
    assert asked["notes"].value() == "asked"


def test_rows_that_were_added_come_back_without_complaint(person):
    Rows = forms.formset_factory(PlainForm, extra=1)
    sent = {"form-TOTAL_FORMS": ["2"], "form-INITIAL_FORMS": ["0"], "form-0-notes": ["one"], "form-1-notes": ["two"]}
    keep_sent(owner=person, page=PAGE, texts=sent, to=PAGE)
    rows = Rows()
    assert put_back(rows, kept_of(person, PAGE))
    assert [form["notes"].value() for form in rows.forms] == ["one", "two"]
    assert problems_of(rows) == []


def test_passwords_codes_and_tokens_are_never_kept(rf, person):
    post = QueryDict("a=1&a=2&code=123456&password=x&oldpassword=x&New_Password1=x&csrfmiddlewaretoken=x&kept_for=x")
    assert texts_of_post(post) == {"a": ["1", "2"]}
    long = QueryDict(mutable=True)
    long.update({"long": "x" * 30_000, "odd": "a\x00b"})
    assert texts_of_post(long) == {"long": ["x" * 20_000], "odd": ["ab"]}
    assert 'name="kept_for"' in drawn(rf, person, PlainForm())
    assert 'name="kept_for"' not in drawn(rf, person, FirstPersonForm())
    assert 'name="kept_for"' not in drawn(rf, AnonymousUser(), PlainForm())
    assert 'name="kept_for"' not in drawn(rf, person, None)


def test_a_seal_says_who_and_where_and_cannot_be_made_up(person, monkeypatch):
    seal = Seal(person.pk, PAGE)
    assert seal_of({"kept_for": str(seal)}) == seal
    for bad in (
        "",
        "x",
        str(seal)[:-1],
        signing.dumps([str(person.pk), PAGE]),
        signing.dumps(3, salt="accounts.drafts"),
    ):
        assert seal_of({"kept_for": bad}) is None
    assert seal_of({}) is None
    monkeypatch.setattr("accounts.drafts.SEAL_LIVES", -1)
    assert seal_of({"kept_for": str(seal)}) is None
    assert owner_of(seal) == person
    User.objects.update(is_active=False)
    assert owner_of(seal) is None
    assert owner_of(None) is None
