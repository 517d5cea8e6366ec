"""Last year's cohort of the demonstration, small and over: with its feedback, workshops of two years are compared."""

from datetime import date, timedelta

from accounts.models import User
from cohorts.actions.people import add_participant
from cohorts.actions.places import make_cohort
from cohorts.actions.roles import name_role
from cohorts.actions.states import change_state
from cohorts.choices import RoleKind, Side, State, TermList
from cohorts.models import Cohort, Participant, Term
from cohorts.presets import PRESETS, end_of
from elements import clock
from elements.working_time import bank_holidays
from pairedlearning.demo_people import LAST_YEAR, WHERE
from pairedlearning.demo_workshops import planned, took_place, wednesday
from reminders.choices import State as Standing
from reminders.models import Message
from workshops import actions

A_WEEK = timedelta(weeks=1)
WHEN = (2, 8, 14, 20, 26, 33)  # weeks from the launch, of each of the six
CAME = 14  # of sixteen
CLOSED_AFTER = timedelta(days=15)  # answers are taken for two weeks
# What seven people gave, for each workshop: aims met, relevant, facilitated, confident.
GIVEN = (
    ("4435344", "5454445", "4445345", "3434433"),
    ("3343434", "4534443", "4443454", "3332343"),
    ("5454455", "5545455", "5444545", "4543444"),
    ("4354444", "4454354", "5455445", "4343443"),
    ("5553455", "4455354", "5545555", "4445344"),
    ("4545445", "5445454", "4554455", "5444454"),
)
# What six of them would keep, for each workshop.
KEEP = (
    ("Names first, grades later", "The walk in twos", "Tea", "Hearing a manager's week", "The one sentence", "Calm"),
    ("The map of who decides", "The finance lead's visit", "A real board paper", "Cases from here", "Pace", "Quiz"),
    ("Trying it in ten minutes", "The aim clinic", "Stories that failed", "Paper planes", "Coaching", "Small groups"),
    ("Following one patient", "The safety lead", "Drawing the clinic", "Time to argue", "Mixed tables", "The ward map"),
    ("All of it", "The talk afterwards", "Being at the bottom for once", "The roles", "A whole day", "Honesty"),
    (
        "Posters, not slides",
        "The chief executive stayed",
        "Questions from both sides",
        "Cake",
        "Pledges",
        "Short talks",
    ),
)
CHANGE = (
    "A bigger room",
    "Begin at 2pm, clinics run over",
    "Fewer slides",
    "The reading a week before",
    "More time at the end",
    "A quieter place for the groups",
    "Somebody from the night team",
    "Keep to time after the break",
    "More examples from Hillview",
)
ACTION = (
    "Ask my partner before I write to her team",
    "Go to the bed meeting once a week",
    "Show our figures at handover",
    "Try it with one patient on Monday",
    "Thank the people who find the beds",
    "Bring a manager to the next audit meeting",
    "Say the aim aloud before we begin",
    "Ring instead of writing",
    "Tell the new registrars how a case is made",
)


def demo_last_year(*, cohort: Cohort) -> None:
    """The cohort before this one: everybody has completed it, and its six workshops are told of."""
    lead = User.objects.get(email=f"lead@{WHERE}")
    before = _cohort_before(cohort, by=lead)
    people = _people_of(before, organisation=cohort.programme.organisations.get(), by=lead)
    _workshops_of(before, people, by=lead)
    for each in people:
        change_state(participant=each, to=State.COMPLETED, by=lead)
    User.objects.filter(pk__in=[each.user_id for each in people]).update(last_login=clock.at(before.ends_on))


def _cohort_before(cohort: Cohort, *, by: User) -> Cohort:
    """A year before, on the same day of the week; it is called by its year, which two of them never share."""
    launch = cohort.starts_on - 52 * A_WEEK
    if launch.year == cohort.starts_on.year:
        launch -= A_WEEK
    before = make_cohort(
        programme=cohort.programme,
        preset="imperial",
        name=f"Cohort of {launch:%Y}",
        starts_on=launch,
        ends_on=end_of(starts_on=launch, months=PRESETS["imperial"].months),
        recruits_from=launch - 12 * A_WEEK,
        recruits_until=launch - 8 * A_WEEK,
        publishes_on=launch - 2 * A_WEEK,
        by=by,
    )
    for kind in (RoleKind.LEAD, RoleKind.FACILITATOR):
        person = User.objects.get(email=f"{kind}@{WHERE}")
        name_role(kind=kind, email=person.email, name=person.name, by=by, cohort=before)
    _as_if_sent(before, before.publishes_on)
    return before


def _people_of(cohort: Cohort, *, organisation, by: User) -> list[Participant]:
    lists = Term.objects.offered_to(cohort).filter(list__in=[TermList.GRADE, TermList.BAND])
    terms = {(term.list, term.code): term for term in lists}
    found = []
    for side, kind, people in zip((Side.A, Side.B), (TermList.GRADE, TermList.BAND), LAST_YEAR, strict=True):
        for name, code, directorate in people:
            grade = terms[kind, code]
            found.append(
                add_participant(
                    cohort=cohort,
                    email=f"{name.lower().replace(' ', '.')}@{WHERE}",
                    name=name,
                    side=side,
                    by=by,
                    organisation=organisation,
                    role_title=f"{'Specialty registrar' if side == Side.A else 'Service manager'}, {directorate}",
                    grade=grade,
                    grade_text=grade.label,
                    directorates=[directorate],
                )
            )
    return found


def _workshops_of(cohort: Cohort, people: list[Participant], *, by: User) -> None:
    """Other people are away each time, and others answer."""
    facilitator = User.objects.get(email=f"facilitator@{WHERE}")
    for place, workshop in enumerate(actions.set_up_usual_workshops(cohort=cohort, by=by)):
        day = wednesday(cohort.starts_on, WHEN[place])
        while day in bank_holidays(day.year):
            day += A_WEEK
        meeting = planned(workshop, facilitator, by, on=cohort.starts_on, day=day, capacity=len(people))
        came = [people[(3 * place + step) % len(people)] for step in range(CAME)]
        took_place(meeting, came, by, on=day + CLOSED_AFTER, answers=_answers(place))
        _as_if_sent(cohort, day - 2 * A_WEEK)


def _answers(place: int) -> list[tuple]:
    """Numbers and words of seven people; the last wrote nothing."""
    numbers = zip(*(map(int, given) for given in GIVEN[place]), strict=True)
    words = [(KEEP[place][step], _turn(CHANGE, place, step), _turn(ACTION, place, step)) for step in range(6)]
    return [(*four, *three) for four, three in zip(numbers, [*words, ("", "", "")], strict=True)]


def _turn(texts: tuple[str, ...], place: int, step: int) -> str:
    """Going round from a place, so that no two workshops were told quite the same."""
    return texts[(2 * place + step) % len(texts)]


def _as_if_sent(cohort: Cohort, on: date) -> None:
    """What waits to be sent went out on this day: nobody is written to about a cohort that is over."""
    waiting = Message.objects.filter(scope=cohort.pk, state=Standing.QUEUED)
    then = clock.at(on)
    waiting.update(state=Standing.SENT, created_at=then, next_at=then, sent_at=then)
