"""Who is asked what about projects, as today's rows say."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef, Q

from cohorts.choices import NOT_GONE
from elements import clock
from elements.contract import Reminder
from elements.working_time import after_working_days
from projects.choices import OPEN_STATES, Part
from projects.leads import leads_asked
from projects.models import HAS_AIM, Action, Cycle, Involvement, Milestone, Project, SupportRequest
from projects.replies import PATIENCE

SLUG = "projects"
CYCLE, MILESTONE, STEP = "projects.cycle_open", "projects.milestone_due", "projects.step_due"
NO_AIM, WAITING = "projects.aim_missing", "projects.support_waiting"
ASKED_FOR = timedelta(days=60)  # after that nobody is asked about the same thing any more
LATE_FOR = timedelta(days=30)
SOON = timedelta(days=7)  # before a milestone is due
ONCE = timedelta(days=6)  # shorter than a nudge waits before it goes out again
A_TEST = timedelta(days=14)  # takes a cycle that says nothing about when its results should be there
TO_AN_AIM = timedelta(days=28)
A_DAY = timedelta(days=1)


def is_asked_about(on: date, prefix: str = "project__") -> Q:
    """Projects that go on, in a cohort that does, whose pair does not pause.

    A pause says that no pair is to be pressed; a project whose pair is over goes on all the same.
    """
    pair, now = f"{prefix}pair", {f"{prefix}ended_on": None, f"{prefix}cohort__ends_on__gte": on}
    return Q(**now) & (
        Q(**{pair: None}) | Q(**{f"{pair}__paused_on": None}) | Q(**{f"{pair}__ended_on__isnull": False})
    )


def reminders(*, on: date, until: date) -> Iterator[Reminder]:
    """Five kinds of things to do, a query each and no more than one for their people."""
    found = [*_cycles(on, until), *_milestones(on, until), *_aims(on, until)]
    people = _owners({project.pk for project, _ in found})
    for project, asked in found:
        for person in people[project.pk]:
            yield _to(person, project, asked)
    yield from _steps(on, until)
    yield from _waiting(on, until)


def _to(person, project: Project, asked: dict) -> Reminder:
    ref = {"project": str(project.pk), **asked["ref"]}
    return Reminder(**{**asked, "ref": ref}, to=person.user, scope=project.cohort_id)


def _is_used(project: Project) -> bool:
    return SLUG not in project.cohort.elements_off


def _owners(projects: set) -> dict:
    """{project: participants who own it now and have not gone}. One query, none without projects."""
    found = defaultdict(list)
    rows = Involvement.objects.filter(project__in=projects, **OWNING).select_related("participant__user")
    for each in rows if projects else ():
        found[each.project_id].append(each.participant)
    return found


OWNING = {"part": Part.OWNER, "until": None, "participant__state__in": NOT_GONE}


def open_step(cycle: Cycle, on: date) -> tuple[str, date] | None:
    """(what is open of it, since when): "study" when results should be there, "act" after study, or nothing yet."""
    if cycle.acted_on is not None:
        return None
    if cycle.studied_on is not None:
        return "act", cycle.studied_on
    ready = cycle.ends_on or cycle.starts_on + A_TEST
    return ("study", ready) if ready <= on else None


def _ready(since: date, until: date) -> Q:
    """Cycles that are open and whose next step came up between these days."""
    study = Q(studied_on=None) & (
        Q(ends_on__gte=since, ends_on__lte=until)
        | Q(ends_on=None, starts_on__gte=since - A_TEST, starts_on__lte=until - A_TEST)
    )
    return Q(acted_on=None) & (study | Q(studied_on__gte=since, studied_on__lte=until))


def _cycles(on: date, until: date):
    rows = Cycle.objects.filter(is_asked_about(on), _ready(on - ASKED_FOR, until))
    for cycle in rows.select_related("project__cohort"):
        if _is_used(cycle.project) and (step := open_step(cycle, until)):
            name, since = step
            yield (
                cycle.project,
                {
                    "kind": CYCLE,
                    "about": f"{cycle.pk}:{name}:{since}",
                    "at": clock.at(since + A_DAY),
                    "until": clock.at(since + ASKED_FOR, time(0)),
                    "ref": {"cycle": str(cycle.pk), "step": name},
                    "order": 30,
                },
            )


def _milestones(on: date, until: date):
    """Once in the week before it is due, and anew when it is late."""
    rows = Milestone.objects.filter(
        is_asked_about(on), state__in=OPEN_STATES, due_on__gte=on - LATE_FOR, due_on__lte=until + SOON
    )
    for milestone in rows.select_related("project__cohort"):
        if not _is_used(milestone.project):
            continue
        due = milestone.due_on
        for name, first, last in (
            ("soon", due - SOON, due - SOON + ONCE),
            ("late", due + A_DAY, due + LATE_FOR),
        ):
            yield (
                milestone.project,
                {
                    "kind": MILESTONE,
                    "about": f"{milestone.pk}:{name}:{due}",
                    "at": clock.at(first),
                    "until": clock.at(last, time(0)),
                    "ref": {"milestone": str(milestone.pk), "step": name, "due": due.isoformat()},
                    "order": 40,
                },
            )


def _aims(on: date, until: date):
    rows = Project.objects.filter(
        is_asked_about(on, ""),
        ~HAS_AIM,
        begun_on__gte=on - TO_AN_AIM - LATE_FOR,
        begun_on__lte=until - TO_AN_AIM,
    )
    for project in rows.select_related("cohort"):
        if _is_used(project):
            first = project.begun_on + TO_AN_AIM
            yield (
                project,
                {
                    "kind": NO_AIM,
                    "about": str(project.pk),
                    "at": clock.at(first),
                    "until": clock.at(first + LATE_FOR, time(0)),
                    "ref": {},
                    "order": 50,
                },
            )


def _steps(on: date, until: date) -> Iterator[Reminder]:
    """Next steps of projects that are due, to whoever said that she would do it and still belongs to the project."""
    belongs = Involvement.objects.filter(project=OuterRef("project"), participant=OuterRef("owner"), until=None)
    rows = Action.objects.filter(
        is_asked_about(on),
        Exists(belongs),
        done_on=None,
        due_on__gte=on - LATE_FOR,
        due_on__lte=until,
        owner__state__in=NOT_GONE,
    )
    for action in rows.select_related("owner__user", "project__cohort"):
        if _is_used(action.project):
            yield Reminder(
                kind=STEP,
                to=action.owner.user,
                about=f"{action.pk}:{action.due_on}",
                at=clock.at(action.due_on),
                until=clock.at(action.due_on + LATE_FOR, time(0)),
                ref={"action": str(action.pk), "project": str(action.project_id), "due": action.due_on.isoformat()},
                scope=action.cohort_id,
                order=45,
            )


def _waiting(on: date, until: date) -> Iterator[Reminder]:
    """Requests that have waited for more than five working days, to the leads who may answer them."""
    since, before = clock.at(on - ASKED_FOR, time(0)), clock.at(until, time(0))
    rows = SupportRequest.objects.waiting().filter(
        project__cohort__ends_on__gte=on, project__ended_on=None, asked_at__gte=since, asked_at__lt=before
    )
    late = {}
    for support in rows:
        first = after_working_days(clock.local(support.asked_at).date(), PATIENCE + 1)
        if first <= until:
            late.setdefault(support.project_id, []).append((support, first))
    projects = [each for each in Project.objects.filter(pk__in=late).with_people() if _is_used(each)] if late else []
    asked = leads_asked(projects) if projects else {}
    for project in projects:
        leads = asked[project.pk]
        for support, first in late[project.pk]:
            for lead in leads:
                yield Reminder(
                    kind=WAITING,
                    to=lead,
                    about=str(support.pk),
                    at=clock.at(first),
                    until=clock.at(first + LATE_FOR, time(0)),
                    ref={"support": str(support.pk), "project": str(project.pk)},
                    scope=project.cohort_id,
                    order=60,
                )


WORDS = {
    "do": ("Write what was done in cycle {number}", "cycle_do"),
    "study": ("Study cycle {number}: what does it show?", "cycle_study"),
    "act": ("Act on cycle {number}: adopt, adapt or abandon?", "cycle_act"),
}
