"""`visible_to` is the door of every view: whom and what it shows, said a second time without a database."""

import pytest

from accounts.models import User
from cohorts.choices import RoleKind, Side
from cohorts.models import Cohort, Participant, Role, SheetImport
from cohorts.querysets import led_whole_by
from pairs.models import Exclusion, Pair, PrivateWord
from tests.permissions.table import ROLES
from tests.permissions.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Everybody of the matrix, and those whom it lacks: limited, doubled and participating leads."""
    made = World()
    made.give("programme_organisation_lead", RoleKind.LEAD, programme=made.programme, organisation=made.organisation)
    made.give("second_organisation_lead", RoleKind.LEAD, cohort=made.cohort, organisation=made.second_organisation)
    made.give("double_lead", RoleKind.LEAD, cohort=made.cohort)
    Role.objects.create(user=made.double_lead, kind=RoleKind.LEAD, programme=made.far_programme)
    made.give("programme_facilitator", RoleKind.FACILITATOR, programme=made.programme)
    made.enrol("homeless", "Jo Elm", Side.A, made.cohort, None)
    Role.objects.create(user=made.manager, kind=RoleKind.LEAD, cohort=made.other_cohort)
    Role.objects.create(user=made.doctor, kind=RoleKind.LEAD, cohort=made.cohort, organisation=made.organisation)
    made.everybody = [*(made.person(role) for role in ROLES if role != "anonymous"), *_more(made)]
    return made


def _more(made):
    names = "programme_organisation_lead second_organisation_lead double_lead programme_facilitator homeless"
    return [User.objects.get(pk=getattr(made, name).pk) for name in names.split()]


def leads(user, cohort, organisations) -> bool:
    """Whether one of the user's roles is that of a lead of this cohort, limited to nothing but `organisations`."""
    return any(
        role.kind == RoleKind.LEAD
        and (role.cohort_id == cohort.pk or role.programme_id == cohort.programme_id)
        and role.organisation_id in organisations
        for role in Role.objects.filter(user=user)
    )


def sees(user, participant) -> bool:
    """Oneself, and the people of what one leads."""
    return participant.user_id == user.pk or leads(user, participant.cohort, {None, participant.organisation_id})


def test_people_are_seen_by_themselves_and_by_leads_of_their_cohort_or_organisation(world):
    people = list(Participant.objects.select_related("cohort"))
    found = {}
    for user in world.everybody:
        found[user.email] = {person.pk for person in people if sees(user, person)}
        assert set(Participant.objects.visible_to(user).values_list("pk", flat=True)) == found[user.email], user.email
        hidden = Participant.objects.exclude(pk__in=Participant.objects.visible_to(user).values("pk"))
        assert hidden.count() == len(people) - len(found[user.email]), user.email
    assert len(set(map(frozenset, found.values()))) > 5  # the world tells the rules apart


def test_cohorts_are_led_through_themselves_or_their_programme(world):
    every = {None, *world.cohort.programme.organisations.values_list("pk", flat=True)}
    for user in world.everybody:
        cohorts = list(Cohort.objects.all())
        assert set(Cohort.objects.led_by(user)) == {each for each in cohorts if leads(user, each, every)}, user.email
        whole = {each for each in cohorts if leads(user, each, {None})}
        assert set(Cohort.objects.filter(led_whole_by(user, "pk"))) == whole, user.email


def test_what_prepares_pairs_is_seen_by_leads_of_the_whole_cohort_alone(world):
    run, lock = world.thing("run"), world.thing("pair_lock")
    for row in (run, lock, run.proposals.first()):
        for user in world.everybody:
            seen = type(row).objects.visible_to(user).filter(pk=row.pk).exists()
            assert seen == leads(user, world.cohort, {None}), (user.email, row)


def test_an_exclusion_is_seen_by_leads_whom_it_does_not_name(world):
    row = world.thing("exclusion")
    for user in world.everybody:
        is_named = user.pk in {row.one.user_id, row.other.user_id}
        may = leads(user, row.cohort, {None}) and not is_named
        assert Exclusion.objects.visible_to(user).filter(pk=row.pk).exists() == may, user.email


def test_what_somebody_named_in_private_is_a_row_for_nobody_else(world):
    row = world.thing("private_word")
    for user in world.everybody:
        may = user.pk == row.participant.user_id
        assert PrivateWord.objects.visible_to(user).filter(pk=row.pk).exists() == may, user.email


def test_a_pair_is_seen_by_its_leads_and_by_those_who_are_in_it(world):
    pair = world.thing("pair")
    members = [membership.participant for membership in pair.memberships.select_related("participant__cohort")]
    found = []
    for user in world.everybody:
        own = any(person.user_id == user.pk for person in members)
        others = any(sees(user, person) for person in members if person.user_id != user.pk)
        found.append(own or others or leads(user, pair.cohort, {None}))
        assert Pair.objects.visible_to(user).filter(pk=pair.pk).exists() == found[-1], user.email
    assert set(found) == {True, False}


def test_an_upload_is_seen_by_the_lead_who_made_it_alone(world):
    upload = SheetImport.objects.create(cohort=world.cohort, by=world.lead, file_name="people.csv")
    for user in world.everybody:
        may = user == world.lead
        assert SheetImport.objects.visible_to(user).filter(pk=upload.pk).exists() == may, user.email
    world.cohort.roles.filter(user=world.lead).delete()
    assert not SheetImport.objects.visible_to(world.lead).exists()
