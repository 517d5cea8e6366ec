"""A wrong address, corrected by a lead: whose may be, what the lead learns, and where the post goes then."""

from datetime import time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import account_of, drop_unused_account, make_known
from accounts.models import AuditRecord, User
from cohorts import actions, launches
from cohorts.choices import RoleKind
from cohorts.models import Participant, Role
from cohorts.tests.factories import (
    CohortFactory,
    LeadFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from cohorts.tests.post import lead_of, ten_minutes_pass, words, write
from elements import clock
from reminders import delivery, due, outbox
from reminders.choices import State
from reminders.models import BadAddress, LocalLetter, Message, Nudge
from tests.permissions.answers import telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
WRONG, RIGHT = "ukasz@trust.example", "lukasz@trust.example"
INSTEAD = "Lukasz changes the email address on their account page, after signing in."


@pytest.fixture
def cohort():
    day = clock.today() + timedelta(days=60)
    return CohortFactory(name="Spring", starts_on=day, ends_on=day + timedelta(days=200))


@pytest.fixture
def lead(cohort, client):
    return lead_of(cohort, client)


@pytest.fixture
def person(cohort, lead):
    organisation = cohort.programme.organisations.get()
    return actions.add_participant(
        cohort=cohort, email=WRONG, name="Lukasz", side="a", organisation=organisation, by=lead
    )


def edit_of(person) -> str:
    return reverse("participant_edit", args=[person.pk])


def values(person, email: str) -> dict:
    return {"name": "Lukasz", "side": "a", "organisation": person.organisation_id, "email": email}


def correct(client, person, email: str = RIGHT, **more):
    return client.post(edit_of(person), values(person, email) | more)


def address_of(person) -> str:
    return Participant.objects.get(pk=person.pk).user.email


def test_what_is_typed_is_folded_and_the_unused_account_is_gone(client, lead, cohort, person):
    page = words(client.get(edit_of(person)))
    assert f'value="{WRONG}"' in page
    assert INSTEAD not in page
    assert correct(client, person, "  Lukasz@TRUST.example ").status_code == 302
    assert address_of(person) == RIGHT
    assert not User.objects.filter(email=WRONG).exists()
    assert not EmailAddress.objects.filter(email=WRONG).exists()
    new = User.objects.get(email=RIGHT)
    assert (new.name, new.has_usable_password(), new.last_login) == ("Lukasz", False, None)
    assert EmailAddress.objects.get(user=new).verified
    records = AuditRecord.objects.filter(scope=cohort.pk, did="corrected the address of a participant")
    assert (records.get().by, records.get().subject_ref) == (lead, str(person.pk))
    assert not [did for did in AuditRecord.objects.values_list("did", flat=True) if "@" in did]


def test_the_same_address_written_otherwise_changes_nothing(client, person):
    before = set(User.objects.values_list("pk", "email"))
    correct(client, person, WRONG.upper())
    assert set(User.objects.values_list("pk", "email")) == before
    assert not AuditRecord.objects.filter(did__contains="address").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the email address"),
        ("lukasz", "Enter an email address like name@example.com"),
        ("l\u0443kasz@trust.example", "Enter an email address like name@example.com"),  # a Cyrillic letter
    ],
)
def test_what_is_no_address_is_refused_beside_the_field_and_stays(client, person, typed, said):
    page = words(correct(client, person, typed, role_title="Matron"))
    assert said in page
    assert f'value="{typed}"' in page or not typed
    assert "Matron" in page
    assert address_of(person) == WRONG


# Whose address a lead may correct


def has_signed_in(person, lead):
    User.objects.filter(pk=person.user_id).update(last_login=timezone.now())


def holds_a_role_elsewhere(person, lead):
    Role.objects.create(user=person.user, kind=RoleKind.SPONSOR, cohort=CohortFactory())


def administers(person, lead):
    User.objects.filter(pk=person.user_id).update(is_administrator=True)


def takes_part_elsewhere(person, lead):
    ParticipantFactory(cohort=CohortFactory(), user=person.user)


def takes_part_in_another_organisation_of_hers(person, lead):
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    other = CohortFactory(programme=ProgrammeFactory(organisations=[ours, theirs]))
    Role.objects.create(user=lead, kind=RoleKind.LEAD, cohort=other, organisation=ours)
    ParticipantFactory(cohort=other, user=person.user, organisation=theirs)


MORE = [
    has_signed_in,
    holds_a_role_elsewhere,
    administers,
    takes_part_elsewhere,
    takes_part_in_another_organisation_of_hers,
]


@pytest.mark.parametrize("happens", MORE)
def test_an_account_that_is_more_than_this_lead_made_of_it_stays_as_it_is(client, lead, person, happens):
    happens(person, lead)
    page = words(client.get(edit_of(person)))
    assert INSTEAD in page
    assert 'name="email"' not in page
    answer = correct(client, person)
    assert INSTEAD in words(answer)
    assert address_of(person) == WRONG
    assert not User.objects.filter(email=RIGHT).exists()
    assert client.post(edit_of(person), {**values(person, ""), "name": "Luke"}).status_code == 302


@pytest.mark.parametrize("happens", MORE)
def test_what_happened_since_the_page_was_asked_for_counts(lead, person, happens):
    known = Participant.objects.select_related("user", "cohort").get(pk=person.pk)
    happens(person, lead)
    by = User.objects.get(pk=lead.pk)
    with pytest.raises(actions.OwnAddress):
        actions.change_participant(participant=known, by=by, email=RIGHT, name="Luke")
    assert address_of(person) == WRONG
    assert Participant.objects.get(pk=person.pk).name == "Lukasz"


def test_another_cohort_of_the_same_lead_is_no_obstacle_and_keeps_the_account(client, lead, person):
    second = LeadFactory(user=lead).cohort
    there = ParticipantFactory(cohort=second, user=person.user)
    assert correct(client, person).status_code == 302
    assert (address_of(person), address_of(there)) == (RIGHT, WRONG)


def test_the_lead_of_an_organisation_corrects_its_own_people_only(client, cohort):
    here, there = cohort.programme.organisations.get(), OrganisationFactory()
    cohort.programme.organisations.add(there)
    mine = ParticipantFactory(cohort=cohort, organisation=here)
    other = ParticipantFactory(cohort=cohort, organisation=there)
    lead_of(cohort, client, organisation=here)
    assert correct(client, mine).status_code == 302
    assert correct(client, other, "more@trust.example").status_code == 404
    assert address_of(mine) == RIGHT
    # Whom the other organisation has brought she is not told.
    page = words(correct(client, mine, other.user.email))
    assert "This person cannot be added here." in page
    assert address_of(mine) == RIGHT


def test_somebody_of_this_cohort_is_not_two(client, cohort, person):
    other = ParticipantFactory(cohort=cohort)
    page = words(correct(client, person, other.user.email, role_title="Matron"))
    assert f"{other.user.email} is on the list of this cohort already. Enter another email address." in page
    assert "Matron" in page
    assert address_of(person) == WRONG
    assert Participant.objects.get(pk=person.pk).role_title == ""


# Known or not


def in_use(lead):
    known = make_known(email=RIGHT, name="Somebody Else", by=lead)
    User.objects.filter(pk=known.pk).update(last_login=timezone.now())
    ParticipantFactory(cohort=CohortFactory(), user=known)
    known.set_password("a password of her own")
    known.save()


def proved(lead):
    known = make_known(email="main@trust.example", name="Somebody Else", by=lead)
    EmailAddress.objects.create(user=known, email=RIGHT, verified=True)


def columns_of_known() -> list:
    people = User.objects.filter(name="Somebody Else").order_by("pk").values()
    return [list(people), list(EmailAddress.objects.filter(user__name="Somebody Else").order_by("pk").values())]


@pytest.mark.parametrize("becomes_known", [in_use, proved])
def test_a_known_address_and_an_unknown_one_get_the_same_answer_in_as_many_statements(
    client, lead, cohort, becomes_known
):
    becomes_known(lead)
    known = columns_of_known()
    organisation = cohort.programme.organisations.get()
    found = []
    client.get(cohort.get_absolute_url())  # the first look marks the session as seen
    for email in (RIGHT, "nobody@trust.example"):
        wrong = f"wrong-{email}"
        person = actions.add_participant(
            cohort=cohort, email=wrong, name="Lukasz", side="a", organisation=organisation, by=lead
        )
        write(cohort, person.user)
        write(cohort, person.user, state=State.SENT, sent_at=timezone.now(), kind="trial.told")
        hidden = (str(person.pk), email, wrong)
        with CaptureQueriesContext(connection) as asked:
            answer = correct(client, person, email)
        statements = [query["sql"].split()[0] for query in asked.captured_queries]
        page = client.get(answer["Location"])
        found.append((telling(answer, *hidden), statements, telling(page, "main@trust.example", *hidden)))
        assert Participant.objects.get(pk=person.pk).user.email in {email, "main@trust.example"}
    assert found[0] == found[1]
    assert columns_of_known() == known


def test_an_account_is_made_once_and_never_overwritten(lead):
    first = account_of(email=RIGHT, name="One", by=lead)
    assert account_of(email=RIGHT.upper(), name="Two", by=lead) == first
    assert User.objects.get(email=RIGHT).name == "One"
    assert EmailAddress.objects.filter(email=RIGHT).count() == 1


@pytest.mark.parametrize("columns", [{"is_active": False}, {"is_administrator": True}, {"last_login": timezone.now()}])
def test_an_account_that_means_something_is_not_deleted(lead, columns):
    person = UserFactory(**columns)
    assert not drop_unused_account(person=person, by=lead)
    assert User.objects.filter(pk=person.pk).exists()


def test_an_account_that_something_refers_to_is_not_deleted(lead, cohort):
    role = LeadFactory().user
    written_to, free = UserFactory(), UserFactory()
    write(cohort, written_to)
    dropped = [each for each in (role, written_to, free) if drop_unused_account(person=each, by=lead)]
    assert dropped == [free]
    assert Message.objects.filter(recipient=written_to).exists()


# The post


def tried() -> list[str]:
    ten_minutes_pass()
    delivery.send_round()
    return list(LocalLetter.objects.order_by("sent_at").values_list("to_addr", flat=True))


def set_launch(cohort, lead):
    actions.set_launch(cohort=cohort, begins=time(14), ends=time(16), place="Lecture theatre", by=lead)


def test_a_waiting_invitation_goes_to_the_new_address_only_and_once(client, lead, cohort, person):
    set_launch(cohort, lead)
    invitation = Message.objects.get(kind=launches.SET, recipient=person.user)
    old = str(person.user_id)
    correct(client, person)
    invitation.refresh_from_db()
    assert (invitation.recipient.email, invitation.to_addr, invitation.state) == (RIGHT, RIGHT, State.QUEUED)
    assert old not in invitation.key
    assert str(invitation.recipient_id) in invitation.key
    assert sorted(tried()) == sorted([RIGHT, lead.email])
    assert not due.compose_due()


@pytest.mark.parametrize("state", [State.SENT, State.UNKNOWN, State.FAILED])
def test_an_invitation_that_went_to_the_wrong_address_is_told_anew_as_an_invitation(
    client, lead, cohort, person, state
):
    set_launch(cohort, lead)
    gone = {"state": state, "sent_at": timezone.now() if state == State.SENT else None}
    Message.objects.filter(kind=launches.SET).update(**gone)
    correct(client, person)
    assert tried() == [RIGHT]
    assert LocalLetter.objects.get().subject.startswith("Invitation: ")
    kept = Message.objects.filter(recipient__email=WRONG)
    assert kept.exists() == (state != State.FAILED)  # where something may have arrived, the record stays


def test_what_is_corrected_to_and_fro_is_told_each_time_and_what_waits_to_be_sent_again_only_once(
    client, lead, cohort, person
):
    make_known(email=RIGHT, name="Somebody Else", by=lead)
    set_launch(cohort, lead)
    letter = Message.objects.get(kind=launches.SET, recipient=person.user)
    Message.objects.update(state=State.SENT, sent_at=timezone.now())
    letter.refresh_from_db()
    outbox.send_again(message=letter, by=lead)
    for number, email in enumerate((RIGHT, WRONG, RIGHT), start=1):
        assert correct(client, person, email).status_code == 302
        assert tried() == [RIGHT, WRONG, RIGHT][:number]


def test_what_a_lead_wrote_and_what_was_asked_is_not_repeated(client, lead, cohort, person):
    for kind in ("trial.asked_for", "trial.asked", "trial.hidden"):
        write(cohort, person.user, kind=kind, state=State.SENT, sent_at=timezone.now())
    circular = actions.write_circular(cohort=cohort, audience="taking_part", subject="Hello", body="All", by=lead)
    write(
        cohort,
        person.user,
        kind="cohorts.circular",
        ref={"circular": str(circular.pk)},
        state=State.SENT,
        sent_at=timezone.now(),
    )
    before = Message.objects.count()
    correct(client, person)
    assert Message.objects.count() == before


def test_what_failed_can_be_sent_again_and_goes_to_the_new_address(client, lead, cohort, person):
    BadAddress.objects.create(address=WRONG, why="550 nobody here")
    failed = write(cohort, person.user, kind="trial.soon", state=State.FAILED)
    page = words(client.get(person.get_absolute_url()))
    assert f'href="{edit_of(person)}">Correct the address</a>' in page
    correct(client, person)
    assert "This address refuses mail" not in words(client.get(person.get_absolute_url()))
    failed.refresh_from_db()
    again = outbox.send_again(message=failed, by=lead)
    assert (again.recipient.email, again.to_addr) == (RIGHT, RIGHT)


def test_answers_of_others_go_to_the_new_address(client, lead, cohort, person):
    other = UserFactory()
    letter = write(cohort, other, reply_to=f"{WRONG}, x{WRONG}")
    elsewhere = write(CohortFactory(), other, reply_to=WRONG)
    correct(client, person)
    letter.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (letter.reply_to, elsewhere.reply_to) == (f"{RIGHT}, x{WRONG}", WRONG)


def test_a_message_that_a_sender_has_just_taken_is_taken_back(client, lead, cohort, person):
    write(cohort, person.user, kind="trial.told")
    taken = delivery.claim("a sender")
    correct(client, person)
    delivery.deliver(taken, delivery.carrier())
    assert tried() == [RIGHT]


def test_what_the_right_person_has_already_is_not_sent_twice(client, lead, cohort, person):
    known = make_known(email=RIGHT, name="Somebody Else", by=lead)
    mine = write(cohort, person.user, kind="trial.told", key=f"trial:{person.user_id}")
    write(cohort, known, kind="trial.told", key=f"trial:{known.pk}")
    correct(client, person)
    mine.refresh_from_db()
    assert (mine.state, mine.recipient) == (State.CANCELLED, known)
    assert tried() == [RIGHT]


def test_a_request_that_waits_is_of_the_new_person_with_all_that_it_asks(client, lead, cohort, person):
    day = clock.today().isoformat()
    ref = {"day": day, "person": str(person.user_id)}
    digest = write(cohort, person.user, kind="reminders.digest", key=f"nudge:{day}:{person.user_id}", ref=ref)
    for about in ("one", "two"):
        Nudge.objects.create(
            message=digest, kind="trial.asked_for", about=about, ref={"about": about}, on=clock.today()
        )
    correct(client, person)
    assert digest.nudges.count() == 2
    digest.refresh_from_db()
    new = str(User.objects.get(email=RIGHT).pk)
    assert (digest.key, digest.ref["person"]) == (f"nudge:{day}:{new}", new)


def test_messages_of_another_cohort_stay_with_the_account(client, lead, cohort, person):
    second = LeadFactory(user=lead).cohort
    ParticipantFactory(cohort=second, user=person.user)
    letter = write(second, person.user)
    correct(client, person)
    letter.refresh_from_db()
    assert letter.recipient.email == WRONG


def test_who_is_about_to_sign_in_with_the_wrong_address_is_told_in_words(client, lead, cohort, person):
    """A code was asked for, then the account is gone: no page breaks."""
    stranger = type(client)()
    stranger.post(reverse("account_request_login_code"), {"login": WRONG, "email": WRONG})
    correct(client, person)
    assert not User.objects.filter(email=WRONG).exists()
    answer = stranger.get(reverse("account_confirm_login_code"), follow=True)
    assert answer.status_code == 200
    answer = stranger.post(reverse("account_confirm_login_code"), {"code": "ABC-DEF"}, follow=True)
    assert answer.status_code == 200
