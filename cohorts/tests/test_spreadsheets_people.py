"""Names and addresses of real people, and what hides in text."""

import pytest

from cohorts.spreadsheets import fold, name_key, same_but_poorer
from cohorts.spreadsheets.addresses import parse_email
from cohorts.spreadsheets.cleaning import Unclean, clean
from cohorts.spreadsheets.names import tidy_name
from cohorts.tests.spreadsheet_rows import codes_of, entry_of

REAL_NAMES = [
    "D'Arcy St. John-Smythe",
    "Aisha Al-Ḥasan",
    "Oluwaseun Adébáyọ̀",
    "Nguyễn Thị Mai",
    "Łukasz Wójcik",
    "Zoë Fernández-Hart",
    "Siân Ó Súilleabháin",
    "Björk Guðmundsdóttir",
    "O’Brien Sam",
    "Ng U",
    "Sukarno",
    "Ludwig van der Berg",
    "María José de la Cruz",
    "李小龙",
    "山田 太郎",
    "김민준",
    "Дмитрий Иванов",
    "Ελένη Παπαδοπούλου",
    "محمد علی",
    "שרה כהן",
    "अनिता शर्मा",
    "தமிழ் செல்வி",
    "ธนวัฒน์ สุขใจ",
    "Anne-Marie Nic an tSaoir",
    "Hubert Wolfeschlegelsteinhausenbergerdorff the Third",
    "می‌خواهم رضا",
]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" Aisha.Hassan@Trust.NHS.Example ", "aisha.hassan@trust.nhs.example"),
        ("mailto:a@b.example", "a@b.example"),
        ("Aisha Hassan <a@b.example>", "a@b.example"),
        ("a@b.example;", "a@b.example"),
        ("ａ@b.example", "a@b.example"),
        ("o'brien@b.example", "o'brien@b.example"),
    ],
)
def test_an_address_is_folded(written, address):
    assert parse_email(written) == (address, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("аisha@trust.example", "email_letters"),
        ("aisha@trust.exаmple", "email_letters"),
        ("a@b.example c@d.example", "two_emails"),
        ("aisha", "no_email"),
        ("a b@c.example", "email_space"),
        ("a@b", "no_email"),
        ("a@@b.example", "two_emails"),
        ("a@-b.example", "no_email"),
        (".a@b.example", "no_email"),
        ("a@b..example", "no_email"),
        ("a" * 65 + "@b.example", "email_too_long"),
        ("a\u202e@b.example", "hidden_signs"),
        ("a\0@b.example", "hidden_signs"),
        ("a@b.example" + "x" * 300, "too_long"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(written, code):
    entry = entry_of(email=written)
    assert codes_of(entry) == [("error", "B2", code)]
    assert entry.problems[0].words.endswith(".")


@pytest.mark.parametrize("name", REAL_NAMES)
def test_real_names_are_accepted_unchanged(name):
    entry = entry_of(name=name)
    assert (entry.values["name"], entry.problems) == (name, ())


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("Al-Ḥasan, Aisha", "Aisha Al-Ḥasan"),
        ("Dr Diane Howard", "Diane Howard"),
        ("Prof. Dr. Anna Berg", "Anna Berg"),
        ("Evans, Dr Sandra", "Sandra Evans"),
        ("Evans, Sandra, Dr", "Sandra Evans"),
        ("Dr", "Dr"),
        ("Mrs  Jo", "Jo"),
        ("van der Berg, Anna Maria", "Anna Maria van der Berg"),
        ("Drew Barry", "Drew Barry"),
    ],
)
def test_a_name_is_tidied(written, tidy):
    assert tidy_name(" ".join(written.split())) == tidy


@pytest.mark.parametrize(
    "other", ["Evans, Sandra", "Dr Sandra Evans", "sandra  EVANS", "Sandra Evans.", "Evans Sandra"]
)
def test_one_person_has_one_key_however_written(other):
    assert name_key(other) == name_key("Sandra Evans")


def test_different_people_have_different_keys():
    assert len({name_key(name) for name in REAL_NAMES}) == len(REAL_NAMES)
    assert name_key("Sam O'Brien") == name_key("Sam O’Brien") == name_key("Sam OBrien")


@pytest.mark.parametrize(
    ("new", "old", "poorer"),
    [
        ("Al-?asan", "Al-Ḥasan", True),
        ("Oluwaseun Adébáy??", "Oluwaseun Adébáyọ̀", True),
        ("H?ayat", "Ḥayat", True),
        ("Zo\ufffd", "Zoë", True),
        ("Al-Hasan", "Al-Ḥasan", False),
        ("Zoë", "Zoë", False),
        ("?", "Zoë", False),
        ("Zoë", "Zo?", False),
        ("A?B", "A B", False),
        ("Zo? Hart", "Zoë Hard", False),
    ],
)
def test_a_value_is_poorer_only_by_lost_letters(new, old, poorer):
    assert same_but_poorer(new, old) is poorer


@pytest.mark.parametrize("field", ["name", "manager_name", "exclusions", "previous_partner"])
@pytest.mark.parametrize("written", ["Nguy?n Mai", "Nguy\ufffdn Mai", "ZoÃ« Hart"])
def test_lost_letters_inside_a_name_are_a_warning(field, written):
    assert [problem.code for problem in entry_of(**{field: written}).problems] == ["lost_letters"]


@pytest.mark.parametrize("blank", ["", " ", "\u200b", "\u00a0\u200b ", "\ufeff", "\u200d", None, "\u2060\u3164"])
def test_what_no_eye_sees_is_blank(blank):
    assert codes_of(entry_of(name=blank)) == [("error", "A2", "missing")]
    assert entry_of(idea=blank).values["idea"] is None


@pytest.mark.parametrize("sign", ["\0", "\u202e", "\u2066", "\x1b", "\ud800"])
@pytest.mark.parametrize("field", ["name", "role_title", "offers", "statement"])
def test_deceiving_signs_are_refused_at_their_cell(sign, field):
    entry = entry_of(**{field: f"Ai{sign}sha"})
    assert [(problem.level, problem.field, problem.code) for problem in entry.problems] == [
        ("error", field, "hidden_signs")
    ]


def test_text_is_composed_and_its_spaces_tidied():
    assert clean("  Zoe\u0308 \u00a0 Hart\u200e ") == "Zoë Hart"
    assert clean("a\r\nb\rc  d", lines=True) == "a\nb\nc d"
    assert clean("'=1+1") == "=1+1"
    assert clean("'Abd al-Rahman") == "'Abd al-Rahman"
    with pytest.raises(Unclean):
        clean("a\0")


def test_folding_is_stable():
    for words in ("Straße  ﬁn", "ΑΣ", "İstanbul", "Ⅷ a", "ſ"):
        assert fold(fold(words)) == fold(words)
    assert fold("  Ward\u00a0ROUND ") == fold("ward round")
