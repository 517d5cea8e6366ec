"""Writes of the ground floor: each with its audit record, and what they refuse."""

from itertools import product

import pytest

from accounts.models import AuditRecord, User
from cohorts import actions
from cohorts.choices import TRANSITIONS, RoleKind, Side, State
from cohorts.models import Participant, Role, Term
from cohorts.tests.factories import (
    CohortFactory,
    LeadFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from elements import registry
from elements.contract import Element
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


def done(scope=None) -> list[str]:
    return list(AuditRecord.objects.filter(scope=scope).order_by("id").values_list("did", flat=True))


def test_names_of_organisations_and_cohorts_are_taken_once(by):
    actions.make_organisation(name="Northside", by=by)
    with pytest.raises(actions.NameIsTaken, match="Northside already"):
        actions.make_organisation(name="Northside", by=by)
    cohort = CohortFactory()
    with pytest.raises(actions.NameIsTaken):
        actions.change_cohort(cohort=CohortFactory(programme=cohort.programme), name=cohort.name, by=by)
    assert done() == ["made an organisation"]


def test_an_organisation_and_a_programme_are_changed(by):
    organisation, programme = OrganisationFactory(), ProgrammeFactory()
    actions.change_organisation(organisation=organisation, name="Southside", by=by)
    actions.change_programme(programme=programme, name="Pairs", organisations=[organisation], by=by)
    programme.refresh_from_db()
    assert (programme.name, [str(each) for each in programme.organisations.all()]) == ("Pairs", ["Southside"])
    assert done() == ["renamed an organisation", "changed a programme"]


def test_a_cohort_starts_with_the_meanings_of_every_grade_and_band(by):
    like = CohortFactory.build()
    cohort = actions.make_cohort(
        programme=ProgrammeFactory(),
        preset="imperial",
        name="One",
        starts_on=like.starts_on,
        ends_on=like.ends_on,
        by=by,
    )
    assert cohort.rungs.count() == Term.objects.filter(list__in=["grade", "band"]).count()
    spr = cohort.rungs.get(term__code="SpR")
    assert (spr.level, spr.eligible_a, spr.eligible_b) == (4, True, False)
    assert done(cohort.pk) == ["made a cohort"]
    actions.change_rungs(cohort=cohort, rungs={spr.pk: {"level": 2, "eligible_a": False, "eligible_b": True}}, by=by)
    spr.refresh_from_db()
    assert (spr.level, spr.eligible_a, spr.eligible_b) == (2, False, True)


def test_rungs_of_another_cohort_are_left_alone(by):
    like = {"starts_on": CohortFactory.build().starts_on, "ends_on": CohortFactory.build().ends_on}
    programme = ProgrammeFactory()
    one = actions.make_cohort(programme=programme, preset="blank", name="One", by=by, **like)
    two = actions.make_cohort(programme=programme, preset="blank", name="Two", by=by, **like)
    foreign = two.rungs.get(term__code="SpR")
    actions.change_rungs(cohort=one, rungs={foreign.pk: {"level": 1, "eligible_a": False, "eligible_b": False}}, by=by)
    foreign.refresh_from_db()
    assert (foreign.level, foreign.eligible_a) == (4, True)


def test_a_role_makes_a_stranger_known_and_posts_one_message(by):
    cohort = CohortFactory()
    role = actions.name_role(kind="evaluator", email="Eva@Trust.example", name="Eva", cohort=cohort, by=by)
    assert (role.user.email, role.name) == ("eva@trust.example", "Eva")
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.scope) == ("cohorts.role_given", role.user, cohort.pk)
    with pytest.raises(actions.HoldsRoleAlready):
        actions.name_role(kind="evaluator", email="eva@trust.example", name="Eva", cohort=cohort, by=by)
    assert Message.objects.count() == Role.objects.count() == 1


def test_the_name_that_another_trust_wrote_stays_there(by):
    """Whether an address is known elsewhere, and as whom, shows nowhere."""
    known = UserFactory(name="Dr Secret Elsewhere")
    cohort = CohortFactory()
    role = actions.name_role(kind="sponsor", email=known.email, name="S. Else", cohort=cohort, by=by)
    participant = actions.add_participant(cohort=cohort, email=known.email, name="S. Else", side=Side.A, by=by)
    assert (role.user, participant.user) == (known, known)
    assert {role.name, participant.name} == {"S. Else"}
    known.refresh_from_db()
    assert known.name == "Dr Secret Elsewhere"


def test_the_last_lead_of_a_cohort_cannot_go(by):
    role = LeadFactory()
    limited = {"cohort": role.cohort, "organisation": role.cohort.programme.organisations.get()}
    Role.objects.create(user=UserFactory(), kind=RoleKind.LEAD, **limited)
    with pytest.raises(actions.NeedsALead):
        actions.end_role(role=role, by=by)
    other = LeadFactory(cohort=role.cohort)
    actions.end_role(role=role, by=by)
    assert Role.objects.filter(cohort=other.cohort, organisation=None).get() == other


def test_the_last_lead_of_a_programme_may_go_where_every_cohort_has_its_own(by):
    cohort = CohortFactory()
    role = Role.objects.create(user=UserFactory(), kind=RoleKind.LEAD, programme=cohort.programme)
    LeadFactory(cohort=CohortFactory(programme=cohort.programme))
    with pytest.raises(actions.NeedsALead, match=cohort.name):
        actions.end_role(role=role, by=by)
    LeadFactory(cohort=cohort)
    actions.end_role(role=role, by=by)
    assert not Role.objects.filter(programme=cohort.programme).exists()


def test_a_person_takes_part_in_a_cohort_once(by):
    participant = ParticipantFactory()
    before = User.objects.count()
    with pytest.raises(actions.TakesPartAlready):
        actions.add_participant(
            cohort=participant.cohort, email=participant.user.email, name="Again", side=Side.B, by=by
        )
    assert (Participant.objects.count(), User.objects.count()) == (1, before)


def test_nobody_is_told_before_pairs_are_published(by):
    actions.add_participant(cohort=CohortFactory(), email="new@trust.example", name="New", side=Side.B, by=by)
    assert not Message.objects.exists()


def test_nothing_is_recorded_where_nothing_changes(by):
    participant = ParticipantFactory(phone="01")
    actions.change_participant(participant=participant, phone="01", by=by)
    assert done(participant.cohort_id) == []
    actions.change_participant(participant=participant, phone="02", sites=["North"], by=by)
    participant.refresh_from_db()
    assert (participant.phone, participant.sites) == ("02", ["North"])
    assert done(participant.cohort_id) == ["changed the details of a participant"]


@pytest.mark.parametrize(("was", "to"), list(product(State, State)))
def test_states_follow_the_table(by, was, to):
    participant = ParticipantFactory(state=was)
    if to in TRANSITIONS[was]:
        actions.change_state(participant=participant, to=to, by=by)
    else:
        with pytest.raises(actions.CannotMove):
            actions.change_state(participant=participant, to=to, by=by)
    participant.refresh_from_db()
    assert participant.state == (to if to in TRANSITIONS[was] else was)


class Watching(Element):
    slug = app = "watching"
    optional = False

    def __init__(self):
        self.gone = []

    def let_go(self, *, participant=None, pair=None, by):
        self.gone.append(participant)


@pytest.fixture
def watching(monkeypatch):
    monkeypatch.setattr(registry, "_elements", dict(registry._elements))
    return registry.register(Watching())


@pytest.mark.parametrize(
    ("was", "to", "lets_go"),
    [
        ("accepted", "withdrawn", True),
        ("accepted", "reserve", True),
        ("accepted", "completed", False),
        ("applied", "withdrawn", False),
    ],
)
def test_whoever_stops_taking_part_is_let_go_by_every_element(by, watching, was, to, lets_go):
    participant = ParticipantFactory(state=was)
    actions.change_state(participant=participant, to=to, by=by)
    assert watching.gone == ([participant] if lets_go else [])


def test_a_refusal_of_one_element_undoes_the_withdrawal(by, watching, monkeypatch):
    def fail(**told):
        raise RuntimeError

    monkeypatch.setattr(watching, "let_go", fail)
    participant = ParticipantFactory()
    with pytest.raises(RuntimeError):
        actions.withdraw_participant(participant=participant, by=by)
    participant.refresh_from_db()
    assert participant.state == State.ACCEPTED
    assert done(participant.cohort_id) == []


def test_rows_of_a_list_are_the_cohorts_own_and_are_switched_off(by):
    cohort = CohortFactory()
    term = actions.add_term(cohort=cohort, list="theme", label="Safer discharge", by=by)
    with pytest.raises(actions.NameIsTaken):
        actions.add_term(cohort=cohort, list="theme", label="  SAFER  discharge", by=by)
    twin = actions.add_term(cohort=cohort, list="theme", label="Safer discharge!", by=by)
    assert twin.code != term.code
    actions.switch_term(term=term, active=False, by=by)
    assert term not in Term.objects.offered_to(cohort)
    assert not Term.objects.offered_to(CohortFactory()).filter(list="theme").exists()
    with pytest.raises(actions.RowIsShared):
        actions.switch_term(term=Term.objects.filter(cohort=None).first(), active=False, by=by)
