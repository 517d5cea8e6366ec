"""What in a text may say who a patient is: one that is found and what only looks like it, for each pattern."""

import pytest

from elements import identifiers
from tests.stopwatch import seconds

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
    (NAME, "mr ash"),
    (NAME, "mrs jones"),
    (NAME, "mrs. jones"),
    (NAME, "Mrs jones"),
    (NAME, "mr o'neill"),
    (NAME, "Mr o’neill"),
    (NAME, "mr john smith"),
    (NAME, "mr j. smith"),
    (NAME, "mrs de silva"),
    (NAME, "mrs smith-jones"),
    (NAME, "mx cedar"),
    (NAME, "ms patel"),
    (NAME, "ms Kowalczyk"),
    (NAME, "miss smith"),
    (NAME, "Miss o'connor"),
    (NAME, "miss McDonald"),
    (NAME, "master khan"),
    (NAME, "MR JONES"),
    (NAME, "MISS PATEL"),
    (NAME, "Mrs SMITH"),
    (NAME, "Mrs May"),
    (NAME, "Mr Will Ash"),
    (NAME, "Mr A. Birch"),
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
    "hosp no 2",
    "hosp no 12, on 5 April",
    "hosp 1234567",
    "nohosp no 1234567",
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
    "",
    # Letters and words that are titles elsewhere, and titles without a name.
    "mr",
    "Mr.",
    "a mr and a mrs came in",
    "mr and mrs",
    "mr x fell",
    "Mr X. Patients of his age fall",
    "Mrs Y and I talked",
    "mr who was it",
    "mrs, as she wished",
    "MR SCAN",
    "an mr scan of the knee",
    "mr angiogram and mr imaging",
    "MR WAS SEEN",
    "miss the bus",
    "Miss the bus",
    "miss out",
    "Miss out on it",
    "I miss you",
    "we miss appointments",
    "they never miss a dose",
    "a near miss Smith reported",
    "Near Miss Report",
    "hit or miss",
    "Ms Word",
    "ms word and ms teams",
    "MS Excel",
    "MS patients",
    "ms nurse",
    "living with ms for years",
    "20 ms later",
    "to master the rota",
    "master list",
    "Master the basics",
    "master of science",
    # A doctor or a professor is a colleague.
    "Dr Ash",
    "dr ash",
    "dr on call",
    "the dr was late",
    "prof birch",
    "Professor jones",
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
        ("hosp no 1234567", "1234567", HOSPITAL),
        ("Hosp. No.: 1234567", "1234567", HOSPITAL),
        ("hosp number K-12345", "K-12345", HOSPITAL),
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
        "patient X’s wife ([telephone number]) met patient Y. patient X, [NHS number], born [date of birth], lives in "
        "[postcode]."
    )


ONE, OTHER, THIRD = "943 476 5919", "401 023 2137", "999 000 0018"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        # One patient has one letter, however she is told of.
        (f"Mrs Jones ({ONE})", "patient X ([NHS number])"),
        (f"Mrs Smith NHS {ONE}", "patient X NHS [NHS number]"),
        (f"Mrs Jones’s NHS number is {ONE}.", "patient X’s NHS number is [NHS number]."),
        (f"{ONE} (Mrs Jones)", "[NHS number] (patient X)"),
        (f"Mr Ash, born 12/03/1961, MRN 12345678, NHS no. {ONE}", None),
        ("Mr Ash (K123456)", "patient X ([hospital number])"),
        (f"Mrs Jones ({ONE}) left. {ONE} came back.", "patient X ([NHS number]) left. patient X came back."),
        (f"I saw {ONE}, and 9434765919 again.", "I saw patient X, and patient X again."),
        ("mrs jones and Mrs Jones and Miss Jones", "patient X and patient X and patient X"),
        ("Mrs Anna Jones, then Mrs Jones", "patient X, then patient X"),
        # Whom the writer calls a patient is called so once.
        (f"I saw patient {ONE}.", "I saw patient X."),
        (f"Patient {ONE} and patient Mrs Jones", "Patient X and patient Y"),
        (f"Patient Mrs Jones ({ONE}), hosp no 1234567", "Patient X ([NHS number]), hosp no [hospital number]"),
        (f"I saw patient {ONE}, hosp no 1234567.", "I saw patient X, hosp no [hospital number]."),
        (f"{ONE} (K123456) left. K123456 came back.", "patient X ([hospital number]) left. patient X came back."),
        (f"An inpatient {ONE}", "An inpatient patient X"),
        ("Mr Patient K123456", "patient X [hospital number]"),
        # Two have two.
        (f"Mrs Jones ({ONE}) and Mr Smith ({OTHER})", "patient X ([NHS number]) and patient Y ([NHS number])"),
        (f"Mrs Jones ({ONE}), Mr Smith ({OTHER})", "patient X ([NHS number]), patient Y ([NHS number])"),
        (f"{ONE} Mrs Jones, {OTHER} Mr Smith", None),
        (f"{ONE} and {OTHER}", "patient X and patient Y"),
        (f"Mrs Jones and {ONE}", "patient X and patient Y"),
        (f"Mrs Jones ({ONE}, {OTHER})", "patient X ([NHS number], patient Y)"),
        (f"Mrs Jones ({ONE}) is not Mrs Jones ({OTHER})", "patient X ([NHS number]) is not patient Y ([NHS number])"),
        ("Mr Ash and Mrs Ash and Master Ash", "patient X and patient Y and patient Z"),
        ("Mrs Anna Jones and Mrs Eve Jones", "patient X and patient Y"),
        ("Mrs Jones came. 943 476 5919 did not.", "patient X came. patient Y did not."),
        # A letter that the writer gave is somebody's already.
        ("Patient X met Mrs Jones", "Patient X met patient Y"),
        ("Mr Y met Mrs Jones and Mr Ash", "Mr Y met patient X and patient Z"),
    ],
)
def test_one_patient_has_one_letter_and_two_have_two(text, instead):
    if instead is None:  # a number beside a name gets no letter of its own
        instead = identifiers.replaced(text)
        assert instead.count("patient ") == text.count("Mr")
        assert "[NHS number]" in instead
    assert identifiers.replaced(text) == instead


def test_more_people_than_letters_still_have_one_each():
    names = [f"Mrs {first}{second}ly" for first in "BCDFGH" for second in "aeiou"]
    letters = identifiers.replaced(" and ".join(names)).split(" and ")
    assert len(set(letters)) == len(names)
    assert letters[9:12] == ["patient Q", "patient X2", "patient Y2"]


def test_people_keep_their_letters_in_all_texts_of_a_page():
    texts = ["I saw Mr Smith.", f"Mrs Jones and Mr Smith ({ONE})", f"{ONE} left, and so did Patient Z"]
    people = identifiers.People.of(texts)
    assert [identifiers.replaced(text, people) for text in texts] == [
        "I saw patient X.",
        "patient Y and patient X ([NHS number])",
        "patient X left, and so did Patient Z",
    ]


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
    "small titles": "mr ",
    "small titles and names": "mr ash ",
    "misses": "miss ",
    "near misses": "near miss ",
    "possessives": "mr ash's's ",
    "names with numbers": "Mrs Ash (943 476 5919) ",
    "numbers beside numbers": "943 476 5919, is is is ",
    "letters given": "patient X ",
    "plus": "+1",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_text_of_ill_will_takes_no_longer_than_another(piece, is_full):
    letters, limit = (200_000, 1) if is_full else (50_000, 0.25)
    for text in (piece * (letters // len(piece)), "Mr " + piece * (letters // len(piece)) + "!"):
        assert seconds(lambda text=text: identifiers.find(text), until=limit) < limit


def test_many_people_take_no_longer_each_than_few():
    text = " ".join(
        f"Mrs {''.join(chr(97 + int(figure)) for figure in str(number)).title()}" for number in range(20_000)
    )
    assert len({each.instead for each in identifiers.find(text)}) > 10_000
    assert seconds(lambda: identifiers.find(text), until=2) < 2


def test_twenty_thousand_letters_are_read_at_once_and_the_time_grows_with_the_length():
    """Measured at 7 ms, and at 28 ms for four times as many; by the square of the length it would be 16 times."""
    piece = "This morning mrs jones (943 476 5919) told me that she would not miss the clinic, and Dr Ash agreed. "
    taken = []
    for letters in (20_000, 80_000):
        text = (piece * (letters // len(piece) + 1))[:letters]
        taken.append(seconds(lambda text=text: identifiers.find(text)))
    assert taken[0] < 0.25
    assert taken[1] < 8 * taken[0]
