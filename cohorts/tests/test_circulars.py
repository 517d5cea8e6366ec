"""A lead writes to many: the list is what was shown, each gets one message, Undo takes all back, nobody gets two."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts import actions
from cohorts.choices import State
from cohorts.circulars import Review
from cohorts.models import Circular
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from reminders import delivery
from reminders.choices import State as Sending
from reminders.models import LocalLetter, Message

pytestmark = pytest.mark.django_db
WORDS = {"audience": "taking_part", "subject": "Launch on {{ launch }}", "body": "Dear {{ name }},\n\nsee {{ link }}."}


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring")


@pytest.fixture
def lead(cohort):
    return LeadFactory(cohort=cohort).user


@pytest.fixture
def people(cohort):
    return [ParticipantFactory(cohort=cohort, name=f"Person {n:02}", side="ab"[n % 2]) for n in range(4)]


@pytest.fixture
def circular(cohort, lead, people):
    return actions.write_circular(cohort=cohort, by=lead, **WORDS)


def sent(circular, lead):
    return actions.send_circular(circular=circular, by=lead, shown=Review(circular).mark)


def recipients(state=Sending.QUEUED) -> list[str]:
    return sorted(Message.objects.filter(kind="cohorts.circular", state=state).values_list("to_addr", flat=True))


def test_each_gets_one_message_in_ten_minutes_and_answers_go_to_the_lead(circular, lead, people):
    sent(circular, lead)
    assert recipients() == sorted(person.user.email for person in people)
    circular.refresh_from_db()
    for message in Message.objects.all():
        assert message.reply_to == lead.email
        assert abs(message.next_at - circular.sent_at - timedelta(minutes=10)) < timedelta(seconds=5)
    Message.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    delivery.send_round()
    for letter in LocalLetter.objects.all():
        others = [person for person in people if person.user.email != letter.to_addr]
        said = letter.text + letter.html
        assert not any(person.user.email in said or person.name in said for person in others)
        assert letter.subject == "Launch on Monday 1 February 2027"


def test_sending_twice_sends_once(circular, lead):
    shown = Review(circular).mark
    for _ in range(3):
        actions.send_circular(circular=Circular.objects.get(), by=lead, shown=shown)
    assert len(recipients()) == 4


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED, State.DRAFT, State.APPLIED, State.RESERVE])
def test_who_does_not_take_part_gets_nothing(circular, lead, people, state):
    type(people[0]).objects.filter(pk=people[0].pk).update(state=state)
    sent(circular, lead)
    assert people[0].user.email not in recipients()
    assert len(recipients()) == 3


@pytest.mark.parametrize(("audience", "numbers"), [("side_a", [0, 2]), ("side_b", [1, 3])])
def test_a_side_is_a_side(cohort, lead, people, audience, numbers):
    made = actions.write_circular(cohort=cohort, by=lead, **{**WORDS, "audience": audience})
    sent(made, lead)
    assert recipients() == sorted(people[n].user.email for n in numbers)


def test_who_withdraws_while_it_waits_gets_nothing(circular, lead, people):
    sent(circular, lead)
    actions.withdraw_participant(participant=people[0], by=lead)
    Message.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    delivery.send_round()
    assert recipients(Sending.CANCELLED) == [people[0].user.email]
    assert len(recipients(Sending.SENT)) == 3


def test_nobody_is_an_error(cohort, lead):
    empty = actions.write_circular(cohort=cohort, by=lead, **WORDS)
    with pytest.raises(actions.NobodyToWriteTo):
        sent(empty, lead)
    assert recipients() == []


def test_the_people_and_the_words_are_those_that_were_read(circular, lead, cohort):
    shown = Review(circular).mark
    ParticipantFactory(cohort=cohort)
    with pytest.raises(actions.ListHasChanged):
        actions.send_circular(circular=circular, by=lead, shown=shown)
    shown = Review(circular).mark
    changed = actions.write_circular(circular=circular, cohort=cohort, by=lead, **{**WORDS, "body": "Other words"})
    with pytest.raises(actions.ListHasChanged):
        actions.send_circular(circular=changed, by=lead, shown=shown)
    assert recipients() == []


def test_undo_takes_everything_back_and_it_may_be_sent_anew(circular, lead):
    actions.undo_circular(circular=sent(circular, lead), by=lead)
    assert recipients() == []
    assert len(recipients(Sending.CANCELLED)) == 4
    again = Circular.objects.get()
    assert again.state == "draft"
    sent(again, lead)
    assert len(recipients()) == 4


def test_after_ten_minutes_or_the_first_message_there_is_no_undo(circular, lead):
    made = sent(circular, lead)
    message = Message.objects.first()
    Message.objects.filter(pk=message.pk).update(state=Sending.SENT, sent_at=timezone.now())
    with pytest.raises(actions.TooLateToUndoCircular):
        actions.undo_circular(circular=made, by=lead)
    assert len(recipients()) == 3, "all or nothing"
    Circular.objects.update(sent_at=timezone.now() - timedelta(minutes=10))
    Message.objects.update(state=Sending.QUEUED)
    with pytest.raises(actions.TooLateToUndoCircular):
        actions.undo_circular(circular=Circular.objects.get(), by=lead)
    assert len(recipients()) == 4


def test_a_test_goes_to_oneself_alone_and_at_once(circular, lead):
    actions.try_circular(circular=circular, by=lead)
    actions.try_circular(circular=circular, by=lead)
    assert recipients() == [lead.email, lead.email]
    delivery.send_round()
    assert set(LocalLetter.objects.values_list("to_addr", flat=True)) == {lead.email}
    assert all(letter.subject.startswith("Test: Launch on") for letter in LocalLetter.objects.all())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"body": "Dear {{ nmae }}"}, "{{ nmae }} is not one of the placeholders"),
        ({"subject": "{{ partner }}"}, "{{ partner }} is not one of the placeholders"),
        ({"body": "{% include 'x' %}"}, "no other curly brackets"),
        ({"body": "{{ name.user }}"}, "no other curly brackets"),
        ({"body": "{{ settings.SECRET_KEY }}"}, "no other curly brackets"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_in_words(client, cohort, lead, people, words, sentence):
    client.force_login(lead)
    answer = client.post(reverse("circular_write", args=[cohort.pk]), {**WORDS, **words})
    assert answer.status_code == 200
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert not Circular.objects.exists()


@pytest.mark.parametrize("syntax", ["%(name)s {0} ${x} <%= 1 %>", "<script>alert(1)</script>", "{name} #{1+1}"])
def test_other_syntax_is_plain_text(cohort, lead, people, syntax):
    sent(actions.write_circular(cohort=cohort, by=lead, **{**WORDS, "body": syntax}), lead)
    Message.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    delivery.send_round()
    letter = LocalLetter.objects.first()
    assert letter.text.strip() == syntax
    assert "<script>" not in letter.html


def test_above_twenty_the_number_is_typed(client, cohort, lead, people):
    for _ in range(17):
        ParticipantFactory(cohort=cohort)
    made = actions.write_circular(cohort=cohort, by=lead, **WORDS)
    client.force_login(lead)
    for typed in ("", "20", "twenty-one"):
        answer = client.post(made.get_absolute_url(), {"shown": Review(made).mark, "count": typed})
        assert "Enter 21" in answer.content.decode()
    assert recipients() == []
    client.post(made.get_absolute_url(), {"shown": Review(made).mark, "count": " 21 "})
    assert len(recipients()) == 21


def test_the_page_shows_everybody_the_number_and_how_it_reads(client, circular, lead, people):
    client.force_login(lead)
    page = client.get(circular.get_absolute_url()).content.decode()
    assert all(person.user.email in page for person in people)
    assert "4 people get" in page
    assert "Dear Person 00," in page
    client.post(circular.get_absolute_url(), {"shown": Review(circular).mark})
    page = client.get(circular.get_absolute_url()).content.decode()
    assert "Undo: send nothing" in page
    client.post(reverse("circular_undo", args=[circular.pk]))
    assert recipients() == []


def test_the_list_says_until_when_it_may_be_undone(client, circular, lead):
    client.force_login(lead)
    address = reverse("circular_list", args=[circular.cohort_id])
    assert "Draft" in client.get(address).content.decode()
    sent(circular, lead)
    assert "you may still undo" in client.get(address).content.decode()
    Circular.objects.update(sent_at=timezone.now() - timedelta(minutes=10))
    page = client.get(address).content.decode()
    assert "you may still undo" not in page
    assert "Sent " in page


def test_two_messages_to_many_can_be_told_apart_in_the_list(client, circular, cohort, lead, people):
    client.force_login(lead)
    sent(circular, lead)
    other = actions.write_circular(cohort=cohort, by=lead, **{**WORDS, "subject": "Parking for {{ cohort }}"})
    sent(other, lead)
    shown = client.get(reverse("post_list", args=[cohort.pk])).content.decode()
    assert shown.count(f"Parking for {cohort}") == len(people)
    assert shown.count("Launch on") == len(people)
