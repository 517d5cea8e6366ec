"""Feedback without names: nothing joins an answer to the register, and nothing is shown before enough of them are."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import SEAL
from accounts.models import AuditRecord, Draft
from cohorts.models import Participant
from cohorts.tests.factories import CohortFactory
from elements import clock
from reminders.models import Message
from tests.permissions.answers import telling
from workshops import actions, due
from workshops.forms.feedback import STATEMENTS, FeedbackForm
from workshops.letters import feedback_is_wanted
from workshops.models import RATINGS, TELLS, Asked, Feedback, Meeting
from workshops.tasks import ask_and_close
from workshops.tests.test_series import browser
from workshops.tests.worlds import (
    ANSWER,
    DAY,
    STARTS_AT,
    answered,
    attended,
    booked,
    closed,
    closed_at,
    cohort_with,
    line,
    one,
    over,
    people,
    planned,
)
from workshops.thought import Thought, compared, thought_of

pytestmark = pytest.mark.django_db
SECRET = "violet kettle"


@pytest.fixture
def held(db):
    """(lead, meeting, seven people who were there and are asked)."""
    cohort, lead, _, everybody = cohort_with(7)
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, *everybody)
    attended(meeting, lead)
    meeting.refresh_from_db()
    return lead, meeting, everybody


@pytest.fixture
def held_now(db):
    """The same, over since yesterday by the clock on the wall."""
    cohort, lead, _, everybody = cohort_with(7)
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=now - DAY, now=now - 9 * DAY)
    booked(meeting, *everybody, now=now - 9 * DAY)
    attended(meeting, lead, now)
    meeting.refresh_from_db()
    return lead, meeting, everybody


def varied(meeting, participants, **more) -> None:
    """Answers that are not all alike."""
    for number, each in enumerate(participants):
        answered(meeting, each, relevant=1 + number % 5, met_aims=1 + number % 5, **more)


# Who is asked


def test_those_who_were_there_are_asked_at_the_end_all_at_once_and_nobody_else():
    cohort, lead, _, everybody = cohort_with(5)
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, *everybody)
    actions.mark_all_present(meeting=meeting, by=lead, now=STARTS_AT)
    for each, attendance, minutes in ((0, "late", 60), (1, "part", 30), (2, "apologies", None), (3, "absent", None)):
        attendee = line(meeting, everybody[each])
        actions.mark_in_register(attendee=attendee, attendance=attendance, minutes=minutes, by=lead, now=STARTS_AT)
    assert actions.open_feedback(meeting=meeting, now=meeting.session.ends_at - 1 * DAY / 24) == 0
    assert actions.open_feedback(meeting=meeting, now=over(meeting)) == 3
    assert actions.open_feedback(meeting=meeting, now=over(meeting)) == 0
    asked = set(Asked.objects.values_list("participant", flat=True))
    assert asked == {everybody[0].pk, everybody[1].pk, everybody[4].pk}


def test_nobody_is_asked_while_the_register_has_a_gap_or_the_lead_does_not_want_to():
    cohort, lead, _, everybody = cohort_with(2)
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, *everybody)
    attendee = line(meeting, everybody[0])
    actions.mark_in_register(attendee=attendee, attendance="attended", minutes=None, by=lead, now=STARTS_AT)
    assert actions.open_feedback(meeting=meeting, now=over(meeting)) == 0
    silent = planned(one(cohort, lead, asks_feedback=False), lead)
    booked(silent, everybody[0])
    attended(silent, lead)
    assert not Asked.objects.exists()


def test_somebody_added_to_the_register_later_is_asked_too(held):
    lead, meeting, _ = held
    (new,) = people(meeting.cohort, 1)
    actions.add_walk_in(meeting=meeting, participant=new, by=lead, now=over(meeting))
    assert actions.open_feedback(meeting=meeting, now=over(meeting)) == 1


def test_the_clock_opens_and_closes():
    cohort, lead, _, everybody = cohort_with(6)
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, *everybody)
    actions.mark_all_present(meeting=meeting, by=lead, now=STARTS_AT)
    ask_and_close(now=over(meeting))
    varied(meeting, everybody)
    for _ in range(2):
        ask_and_close(now=closed_at(meeting))
    meeting.refresh_from_db()
    assert (meeting.is_closed, meeting.asked, meeting.is_told) == (True, 6, True)


def test_the_clock_asks_also_where_everybody_was_marked_before_the_start():
    """Nobody touches the register afterwards, so nothing says that the session was held."""
    cohort, lead, _, everybody = cohort_with(3)
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, *everybody)
    actions.mark_all_present(meeting=meeting, by=lead, now=STARTS_AT - timedelta(minutes=10))
    ask_and_close(now=STARTS_AT)
    assert not Asked.objects.exists()
    ask_and_close(now=over(meeting))
    assert Asked.objects.count() == 3


def test_only_who_was_there_answers_once_and_in_time(held):
    _, meeting, (doctor, manager, *_) = held
    (stranger,) = people(meeting.cohort, 1)
    with pytest.raises(actions.NotAskedForFeedback):
        answered(meeting, stranger)
    answered(meeting, doctor)
    with pytest.raises(actions.HasAnswered):
        answered(meeting, doctor)
    with pytest.raises(actions.NotAskedForFeedback):
        answered(meeting, manager, now=closed_at(meeting))
    assert Feedback.objects.count() == 1


# Nothing joins an answer to its person


def test_no_column_of_an_answer_leads_to_a_person_a_moment_or_an_order():
    fields = Feedback._meta.get_fields()
    assert {each.name for each in fields if each.is_relation} == {"workshop", "meeting"}
    assert not [each for each in fields if isinstance(each, models.DateField | models.TimeField | models.AutoField)]
    assert Feedback._meta.pk.default().version == 4
    assert {each.name for each in Asked._meta.get_fields()} == {
        "id",
        "meeting",
        "cohort",
        "participant",
        "has_answered",
    }
    assert not [each for each in Asked._meta.get_fields() if isinstance(each, models.DateField)]


def test_an_answer_leaves_no_line_in_any_other_table(held):
    """Neither record nor message nor draft: each would have a time."""
    _, meeting, everybody = held
    before = [model.objects.count() for model in (AuditRecord, Message, Draft)]
    varied(meeting, everybody)
    assert [model.objects.count() for model in (AuditRecord, Message, Draft)] == before


def hidden_in(page: str) -> dict[str, str]:
    """What the form of a page sends by itself."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_what_was_typed_is_kept_under_no_name_when_the_page_comes_too_late(held_now, client):
    """Of other forms what was typed waits for its author; here it would say who wrote it. Who is signed out meanwhile
    sends all that her page holds.
    """
    lead, meeting, (doctor, *_) = held_now
    wanted = one(meeting.cohort, lead, title="Another", needs_until=clock.today())
    for reader, name, key, typed, is_kept in (
        (doctor.user, "feedback_give", meeting.pk, {**ANSWER, "keep": SECRET}, False),
        (doctor.user, "need_say", wanted.pk, {"confidence": "3", "words": SECRET}, False),
        (lead, "workshop_edit", wanted.pk, {"title": SECRET}, True),
    ):
        page = reverse(name, args=[key])
        shown = browser(reader).get(page).content.decode()
        assert "csrfmiddlewaretoken" in hidden_in(shown)
        assert (SEAL in shown) is is_kept
        client.post(page, {**hidden_in(shown), **typed})
        assert Draft.objects.exists() is is_kept


def test_an_answer_through_the_page_leaves_no_line_in_any_other_table(held_now):
    _, meeting, (doctor, *_) = held_now
    client, page = browser(doctor.user), reverse("feedback_give", args=[meeting.pk])
    before = [model.objects.count() for model in (AuditRecord, Message, Draft)]
    sent = {**hidden_in(client.get(page).content.decode()), **ANSWER, "keep": SECRET}
    assert client.post(page, {**sent, "met_aims": ""}).status_code == 200
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent).status_code in {200, 302}  # there is an answer already
    assert [model.objects.count() for model in (AuditRecord, Message, Draft)] == before
    assert Feedback.objects.count() == 1


def test_when_the_time_is_over_what_could_join_them_is_gone(held):
    _, meeting, everybody = held
    varied(meeting, everybody)
    keys = set(Feedback.objects.values_list("pk", flat=True))
    closed(meeting)
    assert not Asked.objects.exists()
    assert Feedback.objects.count() == 7
    assert not keys & set(Feedback.objects.values_list("pk", flat=True))
    assert set(Feedback.objects.values_list("meeting", flat=True)) == {None}


def test_answers_are_written_again_in_random_order(held):
    """By the order of rows in the table, as a copy of the database has it. By chance one of 5,040 stays as it was."""
    _, meeting, everybody = held
    for number, each in enumerate(everybody):
        answered(meeting, each, keep=f"Text {number}")

    statements = {
        "sqlite": "SELECT keep FROM workshops_feedback ORDER BY rowid",
        "postgresql": "SELECT keep FROM workshops_feedback ORDER BY ctid",
    }

    def order() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(statements[connection.vendor])
            return [keep for (keep,) in cursor.fetchall()]

    before, found = order(), set()
    assert before == [f"Text {number}" for number in range(7)]
    for _ in range(3):
        with transaction.atomic():
            actions.close_feedback(meeting=meeting, now=closed_at(meeting))
            found.add(tuple(order()) == tuple(before))
            transaction.set_rollback(True)
    assert found != {True}


def test_a_message_goes_to_everybody_once_whether_they_have_answered_or_not(held_now):
    _, meeting, (doctor, *everybody) = held_now
    on = clock.today()

    def told() -> set:
        return {(each.to, each.about, each.at) for each in due.reminders(on=on, until=on) if each.kind == due.FEEDBACK}

    before = told()
    assert {person for person, *_ in before} == {each.user for each in (doctor, *everybody)}
    answered(meeting, doctor, now=timezone.now())
    assert told() == before
    assert feedback_is_wanted({"meeting": str(meeting.pk)}, doctor.user)


def test_who_has_withdrawn_is_neither_asked_nor_counted_among_those_who_were():
    cohort, lead, _, (gone, finished, *everybody) = cohort_with(8)
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, gone, finished, *everybody)
    actions.mark_all_present(meeting=meeting, by=lead, now=STARTS_AT)
    Participant.objects.filter(pk=gone.pk).update(state="withdrawn")
    Participant.objects.filter(pk=finished.pk).update(state="completed")
    assert actions.open_feedback(meeting=meeting, now=over(meeting)) == 7
    assert not Asked.objects.filter(participant=gone).exists()
    varied(meeting, everybody)
    closed(meeting)
    assert (thought_of(meeting.workshop).answers, thought_of(meeting.workshop).asked) == (6, 7)


def test_who_withdraws_after_she_was_asked_hears_no_more_and_counts_as_before(held_now):
    """That she was asked stays counted, whether she has answered or not: else the sum would tell whether she had."""
    _, meeting, (doctor, *everybody) = held_now
    on = clock.today()
    Participant.objects.filter(pk=doctor.pk).update(state="withdrawn")
    told = [each.to for each in due.reminders(on=on, until=on) if each.kind == due.FEEDBACK]
    assert sorted(person.pk for person in told) == sorted(each.user_id for each in everybody)
    ref = {"meeting": str(meeting.pk)}
    assert [feedback_is_wanted(ref, each.user) for each in (doctor, everybody[0])] == [False, True]
    closed(meeting)
    assert meeting.asked == 7


def test_who_is_forgotten_is_not_asked_again_and_counts_until_it_is_closed(held):
    lead, meeting, (doctor, *everybody) = held
    answered(meeting, doctor)
    before = list(Asked.objects.order_by("pk").values())
    actions.forget_person(user=doctor.user, by=lead, on=clock.today())
    ask_and_close(now=over(meeting))
    assert list(Asked.objects.order_by("pk").values()) == before
    varied(meeting, everybody)
    closed(meeting)
    assert (thought_of(meeting.workshop).answers, thought_of(meeting.workshop).asked) == (7, 7)
    assert not Asked.objects.exists()


# What is shown, and when


PAGES = ("workshop_list", "feedback_list")


def pages_of(lead, meeting) -> dict:
    client = browser(lead)
    found = {name: telling(client.get(reverse(name, args=[meeting.cohort_id]))) for name in PAGES}
    for name, key in (
        ("feedback_detail", meeting.workshop_id),
        ("workshop_detail", meeting.workshop_id),
        ("meeting_detail", meeting.pk),
        ("meeting_register", meeting.pk),
    ):
        found[name] = telling(client.get(reverse(name, args=[key])))
    return found


def test_before_it_is_closed_every_page_of_a_lead_is_the_same_to_the_byte_with_no_answer_and_with_six(held_now):
    lead, meeting, everybody = held_now
    empty = pages_of(lead, meeting)
    for number, each in enumerate(everybody[:6]):
        answered(meeting, each, relevant=1 + number % 5, keep=f"{SECRET} {number}", now=timezone.now())
    assert pages_of(lead, meeting) == empty
    closed(meeting)
    after = pages_of(lead, meeting)
    assert after != empty  # there was something to hide
    assert SECRET.encode() in b"".join(map(bytes_of, after.values()))


def bytes_of(told) -> bytes:
    return repr(told).encode()


def test_the_page_of_a_lead_is_the_same_for_another_who_takes_part(held_now):
    _, meeting, (doctor, manager, *_) = held_now
    page = reverse("meeting_detail", args=[meeting.pk])
    before = telling(browser(manager.user).get(page))
    answered(meeting, doctor, now=timezone.now())
    assert telling(browser(manager.user).get(page)) == before


def test_five_answers_are_shown_and_four_are_not(held):
    _, meeting, everybody = held
    varied(meeting, everybody[:4], keep=SECRET)
    closed(meeting)
    assert not meeting.is_told
    shown = thought_of(meeting.workshop)
    assert (shown.is_known, shown.answers, shown.asked) == (False, 0, 0)
    assert [texts for _, texts in shown.texts] == [(), (), ()]


def test_a_text_is_shown_where_five_people_wrote_one(held):
    _, meeting, everybody = held
    varied(meeting, everybody[:4], keep=SECRET)
    varied(meeting, everybody[4:], change="Shorter")
    closed(meeting)
    shown = thought_of(meeting.workshop)
    assert (shown.answers, shown.asked, shown.rate) == (7, 7, 100)
    assert [texts for _, texts in shown.texts] == [(), (), ()]


def test_ratings_that_are_all_alike_are_not_shown(held):
    _, meeting, everybody = held
    varied(meeting, everybody)
    closed(meeting)
    assert [each.is_shown for _, each in thought_of(meeting.workshop).ratings] == [True, True, False, False]


def test_the_answers_of_a_small_date_wait_so_that_no_difference_is_one_persons_answer(held):
    lead, meeting, everybody = held
    second = planned(meeting.workshop, lead, starts_at=STARTS_AT + 30 * DAY)
    few = people(meeting.cohort, 2)
    booked(second, *few)
    varied(meeting, everybody)
    closed(meeting)
    attended(second, lead)
    varied(second, few, keep=SECRET)
    closed(second)
    assert (thought_of(meeting.workshop).answers, thought_of(meeting.workshop).asked) == (7, 7)
    third, three = planned(meeting.workshop, lead, starts_at=STARTS_AT + 60 * DAY), people(meeting.cohort, 3)
    booked(third, *three)
    attended(third, lead)
    varied(third, three)
    closed(third)
    assert (thought_of(meeting.workshop).answers, thought_of(meeting.workshop).asked) == (12, 12)


def after_each_date(*dates: list[dict]) -> list[Thought]:
    """What is shown of a workshop after each of its dates, where these were all the answers."""
    cohort, lead, _, _ = cohort_with(0)
    workshop, found = one(cohort, lead), []
    for number, answers in enumerate(dates):
        meeting, there = planned(workshop, lead, starts_at=STARTS_AT + number * DAY), people(cohort, len(answers))
        booked(meeting, *there)
        attended(meeting, lead)
        for each, answer in zip(there, answers, strict=True):
            answered(meeting, each, **answer)
        closed(meeting)
        found.append(thought_of(workshop))
    return found


def number_of(thought, name: str) -> dict:
    """{answer: people} of one statement."""
    shown = dict(zip(RATINGS, (each for _, each in thought.ratings), strict=True))[name]
    return {answer: number for answer, number in shown.counts if number}


def numbers(*given: int, **more) -> list[dict]:
    return [{"relevant": each, **more} for each in given]


def test_a_text_of_a_later_date_waits_until_the_difference_between_two_days_is_five_people():
    first = [{"keep": f"First {number}"} for number in range(5)]
    second = [{"keep": SECRET}, *[{}] * 4]
    third = [*[{"keep": "Third"}] * 4, {}]
    kept = [thought.texts[0][1] for thought in after_each_date(first, second, third)]
    assert kept[1] == kept[0] == tuple(f"First {number}" for number in range(5))
    assert sorted(set(kept[2]) - set(kept[0])) == ["Third", SECRET]
    assert [len(each) for each in kept] == [5, 5, 10]


def test_a_number_to_which_all_of_a_later_date_gave_the_same_is_no_difference_between_two_days():
    before, after, last = after_each_date(numbers(1, 2, 3, 4, 5), numbers(1, 1, 1, 1, 1), numbers(4, 5, 4, 5, 4))
    assert number_of(before, "relevant") == number_of(after, "relevant") == dict.fromkeys(range(1, 6), 1)
    assert (before.answers, after.answers, last.answers) == (5, 10, 15)
    assert number_of(last, "relevant") == {1: 1, 2: 1, 3: 1, 4: 4, 5: 3}


def test_a_number_that_was_too_alike_is_not_worked_out_from_what_is_shown_after_a_later_date():
    before, after = after_each_date(numbers(*[5] * 7), numbers(5, 5, 4, 4, 4))
    assert number_of(before, "relevant") == {}
    assert dict(before.ratings)[STATEMENTS["relevant"]].reason == "the answers are too alike"
    assert number_of(after, "relevant") == {4: 3, 5: 2}  # with the seven it would be 5: 9, which only seven fives make
    assert (before.is_partial, after.is_partial) == (False, True)


def test_two_dates_that_were_each_too_alike_show_nothing_together():
    _, after = after_each_date(numbers(*[5] * 5), numbers(*[4] * 5))
    assert number_of(after, "relevant") == {}
    assert dict(after.ratings)[STATEMENTS["relevant"]].reason == "the answers are too alike"


def test_answers_of_an_earlier_date_are_written_again_among_those_of_a_later_one():
    """So neither keys nor the order of rows say of which date an answer is."""
    cohort, lead, _, everybody = cohort_with(10)
    workshop, keys = one(cohort, lead), []
    for number, there in enumerate((everybody[:5], everybody[5:])):
        meeting = planned(workshop, lead, starts_at=STARTS_AT + number * DAY)
        booked(meeting, *there)
        attended(meeting, lead)
        varied(meeting, there)
        closed(meeting)
        keys.append(set(Feedback.objects.values_list("pk", flat=True)))
    assert [len(each) for each in keys] == [5, 10]
    assert not keys[0] & keys[1]


def test_an_answer_that_is_not_let_out_tells_nothing():
    cohort, lead, _, _ = cohort_with()
    given = {"workshop": one(cohort, lead), "met_aims": 1, "relevant": 1, "facilitated": 1, "confident": 1}
    for name in TELLS:
        with pytest.raises(IntegrityError), transaction.atomic():
            Feedback.objects.create(**given, **{name: True})


def test_no_answer_is_shown_while_it_belongs_to_a_date():
    cohort, lead, _, _ = cohort_with()
    meeting = planned(one(cohort, lead), lead)
    given = {"workshop": meeting.workshop, "meeting": meeting, "is_shown": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(**given, met_aims=1, relevant=1, facilitated=1, confident=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(is_told=True)


def test_a_topic_is_compared_over_the_cohorts_of_a_programme_and_no_other(held):
    lead, meeting, everybody = held
    varied(meeting, everybody)
    closed(meeting)
    same = CohortFactory(programme=meeting.cohort.programme)
    next_year, far = one(same, lead, title="Called otherwise"), one(CohortFactory(), lead)
    one(same, lead, topic="other", title="Something else")
    first, *_ = compared(same)
    assert [workshop.pk for workshop, _ in first.lines] == [next_year.pk, meeting.workshop_id]
    assert [each.answers for _, each in first.lines] == [0, 7]
    assert [[workshop.pk for workshop, _ in each.lines] for each in compared(far.cohort)] == [[far.pk]]


def test_where_feedback_is_asked_no_more_what_people_thought_is_found_still(held_now):
    lead, meeting, _ = held_now
    page = reverse("feedback_detail", args=[meeting.workshop_id])
    type(meeting.workshop).objects.update(asks_feedback=False)
    assert page in browser(lead).get(meeting.workshop.get_absolute_url()).content.decode()
    Meeting.objects.update(feedback_until=None)
    assert page not in browser(lead).get(meeting.workshop.get_absolute_url()).content.decode()


def test_the_first_screen_says_who_can_see_what(held_now):
    _, meeting, (doctor, *_) = held_now
    page = browser(doctor.user).get(reverse("feedback_give", args=[meeting.pk])).content.decode()
    for words in ("without your name", "shown to nobody", "at least five people", "bound not to", "cannot be changed"):
        assert words in page


def test_each_number_that_is_missing_is_named():
    missing = FeedbackForm({}).errors
    assert missing.keys() == set(RATINGS)
    assert len({each[0] for each in missing.values()}) == len(RATINGS)


def test_an_answer_is_given_on_a_phone_and_not_twice(held_now):
    _, meeting, (doctor, *_) = held_now
    client, page = browser(doctor.user), reverse("feedback_give", args=[meeting.pk])
    assert client.post(page, {**ANSWER, "met_aims": ""}).status_code == 200
    assert client.post(page, ANSWER).status_code == 302
    again = client.post(page, {**ANSWER, "keep": SECRET}, follow=True)
    assert again.redirect_chain == [(meeting.workshop.get_absolute_url(), 302)]
    assert "your first answer stays" in again.content.decode()
    assert "You cannot answer now" in client.get(page).content.decode()
    assert Feedback.objects.count() == 1
