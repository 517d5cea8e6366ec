"""Test people and places."""

from datetime import date

import factory

from accounts.models import User
from cohorts.choices import RoleKind, Side, State
from cohorts.models import Cohort, Organisation, Participant, Programme, Role


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@trust.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"


class AdministratorFactory(UserFactory):
    is_administrator = True


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Trust {n}")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Paired learning {n}")

    @factory.post_generation
    def organisations(self, create, given, **kwargs):
        if create:
            self.organisations.set(given or [OrganisationFactory()])


class CohortFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Cohort {n}")
    starts_on = date(2027, 2, 1)
    ends_on = date(2027, 10, 31)


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.SelfAttribute("user.name")
    side = Side.A
    state = State.ACCEPTED
    organisation = factory.LazyAttribute(lambda p: p.cohort.programme.organisations.first())


class LeadFactory(factory.django.DjangoModelFactory):
    """The role of a lead of a cohort."""

    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    kind = RoleKind.LEAD
    cohort = factory.SubFactory(CohortFactory)
