"""What in a text may say who a patient is: one that is found and what only looks like it, for each pattern."""

import time

import pytest

from elements import identifiers

NHS, BIRTH, HOSPITAL = "an NHS number", "a date of birth", "a hospital number"
POSTCODE, NAME, TELEPHONE = "a postcode", "the name of a patient", "a telephone number"
FOUND = [
    (NHS, "9434765919"),
    (NHS, "943 476 5919"),
    (NHS, "943-476-5919"),
    (NHS, "943 4765919"),
    (NHS, "943\u2011476\u20115919"),
    (BIRTH, "12/03/1961"),
    (BIRTH, "12.3.1961"),
    (BIRTH, "1961-03-12"),
    (BIRTH, "12/03/61"),
    (BIRTH, "12th of March 1961"),
    (BIRTH, "March 12, 1961"),
    (HOSPITAL, "K123456"),
    (HOSPITAL, "RXH1234567"),
    (HOSPITAL, "k-12345678"),
    (POSTCODE, "SW1A 1AA"),
    (POSTCODE, "B12 3DE"),
    (POSTCODE, "M11AE"),
    (POSTCODE, "le5 4pw"),
    (NAME, "Mr Ash"),
    (NAME, "Mrs O’Brien-Śmith"),
    (NAME, "Ms J. Birch"),
    (NAME, "Miss Anna de la Cruz"),
    (NAME, "Mx. Cedar"),
    (NAME, "Master Dale"),
    (NAME, "mrs Elm"),
    (TELEPHONE, "07700 900123"),
    (TELEPHONE, "020 7946 0958"),
    (TELEPHONE, "(0161) 496 0123"),
    (TELEPHONE, "+44 (0)161 496 0123"),
    (TELEPHONE, "+353 1 234 5678"),
]
NEAR_MISSES = [
    "NHS number 943 476 5918",  # the check digit is wrong
    "943 476 59",
    "9434 765919",  # nobody parts it so
    "19434765919",
    "94347659190",
    "born in 1961",  # a year alone
    "12/03/2027",  # the day of a visit
    "We met on 12 March 2027 and again on 5 April",
    "31/02/1961",
    "beds 4 5 60",
    "March 1961",
    "open 24/7/365",
    "bleep 1234",
    "bleep 07 4532",
    "ext. 20456",
    "0900 - 1700 on Monday",
    "0830-1230, 1330-1700",
    "on 05.03.2027 1400",
    "room 1234567",  # a number without letters and without a label
    "asset 12345678",
    "K12345",
    "GMC7654321",
    "policy HR2027",
    "patient number 12",
    "ward B12 3",
    "F2 1st year",
    "ST4 2nd placement",
    "on B12 3rd floor",
    "SW1",
    "at M25 5pm",
    "Q1 2AB",  # there is no such area
    "Mr",
    "Mr X said",
    "Mr and the team",
    "Miss Monday’s meeting",
    "Master Class",
    "I miss London",
    "Dr Ash and Professor Birch",
    "MR Scan and MS Teams",
    "mr ash",
    "",
]


@pytest.mark.parametrize(("kind", "words"), FOUND)
@pytest.mark.parametrize("around", [("", ""), ("I saw ", ", and then left."), ("(", ")")])
def test_what_may_identify_a_patient_is_found_at_its_place(kind, words, around):
    text = words.join(around)
    [found] = identifiers.find(text)
    assert (found.kind, text[found.start : found.end]) == (kind, words)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_looks_like_it_is_left_alone(text):
    assert identifiers.find(text) == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("hospital no: 1234567", "1234567", HOSPITAL),
        ("MRN 12345678", "12345678", HOSPITAL),
        ("Patient ID is 98765", "98765", HOSPITAL),
        ("born 3/4/2019", "3/4/2019", BIRTH),
        ("DOB: 3 April 2019", "3 April 2019", BIRTH),
        ("date of birth is 03-04-19", "03-04-19", BIRTH),
        ("3.4.2019 (d.o.b.)", "3.4.2019", BIRTH),
    ],
)
def test_a_word_beside_it_says_what_a_number_or_date_is(text, words, kind):
    [found] = identifiers.find(text)
    assert (text[found.start : found.end], found.kind) == (words, kind)
    assert identifiers.find(words) == []


def test_check_digits():
    assert identifiers.is_nhs_number("9434765919")
    assert identifiers.is_nhs_number("4010232137")
    assert not identifiers.is_nhs_number("9434765918")
    assert not identifiers.is_nhs_number("943476591")
    valid = [last for last in "0123456789" if identifiers.is_nhs_number("943476591" + last)]
    assert valid == ["9"]


def test_it_is_replaced_by_what_to_write_and_people_stay_apart():
    text = "Mr Ash’s wife (07700 900123) met Mrs Birch. Mr Ash, 943 476 5919, born 12/03/1961, lives in SW1A 1AA."
    assert identifiers.replaced(text) == (
        "patient X’s wife ([telephone number]) met patient Y. patient X, patient X, born [date of birth], lives in "
        "[postcode]."
    )


@pytest.mark.parametrize("text", ["", "Nothing here.", *NEAR_MISSES])
def test_what_names_nobody_stays_as_it_is(text):
    assert identifiers.replaced(text) == text


def test_what_was_replaced_names_nobody_any_more():
    text = " and ".join(words for _, words in FOUND)
    assert identifiers.find(identifiers.replaced(text)) == []


HOSTILE = {
    "figures": "1",
    "figures apart": "1 ",
    "threes": "123 ",
    "tens": "9434765918 ",
    "numbers": "943 476 5919 ",
    "dates": "12/03/",
    "more dates": "12/03/1961 ",
    "births": "born ",
    "births apart": "date of birth 1 ",
    "letters": "A",
    "hyphens": "A-",
    "titles": "Mr ",
    "a title": "Mr A-",
    "titles with initials": "Mr A. ",
    "names": "Mrs Ash ",
    "postcodes": "SW1A 1AA ",
    "half postcodes": "SW1A ",
    "telephones": "+44(0)",
    "zeros": "0",
    "zeros apart": "07 ",
    "labels": "hospital number ",
    "labels that run on": "MRN....",
    "months": "jan",
    "months apart": "1 jan ",
    "brackets": "((((",
    "apostrophes": "o'",
    "plus": "+1",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_text_of_ill_will_takes_no_longer_than_another(piece):
    for text in (piece * (200_000 // len(piece)), "Mr " + piece * (200_000 // len(piece)) + "!"):
        began = time.process_time()
        identifiers.find(text)
        assert time.process_time() - began < 1
