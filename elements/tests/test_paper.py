"""Documents to print: tagged, made to the standard, and nothing that somebody types makes them fail or runs in them."""

import io
import re

import pytest
import typst
from pypdf import PdfReader

from cohorts.record import DOCUMENT
from elements import paper
from tests.reliability.corpus import EVERYTHING, REAL_NAMES

EMPTY = {"title": "Record", "heading": "", "footer": "", "facts": [], "hours": [], "parts": [], "texts": []}


def read(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document))


def text_of(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(document).pages)


def printed(*texts: str) -> bytes:
    return paper.pdf(
        DOCUMENT, EMPTY | {"texts": [{"title": f"Text {n}", "text": text} for n, text in enumerate(texts)]}
    )


def test_a_document_is_tagged_in_english_and_has_its_title():
    found = read(paper.pdf(DOCUMENT, EMPTY))
    catalogue = found.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == "Record"
    assert b"pdfuaid" in found.trailer["/Root"]["/Metadata"].get_data()


def test_a_document_without_a_title_is_refused():
    with pytest.raises(typst.TypstError, match="title"):
        paper.pdf(DOCUMENT, EMPTY | {"title": ""})


def test_what_is_typed_stays_text():
    typed = '#eval("1+1") *bold* $x$ @ref <label> #import "/manage.py" \\n `raw`'
    assert "".join(typed.split()) in "".join(text_of(printed(typed)).split())


@pytest.mark.parametrize("name", REAL_NAMES)
def test_every_real_name_can_be_printed(name):
    assert paper.pdf(DOCUMENT, EMPTY | {"title": name}).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["Siân O’Connor-Łukasz", "Nguyễn Thị Ánh", "Νίκος", "Иван"])
def test_names_are_read_back_as_they_are(name):
    assert name in text_of(printed(name))


def test_a_letter_that_no_font_has_is_written_as_its_number_and_the_rest_stays():
    assert "A and [U+674E] end" in text_of(printed("A and 李 end"))


def test_emojis_are_left_out_and_the_words_beside_them_stay():
    whole = "Theatre 3 🏥, ward 4️⃣ with 👩🏽‍⚕️ and 🇬🇧, 李 was there: done ✔ end 👍🏽"
    found = " ".join(text_of(printed(whole)).split())
    for words in ("Theatre 3", "ward 4", "with", "and", "[U+674E] was there: done", "end"):
        assert words in found
    assert set(re.findall(r"\[U\+(\w+)\]", found)) <= {"674E", "2714"}
    assert not re.search("[\U0001f000-\U0001faff]", found)


def test_more_emojis_than_tries_are_all_left_out():
    emojis = "".join(chr(0x1F300 + number) for number in range(paper.TRIES + 10))
    found = text_of(printed(f"begin {emojis} end"))
    assert "U+" not in found
    assert "begin" in found
    assert "end" in found


def test_a_name_of_nothing_but_emojis_makes_a_document():
    """A heading must say something."""
    assert paper.pdf(DOCUMENT, EMPTY | {"title": "🏥🙂 ", "facts": [("Name", "🙂")]}).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["\u0905\u0928\u094d\u200d\u092f\u093e", "ﷺ李", "ⓐ①№℃"])
def test_letters_of_alphabets_are_shown_as_before(name, monkeypatch):
    found = text_of(printed(name))
    monkeypatch.setattr(paper, "PICTOGRAPH", re.compile("(?!)"))
    assert found == text_of(printed(name))


def test_more_missing_letters_than_tries_are_all_written_as_numbers():
    letters = "".join(chr(0x4E00 + number) for number in range(paper.TRIES + 10))
    found = text_of(printed(f"begin {letters} end"))
    assert "begin" in found
    assert "[U+4E00]" in "".join(found.split())
    assert "end" in found


def test_nothing_of_the_corpus_makes_a_document_fail():
    for start in range(0, len(EVERYTHING), 25):
        assert printed(*EVERYTHING[start : start + 25]).startswith(b"%PDF")


@pytest.mark.parametrize("letter", ["a", "é", "李", "🙂"])
def test_a_word_without_end_is_broken(letter):
    times = 70_000 // len(letter.encode())
    document = printed(letter * times)
    assert "".join(text_of(document).split()).count(letter if letter in "aé" else "U+") >= times


def test_an_unknown_document_is_said_to_be_one():
    with pytest.raises(paper.NoSuchDocument):
        paper.pdf("cohorts/paper/nothing.typ", EMPTY)


def test_a_file_to_keep_has_the_houses_own_name():
    answer = paper.response("paired-learning-record", b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="paired-learning-record.pdf"'
    assert answer["Content-Type"] == "application/pdf"
