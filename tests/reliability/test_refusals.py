"""What an action refuses is answered in words, whatever it is and whenever it is raised: never by an error page."""

import inspect
from datetime import UTC, timedelta
from importlib import import_module

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from conversations import actions as conversation_actions
from conversations.models import Conversation
from conversations.tests.factories import held
from elements.refusals import IsGone, Refusal
from tests.architecture import house
from tests.permissions.test_matrix import Trial
from tests.permissions.world import World, in_worlds, matrices
from tests.reliability.forms_drawn import typing_forms

ROOMS = ["pairs", "projects", "conversations", "shadowing"]
SENTENCE = "Somebody was faster than you"


class SomebodyWasFaster(Refusal):
    """Of which no view has heard."""


def raised_by_actions() -> list[type]:
    """Every exception that a module of actions defines."""
    modules = [import_module(house.name_of(path)) for path in house.in_layer("actions")]
    found = {kind for module in modules for _, kind in inspect.getmembers(module, inspect.isclass)}
    ours = {module.__name__ for module in modules}
    return [kind for kind in found if issubclass(kind, Exception) and kind.__module__ in ours]


def test_whatever_an_action_defines_to_raise_is_a_refusal():
    found = raised_by_actions()
    assert len(found) > 30
    assert [kind for kind in found if not issubclass(kind, Refusal)] == []


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refusal("Enter a day that has come"), "Enter a day that has come."),
        (Refusal("Do you mean 2am?"), "Do you mean 2am?"),
        (Refusal(), "As things stand now this cannot be done."),
        (IsGone(), "This was removed while you had the page open."),
    ],
)
def test_a_refusal_is_a_sentence(refusal, sentence):
    assert refusal.sentence == sentence


@pytest.mark.django_db
@pytest.mark.parametrize("app", ROOMS)
@pytest.mark.parametrize("refusal", [SomebodyWasFaster(SENTENCE), ObjectDoesNotExist(SENTENCE)], ids=["said", "gone"])
def test_no_view_ends_in_an_error_when_its_action_refuses(app, refusal, monkeypatch):
    """Every address of the room that takes a form, with every action of the room refusing."""
    rows = [row for row in matrices()[app].ROWS if "POST" in row.methods and not row.public]
    module, asked, wrong = import_module(f"{app}.actions"), set(), []
    for world, row in in_worlds(rows):
        trial = Trial(world, row)
        asked_of_this = []

        def refuse(*, asked_of_this=asked_of_this, **given):
            asked_of_this.append(given)
            raise refusal

        with monkeypatch.context() as patched:
            for name, action in inspect.getmembers(module, inspect.isfunction):
                patched.setattr(module, name, refuse, raising=True)
                assert callable(action)
            answer = trial.ask(min(row.may), "POST", trial.here)
        if asked_of_this:
            asked.add(row.url)
            said = answer.content.decode()
            if answer.status_code != 409 or (isinstance(refusal, Refusal) and SENTENCE not in said):
                wrong.append(f"{row.url}: {answer.status_code}")
            if isinstance(refusal, ObjectDoesNotExist) and SENTENCE in said:
                wrong.append(f"{row.url}: says what was not found")
        elif answer.status_code >= 400:
            wrong.append(f"{row.url}: {answer.status_code} without having asked")
    assert wrong == []
    assert len(asked) > 2


@pytest.fixture
def world(db):
    return World()


def sent_from(client, url: str):
    """The form of the page."""
    (form,) = typing_forms(client.get(url).content.decode())
    return form


def meanwhile(monkeypatch, action: str, happens):
    """Something happens after the page was loaded and before its action begins."""
    real = getattr(conversation_actions, action)

    def later(**given):
        return real(**{**given, **(happens(**given) or {})})

    monkeypatch.setattr(conversation_actions, action, later)


def test_a_row_that_goes_between_page_and_form_is_said_to_be_gone(world, monkeypatch, caplog):
    conversation = held(world.thing("pair"), by=world.doctor)
    browser = world.browser("doctor")
    url = reverse("conversation_edit", args=[conversation.pk])
    form = sent_from(browser, url)
    meanwhile(monkeypatch, "change_conversation", lambda **_: Conversation.objects.all().delete() and None)
    answer = browser.post(url, form.sent())
    assert answer.status_code == 409
    assert "This was removed while you had the page open." in answer.content.decode()
    [told] = [each for each in caplog.records if each.name == "accounts.middleware"]
    assert told.exc_info[1].__traceback__, "it may be an error of the house: the log says where it was looked for"


def test_what_was_typed_is_kept_when_the_time_has_come_meanwhile(world, monkeypatch):
    """The next conversation was to come when the page was drawn, and is past when it is saved."""
    pair, now = world.thing("pair"), timezone.now().astimezone(UTC)
    browser = world.browser("doctor")
    url = reverse("conversation_log", args=[pair.pk])
    soon = timezone.localdate() + timedelta(days=3)
    today = timezone.localdate()
    typed = sent_from(browser, url).sent() | {
        **{f"day_{number}": str(part) for number, part in enumerate((today.day, today.month, today.year))},
        **{f"next_day_{number}": str(part) for number, part in enumerate((soon.day, soon.month, soon.year))},
        "next_hour": "2pm",
        "summary": "We walked round the beds",
    }
    meanwhile(monkeypatch, "log_conversation", lambda **_: {"now": now + timedelta(days=9)})
    answer = browser.post(url, typed)
    assert answer.status_code == 409
    assert "Enter a time that is still to come." in answer.content.decode()
    assert f'href="{url}"' in answer.content.decode()
    assert Conversation.objects.count() == 0
    again = browser.get(url).content.decode()
    assert "We walked round the beds" in again
    assert "This was not saved when you sent it" in again
