"""The form that asks its writer to look again: it warns once, never refuses, and keeps nothing of what it saw."""

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from elements.second_look import LooksForPatients

SECRET = "I saw Mr Ash, 943 476 5919."


class NoteForm(LooksForPatients):
    title = forms.CharField(label="Title", required=False)
    words = forms.CharField(label="Summary (optional)", widget=forms.Textarea, max_length=60)


class TitleToo(NoteForm):
    looked_at = ("title",)


def sent(kind=NoteForm, **given):
    data = QueryDict(mutable=True)
    data.update(given)
    return kind(data)


def page(form, **more) -> str:
    return render_to_string("components/form.html", {"form": form, "button": "Save the note", **more})


def test_a_text_that_names_nobody_is_saved_at_once():
    form = sent(words="I learnt how beds are found.")
    assert form.is_valid()
    assert form.cleaned_data == {"title": "", "words": "I learnt how beds are found."}
    assert not form.has_warned
    assert "patients" not in page(form)


def test_the_first_time_the_form_comes_back_with_a_warning_and_every_word():
    form = sent(words=SECRET)
    assert not form.is_valid()
    assert form.errors == {}
    assert [(each.box, each.words) for each in form.patients] == [("Summary", "Mr Ash"), ("Summary", "943 476 5919")]
    shown = page(form)
    assert "<mark>Mr Ash</mark> in “Summary” may be the name of a patient" in shown
    assert SECRET in shown
    assert "nhsuk-error" not in shown
    assert 'name="patients" value="replace"' in shown
    assert shown.count('name="patients" value="keep">Save</button>') == 2, "above the boxes and below them"
    assert "change the words by hand first, or leave them" in shown
    assert "Replace these words</button>" in shown, "it may be a number that is replaced, and no patient X put in"
    assert 'name="patients_warned" value="1"' in shown
    assert "Save the note" not in shown


def test_the_author_may_save_it_as_it_is():
    form = sent(words=SECRET, patients="keep")
    assert form.is_valid()
    assert form.cleaned_data["words"] == SECRET
    assert form.has_warned


def test_the_author_may_change_it_by_hand_and_save_that():
    form = sent(words="I saw Mr Ash’s son.", patients="keep", patients_warned="1")
    assert form.is_valid(), "what stands in the box is saved, and asked about once"
    assert form.cleaned_data["words"] == "I saw Mr Ash’s son."


def test_or_have_it_replaced_and_read_it_once_more():
    form = sent(words=SECRET, patients="replace", patients_warned="1")
    assert not form.is_valid()
    shown = page(form)
    assert "I saw patient X, [NHS number]." in shown
    assert "Ash" not in shown
    assert "Save the note" in shown
    again = sent(words="I saw patient X, [NHS number].", patients_warned="1")
    assert again.is_valid()
    assert again.has_warned


def test_who_changed_the_words_by_hand_has_nothing_to_read_once_more():
    form = sent(words="I saw somebody on the ward.", patients="replace", patients_warned="1")
    assert form.is_valid()
    assert form.cleaned_data["words"] == "I saw somebody on the ward."
    assert form.has_warned


def test_what_is_wrong_comes_first_and_alone():
    form = sent(words=SECRET * 10)
    assert not form.is_valid()
    assert form.patients == []
    assert "second-look" not in page(form)


def test_what_becomes_too_long_by_replacing_is_said():
    words = "Mr Ox, " * 8
    assert len(words) < 60
    form = sent(words=words, patients="replace")
    assert not form.is_valid()
    assert "words" in form.errors


def test_only_long_texts_are_looked_at_unless_the_form_names_more():
    assert sent(title="About Mr Ash", words="Fine").is_valid()
    form = sent(TitleToo, title="About Mr Ash", words="Fine")
    assert not form.is_valid()
    assert [each.box for each in form.patients] == ["Title"]


def test_words_are_shown_as_text():
    form = sent(words="Mr <b>")
    assert form.is_valid()
    form = sent(words="Mrs Ash<script>")
    form.is_valid()
    assert "<script>" not in page(form)


def test_the_button_that_was_pressed_is_pressed_still():
    form = sent(words=SECRET, publish="1")
    form.is_valid()
    shown = page(form, other_button="Publish", other_name="publish")
    assert '<input type="hidden" name="publish" value="1">' in shown


@pytest.mark.parametrize("answer", ["", "no", "replace it", "keep "])
def test_any_other_answer_is_none(answer):
    assert not sent(words=SECRET, patients=answer).is_valid()


def test_a_form_that_was_not_sent_says_nothing():
    form = NoteForm()
    assert form.patients == []
    assert not form.has_warned


def test_rows_beside_a_form_are_listed_with_it_unless_something_is_wrong():
    row, form = sent(TitleToo, title="Ring Mr Ash", words="x"), sent(words="of 943 476 5919")
    form.beside = [row]
    assert [each.words for each in form.patients] == ["943 476 5919", "Mr Ash"]
    assert not form.is_valid()
    wrong, form = sent(TitleToo, title="Ring Mr Ash"), sent(words="of 943 476 5919")
    form.beside = [wrong]
    assert wrong.errors
    assert form.patients == []


def test_a_patient_has_the_same_letter_in_every_box_and_row_of_the_page():
    rows = {"title": "Mrs Birch with Mr Ash", "words": "Ring Mr Ash", "row-title": "Of Mrs Birch", "row-words": "-"}
    form = sent(TitleToo, **rows, patients="replace")
    data = QueryDict(mutable=True)
    data.update({**rows, "patients": "replace"})
    row = TitleToo(data, prefix="row")
    assert not form.is_valid()
    assert not row.is_valid()
    shown = [form["title"].value(), form["words"].value(), row["title"].value()]
    assert shown == ["patient X with patient Y", "Ring patient Y", "Of patient X"]
    asked = sent(TitleToo, **rows)
    assert [(each.words, each.instead) for each in asked.patients] == [
        ("Mrs Birch", "patient X"),
        ("Mr Ash", "patient Y"),
        ("Mr Ash", "patient Y"),
    ]


def test_a_key_that_the_page_hides_is_nobody():
    form = sent(mark="ab123456-0000-4000-8000-000000000000", words=SECRET)
    assert [each.instead for each in form.patients] == ["patient X", "[NHS number]"]
