"""What the pairs of the demonstration improve: one project with everything, and six in the states that leads meet."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import User
from cohorts.models import Cohort, Participant
from elements import clock
from pairedlearning.demo_contacts import who_have_met, working_day
from pairedlearning.demo_people import WHERE
from pairs.models import Pair
from projects.actions import (
    add_driver,
    add_method_link,
    add_milestone,
    add_next_step,
    begin_project,
    edit_project,
    say_score,
    set_aim,
)
from projects.choices import Act, ChartKind, DriverKind, Good, MeasureKind, MilestoneState, Shape, SupportKind
from projects.models import (
    Annotation,
    Cycle,
    Measure,
    Milestone,
    Point,
    Project,
    SupportRequest,
)
from projects.portfolio import STUCK_AFTER

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
LINKS = (
    ("How we improve here", "https://improvement.demo.example/"),
    ("Course: measurement for improvement, half a day", "https://improvement.demo.example/courses/measurement"),
)
# Letters that reached the GP late, of 100, week by week: the change came after the first twelve.
LATE = (14, 18, 15, 21, 16, 19, 13, 17, 20, 15, 18, 16, 12, 14, 11, 13, 16, 10, 12, 15, 11, 13, 9, 12)
BASELINE = 12
OTHERS = (
    "Fewer missed appointments in the diabetes clinic",
    "Theatre lists that begin on time",
    "A handover without bleeps",
    "Beds known by ten in the morning",
    "Blood results back before the round",
    "Shorter waits for a wheelchair",
)


def demo_projects(*, cohort: Cohort, on: date) -> None:
    """Projects: the doctor and the manager improve letters together; six pairs are late, stuck, without an aim …"""
    demo_method_links(cohort=cohort)
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    pair = Pair.objects.of(doctor).with_members().get()
    demo_letters(pair=pair, by=doctor, on=on)
    for place, (each, title) in enumerate(zip(who_have_met(cohort)[: len(OTHERS)], OTHERS, strict=True)):
        demo_another(pair=each, title=title, place=place, on=on)


def demo_method_links(*, cohort: Cohort) -> None:
    """The leads say where the organisation explains how it improves."""
    lead = User.objects.get(email=f"lead@{WHERE}")
    for label, url in LINKS:
        add_method_link(cohort=cohort, label=label, url=url, by=lead)


def demo_letters(*, pair: Pair, by: User, on: date) -> None:
    """Everything that a project can have, of the two whom one can sign in as."""
    doctor, manager = (each.participant for each in sorted(pair.everybody, key=lambda each: each.participant.side))
    day = working_day(on - 4 * A_WEEK)
    now = clock.at(day)
    project = begin_project(
        pair=pair,
        title="Discharge letters with the GP within a day",
        shape=Shape.JOINT,
        problem="GPs ring the ward because letters come late, and juniors write them at the end of a long day.",
        by=by,
        now=now,
        on=day,
    )
    set_aim(
        project=project,
        aim="Fewer discharge letters reach the GP late",
        aim_amount="10 of 100 a week, from 17 now",
        aim_for="all patients who go home from ward 7",
        aim_by=on + 16 * A_WEEK,
        by=by,
        now=now,
    )
    edit_project(
        project=project,
        stakeholders="Ward clerks, pharmacy, the practices round the hospital",
        patients_voice="“My GP knew nothing of the new tablets.” Said by four of ten whom we asked.",
        registration="QI-1207",
        registration_url="https://improvement.demo.example/register/1207",
        by=by,
        now=now,
    )
    demo_drivers(project=project, by=by, now=now)
    demo_measure(project=project, on=on)
    demo_cycles(project=project, on=on)
    demo_milestones(project=project, on=on)
    demo_next_steps(project=project, owners=(doctor, manager), by=by, on=on)
    demo_support(project=project, asked_by=doctor, on=on)
    say_score(project=project, value=Decimal("2.0"), by=manager.user, now=clock.at(on - timedelta(days=2)))


def demo_drivers(*, project: Project, by: User, now: datetime) -> None:
    given = {"project": project, "by": by, "now": now}
    written = add_driver(kind=DriverKind.DRIVER, words="Letters are written in time", **given)
    for words in ("Begin the letter on the round", "A junior free of bleeps from two to three"):
        add_driver(kind=DriverKind.IDEA, words=words, under=written, **given)
    add_driver(kind=DriverKind.DRIVER, words="Letters are sent at once", **given)


def demo_measure(*, project: Project, on: date) -> Measure:
    """Twenty-four weeks: the figures of the first half year were looked up."""
    measure = Measure.objects.create(
        project=project,
        kind=MeasureKind.OUTCOME,
        name="Letters that reach the GP late",
        definition="Of 100 patients who went home in a week: letters sent more than 24 hours after",
        unit="of 100",
        good=Good.DOWN,
        source="Discharge system, read on Mondays",
        frequency="Each week",
        target=10,
        target_by=project.aim_by,
        chart=ChartKind.XMR,
        baseline=BASELINE,
        at_zero=True,
        is_main=True,
    )
    first = on - timedelta(days=on.weekday()) - len(LATE) * A_WEEK
    Point.objects.bulk_create(
        Point(measure=measure, day=first + place * A_WEEK, value=value) for place, value in enumerate(LATE)
    )
    begun = first + BASELINE * A_WEEK
    Annotation.objects.create(measure=measure, day=begun, words="Letters are begun on the round")
    return measure


def demo_cycles(*, project: Project, on: date) -> None:
    """One that is closed, and one of which nobody has said yet what it shows."""
    idea = project.drivers.filter(kind=DriverKind.IDEA).first()
    begun = working_day(on - 3 * A_WEEK)
    done = begun + A_WEEK
    Cycle.objects.create(
        project=project,
        number=1,
        idea=idea,
        plan="One team begins each letter on the round, for a week",
        prediction="Half of the letters are finished before the patient leaves",
        starts_on=begun,
        ends_on=done,
        did="It was done on four of five days",
        studied="A third was finished, not half: the tablets were missing",
        act=Act.ADAPT,
        act_words="Once more with the pharmacist on the round",
        done_on=done,
        studied_on=done,
        acted_on=done,
    )
    Cycle.objects.create(
        project=project,
        number=2,
        idea=idea,
        plan="The same with the pharmacist on the round",
        prediction="Two of three letters are finished before the patient leaves",
        starts_on=working_day(on - A_WEEK),
        ends_on=on,
    )


def demo_milestones(*, project: Project, on: date) -> None:
    reached = working_day(on - 2 * A_WEEK)
    Milestone.objects.create(
        project=project,
        title="Baseline measured",
        due_on=reached,
        state=MilestoneState.REACHED,
        reached_on=reached,
        evidence="Twelve weeks are on the chart",
    )
    Milestone.objects.create(project=project, title="First change tested", due_on=on + A_WEEK, state="going")
    Milestone.objects.create(project=project, title="Told to the other wards", due_on=on + 12 * A_WEEK)


def demo_next_steps(*, project: Project, owners: tuple[Participant, Participant], by: User, on: date) -> None:
    day = working_day(on - A_WEEK)
    given = {"project": project, "by": by, "on": day, "now": clock.at(day)}
    doctor, manager = owners
    add_next_step(owner=doctor, words="Ask the pharmacist for Tuesdays", due_on=on + timedelta(days=5), **given)
    add_next_step(owner=manager, words="Have the weekly list sent to the ward", due_on=on + 3 * A_WEEK, **given)


def demo_support(*, project: Project, asked_by: Participant, on: date) -> None:
    """It has waited since the day before yesterday."""
    SupportRequest.objects.create(
        project=project,
        cohort_id=project.cohort_id,
        kind=SupportKind.ANALYST,
        words="An hour of somebody who knows the discharge system, so that the list comes by itself",
        asked_by=asked_by,
        asked_at=clock.at(on - timedelta(days=2)),
    )


def demo_another(*, pair: Pair, title: str, place: int, on: date) -> None:
    """By place: late, stuck, without an aim, with a critical friend, on its way, begun yesterday."""
    by, ago = pair.initiator.user, STUCK_AFTER + A_DAY if place == 1 else timedelta(days=16 - 2 * place)
    day = working_day(on - ago)
    now, is_friend = clock.at(day), place == 3
    shape = Shape.FRIEND if is_friend else Shape.JOINT
    project = begin_project(pair=pair, title=title, shape=shape, by=by, now=now, on=day)
    if place != 2:
        aim = {"aim": title, "aim_amount": "by a third", "aim_for": "everybody who comes to us"}
        set_aim(project=project, aim_by=on + (10 + place) * A_WEEK, by=by, now=now, **aim)
    if place == 0:
        due_on = on - timedelta(days=10)
        add_milestone(project=project, title="Figures of last year", due_on=due_on, by=by, now=now)
    if place in {3, 4}:
        add_milestone(project=project, title="First change tested", due_on=on + 2 * A_WEEK, by=by, now=now)
    if place == 4:
        say_score(project=project, value=Decimal("2.0"), by=by, now=now)
