"""A word to the leads in confidence: whom it reaches, and that nothing of it is anywhere else."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import Seal
from accounts.models import AuditRecord, Draft
from cohorts import actions
from cohorts.choices import RoleKind, Side, State
from cohorts.confidence import heard_in, hearers
from cohorts.element import Cohorts
from cohorts.models import ConfidentialWord, Role
from cohorts.tests.factories import (
    AdministratorFactory,
    CohortFactory,
    LeadFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from elements import clock, once, registry
from reminders.models import Message

pytestmark = pytest.mark.django_db
SECRET = "I do not feel safe on nights"


@pytest.fixture
def place():
    """(cohort of two organisations, its lead, somebody of the first)."""
    here, there = OrganisationFactory(), OrganisationFactory()
    cohort = CohortFactory(programme=ProgrammeFactory(organisations=[here, there]))
    lead = LeadFactory(cohort=cohort, user__name="Kim Elm").user
    return cohort, lead, ParticipantFactory(cohort=cohort, organisation=here)


def said(author, words=SECRET):
    return actions.say_word(author=author, words=words, by=author.user, now=timezone.now())


def role(kind=RoleKind.LEAD, **where):
    user = UserFactory()
    Role.objects.create(user=user, kind=kind, **where)
    return user


def reads(user, word) -> bool:
    return ConfidentialWord.objects.visible_to(user).filter(pk=word.pk).exists()


def test_leads_read_it_and_nobody_else(place):
    cohort, lead, author = place
    word = said(author)
    partner = ParticipantFactory(cohort=cohort, side=Side.B)
    may = [lead, author.user, role(programme=cohort.programme), role(cohort=cohort, organisation=author.organisation)]
    other = cohort.programme.organisations.exclude(pk=author.organisation_id).get()
    may_not = [
        partner.user,
        AdministratorFactory(),
        role(cohort=CohortFactory()),
        role(cohort=CohortFactory(programme=cohort.programme)),
        role(cohort=cohort, organisation=other),
        *(role(kind, cohort=cohort) for kind in RoleKind if kind != RoleKind.LEAD),
    ]
    assert [reads(user, word) for user in may] == [True] * len(may)
    assert [reads(user, word) for user in may_not] == [False] * len(may_not)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.WITHDRAWN])
def test_a_lead_who_takes_part_neither_reads_nor_hears_of_it(place, state):
    cohort, lead, author = place
    partner = ParticipantFactory(cohort=cohort, side=Side.B, state=state)
    Role.objects.create(user=partner.user, kind=RoleKind.LEAD, cohort=cohort)
    word = said(author)
    assert not reads(partner.user, word)
    assert [each.user for each in hearers(author)] == [lead]
    assert [message.recipient for message in Message.objects.filter(kind="cohorts.word_said")] == [lead]


def test_the_page_names_exactly_those_who_can_read_it(place, client):
    cohort, lead, author = place
    people = [
        lead,
        role(programme=cohort.programme),
        role(cohort=cohort, organisation=author.organisation),
        role(cohort=cohort, organisation=cohort.programme.organisations.exclude(pk=author.organisation_id).get()),
        role(RoleKind.FACILITATOR, cohort=cohort),
    ]
    word = said(author)
    named = {each.user_id for each in hearers(author)}
    assert named == {user.pk for user in people if reads(user, word)}
    client.force_login(author.user)
    shown = client.get(reverse("word_say", args=[author.pk])).content.decode()
    assert [user.name in shown for user in people] == [user.pk in named for user in people]


def test_where_no_lead_could_read_it_nothing_is_taken(client):
    author = ParticipantFactory()
    Role.objects.create(user=author.user, kind=RoleKind.LEAD, cohort=author.cohort)
    with pytest.raises(actions.NobodyHears):
        said(author)
    client.force_login(author.user)
    url = reverse("word_say", args=[author.pk])
    assert "There is no lead at present" in client.get(url).content.decode()
    assert client.post(url, {"words": SECRET}).status_code == 200
    assert not ConfidentialWord.objects.exists()


def test_the_message_says_that_there_is_one_and_not_of_whom(place):
    cohort, lead, author = place
    word = said(author)
    [message] = Message.objects.filter(kind="cohorts.word_said")
    kind = registry.kind_named(message.kind)
    context = kind.context(message.ref, lead)
    assert set(context) == {each.name for each in kind.placeholders}
    assert SECRET not in str(context)
    assert author.name not in str(context)
    assert (message.scope, kind.unlisted) == (None, True)  # the cohort's list of messages is read by every lead
    assert kind.wanted(message.ref, lead)
    assert not kind.wanted(message.ref, author.user)
    assert not kind.wanted(message.ref, role(RoleKind.FACILITATOR, cohort=cohort))
    actions.answer_word(word=word, by=lead, now=timezone.now())
    assert not kind.wanted(message.ref, lead)


def test_the_audit_holds_no_word_and_is_no_reading_for_leads(place):
    _, lead, author = place
    actions.answer_word(word=said(author), by=lead, now=timezone.now())
    lines = AuditRecord.objects.filter(did__contains="in confidence")
    assert [line.scope for line in lines] == [None, None]
    assert not any(SECRET in str(line) for line in AuditRecord.objects.values())


def test_it_is_said_by_oneself_and_dealt_with_by_another(place):
    _, lead, author = place
    with pytest.raises(actions.IsNotOnesOwn):
        actions.say_word(author=author, words="x", by=lead, now=timezone.now())
    word = said(author)
    with pytest.raises(actions.IsNotOnesOwn):
        actions.answer_word(word=word, by=author.user, now=timezone.now())
    first = actions.answer_word(word=word, by=lead, now=timezone.now())
    again = actions.answer_word(word=word, by=role(cohort=author.cohort), now=timezone.now())
    assert (again.answered_at, again.answered_by) == (first.answered_at, lead)


def test_it_waits_on_the_leads_home_until_somebody_has_dealt_with_it(place, django_assert_num_queries):
    cohort, lead, author = place
    words = [said(author) for _ in range(3)]
    said(ParticipantFactory(cohort=LeadFactory().cohort))

    def lines(viewer=lead):
        told = Cohorts().attention(cohorts=[cohort], on=clock.today(), viewer=viewer)
        return [each for each in told if "confidence" in each.label]

    with django_assert_num_queries(3):  # one of them for her roles
        [line] = lines()
    partner = ParticipantFactory(cohort=cohort, side="b")
    LeadFactory(cohort=cohort, user=partner.user)
    assert lines(partner.user) == [], "a lead who takes part learns not even that somebody spoke"
    assert (line.count, line.url) == (3, reverse("word_list", args=[cohort.pk]))
    for word in words:
        actions.answer_word(word=word, by=lead, now=timezone.now())
    assert lines() == []


# Pages


def test_from_the_foot_of_every_page_it_is_two_steps(place, client):
    _, _, author = place
    client.force_login(author.user)
    assert reverse("confidence") in client.get(reverse("home")).content.decode()
    assert client.get(reverse("confidence")).url == reverse("word_say", args=[author.pk])
    ParticipantFactory(user=author.user)
    assert client.get(reverse("confidence")).content.decode().count("/confidence/") >= 2
    client.force_login(UserFactory())
    assert "you do not at present" in client.get(reverse("confidence")).content.decode()


def foot_of(user) -> bool:
    """Whether the foot of a page offers this person a word to the leads."""
    return reverse("confidence") in render_to_string("components/footer.html", {"user": user})


def test_the_link_asks_for_no_more_than_the_roles(place, django_assert_num_queries):
    _, lead, author = place
    for user, is_there in ((author.user, True), (lead, False)):
        Role.objects.held_by(user)
        with django_assert_num_queries(0):
            assert foot_of(user) == is_there
            assert ("Ask the leads" in render_to_string("components/footer.html", {"user": user})) == is_there
    assert reverse("confidence") not in render_to_string("components/footer.html", {})
    assert "Ask the leads" in render_to_string("components/footer.html", {}), "who is not signed in"


def test_whoever_takes_part_has_the_link_and_other_leads_hear(place):
    cohort, lead, author = place
    both = ParticipantFactory(cohort=cohort, side=Side.B)
    Role.objects.create(user=both.user, kind=RoleKind.LEAD, cohort=cohort)
    administrator = AdministratorFactory()
    others = [lead, administrator, *(role(kind, cohort=cohort) for kind in RoleKind)]
    assert [foot_of(user) for user in (author.user, both.user)] == [True, True]
    assert [foot_of(user) for user in others] == [False] * len(others)
    said(both)
    heard = Message.objects.filter(kind="cohorts.word_said").values_list("recipient", flat=True)
    assert lead.pk in heard
    assert both.user_id not in heard
    ParticipantFactory(cohort=cohort, user=administrator)
    assert foot_of(administrator)


def test_what_is_dealt_with_is_opened_again_from_the_list(place, client):
    cohort, lead, author = place
    word = actions.answer_word(word=said(author), by=lead, now=timezone.now())
    with pytest.raises(actions.IsNotOnesOwn):
        actions.reopen_word(word=word, by=author.user)
    client.force_login(lead)
    page, again = reverse("word_list", args=[cohort.pk]), reverse("word_reopen", args=[word.pk])
    assert f'action="{again}"' in client.get(page).content.decode()
    assert f'action="{again}"' in client.get(word.get_absolute_url()).content.decode()
    shown = client.post(again, follow=True).content.decode()
    assert "Opened again" in shown
    assert f'action="{again}"' not in shown
    word.refresh_from_db()
    assert (word.answered_at, word.answered_by) == (None, None)
    assert any(
        "confidence" in each.label for each in Cohorts().attention(cohorts=[cohort], on=clock.today(), viewer=lead)
    )
    actions.reopen_word(word=word, by=lead)
    assert AuditRecord.objects.filter(did__contains="again").count() == 1


def test_a_word_is_sent_looked_at_and_listed(place, client):
    _, lead, author = place
    client.force_login(author.user)
    url = reverse("word_say", args=[author.pk])
    Draft.objects.create(owner=author.user, page=url, texts={"words": "half of it"})
    assert "half of it" in client.get(url).content.decode()
    assert "Enter what you want the leads to know" in client.post(url, {"words": " "}).content.decode()
    shown = client.post(url, {"words": f"{SECRET}. Mrs Ash fell."}).content.decode()
    assert "<mark>Mrs Ash</mark>" in shown
    assert 'value="keep">Send</button>' in shown
    seal = str(Seal(author.user.pk, url))
    client.post(url, {"words": f"{SECRET}. Mrs Ash fell.", "patients": "keep", "kept_for": seal})
    word = ConfidentialWord.objects.get()
    assert word.warned
    assert not Draft.objects.exists()
    shown = client.get(url).content.decode()
    assert "Not dealt with yet" in shown
    assert SECRET not in shown
    assert SECRET in client.get(word.get_absolute_url()).content.decode()
    assert client.post(reverse("word_answer", args=[word.pk])).status_code == 403
    client.force_login(lead)
    assert author.name in client.get(reverse("word_list", args=[author.cohort_id])).content.decode()
    shown = client.get(word.get_absolute_url()).content.decode()
    assert SECRET in shown
    assert author.user.email in shown
    client.post(reverse("word_answer", args=[word.pk]))
    client.force_login(author.user)
    assert "Dealt with on" in client.get(word.get_absolute_url()).content.decode()


def test_a_button_pressed_twice_sends_one_word_and_other_words_are_sent_too(place, client):
    _, _, author = place
    client.force_login(author.user)
    url = reverse("word_say", args=[author.pk])
    mark = re.search('name="mark" value="([^"]+)"', client.get(url).content.decode())[1]
    for words in (SECRET, SECRET, "Something else", SECRET, "Something else"):
        assert client.post(url, {"words": words, "mark": mark}).status_code == 302
    assert sorted(ConfidentialWord.objects.values_list("words", flat=True)) == [SECRET, "Something else"]
    assert Message.objects.filter(kind="cohorts.word_said").count() == 2
    mark = re.search('name="mark" value="([^"]+)"', client.get(url).content.decode())[1]
    client.post(url, {"words": SECRET, "mark": mark})  # another day, another page
    assert ConfidentialWord.objects.count() == 3


def test_the_database_refuses_the_same_word_twice_and_takes_many_without_a_mark(place):
    _, _, author = place
    said(author)
    said(author)
    mark = uuid4()
    row = {
        "cohort": author.cohort,
        "author": author,
        "words": SECRET,
        "said_at": timezone.now(),
        "once": once.key(mark, SECRET),
    }
    ConfidentialWord.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfidentialWord.objects.create(**row)


def test_a_lead_who_takes_part_is_told_why_the_list_is_empty(place, client):
    cohort, _, author = place
    said(author)
    both = ParticipantFactory(cohort=cohort, side=Side.B)
    Role.objects.create(user=both.user, kind=RoleKind.LEAD, cohort=cohort)
    client.force_login(both.user)
    shown = client.get(reverse("word_list", args=[cohort.pk])).content.decode()
    assert "You take part in this cohort yourself" in shown
    assert author.name not in shown


def test_the_database_refuses_a_reader_without_a_moment(place):
    _, lead, author = place
    word = said(author)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfidentialWord.objects.filter(pk=word.pk).update(answered_by=lead)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_word_of_another_cohort_than_its_authors(place):
    _, _, author = place
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfidentialWord.objects.create(cohort=CohortFactory(), author=author, words=SECRET, said_at=timezone.now())


@pytest.mark.sqlite
def test_the_leads_list_is_read_in_the_order_of_its_index(place):
    cohort, lead, author = place
    said(author)
    listed = heard_in(cohort, user=lead).explain()
    assert "USING INDEX confidential_word_waiting" in listed
    assert "TEMP B-TREE" not in listed, "thousands would be sorted for a page of fifty"


def test_what_nobody_has_dealt_with_stands_first_and_then_the_newest(place):
    cohort, lead, author = place
    first, second, third = (said(author, words=words) for words in ("One", "Two", "Three"))
    actions.answer_word(word=third, by=lead, now=timezone.now())
    assert list(heard_in(cohort, user=lead)) == [second, first, third]
