"""Questions to begin with: the standard ones, a cohort's own, and at most three at a time."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from conversations import actions
from conversations.models import Prompt
from conversations.reading import starters_of
from conversations.starters import STANDARD, month_of, suggested
from conversations.tests.factories import held
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of

pytestmark = pytest.mark.django_db
CODES = ["week", "tradeoff", "pathway", "money", "safety", "mistaken", "blocked", "next"]


@pytest.fixture
def led():
    cohort, lead, _, _ = cohort_of(0, 0)
    return cohort, lead


def codes(cohort, *, active=None) -> list[str]:
    return [each.code for each in starters_of(cohort) if active is None or each.is_active is active]


def test_eight_are_shipped_one_for_each_month():
    assert [(each.month, each.code) for each in STANDARD] == list(enumerate(CODES, 1))
    assert len({each.words for each in STANDARD}) == 8


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (1, ["week", "tradeoff", "pathway"]),
        (4, ["money", "safety", "mistaken"]),
        (7, ["mistaken", "blocked", "next"]),
        (20, ["mistaken", "blocked", "next"]),
    ],
)
def test_three_are_suggested_by_the_month_of_the_pair(month, expected):
    assert [each.code for each in suggested(STANDARD, month=month)] == expected


def test_fewer_than_three_are_suggested_where_there_are_fewer():
    assert suggested([], month=1) == []
    assert suggested(STANDARD[:2], month=9) == list(STANDARD[:2])


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2027, 1, 15), 1),
        (date(2027, 2, 14), 1),
        (date(2027, 2, 15), 2),
        (date(2028, 1, 15), 13),
        (date(2026, 1, 1), 1),
    ],
)
def test_the_month_of_a_pair_is_counted_from_the_day_they_were_told(on, month):
    assert month_of(since=date(2027, 1, 15), on=on) == month


def test_the_standard_ones_stand_until_somebody_changes_one(led):
    cohort, lead = led
    assert starters_of(cohort) == list(STANDARD)
    assert not Prompt.objects.exists()
    actions.change_prompt(cohort=cohort, code="money", month=4, words="Who pays?", by=lead)
    assert codes(cohort) == CODES
    assert Prompt.objects.get(code="money").words == "Who pays?"


def test_one_is_added_at_the_end_of_its_month_moved_and_switched_off(led):
    cohort, lead = led
    own = actions.add_prompt(cohort=cohort, month=2, words="Whom do you ring at night?", by=lead)
    assert codes(cohort)[:4] == ["week", "tradeoff", own.code, "pathway"]
    actions.move_prompt(cohort=cohort, code=own.code, up=True, by=lead)
    assert codes(cohort)[:3] == ["week", own.code, "tradeoff"]
    for up, code in ((True, "week"), (False, "next"), (False, "tradeoff"), (True, "pathway")):  # ends of their months
        actions.move_prompt(cohort=cohort, code=code, up=up, by=lead)
    assert (codes(cohort)[0], codes(cohort)[-1]) == ("week", "next")
    actions.switch_prompt(cohort=cohort, code="week", active=False, by=lead)
    assert codes(cohort, active=False) == ["week"]
    with pytest.raises(actions.NoSuchPrompt):
        actions.switch_prompt(cohort=cohort, code="nowhere", active=True, by=lead)


def test_questions_stand_by_month_and_within_it_as_the_lead_put_them(two, client):
    lead, pair, doctor, _ = two
    cohort = pair.cohort
    actions.change_prompt(cohort=cohort, code="money", month=1, words="Who pays?", by=lead)
    actions.change_prompt(cohort=cohort, code="week", month=9, words="And your week now?", by=lead)
    assert codes(cohort) == ["money", "tradeoff", "pathway", "safety", "mistaken", "blocked", "next", "week"]
    actions.change_prompt(cohort=cohort, code="tradeoff", month=1, words="What did you decide?", by=lead)
    actions.move_prompt(cohort=cohort, code="tradeoff", up=True, by=lead)
    assert codes(cohort)[:3] == ["tradeoff", "money", "pathway"]
    client.force_login(lead)
    page = text_of(client.get(reverse("prompt_list", args=[cohort.pk])))
    places = [page.index(words) for words in ("Month 1", "What did you decide?", "Who pays?", "Month 3", "Month 9")]
    assert places == sorted(places)
    client.force_login(doctor.user)
    page = text_of(client.get(reverse("conversation_log", args=[pair.pk])))
    words = (
        "What did you decide?",
        "Who pays?",
        "Choose one patient pathway",
        "How does news of a risk",
        "And your week",
    )
    places = [page.index(each) for each in words]
    assert places == sorted(places)


def test_rows_that_were_numbered_otherwise_stand_by_month_too_and_none_leaves_its_month(led):
    cohort, lead = led
    actions.switch_prompt(cohort=cohort, code="week", active=True, by=lead)
    Prompt.objects.filter(code="week").update(month=9)
    assert codes(cohort) == [*CODES[1:], "week"]
    actions.move_prompt(cohort=cohort, code="week", up=True, by=lead)
    assert codes(cohort) == [*CODES[1:], "week"]
    assert not AuditRecord.objects.filter(did="moved a prompt").exists()


def test_what_is_suggested_does_not_hang_on_the_order_of_the_rows():
    rows = [STANDARD[7], STANDARD[0], STANDARD[3], STANDARD[4]]
    assert [each.code for each in suggested(rows, month=4)] == ["money", "safety", "next"]
    assert [each.code for each in suggested(rows, month=5)] == ["money", "safety", "next"]


def test_back_to_the_standard_ones_keeps_own_words_switched_off(led):
    cohort, lead = led
    own = actions.add_prompt(cohort=cohort, month=2, words="Whom do you ring at night?", by=lead)
    actions.change_prompt(cohort=cohort, code="money", month=9, words="Who pays?", by=lead)
    actions.switch_prompt(cohort=cohort, code="week", active=False, by=lead)
    actions.reset_prompts(cohort=cohort, by=lead)
    assert codes(cohort) == ["week", "tradeoff", own.code, *CODES[2:]]
    assert codes(cohort, active=False) == [own.code]
    rows = [row for row in starters_of(cohort) if row.code != own.code]
    assert [(row.month, row.code, row.words) for row in rows] == [(e.month, e.code, e.words) for e in STANDARD]


def test_a_lead_edits_them_on_the_pages(led, client):
    cohort, lead = led
    client.force_login(lead)

    def press(name, *code, **sent):
        return text_of(client.post(reverse(name, args=[cohort.pk, *code]), sent, follow=True))

    assert "The question is added." in press("prompt_create", words="Whom do you ring?", month="3")
    assert "The question is changed." in press("prompt_edit", "week", words="Your week?", month="1")
    assert "It is no longer suggested." in press("prompt_switch", "week")
    assert "Not suggested" in press("prompt_edit", "tradeoff", words="What did you decide?", month="1")
    press("prompt_move", "week", down="1")
    assert codes(cohort)[:2] == ["tradeoff", "week"]
    assert "It is suggested again." in press("prompt_switch", "week")
    assert "The standard questions are back." in press("prompt_reset")
    assert client.get(reverse("prompt_edit", args=[cohort.pk, "nowhere"])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "Enter the question"),
        ({"words": "x" * 301}, "Question must be 300 characters or fewer"),
        ({"month": "0"}, "Enter a month from 1 to 24"),
        ({"month": "25"}, "Enter a month from 1 to 24"),
        ({"month": "soon"}, "Enter the month as a number, like 3"),
        ({"month": ""}, "Enter the month, like 3"),
    ],
)
def test_what_is_wrong_is_said(wrong, sentence, led, client):
    cohort, lead = led
    client.force_login(lead)
    sent = {"words": "Whom do you ring?", "month": "3", **wrong}
    assert sentence in text_of(client.post(reverse("prompt_create", args=[cohort.pk]), sent))
    assert not Prompt.objects.exists()


def test_what_was_used_is_still_read_when_it_is_switched_off(two, client):
    lead, pair, doctor, _ = two
    conversation = held(pair, doctor.user, prompts=("money", "gone"))
    actions.switch_prompt(cohort=pair.cohort, code="money", active=False, by=lead)
    client.force_login(doctor.user)
    assert "Who holds which budget" in text_of(client.get(conversation.get_absolute_url()))
    assert "Who holds which budget" in text_of(client.get(reverse("conversation_edit", args=[conversation.pk])))
    assert "Who holds which budget" not in text_of(client.get(reverse("conversation_log", args=[pair.pk])))
