"""What goes out about a pair is what the publish page showed, asked of the database anew for each message."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Side
from elements.registry import kind_named
from pairs import actions, letters
from pairs.models import Membership, Pair
from pairs.tests.matrix import FIRST_MOVE
from pairs.tests.worlds import MEET_BY, cohort_of, person, published
from reminders.composing import compose
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    """(cohort, run) with one published pair whose members gave all that a letter may say."""
    cohort, lead, doctors, _ = cohort_of(1, 1)
    cohort.participants.filter(pk=doctors[0].pk).update(preferred_name="Doc", phone="07700 900123")
    run = published(cohort, lead)
    return cohort, run


def sent(letter: Message):
    return compose(letter, kind_named(letter.kind)).email


def test_the_letter_is_the_one_that_the_publish_page_showed(hall):
    cohort, run = hall
    proposal = run.proposals.with_people().get()
    shown = letters.example(
        cohort=cohort,
        proposal=proposal,
        side=Side.A,
        first_meeting_by=MEET_BY,
    )
    paths = [each.get_absolute_url().replace("/", "%2F") for each in (run, Pair.objects.get())]
    for letter in Message.objects.all():
        assert sent(letter).subject == shown.subject
        assert sent(letter).body.strip() == shown.body.replace(*paths).strip()
        assert "Doc and Manager 0000" in sent(letter).body
        assert "Monday 15 February 2027" in sent(letter).body


def test_the_link_of_the_example_and_of_the_test_opens_and_so_it_does_when_published(client):
    cohort, lead, _, _ = cohort_of(1, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    actions.review_run(run=run, by=lead)
    client.force_login(lead)
    page = client.post(reverse("run_publish", args=[run.pk]), {**FIRST_MOVE, "test": "1"})
    link = r"next=(%2F\w+%2F[\w-]+%2F)"
    found = [re.findall(link, page.content.decode()), re.findall(link, sent(Message.objects.get()).body)]
    assert [set(links) for links in found] == [{run.get_absolute_url().replace("/", "%2F")}] * 2
    assert "In the message that partners get, it leads to the page of their pair." in page.content.decode()
    assert client.get(run.get_absolute_url()).status_code == 200


def test_one_question_is_asked_whether_it_is_wanted_and_one_what_it_says(hall, django_assert_num_queries):
    letter, kind = Message.objects.select_related("recipient").first(), kind_named("pairs.pair_published")
    with django_assert_num_queries(1):
        assert kind.wanted(letter.ref, letter.recipient)
    with django_assert_num_queries(1):
        kind.context(letter.ref, letter.recipient)


def test_who_left_is_neither_written_to_nor_named(hall):
    cohort, _ = hall
    pair = Pair.objects.get()
    third = person(cohort, Side.A, 7)
    Membership.objects.create(cohort=cohort, pair=pair, participant=third, since=pair.started_on)
    first, second = Message.objects.order_by("recipient__name").select_related("recipient")
    assert "Doc, Doctor 0007 and Manager 0000" in sent(first).body
    pair.memberships.filter(participant__user=first.recipient).update(until=timezone.localdate())
    kind = kind_named(first.kind)
    assert not kind.wanted(first.ref, first.recipient)
    assert kind.wanted(second.ref, second.recipient)
    assert not kind.wanted(second.ref, "somebody@trust.example")
    assert "Dear Doctor 0007 and Manager 0000" in sent(second).body
    assert "07700 900123" not in sent(second).body
