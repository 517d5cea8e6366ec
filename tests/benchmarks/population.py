"""A cohort of any size, written in bulk: people with answers, a draft run, published pairs and their messages."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from cohorts.actions import make_cohort, make_organisation, make_programme
from cohorts.choices import RoleKind, Side, State, TermList
from cohorts.models import Cohort, Participant, Programme, Role, Term
from pairs.actions import find_pairs, publish_run, review_run
from pairs.models import Pair, Run

WORD = "violet kettle harbour"
FIRST = (
    "Aisha",
    "Ben",
    "Chidi",
    "Dara",
    "Elin",
    "Femi",
    "Grace",
    "Hana",
    "Imran",
    "Jo",
    "Kofi",
    "Lena",
    "Maya",
    "Noor",
    "Olga",
    "Priya",
    "Rosa",
    "Sam",
    "Tariq",
    "Uma",
)
LAST = (
    "Ash",
    "Birch",
    "Cedar",
    "Dale",
    "Elm",
    "Frost",
    "Glen",
    "Hill",
    "Ives",
    "Jay",
    "Kerr",
    "Lane",
    "Moss",
    "Nash",
    "Oak",
    "Pine",
    "Reed",
    "Shaw",
    "Thorn",
    "Wood",
)
SITES = ("Riverside", "Hillside", "Northgate", "Parkway")
INTERESTS = tuple(f"Interest {number}" for number in range(12))
IDEAS = tuple(f"Idea {number}" for number in range(8))


@dataclass(frozen=True)
class Populated:
    """A cohort, whoever looks at it, and one of each thing that has a page. `run` is a draft, `pair` is published."""

    size: int
    cohort: Cohort
    lead: User
    participant: Participant
    run: Run
    pair: Pair


@cache
def house() -> tuple[User, Programme]:
    """The administrator and the one programme, in one organisation."""
    by = User.objects.create(email="first@trust.example", name="First Person", password="!", is_administrator=True)
    organisation = make_organisation(name="Bench Hospital", by=by)
    return by, make_programme(name="Bench programme", organisations=[organisation], by=by)


def empty_cohort(label: str) -> tuple[Cohort, User]:
    """A cohort from the Imperial preset and its lead, who signs in with WORD."""
    by, programme = house()
    dates = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 11, 1)}
    cohort = make_cohort(programme=programme, preset="imperial", by=by, name=f"Cohort {label}", **dates)
    lead = User.objects.create(email=f"lead-{label}@trust.example", name="Kim Elm", password=make_password(WORD))
    EmailAddress.objects.create(user=lead, email=lead.email, verified=True, primary=True)
    Role.objects.create(user=lead, kind=RoleKind.LEAD, cohort=cohort)
    return cohort, lead


def unpaired(size: int, label: str = "") -> tuple[Cohort, User]:
    """A cohort of `size` accepted people, half on each side, and its lead."""
    label = label or f"of {size}".replace(" ", "-")
    cohort, lead = empty_cohort(label)
    dealt = random.Random(size)  # noqa: S311 - a fixed draw
    users = [
        User(
            email=f"{label}-{number}@trust.example",
            name=f"{FIRST[number % 20]} {LAST[number // 20 % 20]} {number:05}",
            password="!",
        )
        for number in range(size)
    ]
    User.objects.bulk_create(users)
    Participant.objects.bulk_create(_people(cohort, users, dealt))
    return cohort, lead


def _people(cohort, users, dealt):
    organisation = cohort.programme.organisations.get()
    lists = {kind: list(Term.objects.filter(list=kind)) for kind in (TermList.SETTING, TermList.DIRECTORATE)}
    grades = {
        Side.A: list(Term.objects.filter(list=TermList.GRADE)),
        Side.B: list(Term.objects.filter(list=TermList.BAND)),
    }

    def words(kind, most):
        return [term.label for term in dealt.sample(lists[kind], dealt.randint(1, most))]

    for number, user in enumerate(users):
        side = Side.A if number % 2 else Side.B
        grade = dealt.choice(grades[side])
        yield Participant(
            cohort=cohort,
            user=user,
            side=side,
            state=State.ACCEPTED,
            organisation=organisation,
            name=user.name,
            role_title=f"Role {number % 40}",
            phone="07700 900123",
            grade=grade,
            grade_text=grade.label,
            directorates=words(TermList.DIRECTORATE, 1),
            sites=dealt.sample(SITES, dealt.randint(1, 2)),
            days="".join(sorted(dealt.sample("01234", dealt.randint(2, 5)))),
            offers=words(TermList.SETTING, 4),
            wants=words(TermList.SETTING, 4),
            interests=dealt.sample(INTERESTS, dealt.randint(1, 3)),
            idea=dealt.choice(IDEAS),
            manager_name=f"Manager {number % 200}",
            manager_email=f"manager-{number % 200}@trust.example",
            leaves_on=date(2027, 12, 1),
        )


@cache
def populated(size: int) -> Populated:
    """The same with a draft run, everybody in a published pair that its members see, and the messages waiting."""
    cohort, lead = unpaired(size)
    draft = find_pairs(cohort=cohort, by=lead)
    published = find_pairs(cohort=cohort, by=lead)
    review_run(run=published, by=lead)
    publish_run(run=published, initiator_side=Side.A, first_meeting_by=date(2027, 3, 1), by=lead)
    Pair.objects.filter(cohort=cohort).update(shown_from=timezone.now() - timedelta(days=1))
    pair = Pair.objects.filter(cohort=cohort).with_members().first()
    return Populated(size, cohort, lead, pair.everybody[0].participant, draft, pair)
