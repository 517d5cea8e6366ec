"""The learning agreement on one sheet, read back from the document itself."""

from datetime import date

import pytest
from django.urls import reverse

from elements.tests.test_paper import read, text_of
from pairs import actions
from pairs.agreement_paper import FIXED, as_pdf, paper_of
from pairs.forms.agreeing import BETWEEN_US, NOTICE, PLACE, SILENCE
from pairs.tests.test_agreement import signed, write

pytestmark = pytest.mark.django_db
USUAL = {
    "rhythm": "Every four weeks, for an hour",
    "goals": [
        "Understand how beds are allocated from arrival to discharge, and try one change on our ward",
        "See what a business case needs, and write one page of ours together",
        "Know whom to ring in the other's world when something is stuck",
    ],
    "place": PLACE,
    "notice": NOTICE,
    "silence": SILENCE,
    "left_out": "Appraisal, complaints, decisions about a colleague.\nAnything about our own managers.",
    "between_us": BETWEEN_US,
    "review_on": date(2027, 6, 7),
}


def printed(agreement) -> str:
    return " ".join(text_of(as_pdf(paper_of(agreement))).split())


def test_texts_of_usual_length_stand_on_one_sheet_with_everything_agreed(two):
    _, pair, doctor, manager = two
    found = signed(pair, doctor, manager, first_move=manager, **USUAL)
    assert len(read(as_pdf(paper_of(found))).pages) == 1
    text = printed(found)
    told = (*USUAL["goals"], *FIXED, PLACE, NOTICE, SILENCE, BETWEEN_US, "Anything about our own managers.")
    for words in (*told, "Monday 7 June 2027", f"Who makes the next move {manager.name}", doctor.name):
        assert words in text


def test_it_says_who_has_yet_to_sign(two):
    _, pair, doctor, manager = two
    found = write(pair, doctor, sign=True, **USUAL)
    assert printed(found).count("Not yet") == 1
    actions.sign_agreement(pair=pair, by=manager.user, now=found.written_at)
    assert "Not yet" not in printed(found)


def test_the_longest_texts_take_more_sheets_and_lose_nothing(two):
    _, pair, doctor, _ = two
    long = " ".join(["word"] * 200)
    found = write(pair, doctor, **USUAL | {"left_out": f"{long} end", "between_us": f"{long} over"})
    text = printed(found)
    assert (" end " in text, " over " in text) == (True, True)


def test_both_partners_and_nobody_else_download_it(client, two):
    lead, pair, doctor, manager = two
    found = signed(pair, doctor, manager, **USUAL)
    url = reverse("agreement_pdf", args=[found.pk])
    for user, code in ((doctor.user, 200), (manager.user, 200), (lead, 404)):
        client.force_login(user)
        assert client.get(url).status_code == code
    client.force_login(doctor.user)
    answer = client.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="learning-agreement.pdf"' in answer["Content-Disposition"]
    for page in ("agreement_detail", "agreement_version"):
        about = pair.pk if page == "agreement_detail" else found.pk
        assert url in client.get(reverse(page, args=[about])).content.decode()
