"""Support asked of the leads: who is asked, who answers, how long it takes, and who is reminded."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import RoleKind
from cohorts.models import Role
from cohorts.tests.factories import OrganisationFactory, UserFactory
from elements import clock
from elements.registry import kind_named
from elements.working_time import working_days
from pairs.tests.test_views import text_of
from projects import actions, due, replies
from projects.actions.support import ANSWERED, ASKED
from projects.choices import Shape, SupportState
from projects.due import WAITING
from projects.element import Projects
from projects.models import SupportRequest
from projects.replies import Line, Queue, attention, replied
from projects.tests.worlds import begun, request_of
from reminders.models import Message

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


def answered(support, lead, state="answered", answer="On Monday", **more) -> SupportRequest:
    given = {"state": state, "answer": answer, "by": lead, "now": timezone.now(), **more}
    return actions.answer_support(support=support, **given)


def test_leads_are_told_of_a_request_and_not_what_it_says(two):
    lead, pair, doctor, manager = two
    support = request_of(begun(pair, doctor), doctor, words="Quillfeather")
    message = Message.objects.get(kind=ASKED)
    assert message.recipient == lead
    kind = kind_named(ASKED)
    assert kind.wanted(message.ref, lead)
    assert not kind.wanted(message.ref, manager.user)
    said = kind.context(message.ref, lead)
    assert said["kind"] == "data"
    assert "Quillfeather" not in str(said)
    answered(support, lead)
    assert not kind.wanted(message.ref, lead)


def test_the_same_page_sent_twice_asks_once(two, client):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    client.force_login(doctor.user)
    page = reverse("support_create", args=[project.pk])
    mark = client.get(page).context["form"]["mark"].value()
    for _ in range(2):
        client.post(page, {"kind": "data", "words": "Figures", "mark": mark})
    assert SupportRequest.objects.count() == Message.objects.filter(kind=ASKED).count() == 1


def asked_of(lead, cohort) -> list:
    """What the lead's home says of requests."""
    lines = Projects().attention(cohorts=[cohort], on=MONDAY, viewer=lead)
    return [line for line in lines if "support" in line.label]


@pytest.mark.parametrize("shape", Shape)
def test_a_lead_who_has_a_part_in_it_is_not_asked_and_does_not_answer(two, shape):
    lead, pair, doctor, manager = two
    Role.objects.create(kind=RoleKind.LEAD, cohort=pair.cohort, user=manager.user, name="Manager")
    support = request_of(begun(pair, doctor, shape=shape), doctor)
    assert [each.recipient for each in Message.objects.filter(kind=ASKED)] == [lead]
    with pytest.raises(actions.NotYours):
        answered(support, manager.user)
    assert asked_of(manager.user, pair.cohort) == []


def test_where_every_lead_of_the_cohort_has_a_part_in_it_those_of_the_programme_are_asked(two):
    lead, pair, doctor, manager = two
    Role.objects.filter(user=lead).delete()
    Role.objects.create(kind=RoleKind.LEAD, cohort=pair.cohort, user=manager.user, name="Manager")
    Role.objects.create(kind=RoleKind.LEAD, programme=pair.cohort.programme, user=lead, name="Above")
    request_of(begun(pair, doctor, shape=Shape.FRIEND), doctor)
    assert [each.recipient for each in Message.objects.filter(kind=ASKED)] == [lead]


@pytest.mark.parametrize(("leads", "words"), [(True, "Your leads get an email"), (False, "Nobody could be told")])
def test_the_page_says_whether_anybody_was_told(two, client, leads, words):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    if not leads:
        Role.objects.filter(kind=RoleKind.LEAD).delete()
    client.force_login(doctor.user)
    page = reverse("support_create", args=[project.pk])
    assert words in text_of(client.post(page, {"kind": "data", "words": "Figures"}, follow=True))
    assert Message.objects.filter(kind=ASKED).count() == leads
    assert SupportRequest.objects.count() == 1


def test_owners_are_told_that_there_is_an_answer_and_say_that_it_is_settled(two, client):
    lead, pair, doctor, _manager = two
    support = request_of(begun(pair, doctor, shape=Shape.FRIEND), doctor)
    answered(support, lead, answer="Quillfeather")
    [message] = Message.objects.filter(kind=ANSWERED)
    kind = kind_named(ANSWERED)
    assert message.recipient == doctor.user
    assert kind.wanted(message.ref, doctor.user)
    assert "Quillfeather" not in str(kind.context(message.ref, doctor.user))
    client.force_login(doctor.user)
    page = text_of(client.get(support.get_absolute_url()))
    assert "Quillfeather" in page
    assert "That is settled" in page
    client.post(reverse("support_close", args=[support.pk]))
    kept = SupportRequest.objects.get()
    assert (kept.state, kept.answer, kept.answered_by) == (SupportState.DONE, "Quillfeather", lead)
    with pytest.raises(actions.IsSettled):
        answered(support, lead)


def test_what_is_not_possible_has_a_reason(two, client):
    lead, pair, doctor, _ = two
    support = request_of(begun(pair, doctor), doctor)
    with pytest.raises(actions.NeedsAnswer):
        answered(support, lead, state="no", answer="")
    client.force_login(lead)
    page = reverse("support_answer", args=[support.pk])
    assert "Enter why it is not possible" in text_of(client.post(page, {"state": "no", "answer": ""}))
    client.post(page, {"state": "no", "answer": "There is no such list"})
    kept = SupportRequest.objects.get()
    assert kept.is_closed
    assert kept.answer == "There is no such list"


def test_an_answer_of_another_lead_is_not_overwritten_unread(two, client):
    lead, pair, doctor, _ = two
    support = request_of(begun(pair, doctor), doctor)
    client.force_login(lead)
    page = reverse("support_answer", args=[support.pk])
    seen = client.get(page).context["form"]["seen"].value()
    answered(support, lead, answer="The first")
    again = client.post(page, {"state": "answered", "answer": "The second", "seen": seen})
    assert "The first" in text_of(again)
    assert "The second" in again.content.decode()
    assert SupportRequest.objects.get().answer == "The first"
    client.post(page, {"state": "answered", "answer": "The second", "seen": again.context["form"]["seen"].value()})
    assert SupportRequest.objects.get().answer == "The second"


def test_the_queue_shows_the_oldest_first_with_age_and_reply_time(two, client):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    today = clock.today()
    ago = {days: clock.at(today - timedelta(days=days)) for days in (21, 7)}  # the same hour, whatever clocks did since
    request_of(project, doctor, words="Younger", now=timezone.now())
    request_of(project, doctor, words="Older", now=ago[21])
    answered(request_of(project, doctor, words="Told", now=ago[7]), lead)
    [found] = asked_of(lead, pair.cohort)
    assert (found.count, found.label) == (2, "requests for support waiting")
    client.force_login(lead)
    long, short = (working_days(today - timedelta(days=days), today) for days in (21, 7))  # a bank holiday is none
    reply_time = f"The one request that was answered so far had its first answer after {short} working days."
    home = text_of(client.get(reverse("home")))
    assert f"Requests for support waiting: 2 The oldest has waited for {long} working days. {reply_time}" in home
    assert reply_time in text_of(client.get(pair.cohort.get_absolute_url()))
    page = text_of(client.get(found.url))
    assert page.index("Older") < page.index("Younger") < page.index("Told")
    assert f"waiting for {long} working days" in page
    assert f"answered after {short} working days" in page
    assert reply_time in page


def test_the_home_says_how_long_in_one_query_for_few_as_for_many(two, django_assert_num_queries):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    assert asked_of(lead, pair.cohort) == []
    request_of(project, doctor, now=clock.at(MONDAY))
    with django_assert_num_queries(1):
        [line] = attention(cohorts=[pair.cohort], on=MONDAY, viewer=lead)
    assert line.hint == "It was asked less than a working day ago."
    for number in range(1, 6):
        support = request_of(project, doctor, words=f"Help {number}", now=clock.at(MONDAY - timedelta(weeks=number)))
        answered(support, lead, now=clock.at(MONDAY - timedelta(weeks=number) + timedelta(days=number)))
    request_of(project, doctor, words="Older", now=clock.at(MONDAY - timedelta(days=3)))
    with django_assert_num_queries(1):
        [line] = attention(cohorts=[pair.cohort], on=MONDAY, viewer=lead)
    several = "Half of the 5 requests that were answered so far had their first answer within 3 working days."
    assert line.hint == f"The oldest has waited for 1 working day. {several}"


def test_answers_of_years_are_not_read_for_the_home(two, monkeypatch):
    """Of each cohort as many as are reckoned with, the latest, and all that wait."""
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    monkeypatch.setattr(replies, "COUNTED", 2)
    for number in range(1, 6):
        support = request_of(project, doctor, words=f"Help {number}", now=clock.at(MONDAY - timedelta(weeks=number)))
        late = timedelta(days=0 if number < 3 else 4)
        answered(support, lead, now=clock.at(MONDAY - timedelta(weeks=number) + late))
    for number in range(3):
        request_of(project, doctor, words=f"Waits {number}", now=clock.at(MONDAY))
    read = []
    monkeypatch.setattr(replies, "replied", read.extend)
    [line] = attention(cohorts=[pair.cohort], on=MONDAY, viewer=lead)
    assert line.count == 3
    assert read == [(MONDAY - timedelta(weeks=number),) * 2 for number in (1, 2)] or read == [
        (MONDAY - timedelta(weeks=number),) * 2 for number in (2, 1)
    ]


def test_a_lead_who_is_forgotten_leaves_her_replies_in_the_reply_time(two):
    """And what its owners settled without her is no reply."""
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    for state in ("answered", "no", "done"):
        answered(request_of(project, doctor, words=state), lead, state=state)
    later = request_of(project, doctor, words="Closed later")
    answered(later, lead, now=timezone.now() - timedelta(minutes=1))
    alone = request_of(project, doctor, words="Settled alone")
    for support in (later, alone):
        actions.close_support(support=support, by=doctor.user, now=timezone.now())
    request_of(project, doctor, words="Waits")
    before = Queue(pair.cohort, lead, MONDAY).reply_time
    half = "Half of the 4 requests that were answered so far had their first answer"
    assert before == f"{half} before the next working day."
    gone = UserFactory()
    SupportRequest.objects.filter(answered_by=lead).update(answered_by=gone)
    actions.forget_person(user=gone, by=lead, on=MONDAY)
    assert not SupportRequest.objects.exclude(answered_by=None).exists()
    assert Queue(pair.cohort, lead, MONDAY).reply_time == before


FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=number) for number in (4, 5, 6))
EASTER = date(2027, 3, 25), date(2027, 3, 29)  # Maundy Thursday, Easter Monday
AGES = [
    (MONDAY, MONDAY, "which is today", "answered the same day"),
    (SATURDAY, SATURDAY, "which is today", "answered the same day"),
    (FRIDAY, SATURDAY, "and no working day has gone by since", "answered before the next working day"),
    (SATURDAY, SUNDAY, "and no working day has gone by since", "answered before the next working day"),
    (*EASTER, "and no working day has gone by since", "answered before the next working day"),
    (FRIDAY, FRIDAY + timedelta(days=3), "waiting for 1 working day", "answered after 1 working day"),
    (MONDAY, FRIDAY, "waiting for 4 working days", "answered after 4 working days"),
]


@pytest.mark.parametrize(("asked", "until", "waiting", "told"), AGES)
def test_the_age_of_a_request_is_true_on_every_day(asked, until, waiting, told):
    support = SupportRequest(asked_at=clock.at(asked))
    assert Line(support, [], until).age == waiting
    support.answered_at = clock.at(until)
    assert Line(support, [], SUNDAY).age == told


def test_the_reply_time_is_true_on_every_day():
    one, many = "The one request that was answered so far had its first answer", "requests that were answered so far"
    assert replied([]) == ""
    assert replied([(SATURDAY, SUNDAY)]) == f"{one} before the next working day."
    assert replied([(MONDAY, FRIDAY)]) == f"{one} after 4 working days."
    none = f"Half of the 2 {many} had their first answer before the next working day."
    assert replied([(MONDAY, MONDAY), (FRIDAY, SUNDAY)]) == none
    assert replied([(MONDAY, MONDAY), (MONDAY, MONDAY + timedelta(days=2))]).endswith("within 1 working day.")
    assert replied([(MONDAY, FRIDAY), (MONDAY, MONDAY + timedelta(days=1))]).endswith("within 2.5 working days.")


def test_leads_are_reminded_of_what_has_waited_for_more_than_five_working_days(two, django_assert_max_num_queries):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    for number in range(3):
        support = request_of(project, doctor, words=f"Help {number}", now=clock.at(MONDAY))

    def told(on):
        with django_assert_max_num_queries(12):
            found = [each for each in due.reminders(on=on, until=on) if each.kind == WAITING]
        return [each.to for each in found if each.at <= clock.at(on) < each.until]

    assert told(MONDAY + timedelta(days=7)) == []
    assert told(MONDAY + timedelta(days=8)) == [lead] * 3
    answered(support, lead)
    assert told(MONDAY + timedelta(days=8)) == [lead] * 2
    assert told(MONDAY + timedelta(days=60)) == []


def test_a_lead_of_one_organisation_sees_what_her_people_ask_and_no_more(two):
    _, pair, doctor, _ = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    support = request_of(project, doctor)
    hers, others = UserFactory(), UserFactory()
    other = OrganisationFactory()
    for user, organisation in ((hers, doctor.organisation), (others, other)):
        Role.objects.create(kind=RoleKind.LEAD, cohort=pair.cohort, user=user, organisation=organisation, name="Part")
    assert [each.support for each in Queue(pair.cohort, hers, MONDAY).waiting_lines] == [support]
    assert Queue(pair.cohort, others, MONDAY).waiting_lines == []
    with pytest.raises(actions.NotYours):
        answered(support, others)
    answered(support, hers)
