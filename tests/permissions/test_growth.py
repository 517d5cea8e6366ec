"""Every page asks as many questions of the database with few rows as with many, and no question again and again."""

import re
from collections import Counter

from django.test import TestCase

from accounts import audit
from cohorts.choices import RoleKind, Side, TermList
from cohorts.models import Role, Term
from cohorts.tests.factories import CohortFactory, OrganisationFactory, ParticipantFactory, UserFactory
from tests.benchmarks.turns import asked
from tests.permissions.table import Row
from tests.permissions.test_matrix import Trial, rooms
from tests.permissions.world import World, matrices, undone

MORE = 12
MOST_QUERIES = 24  # of any page, sessions and savepoints not counted
OF_EVERYBODY = {"post_week": 30}  # asks every element what it will send, and then where each sort of it leads
MOST_REPEATS = 2  # of one statement on a page; its values may differ
OF_THE_TEST = re.compile(r"SAVEPOINT|django_session", re.IGNORECASE)
VALUES = re.compile(r"'[^']*'|%s|\b\d+\b")
LISTS = re.compile(r"\((\?, )+\?\)")


def grow(world: World) -> None:
    """Many more of everything that a page of the ground floor lists; rooms add theirs by `GROW` in their matrix."""
    for number in range(MORE):
        organisation = OrganisationFactory()
        world.programme.organisations.add(organisation)
        CohortFactory(programme=world.programme)
        for side in Side:
            ParticipantFactory(cohort=world.cohort, side=side, organisation=organisation)
        for kind in (RoleKind.FACILITATOR, RoleKind.SPONSOR):
            Role.objects.create(user=UserFactory(), kind=kind, cohort=world.cohort)
        for kind in (TermList.SITE, TermList.THEME):
            Term.objects.create(list=kind, code=f"more-{number}", label=f"More {number}", cohort=world.cohort)
        audit.record(by=world.lead, did="looked", on=world.cohort, scope=world.cohort.pk)
    for module in matrices().values():
        for more in getattr(module, "GROW", ()):
            more(world)


def questions(trial: Trial, role: str) -> list[str]:
    """The statements of one page, with values taken out."""
    client = trial.world.browser(role)
    with undone(), asked() as seen:
        answer = client.get(trial.here)
        b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == trial.row.answers or answer.status_code < 400, f"{trial.here} as {role}"
    return [LISTS.sub("(?)", VALUES.sub("?", sql)) for sql in seen.statements if not OF_THE_TEST.search(sql)]


class Growth(TestCase):
    """One test for all pages of a room, made below: their world is grown once."""

    def check(self, rows: list[Row]) -> None:
        world = World()
        pages = [(Trial(world, row), self.reader(row)) for row in rows]
        few = []
        for trial, role in pages:
            questions(trial, role)  # what is asked once per process is asked here
            few.append(questions(trial, role))
        grow(world)
        wrong = [said for page, before in zip(pages, few, strict=True) for said in self.wrong(*page, before)]
        assert not wrong, "\n" + "\n".join(wrong)

    def reader(self, row: Row) -> str:
        return next(role for role in ("programme_lead", "lead", "administrator", *sorted(row.may)) if role in row.may)

    def wrong(self, trial: Trial, role: str, few: list[str]) -> list[str]:
        many = questions(trial, role)
        said, wrong = f"{trial.here} as {role}", []
        if len(many) > len(few):
            more = "\n".join((Counter(many) - Counter(few)).elements())
            wrong.append(f"{said}: {len(few)} queries, then {len(many)}:\n{more}")
        if len(many) > OF_EVERYBODY.get(trial.row.url, MOST_QUERIES):
            wrong.append(f"{said}: {len(many)} queries")
        if again := {sql: times for sql, times in Counter(many).items() if times > MOST_REPEATS}:
            wrong.append(f"{said}: {again}")
        return wrong


def add_tests() -> None:
    for room, rows in rooms().items():
        told = [row for row in rows if "GET" in row.methods and row.may]
        setattr(Growth, f"test_pages_of_{room}", lambda self, told=told: self.check(told))


add_tests()
