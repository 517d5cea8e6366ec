"""Where two partners meet is theirs: a lead who looks after the messages reads that they were sent, and no more."""

import pytest
from django.urls import reverse

from elements.registry import kind_named
from pairs.tests.worlds import arranged
from reminders import actions
from reminders.models import Message
from reminders.wording import Words, standard

pytestmark = pytest.mark.django_db
CANARY = "https://meet.example/quillfeather"


@pytest.fixture
def pair(two):
    _, pair, doctor, _ = two
    arranged(pair, doctor.user, place=CANARY)
    meeting = pair.first_meeting
    Message.objects.create(
        key="soon",
        kind="pairs.meeting_soon",
        recipient=doctor.user,
        to_addr=doctor.user.email,
        scope=pair.cohort_id,
        message_id="<soon@trust.example>",
        ref={"meeting": str(meeting.pk), "starts": int(meeting.starts_at.timestamp())},
    )
    return pair


def test_no_page_of_the_post_tells_a_lead_where(client, two, pair):
    lead, cohort = two[0], pair.cohort
    client.force_login(lead)
    letters = Message.objects.filter(kind__in=["pairs.meeting_set", "pairs.meeting_soon"])
    assert letters.count() == 3
    pages = [reverse("post_list", args=[cohort.pk]), reverse("post_week", args=[cohort.pk])]
    for letter in letters:
        pages += [reverse(name, args=[cohort.pk, letter.pk]) for name in ("post_detail", "post_edit", "post_cancel")]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert CANARY not in answer.content.decode(), page
        assert "quillfeather" not in answer.content.decode().casefold(), page
    for letter in letters:
        sent = {"subject": "{{ news }}", "body": "{{ place }} {{ when }} {{ link }}", "preview": "1"}
        answer = client.post(reverse("post_edit", args=[cohort.pk, letter.pk]), sent)
        assert CANARY not in answer.content.decode()


def test_nor_may_one_such_message_be_edited_though_the_wording_of_all_may(two, pair):
    lead = two[0]
    letter = Message.objects.filter(kind="pairs.meeting_set").first()
    kind = kind_named("pairs.meeting_set")
    with pytest.raises(actions.CannotSay, match="cannot be changed"):
        actions.edit_message(message=letter, words=standard(kind), by=lead)
    own = Words("Our " + standard(kind).subject, standard(kind).body)
    assert actions.set_wording(scope=pair.cohort_id, kind=kind, words=own, by=lead)
