"""What is confided reaches its readers and nobody else, in no page, file, message, record, log or error report."""

import logging
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import quote, quote_plus

import pytest
from django.conf import settings
from django.contrib import admin
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from accounts.models import AuditRecord, User
from conversations import actions as conversations
from conversations import upcoming
from conversations.models import Note
from conversations.tests.factories import held
from elements import clock, registry
from pairs.models import Membership
from pairs.tests.worlds import typed
from reminders import outbox
from shadowing.models import Reflection
from tests.permissions.answers import telling
from tests.permissions.world import undone
from tests.reliability.confided import IMPROVED, OPEN, PRIVATE, columns
from tests.reliability.listening import NO_ONE, House

pytestmark = pytest.mark.django_db
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEXTS = {text.name: text for text in PRIVATE}
SUMMARY, NOTE = "conversations.Conversation.summary", "conversations.Note.words of the doctor"
REFLECTION = "shadowing.Reflection.answers private, of the doctor"
SHARED = "shadowing.Reflection.answers shared by the doctor"


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """One for all tests of this module; each of them leaves it as it was."""
    with django_db_blocker.unblock(), undone(), override_settings(PASSWORD_HASHERS=FAST):
        yield House()


def test_every_column_is_private_or_open_with_a_reason():
    assert sorted([*{text.column for text in PRIVATE}, *OPEN]) == sorted(columns())
    assert all(OPEN.values())


def test_what_is_confided_reaches_its_readers_and_nobody_else(house):
    """Everything that the house says to anybody, in every wrapping: no secret where it must not be, and each where it
    must, so that there was something to hide.
    """
    with house.afresh() as ears:
        house.listen()
    assert ears.leaks() == []
    assert ears.missed() == []
    assert ears.count > 4000
    kinds = {kind.name for kind in registry.kinds() if kind.name.split(".")[0] in {*settings.ELEMENTS, "pairs"}}
    assert kinds - house.sent == set()


def test_a_private_text_has_one_reader():
    """The promise itself: one's own note and reflection, and what one was typing."""
    assert {name: text.readers for name, text in TEXTS.items() if len(text.readers) == 1} == {
        NOTE: {"doctor"},
        "conversations.Note.words of the manager": {"manager"},
        REFLECTION: {"doctor"},
        "shadowing.Reflection.answers private, of the manager": {"manager"},
        "workshops.Need.words": {"doctor"},
        "accounts.Draft.texts": {"doctor"},
    }


def test_what_is_no_longer_shared_the_partner_loses_at_once(house):
    shared = house.world.shared_reflection
    with house.afresh() as ears:
        assert house.ask("manager", shared.get_absolute_url()).status_code == 200
        assert SHARED in ears.told_to("manager")
        house.ask("doctor", reverse("reflection_unshare", args=[shared.pk]), "POST")
        house.ears = ears = type(ears)()
        house.open_every_page(["manager"])
        house.deliver()  # the message that there is one was waiting
        assert SHARED not in ears.told_to("manager")
        assert house.ask("manager", shared.get_absolute_url()).status_code == 404
        house.ask("doctor", shared.get_absolute_url())
        assert SHARED in ears.told_to("doctor")


def test_a_former_partner_keeps_her_own_and_loses_what_is_dated_after(house):
    world, today = house.world, clock.today()
    with house.afresh() as ears:
        earlier = held(world.pair, world.doctor, today - timedelta(days=9), summary="Of old times")
        mine = Membership.objects.filter(pair=world.pair)
        mine.update(since=today - timedelta(days=30))
        mine.filter(participant=world.partner).update(until=today - timedelta(days=5))
        house.open_every_page(["manager"])
        house.open_calendars()
        assert "Of old times" in house.ask("manager", earlier.get_absolute_url()).content.decode()
        # An agreement that one signed stays one's own, and so does a project (projects/tests/test_access.py).
        own = {text.name for text in IMPROVED} | {name for name in TEXTS if name.startswith("pairs.Agreement.")}
        assert ears.told_to("manager") - own == {
            "shadowing.Reflection.answers private, of the manager",
            "shadowing.Reflection.answers shared by the manager",
            "surgeries.Topic.words of the two",  # she was booked with it
        }


LISTS = ("participant_list", "pair_list", "quiet_list", "reciprocity_list", "post_list", "word_list", "pulse_list")


def test_a_search_tells_nothing(house):
    """Asked for a piece of every secret, a list answers as to words that are nowhere."""
    lists = [("lead", reverse(name, args=[house.world.cohort.pk])) for name in LISTS]
    for listed in registry.exports():
        lists.append(("lead", reverse("export", args=[house.world.cohort.pk, listed.name, "csv"])))
    lists += [("administrator", reverse("admin:accounts_user_changelist"))]
    with house.afresh():
        for role, page in lists:
            assert searched(house, role, page, "violet kettle") == searched(house, role, page, "amber lantern"), page
        _, page = lists[0]
        assert searched(house, "lead", page, "Ash") != searched(house, "lead", page, "amber lantern")


def searched(house, role, page, words):
    """What is shown, without the words themselves: this lead may read some of what holds them."""
    hidden = [form(each) for each in ("violet kettle", words) for form in (str, quote, quote_plus)]
    return telling(house.browsers[role].get(page, {"q": words}), *hidden)


def test_an_error_report_tells_nothing(house, monkeypatch):
    """A view breaks with a text in its hands, another with what was just typed; no report is mailed."""
    for name in ("shadowing.views.reflections.reflection_page", "conversations.actions.write_note"):
        monkeypatch.setattr(name, breaks)
    words = {"note": house.ears.words[TEXTS[NOTE]]}
    with house.afresh() as ears, house.log_heard() as log:
        page, note = house.world.reflection.get_absolute_url(), reverse("note_edit", args=[house.world.conversation.pk])
        assert house.ask("doctor", page).status_code == 500
        assert house.ask("doctor", note, "POST", post=words).status_code == 500
    assert sum("Internal Server Error" in line for line in log.said) == 2
    assert ears.told_to(NO_ONE) == set()
    assert settings.ADMINS == []
    assert mail.outbox == []


def breaks(*args, **kwargs):
    raise RuntimeError("It is broken.")


# Twins that leak on purpose


def in_the_timeline(patch, house, words):
    entries = upcoming.entries
    leaky = lambda pairs, viewer: (replace(entry, label=words[SUMMARY]) for entry in entries(pairs, viewer))  # noqa: E731
    patch.setattr("conversations.upcoming.entries", leaky)
    house.ask("lead", house.world.pair.get_absolute_url())


def in_an_export(kind, patch, house, words):
    listed = registry.export_named("pairs")
    leaky = replace(listed, rows=lambda *asked: [(words[SUMMARY],) * len(listed.columns)])
    patch.setattr("pairs.element.Hall.exports", (leaky,))
    house.ask("lead", reverse("export", args=[house.world.cohort.pk, "pairs", kind]))


def plan_another(house):
    page = reverse("conversation_plan", args=[house.world.pair.pk])
    house.ask("doctor", page, "POST", post=typed(day="9 3 2027"))


def in_a_message(patch, house, words):
    patch.setattr("conversations.letters._where", lambda conversation: words[SUMMARY])
    plan_another(house)
    house.deliver()


def in_a_reference(patch, house, words):
    ids_only = outbox.ids_only
    patch.setattr("reminders.outbox.ids_only", lambda ref: {**ids_only(ref), "about": words[SUMMARY]})
    plan_another(house)
    house.read_records()


def called(patch, **said):
    event = upcoming.event
    patch.setattr("conversations.upcoming.event", lambda *given, **more: replace(event(*given, **more), **said))


def in_a_calendar(patch, house, words):
    called(patch, summary=words[SUMMARY])
    house.open_calendars()


def in_a_letter_on_paper(patch, house, words):
    called(patch, kind=words[NOTE])
    house.world.thing("participant_with_dates")
    house.ask("manager", reverse("rota", args=[house.world.partner.pk]))


def write_note(house):
    house.ask("doctor", reverse("note_edit", args=[house.world.conversation.pk]), "POST", post={"note": "Anything"})


def in_the_audit_record(patch, house, words):
    patch.setattr("accounts.audit.record", partial(recorded, words=words[NOTE]))
    write_note(house)
    house.read_records()


def recorded(*, by, did, on, scope=None, words):
    AuditRecord.objects.create(by=by, did=f"{did}: {words}", subject_kind="note", subject_ref=str(on.pk), scope=scope)


def in_a_log(patch, house, words):
    write = conversations.write_note

    def leaky(**given):
        logging.getLogger("conversations.actions").debug("A note: %s", words[NOTE])
        write(**given)

    patch.setattr("conversations.actions.write_note", leaky)
    with house.log_heard():
        write_note(house)


def in_an_error(patch, house, words):
    def leaky(**given):
        raise ValueError(f"This cannot be kept: {words[NOTE]}")

    patch.setattr("conversations.actions.write_note", leaky)
    with house.log_heard():
        write_note(house)


def in_a_name(patch, house, words):
    patch.setattr(Note, "__str__", lambda note: note.words)
    house.name_everything()


def in_a_partners_page(patch, house, words):
    patch.setattr(type(Note.objects.all()), "visible_to", lambda notes, user: notes)
    house.ask("manager", reverse("note_edit", args=[house.world.conversation.pk]))


def in_a_partners_reflection(patch, house, words):
    patch.setattr(type(Reflection.objects.all()), "visible_to", lambda reflections, user: reflections)
    house.ask("manager", house.world.reflection.get_absolute_url())


def in_the_support_pages(patch, house, words):
    leaky = [lambda person: "; ".join(Note.objects.filter(author__user=person).values_list("words", flat=True))]
    patch.setattr(admin.site._registry[User], "list_display", ["email", *leaky])
    house.open_support_pages()


TWINS = [
    (in_the_timeline, SUMMARY, "lead", "page"),
    (partial(in_an_export, "xlsx"), SUMMARY, "lead", "file"),
    (partial(in_an_export, "csv"), SUMMARY, "lead", "file"),
    (in_a_message, SUMMARY, "manager", "mail"),
    (in_a_reference, SUMMARY, NO_ONE, "record"),
    (in_a_calendar, SUMMARY, "manager", "calendar"),
    (in_a_letter_on_paper, NOTE, "manager", "file"),
    (in_the_audit_record, NOTE, NO_ONE, "record"),
    (in_a_log, NOTE, NO_ONE, "log"),
    (in_an_error, NOTE, NO_ONE, "log"),
    (in_a_name, NOTE, NO_ONE, "name"),
    (in_a_partners_page, NOTE, "manager", "page"),
    (in_a_partners_reflection, REFLECTION, "manager", "page"),
    (in_the_support_pages, NOTE, "administrator", "page"),
]


@pytest.mark.parametrize(("leak", "name", "role", "how"), TWINS)
def test_a_twin_that_leaks_is_found(leak, name, role, how, house, monkeypatch):
    with house.afresh() as ears:
        leak(monkeypatch, house, {text.name: secret for text, secret in ears.words.items()})
    assert f"{name} was told to {role} by {how}" in [line.partition(":")[0] for line in ears.leaks()]
