"""What leads see of their cohort's messages, and what they may do with them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.tests.factories import CohortFactory, LeadFactory, OrganisationFactory, ParticipantFactory, UserFactory
from elements import registry
from elements.contract import Element, Kind
from reminders.choices import State
from reminders.models import Message

pytestmark = pytest.mark.django_db


class Kinds(Element):
    slug = "post-pages"
    messages = (
        Kind(name="pages.told", label="An invitation", context=dict),
        Kind(name="pages.hidden", label="A supervisor's link", context=dict, secret=True),
        Kind(name="pages.asked", label="A questionnaire", context=dict, counted=True),
        Kind(name="pages.between", label="A word between two", context=dict, confided=True, unlisted=True),
    )


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setitem(registry._elements, "post-pages", Kinds())


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring")


@pytest.fixture
def lead(cohort, client):
    person = UserFactory(name="Lee Oak")
    LeadFactory(user=person, cohort=cohort)
    client.force_login(person)
    return person


def write(cohort, to, kind="pages.told", **columns) -> Message:
    pk = uuid.uuid4()
    return Message.objects.create(
        key=str(pk), kind=kind, recipient=to, to_addr=to.email, scope=cohort.pk, message_id=f"<{pk}@x>", **columns
    )


def member(cohort, name: str):
    """Somebody whom this cohort knows by that name."""
    return ParticipantFactory(cohort=cohort, name=name).user


def shown(client, cohort, **query) -> str:
    answer = client.get(reverse("post_list", args=[cohort.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def do(client, what: str, letter: Message, **given):
    return client.post(reverse(what, args=[letter.scope, letter.pk]), follow=True, **given)


def test_the_lead_sees_who_gets_what_and_why_it_failed(client, lead, cohort):
    write(cohort, member(cohort, "Ann Elm"))
    write(cohort, member(cohort, "Bob Fir"), state=State.FAILED, last_error="550 nobody here")
    write(CohortFactory(), UserFactory(name="Foreign Yew"))
    page = shown(client, cohort)
    assert all(words in page for words in ("An invitation", "Ann Elm", "Bob Fir", "550 nobody here", "2 messages"))
    assert "Foreign Yew" not in page
    only_failed = shown(client, cohort, state="failed")
    assert "Bob Fir" in only_failed
    assert "Ann Elm" not in only_failed
    assert "Ann Elm" in shown(client, cohort, state="nonsense", page="x")


def test_of_a_secret_message_only_kind_and_state_are_shown(client, lead, cohort):
    letter = write(cohort, member(cohort, "Sue Pine"), kind="pages.hidden", last_error="secret@trust.example refused")
    page = shown(client, cohort)
    assert "A supervisor&#x27;s link" in page
    assert "Waiting" in page
    assert not any(words in page for words in ("Sue Pine", letter.to_addr, "secret@trust.example", str(letter.pk)))
    assert {do(client, what, letter).status_code for what in ("post_hold", "post_cancel", "post_send_again")} == {404}


def test_of_a_counted_kind_only_numbers_are_shown(client, lead, cohort):
    letters = [write(cohort, member(cohort, f"Answerer {n}"), kind="pages.asked") for n in range(3)]
    page = shown(client, cohort)
    assert "A questionnaire, waiting: 3" in page
    assert "Answerer" not in page
    assert do(client, "post_cancel", letters[0]).status_code == 404


def test_the_lead_of_one_organisation_sees_its_own_people_only(client, cohort):
    here, there = cohort.programme.organisations.get(), OrganisationFactory()
    mine = write(cohort, ParticipantFactory(cohort=cohort, organisation=here, user__name="Ann Here").user)
    other = write(cohort, ParticipantFactory(cohort=cohort, organisation=there, user__name="Bob There").user)
    person = UserFactory()
    LeadFactory(user=person, cohort=cohort, organisation=here)
    client.force_login(person)
    page = shown(client, cohort)
    assert "Ann Here" in page
    assert "Bob There" not in page
    assert "1 message," in page
    # She reads; what the lead of all published is not hers to stop.
    assert "Hold back" not in page
    for letter in (mine, other):
        for what in ("post_hold", "post_release", "post_cancel", "post_send_again"):
            assert do(client, what, letter).status_code == 403
    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_everybody_bears_the_name_that_this_cohort_gave(client, lead, cohort):
    """The account of somebody known elsewhere keeps the name given there; it is not this cohort's to see."""
    known = UserFactory(name="Dr Given-Elsewhere")
    member = ParticipantFactory(cohort=cohort, user=known, name="Ann Elm")
    helper = UserFactory(name="Prof Given-Elsewhere")
    LeadFactory(user=helper, cohort=cohort, name="Bob Fir", kind="facilitator")
    nobody = UserFactory(name="Mx Given-Elsewhere", email="gone@trust.example")
    LeadFactory(user=nobody, name="Cy Oak")  # of another cohort
    letters = [write(cohort, to, state=State.UNKNOWN) for to in (member.user, helper, nobody)]
    page = shown(client, cohort)
    assert "Given-Elsewhere" not in page
    for letter, name in zip(letters, ("Ann Elm", "Bob Fir", "gone@trust.example"), strict=True):
        assert name in page
        for what in ("post_cancel", "post_send_again"):
            asked = client.get(reverse(what, args=[cohort.pk, letter.pk])).content.decode()
            assert name in asked
            assert "Given-Elsewhere" not in asked


def test_hold_release_and_cancel(client, lead, cohort):
    letter = write(cohort, UserFactory())
    for what, state in [
        ("post_hold", State.HELD),
        ("post_release", State.QUEUED),
        ("post_cancel", State.CANCELLED),
    ]:
        assert do(client, what, letter).status_code == 200
        letter.refresh_from_db()
        assert letter.state == state


def test_cancelling_and_sending_again_ask_first(client, lead, cohort):
    letter = write(cohort, member(cohort, "Ann Elm"), state=State.UNKNOWN)
    for what in ("post_cancel", "post_send_again"):
        page = client.get(reverse(what, args=[cohort.pk, letter.pk]))
        assert "Ann Elm" in page.content.decode()
    assert Message.objects.count() == 1
    do(client, "post_send_again", letter)
    assert set(Message.objects.values_list("state", flat=True)) == {State.UNKNOWN, State.QUEUED}


def test_what_has_gone_is_not_cancelled_and_the_lead_is_told(client, lead, cohort):
    letter = write(cohort, UserFactory(), state=State.SENT, sent_at=timezone.now())
    assert "Nothing was changed. The message is sent." in do(client, "post_cancel", letter).content.decode()
    letter.refresh_from_db()
    assert letter.state == State.SENT


def test_as_many_queries_for_many_as_for_one(client, lead, cohort):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(client, cohort)
        return len(asked)

    write(cohort, UserFactory())
    shown(client, cohort)  # the first page of a session marks when it began
    one = queries()
    for n in range(60):
        write(cohort, member(cohort, f"Person {n}"))
    assert queries() == one <= 10
    assert "Page 2 of 2" in shown(client, cohort)
    assert "Page 1 of 2" in shown(client, cohort, page=2)


def test_the_record_of_one_person(client, lead, cohort):
    ann, bob = (ParticipantFactory(cohort=cohort, name=name) for name in ("Ann Elm", "Bob Fir"))
    for who in (ann, bob):
        write(cohort, who.user)
        write(cohort, who.user, state=State.FAILED)
    write(CohortFactory(), ann.user, state=State.HELD)
    page = shown(client, cohort, person=ann.pk)
    assert "Messages to Ann Elm" in page
    assert "Bob Fir" not in page
    assert "2 messages, newest first" in page
    assert "Held back:" not in page
    assert "1 message, newest first" in shown(client, cohort, person=ann.pk, state="failed")
    link = f'{reverse("post_list", args=[cohort.pk])}?person={ann.pk}"'
    assert link in client.get(ann.get_absolute_url()).content.decode()


@pytest.mark.parametrize("asked", [uuid.uuid4(), "nobody", "%", "1"])
def test_an_unknown_person_has_no_messages(client, lead, cohort, asked):
    write(cohort, member(cohort, "Ann Elm"))
    page = shown(client, cohort, person=asked)
    assert "There are no such messages." in page
    assert "Ann Elm" not in page


def test_the_record_is_of_people_whom_the_lead_may_see(client, cohort):
    here, there = cohort.programme.organisations.get(), OrganisationFactory()
    other = ParticipantFactory(cohort=cohort, organisation=there, name="Bob There")
    foreign = ParticipantFactory(name="Foreign Yew")
    write(cohort, other.user), write(cohort, foreign.user)
    person = UserFactory()
    LeadFactory(user=person, cohort=cohort, organisation=here)
    client.force_login(person)
    for unseen in (other, foreign):
        page = shown(client, cohort, person=unseen.pk)
        assert "There are no such messages." in page
        assert unseen.name not in page


def test_of_one_person_nothing_confidential_is_told(client, lead, cohort):
    """Neither that a message with a secret went to her nor that she has still to answer."""
    ann = ParticipantFactory(cohort=cohort, name="Ann Elm")
    for kind in ("pages.hidden", "pages.asked", "pages.told"):
        write(cohort, ann.user, kind=kind)
    page = shown(client, cohort, person=ann.pk)
    assert "1 message, newest first" in page
    assert "Waiting: 1" in page
    assert "Not listed one by one" not in page
    assert 'value="pages.hidden"' not in page


@pytest.mark.parametrize("kind", ["pages.between", "pages.asked", "cohorts.word_said", "shadowing.reflection_shared"])
def test_what_no_lead_is_shown_is_not_offered_and_not_said_to_be_nothing(client, lead, cohort, kind):
    write(cohort, member(cohort, "Ann Elm"))
    page = shown(client, cohort, kind=kind)
    assert f'value="{kind}"' not in page
    assert 'value="pages.told"' in page
    assert "There are no such messages." not in page


def test_of_one_person_a_secret_kind_is_not_said_to_be_nothing(client, lead, cohort):
    ann = ParticipantFactory(cohort=cohort, name="Ann Elm")
    for kind in ("pages.hidden", "pages.told"):
        write(cohort, ann.user, kind=kind)
    page = shown(client, cohort, person=ann.pk, kind="pages.hidden")
    assert "There are no such messages." not in page
    assert "1 message, newest first" in page


def test_filters_go_together_and_the_pages_keep_them(client, lead, cohort):
    ann = ParticipantFactory(cohort=cohort, name="Ann Elm")
    for _ in range(51):
        write(cohort, ann.user, state=State.FAILED)
    write(cohort, ann.user)
    write(cohort, ann.user, kind="pages.hidden", state=State.FAILED)
    page = shown(client, cohort, state="failed", kind="pages.told", person=ann.pk)
    assert "51 messages, newest first" in page
    assert f'href="?state=failed&amp;kind=pages.told&amp;person={ann.pk}&amp;page=2"' in page
    assert '<option value="failed" selected>' in page
    assert '<option value="pages.told" selected>' in page
    assert f'name="person" value="{ann.pk}"' in page
    assert "pages.asked" not in page
    assert "1 message, newest first" in shown(client, cohort, kind="pages.hidden")
    assert "53 messages, newest first" in shown(client, cohort, kind="nonsense")


def test_the_record_of_one_person_asks_as_little(client, lead, cohort):
    ann = ParticipantFactory(cohort=cohort, name="Ann Elm")
    asked = []
    shown(client, cohort)
    for times in (1, 60):
        for _ in range(times):
            write(cohort, ann.user)
        with CaptureQueriesContext(connection) as seen:
            shown(client, cohort, person=ann.pk, state="queued", kind="pages.told")
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 10


def test_one_persons_messages_are_counted_as_everybodys_are(cohort):
    ann, bob = (ParticipantFactory(cohort=cohort) for _ in range(2))
    for who, times in ((ann, 2), (bob, 1)):
        for state in (State.FAILED, State.HELD):
            for _ in range(times):
                write(cohort, who.user, state=state)
    hers = Message.objects.within([cohort.pk]).to_people([ann.user_id])
    assert hers.counts_by_state_of_one() == hers.counts_by_state() != Message.objects.all().counts_by_state()
