"""A lead changes what messages say, for all of a kind or for one: placeholders are facts, everything else is text."""

import re
import uuid
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import make_cohort
from cohorts.tests.factories import CohortFactory, ProgrammeFactory
from cohorts.tests.post import do, lead_of, member, page_of, words, write
from cohorts.views import post
from elements.registry import kind_named, kinds
from reminders.actions import set_wording
from reminders.choices import State
from reminders.composing import compose
from reminders.models import Edit, Message, Wording
from reminders.wording import Words, standard, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
KIND = "trial.meeting"
GOOD = {"subject": "About {{ what }}", "body": "It is {{ what }}:\n{{ link }}"}
# What other systems would evaluate. The first ones are refused, as braces belong to placeholders; the others are text.
REFUSED = [
    "{% load static %}",
    "{{ settings.SECRET_KEY }}",
    "{{ what|safe }}",
    "{{ what.__class__ }}",
    "{{what",
    "{# x #}",
    "{{ 7*7 }}",
]
TEXT = [
    "${x}",
    "%s %(what)s",
    "<script>alert(1)</script>",
    "<%= 7*7 %>",
    "{what}",
    "#{7*7}",
    "$what",
    "<b>bold</b> & so",
]


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring")


@pytest.fixture
def lead(cohort, client):
    return lead_of(cohort, client)


@pytest.fixture
def letter(cohort, lead):
    return write(cohort, member(cohort, "Ann Elm").user, kind="trial.asked_for")


def wording_page(client, cohort, what="wording_edit", kind=KIND, **sent):
    address = reverse(what, args=[cohort.pk, kind])
    return client.post(address, sent, follow=True) if sent else client.get(address)


def text_of(page: str) -> str:
    """What a reader reads."""
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_the_list_has_every_kind_that_may_be_changed_and_no_other(client, lead, cohort):
    page = words(client.get(reverse("wording_list", args=[cohort.pk])))
    for kind in kinds():
        assert (reverse("wording_edit", args=[cohort.pk, kind.name]) in page) == kind.has_wording
    assert "Sent when somebody is named lead" in page
    assert "Your own" not in page


@pytest.mark.parametrize("kind", ["trial.hidden", "trial.asked", "trial.told", "reminders.account_message", "no.kind"])
def test_what_may_not_be_changed_has_no_page(client, lead, cohort, kind):
    assert wording_page(client, cohort, kind=kind).status_code == 404
    assert wording_page(client, cohort, kind=kind, **GOOD, save="1").status_code == 404


def test_a_lead_tries_words_out_saves_them_and_goes_back_to_the_standard(client, lead, cohort):
    tried = words(wording_page(client, cohort, **GOOD, preview="1"))
    assert "<strong>About the thing</strong>" in tried
    assert "Nothing is saved yet." in tried
    assert not Wording.objects.exists()
    saved = words(wording_page(client, cohort, **GOOD, save="1"))
    assert "Your own" in saved
    assert words_of(kind_named(KIND), cohort.pk) == Words(**GOOD)
    assert words_of(kind_named(KIND), uuid.uuid4()) == standard(kind_named(KIND))
    assert "Back to the standard words" in words(wording_page(client, cohort))
    back = words(client.post(reverse("wording_drop", args=[cohort.pk, KIND]), follow=True))
    assert "Your own" not in back
    assert words_of(kind_named(KIND), cohort.pk) == standard(kind_named(KIND))


def test_a_visit_alone_goes_back_to_nothing(client, lead, cohort):
    wording_page(client, cohort, **GOOD, save="1")
    assert client.get(reverse("wording_drop", args=[cohort.pk, KIND])).status_code == 405
    assert Wording.objects.count() == 1


def test_the_panel_says_what_each_placeholder_means(client, lead, cohort):
    page = words(wording_page(client, cohort))
    assert "<code>{{ link }}</code>" in page
    assert "The page where it is done" in page
    assert page.count("Must stay") == 1


def test_what_must_stay_cannot_be_taken_out_and_what_was_typed_stays(client, lead, cohort, letter):
    typed = {"subject": "Hello", "body": "Nothing to {{ nobody }} here", "save": "1"}
    for page in (words(wording_page(client, cohort, **typed)), words(do(client, "post_edit", letter, **typed))):
        assert "is not one of the placeholders of this message" in page
        assert "Nothing to {{ nobody }} here" in page
    missing = words(wording_page(client, cohort, subject="Hello", body="No link", save="1"))
    assert "The text must keep {{ link }}: the page where it is done" in missing
    assert not Wording.objects.exists()
    assert not Edit.objects.exists()


@pytest.mark.parametrize("nasty", REFUSED)
def test_the_syntax_of_templates_is_refused_and_never_evaluated(client, lead, cohort, letter, nasty):
    for field in ("subject", "body"):
        typed = GOOD | {field: f"{GOOD[field]} {nasty}"}
        pages = [wording_page(client, cohort, **typed, save="1"), do(client, "post_edit", letter, **typed, save="1")]
        for page in map(words, pages):
            assert "There is a problem" in page
            assert nasty in text_of(page) or nasty in unescape(page)
            assert settings.SECRET_KEY not in page
    assert not Wording.objects.exists()
    assert not Edit.objects.exists()


@pytest.mark.parametrize("nasty", TEXT)
def test_other_syntax_is_text_and_markup_is_escaped(client, lead, cohort, letter, nasty):
    """In the page, in the plain text and in the HTML that goes out."""
    typed = {name: f"{value} {nasty}" for name, value in GOOD.items()}
    tried = words(do(client, "post_edit", letter, **typed, preview="1"))
    assert "<script>alert" not in tried
    assert f"About thing {nasty}" in text_of(tried) or f"About thing {nasty}" in unescape(tried)
    do(client, "post_edit", letter, **typed, save="1")
    letter.refresh_from_db()
    mail = compose(letter, kind_named(letter.kind)).email
    assert mail.subject == f"About thing {nasty}"
    assert nasty in mail.body
    html = mail.alternatives[0].content
    assert ("<script>" in html, "<b>" in html) == (False, False)
    assert nasty in unescape(html)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_no_header_comes_in_with_a_subject(client, lead, cohort, letter, end):
    typed = GOOD | {"subject": f"Hello{end}Bcc: all@trust.example"}
    do(client, "post_edit", letter, **typed, save="1")
    letter.refresh_from_db()
    mail = compose(letter, kind_named(letter.kind))
    assert mail.email.subject == "Hello Bcc: all@trust.example"
    assert b"\nBcc" not in mail.wire.replace(b"\r", b"\n")
    wording_page(client, cohort, **typed, save="1")
    assert Wording.objects.get().subject == "Hello Bcc: all@trust.example"


@pytest.mark.parametrize("hidden", ["\x00", "\u202e", "\x1b"])
def test_hidden_characters_are_refused_in_words(client, lead, cohort, letter, hidden):
    page = words(do(client, "post_edit", letter, **GOOD | {"subject": f"Hel{hidden}lo"}, save="1"))
    assert "There is a problem" in page
    assert not Edit.objects.exists()


def test_the_words_of_one_message_change_that_message_alone(client, lead, cohort, letter):
    other = write(cohort, member(cohort, "Bob Fir").user)
    assert "Please do {{ what }}" in unescape(page_of(client, letter, "post_edit"))
    tried = words(do(client, "post_edit", letter, **GOOD, preview="1"))
    assert "As Ann Elm will read it" in tried
    assert "<strong>About thing</strong>" in tried
    assert not Edit.objects.exists()
    saved = words(do(client, "post_edit", letter, **GOOD, save="1"))
    assert "The message goes out in your words." in saved
    assert "A lead has changed the words of this message." in saved
    assert "About thing" in saved
    assert "Please do thing" in page_of(client, other)
    assert "About {{ what }}" in unescape(page_of(client, letter, "post_edit"))


def test_what_has_gone_and_what_has_no_words_says_so(client, lead, cohort, letter):
    Message.objects.filter(pk=letter.pk).update(state=State.SENT, sent_at=timezone.now())
    assert "It does not wait any more" in page_of(client, letter, "post_edit")
    assert "It does not wait any more" in words(do(client, "post_edit", letter, **GOOD, save="1"))
    told = write(cohort, member(cohort, "Cy Oak").user, kind="trial.told")
    assert "The words of such messages cannot be changed." in page_of(client, told, "post_edit")
    assert "cannot be changed" in page_of(client, told)
    assert not Edit.objects.exists()


def test_a_message_that_is_taken_at_that_moment_keeps_its_words(client, lead, cohort, letter, monkeypatch):
    """Between the page and the press a sender was faster."""

    def faster(**given):
        Message.objects.filter(pk=letter.pk).update(state=State.SENT, sent_at=timezone.now())
        return edit(**given)

    edit = post.edit_message
    monkeypatch.setattr(post, "edit_message", faster)
    assert "Nothing was changed. The message is sent." in words(do(client, "post_edit", letter, **GOOD, save="1"))
    assert not Edit.objects.exists()


def test_the_next_cohort_of_the_programme_takes_the_wording_over_and_no_other(lead, cohort):
    set_wording(scope=cohort.pk, kind=kind_named(KIND), words=Words(**GOOD), by=lead)
    dates = {"starts_on": date(2028, 2, 1), "ends_on": date(2028, 10, 31)}
    after = make_cohort(programme=cohort.programme, preset="imperial", name="Next", by=lead, **dates)
    elsewhere = make_cohort(programme=ProgrammeFactory(), preset="imperial", name="Far", by=lead, **dates)
    assert [words_of(kind_named(KIND), each.pk).subject for each in (after, elsewhere)] == [
        "About {{ what }}",
        standard(kind_named(KIND)).subject,
    ]
