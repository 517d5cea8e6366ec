"""What partners write of a conversation is looked at for patients once; only that it warned is kept."""

import re

import pytest
from django.urls import reverse

from conversations import actions
from conversations.models import Conversation, Note
from conversations.tests.factories import held, typed_today
from projects.models import Action

pytestmark = pytest.mark.django_db
SAW = "I saw Mr Ash, 943 476 5919."
ASKED = "Could this name a patient?"


@pytest.fixture
def log(client, two):
    """Log a conversation of today as the doctor; the page, or None where it was taken."""
    _, pair, doctor, _ = two
    client.force_login(doctor.user)

    def sent(**more):
        answer = client.post(reverse("conversation_log", args=[pair.pk]), typed_today(**more))
        return None if answer.status_code == 302 else answer.content.decode()

    sent.me = doctor
    return sent


@pytest.mark.parametrize("summary", ["", SAW])
def test_save_and_cancel_stand_at_the_end_of_the_page_also_with_more_open(summary, log):
    """And Enter saves: the first button of the form is one that does, not the one that adds a row."""
    page = log(summary=summary, day_2="") if not summary else log(summary=summary)
    form = page[page.index("data-draft=") :].partition("</form>")[0]
    inside, _, end = form.rpartition("</details>")
    assert (inside.count(">Cancel</a>"), end.count(">Cancel</a>")) == (0, 1)
    assert ('value="keep">Save</button>' if summary else ">Save</button>") in end
    first = re.search(r"<button[^>]*>", form).group()
    assert "deeds-add" not in first
    assert inside.count(">Save</button>") == 1, "the one that Enter presses, or the one beside what was noticed"
    assert inside.count('tabindex="-1"') == (0 if summary else 1)


def test_a_mistake_in_the_day_by_which_something_is_done_is_said_in_the_words_of_its_label(log):
    page = log(**{"deeds-0-words": "Ask", "deeds-0-due_on_0": "1", "deeds-0-due_on_1": "x", "deeds-0-due_on_2": "2027"})
    assert "Due date (optional)" in page
    assert re.search(r"Due date must [a-z ]+", page)
    assert "By when?" not in page


@pytest.mark.parametrize("box", ["summary", "note"])
def test_summary_and_note_are_asked_about_before_they_are_saved(box, log):
    page = log(**{box: SAW})
    assert ASKED in page
    assert "<mark>943 476 5919</mark>" in page
    assert SAW in page
    assert '<details class="nhsuk-details" open>' in page
    assert page.count('name="patients" value="replace"') == page.count('name="patients" value="keep"') == 2
    assert 'type="submit">Save<' not in page
    assert not Conversation.objects.exists()
    assert log(**{box: SAW}, patients="keep", patients_warned="1") is None
    assert Conversation.objects.get().warned is (box == "summary")
    assert list(Note.objects.values_list("words", "warned")) == ([(SAW, True)] if box == "note" else [])


def test_the_words_of_an_action_are_asked_about_with_the_others(log):
    row = {"deeds-0-words": "Ring Mr Ash", "deeds-0-owner": str(log.me.pk)}
    page = log(**row, summary="Of 943 476 5919")
    assert ASKED in page
    assert "<mark>Mr Ash</mark>" in page
    assert "<mark>943 476 5919</mark>" in page
    assert not Action.objects.exists()
    page = log(**row, summary="Of 943 476 5919", patients="replace")
    assert 'value="Ring patient X"' in page
    assert "Nothing is saved yet: read it once more" in page
    assert not Conversation.objects.exists()
    assert log(**row, patients="keep") is None
    assert Action.objects.get().words == "Ring Mr Ash"


def test_a_row_alone_that_names_a_patient_is_asked_about(log):
    row = {"deeds-0-words": "Ring Mr Ash", "deeds-0-owner": str(log.me.pk)}
    assert ASKED in log(**row)


def test_what_else_is_wrong_comes_first(log):
    page = log(summary=SAW, **{"deeds-0-words": "Ring Mr Ash"})
    assert "Choose who does it" in page
    assert ASKED not in page


def test_what_names_nobody_is_saved_at_once_and_no_warning_is_kept(log):
    assert log(summary="How beds are found", note="Ask more") is None
    assert not Conversation.objects.get().warned
    assert not Note.objects.get().warned


def test_the_page_of_a_note_asks_too(client, two):
    _, pair, doctor, _ = two
    made = held(pair, doctor.user)
    client.force_login(doctor.user)
    url = reverse("note_edit", args=[made.pk])
    assert ASKED in client.post(url, {"note": SAW}).content.decode()
    assert not Note.objects.exists()
    client.post(url, {"note": SAW, "patients": "keep"})
    assert Note.objects.get().warned
    actions.write_note(conversation=made, words="Another", by=doctor.user)
    assert Note.objects.get().warned  # that it ever warned


def test_without_its_summary_a_conversation_holds_no_warning(two):
    _, pair, doctor, manager = two
    made = held(pair, doctor.user, summary=SAW, note="Mine", warned=True)
    assert made.warned
    actions.remove_conversation(conversation=made, by=manager.user, now=made.changed_at)
    made.refresh_from_db()
    assert not made.warned
