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
from cohorts.models import Cohort, ConfidentialWord, Participant, Programme, Role, Term
from conversations.choices import State as Talked
from conversations.models import Conversation
from pairs.actions import find_pairs, publish_run, review_run
from pairs.choices import Point
from pairs.models import Agreement, Membership, Pair, Pulse, Run, Signature
from projects.choices import Part, Shape
from projects.models import Action, Annotation, Cycle, Involvement, Measure, Milestone, Project, Score
from projects.models import Point as Counted
from shadowing.choices import VisitState
from shadowing.models import Reflection, Visit

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
FEW_ENTRIES, MANY_ENTRIES, FULL_FROM = 3, 300, 50  # of a pair's timeline, and the people from which there are many
LONG_AGO, QUIET_FOR = 300, 90  # days: since pairs know of each other, and since most of them were in touch
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
    conversation: Conversation
    visit: Visit
    reflection: Reflection
    measure: Measure  # of the pair's project; `participant` is an owner of it


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
    Pair.objects.filter(cohort=cohort).update(shown_from=timezone.now() - timedelta(days=LONG_AGO))
    pair = Pair.objects.filter(cohort=cohort).with_members().first()
    return Populated(size, cohort, lead, pair.everybody[0].participant, draft, pair, *live(cohort, pair, size))


def live(cohort: Cohort, chosen: Pair, size: int) -> tuple[Conversation, Visit, Reflection, Measure]:
    """What pairs do: each signs, talks and visits, and has gone quiet but for the chosen one.

    That one has done so until today, so often that its pages are full, or three times.
    """
    now, often = timezone.now(), FEW_ENTRIES if size < FULL_FROM else MANY_ENTRIES
    agreements, signatures, talks, visits, pulses, words = [], [], [], [], [], []
    for pair in Pair.objects.filter(cohort=cohort).with_members():
        people = [each.participant for each in pair.everybody]
        agreement = Agreement(pair=pair, version=1, rhythm="Every month", goals=["Beds", "Lists"], written_at=now)
        agreements.append(agreement)
        signatures += [Signature(agreement=agreement, participant=each, signed_at=now) for each in people]
        number, ago = (often, 0) if pair.pk == chosen.pk else (FEW_ENTRIES, QUIET_FOR)
        talks += [_talk(pair, ago + day, now) for day in range(1, number - number // 3 + 1)]
        visits += [_visit(cohort, pair, people, ago + day, now) for day in range(1, number // 3 + 1)]
        said = {"met_enough": 4, "works_for_me": 5, "said_at": now}
        pulses += [Pulse(cohort=cohort, pair=pair, participant=each, point=Point.MONTH, **said) for each in people]
        words += [
            ConfidentialWord(cohort=cohort, author=each, words="We cannot find a time", said_at=now) for each in people
        ]
    author = chosen.everybody[0].participant
    begun = [_project(pair, number, now) for number, pair in enumerate(Pair.objects.filter(cohort=cohort))]
    owners = {each.pair_id: each.participant for each in _owners(cohort)} | {chosen.pk: author}
    reflections = [_reflection(author, chosen, day, now) for day in range(1, often + 1)]
    of_projects = _rows_of_projects(begun, owners, now)
    for rows in (agreements, signatures, talks, visits, pulses, words, reflections, begun, *of_projects):
        type(rows[0]).objects.bulk_create(rows, batch_size=500)
    return (
        next(each for each in talks if each.pair_id == chosen.pk),
        next(each for each in visits if each.pair_id == chosen.pk),
        reflections[0],
        _counted(next(each for each in begun if each.pair_id == chosen.pk)),
    )


def _talk(pair: Pair, ago: int, now) -> Conversation:
    day = timezone.localdate() - timedelta(days=ago)
    return Conversation(pair=pair, state=Talked.HELD, falls_on=day, minutes=45, summary="Rotas", changed_at=now)


def _visit(cohort: Cohort, pair: Pair, people: list[Participant], ago: int, now) -> Visit:
    """Each way in turn."""
    visitor, host = (people[0], people[1]) if ago % 2 else (people[1], people[0])
    starts_at = now - timedelta(days=ago)
    return Visit(
        cohort=cohort,
        pair=pair,
        visitor=visitor,
        host=host,
        state=VisitState.DEBRIEFED,
        setting_words="bed meeting",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        minutes=120,
        debrief_on=timezone.localdate(),
        agreed_at=starts_at - timedelta(days=7),
        changed_at=now,
    )


def _owners(cohort: Cohort):
    return Membership.objects.filter(pair__cohort=cohort).select_related("participant")


def _project(pair: Pair, number: int, now) -> Project:
    """Every third without an aim, every fourth not touched for long."""
    aim = {"aim": "Letters reach the GP", "aim_amount": "9 of 10", "aim_for": "ward 7", "aim_by": date(2027, 9, 1)}
    return Project(
        cohort_id=pair.cohort_id,
        pair=pair,
        shape=Shape.JOINT,
        title=f"Letters {number}",
        problem="They come late. " * 40,
        begun_on=date(2027, 2, 3),
        changed_at=now - timedelta(days=60 if number % 4 == 0 else number % 30),
        **(aim if number % 3 else {}),
    )


def _rows_of_projects(begun: list[Project], owners: dict, now) -> tuple[list, ...]:
    """Who owns each, how far it is, what is overdue, and what comes next."""
    today = timezone.localdate()
    people = [(each, owners[each.pair_id]) for each in begun]
    place = {"part": Part.OWNER, "since": date(2027, 2, 3)}
    steps = {"words": "Ask the GPs", "said_on": today}
    return (
        [Involvement(project=each, cohort_id=each.cohort_id, participant=who, **place) for each, who in people],
        [Score(project=each, value=value, said_by=who, said_at=now) for each, who in people for value in (1, 2)],
        [Milestone(project=each, title="Pilot", due_on=today - timedelta(days=7)) for each in begun],
        [
            Action(cohort_id=each.cohort_id, project=each, owner=who, due_on=today + timedelta(days=day), **steps)
            for each, who in people
            for day in (7, 14)
        ],
    )


def _counted(project: Project) -> Measure:
    """Half a year's counts of a project, with a shift after a change; and two cycles."""
    measure = Measure.objects.create(project=project, kind="outcome", name="Letters in time", good="up", is_main=True)
    first = timezone.localdate() - timedelta(weeks=24)
    Counted.objects.bulk_create(
        Counted(measure=measure, day=first + timedelta(weeks=week), value=week % 5 + (60 if week < 12 else 75))
        for week in range(24)
    )
    Annotation.objects.create(measure=measure, day=first + timedelta(weeks=12), words="The new form")
    tried = {"plan": "A new form", "prediction": "Most are in time", "starts_on": first}
    Cycle.objects.bulk_create(Cycle(project=project, number=number, **tried) for number in (1, 2))
    return measure


def _reflection(author: Participant, pair: Pair, ago: int, now) -> Reflection:
    at = now - timedelta(days=ago)
    return Reflection(author=author, pair=pair, guide="short", answers={"take": "Beds"}, written_at=at, changed_at=at)
