"""Two trusts in which everything bears the same names, so that a row from the wrong one can only be told by its key."""

from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler

from accounts.models import User
from cohorts.choices import RoleKind, Side
from cohorts.models import Cohort, Organisation, Participant, Programme, Role
from cohorts.tests.factories import (
    AdministratorFactory,
    CohortFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.permissions.table import ROLES

WORD = "violet kettle harbour"  # everybody's password here
# One for all browsers: each would build the middleware anew, and with it a list of every static file.
HANDLER, WANTS_TOKENS = ClientHandler(enforce_csrf_checks=False), ClientHandler(enforce_csrf_checks=True)


@contextmanager
def undone():
    """Whatever happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_worlds(rows, *, within=undone):
    """(world, row) for each row of the matrix, in a world of its kind: what is published cannot be paired again."""

    def things(row) -> list[str]:
        return sorted(row.ids.values())

    for _, alike in groupby(sorted(rows, key=things), key=things):
        with within():
            world = World()
            for row in alike:
                yield world, row


def matrices() -> dict[str, Any]:
    """The module `tests.matrix` of each app of ours that has one, by the name of the app."""
    ours = [*settings.ELEMENTS, *settings.FLOORS]
    return {app: import_module(f"{app}.tests.matrix") for app in ours if find_spec(f"{app}.tests.matrix")}


class World:
    """Everybody of `ROLES` by that name, and what they have to do with each other.

    Places: `organisation`, `second_organisation` (same programme), `far_organisation`; `programme`, `far_programme`;
    `cohort`, `other_cohort` (same programme), `far_cohort`.
    Rows of `Participant`: `participant` (the doctor's), `partner` (the manager's), `colleague_participant`,
    `second_participant` (same cohort, second organisation), `stranger_participant`, `far_participant`.
    `lead_role` is the Role of the lead. What a room adds under `OBJECTS` in its matrix is made when first asked for.
    """

    organisation: Organisation
    cohort: Cohort
    programme: Programme
    participant: Participant

    def __init__(self) -> None:
        self.signed_in: dict[str, str] = {}  # role: key of its session
        self.build_places()
        self.build_staff()
        self.build_participants()
        User.objects.update(password=make_password(WORD))
        EmailAddress.objects.bulk_create(
            EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in User.objects.all()
        )

    def build_places(self) -> None:
        self.organisation = OrganisationFactory(name="Northside Hospital")
        self.second_organisation = OrganisationFactory(name="Southside Hospital")
        self.far_organisation = OrganisationFactory(name="Far Hospital")
        self.programme = ProgrammeFactory(
            name="Paired learning", organisations=[self.organisation, self.second_organisation]
        )
        self.far_programme = ProgrammeFactory(name="Paired learning", organisations=[self.far_organisation])
        self.cohort = CohortFactory(programme=self.programme, name="Cohort 1")
        self.other_cohort = CohortFactory(programme=self.programme, name="Cohort 2")
        self.far_cohort = CohortFactory(programme=self.far_programme, name="Cohort 1")

    def build_staff(self) -> None:
        self.administrator = AdministratorFactory(name="Pat Frost", email="administrator@trust.example")
        self.lead_role = self.give("lead", RoleKind.LEAD, cohort=self.cohort)
        self.give("facilitator", RoleKind.FACILITATOR, cohort=self.cohort)
        self.give("evaluator", RoleKind.EVALUATOR, cohort=self.cohort)
        self.give("sponsor", RoleKind.SPONSOR, cohort=self.cohort)
        self.give("programme_lead", RoleKind.LEAD, programme=self.programme)
        self.give("organisation_lead", RoleKind.LEAD, cohort=self.cohort, organisation=self.organisation)
        self.give("other_lead", RoleKind.LEAD, cohort=self.other_cohort)
        self.give("far_lead", RoleKind.LEAD, cohort=self.far_cohort)

    def build_participants(self) -> None:
        self.participant = self.enrol("doctor", "Sam Ash", Side.A, self.cohort, self.organisation)
        self.partner = self.enrol("manager", "Alex Birch", Side.B, self.cohort, self.organisation)
        self.colleague_participant = self.enrol("colleague", "Robin Cedar", Side.A, self.cohort, self.organisation)
        self.second_participant = self.enrol("second", "Chris Dale", Side.B, self.cohort, self.second_organisation)
        self.stranger_participant = self.enrol("stranger", "Sam Ash", Side.A, self.other_cohort, self.organisation)
        self.far_participant = self.enrol("far_doctor", "Sam Ash", Side.A, self.far_cohort, self.far_organisation)

    def give(self, name: str, kind: RoleKind, **where) -> Role:
        """Make the person called `name` in `ROLES` and give them a role."""
        person = UserFactory(name="Kim Elm", email=f"{name.replace('_', '.')}@trust.example")
        setattr(self, name, person)
        return Role.objects.create(user=person, kind=kind, **where)

    def enrol(self, name: str, called: str, side: Side, cohort: Cohort, organisation: Organisation) -> Participant:
        person = UserFactory(name=called, email=f"{name.replace('_', '.')}@trust.example")
        setattr(self, name, person)
        return ParticipantFactory(cohort=cohort, user=person, side=side, organisation=organisation)

    def person(self, role: str) -> User:
        """The person of a role, fresh from the database, as a request would meet them."""
        if role not in ROLES:
            raise KeyError(role)
        return User.objects.get(pk=getattr(self, role).pk)

    def browser(self, role: str | None = None, *, handler: ClientHandler = HANDLER, **how) -> Client:
        """A browser of its own, signed in as this role; signing in is done once for each of them."""
        client = Client(**how)
        client.handler = handler
        if role and role not in self.signed_in:
            client.force_login(self.person(role))
            self.signed_in[role] = client.session.session_key
        if role:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.signed_in[role]
        return client

    def thing(self, name: str) -> Any:
        """A part of the World, or what a room makes under this name."""
        if name not in self.__dict__:
            makers = [module.OBJECTS[name] for module in matrices().values() if name in getattr(module, "OBJECTS", {})]
            if len(makers) != 1:
                raise KeyError(f"{name}: {len(makers)} rooms say how to make it; exactly one must.")
            setattr(self, name, makers[0](self))
        return self.__dict__[name]
