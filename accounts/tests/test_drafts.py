"""Nothing typed is lost: not by a time-out, not by leaving the page."""

import time

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.actions import drop_draft, keep_draft
from accounts.drafts import initial_from_draft, texts_of_post
from accounts.forms import FirstPersonForm
from accounts.models import Draft, User

pytestmark = pytest.mark.django_db
PAGE = "/pairs/7/notes/"


@pytest.fixture
def person():
    return User.objects.create_user("ada@trust.example", None, name="Ada")


def test_a_draft_comes_back_to_its_page_and_its_person_only(person):
    other = User.objects.create_user("ben@trust.example", None, name="Ben")
    keep_draft(owner=person, page=PAGE, texts={"notes": "Half a thought"})
    assert initial_from_draft(person, PAGE) == {"notes": "Half a thought", "restored_from_draft": True}
    assert initial_from_draft(person, "/pairs/8/notes/") == {}
    assert initial_from_draft(other, PAGE) == {}
    drop_draft(owner=person, page=PAGE)
    assert initial_from_draft(person, PAGE) == {}


def test_a_form_sent_too_late_is_kept_without_passwords(client, person):
    client.force_login(person)
    session = client.session
    session["began_at"] = session["seen_at"] = int(time.time()) - 60 * 60 * 5
    session.save()
    sent = {"keeps_draft": "1", "csrfmiddlewaretoken": "x", "notes": "A long evening", "password": "open-sesame"}
    answer = client.post(PAGE, sent)
    assert answer.url == f"{reverse('account_login')}?next={PAGE}"
    draft = Draft.objects.get()
    assert (draft.owner, draft.page, draft.texts) == (person, PAGE, {"notes": "A long evening"})
    assert "Nothing that you saved is lost" in client.get(answer.url).content.decode()


def test_a_form_that_keeps_no_drafts_is_never_kept():
    assert texts_of_post({"notes": "x", "oldpassword": "y"}) == {}
    assert texts_of_post({"keeps_draft": "1", "notes": "x", "bad": "a\x00b", "long": "x" * 30_000}) == {
        "notes": "x",
        "long": "x" * 20_000,
    }


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
    assert initial_from_draft(person, "/a/")["notes"] == "\U0001f600"


@pytest.mark.sqlite
def test_a_draft_that_was_kept_spoiled_never_spoils_its_page(person):
    keep_draft(owner=person, page=PAGE, texts={"notes": "half \ud800", "more": ["x"], "fine": "x"})
    assert initial_from_draft(person, PAGE) == {"fine": "x", "restored_from_draft": True}


def test_the_page_says_that_a_draft_was_put_back(rf, person):
    request = rf.get(PAGE)
    request.user = person
    said = "We saved what you typed"
    restored = {"name": "Ada", "restored_from_draft": True}
    for initial, data, is_said in ((restored, None, True), ({}, None, False), (restored, {"name": "Ad"}, False)):
        form = FirstPersonForm(data, initial=initial)
        html = render_to_string("components/form.html", {"form": form, "draft": True}, request)
        assert (said in html) is is_said
        assert f'data-draft="{reverse("draft_keep")}"' in html
    assert "data-draft" not in render_to_string("components/form.html", {"form": form}, request)
