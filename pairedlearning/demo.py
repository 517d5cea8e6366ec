"""A made-up cohort in the shape of the Imperial pilot, launched eight weeks ago; last year's too. A function a room."""

import secrets
from datetime import date, time, timedelta

from django.conf import settings
from django.db import transaction

from accounts.actions import make_first_person
from accounts.models import User
from cohorts.actions.confidence import say_word
from cohorts.actions.launches import set_launch
from cohorts.actions.people import add_participant
from cohorts.actions.places import make_cohort, make_organisation, make_programme
from cohorts.actions.roles import name_role
from cohorts.actions.writing import send_circular, write_circular
from cohorts.choices import Audience, RoleKind, Side, TermList
from cohorts.circulars import Review
from cohorts.models import Circular, Cohort, Participant, Term
from cohorts.presets import PRESETS, end_of
from elements import clock
from pairedlearning.demo_contacts import demo_conversations, demo_meetings, demo_question, demo_visits
from pairedlearning.demo_last_year import demo_last_year
from pairedlearning.demo_people import CLINICAL, DOCTORS, IDEAS, INTERESTS, MANAGERIAL, MANAGERS, WHERE, taken
from pairedlearning.demo_projects import demo_projects
from pairedlearning.demo_surgeries import demo_surgeries
from pairedlearning.demo_workshops import demo_workshops
from pairs.actions import (
    find_pairs,
    publish_run,
    review_run,
    say_how_it_goes,
    sign_agreement,
    write_agreement,
)
from pairs.choices import Point
from pairs.models import Membership, Pair
from reminders.choices import State as Standing
from reminders.models import Message
from shadowing.actions import (
    offer_reflection,
    share_reflection,
    write_reflection,
)

SIGN_INS = {
    "lead": "Lesley Hart",
    "doctor": DOCTORS[0][0],
    "manager": "the doctor's partner",
    "facilitator": "Frank Osei",
    "evaluator": "Eve Lindholm",
    "sponsor": "Sam Delacourt",
}
BEGAN = timedelta(weeks=8)
TWO = ("doctor", "manager")  # the pair that one can sign in as
GOALS = ["See how the other of us decides on a busy day", "Try one small change where our work meets"]


@transaction.atomic
def make_demo(*, password: str, on: date) -> list[str]:
    """Make the demonstration once; returns the addresses to sign in with. Running it again changes nothing.

    `on` is today: the cohort was launched eight weeks before it, so that something can have stood still for six.
    """
    addresses = [f"{name}@{WHERE}" for name in SIGN_INS]
    if User.objects.filter(email=addresses[0]).exists():
        return []
    administrator = User.objects.filter(is_administrator=True).first() or make_first_person(
        email=f"administrator@{WHERE}", name="Ada Minister", password=password
    )
    cohort = demo_cohort(by=administrator, on=on)
    lead = User.objects.get(email=addresses[0])
    demo_people(cohort=cohort, by=lead)
    demo_pairs(cohort=cohort, by=lead, on=on)
    demo_meetings(cohort=cohort)
    demo_conversations(cohort=cohort, on=on)
    demo_agreements(cohort=cohort, on=on)
    demo_post(cohort=cohort, by=lead, on=on)
    demo_visits(cohort=cohort, on=on)
    demo_reflections(on=on)
    demo_confidence(on=on)
    demo_projects(cohort=cohort, on=on)
    demo_workshops(cohort=cohort, by=lead, on=on)
    demo_surgeries(cohort=cohort, on=on)
    demo_question(on=on)
    demo_last_year(cohort=cohort)
    for address in addresses:
        person = User.objects.get(email=address)
        person.set_password(password)
        person.save(update_fields=["password"])
    return addresses


def demo_cohort(*, by, on: date) -> Cohort:
    """The ground floor: an organisation, a programme, a cohort and its roles."""
    organisation = make_organisation(name="Riverside and Hillview Hospitals (demonstration)", by=by)
    programme = make_programme(name="Paired Learning (demonstration)", organisations=[organisation], by=by)
    launch = on - BEGAN
    launch -= timedelta(days=launch.weekday())
    cohort = make_cohort(
        programme=programme,
        preset="imperial",
        name=f"Cohort of {launch:%Y}",
        starts_on=launch,
        ends_on=end_of(starts_on=launch, months=PRESETS["imperial"].months),
        recruits_from=launch - timedelta(weeks=12),
        recruits_until=launch - timedelta(weeks=8),
        publishes_on=launch - timedelta(weeks=2),
        by=by,
    )
    for kind in RoleKind:
        name_role(kind=kind, email=f"{kind}@{WHERE}", name=SIGN_INS[kind], by=by, cohort=cohort)
    set_launch(cohort=cohort, begins=time(14), ends=time(16, 30), place="Education centre, Riverside", by=by)
    return cohort


def demo_people(*, cohort: Cohort, by) -> None:
    """The ground floor: thirty-four applicants with what they offer and want to see."""
    grades = {term.code: term for term in Term.objects.offered_to(cohort).filter(list=TermList.GRADE)}
    bands = {term.code: term for term in Term.objects.offered_to(cohort).filter(list=TermList.BAND)}
    organisation = cohort.programme.organisations.get()
    sides = ((Side.A, DOCTORS, grades, CLINICAL, MANAGERIAL), (Side.B, MANAGERS, bands, MANAGERIAL, CLINICAL))
    for side, people, terms, own, other in sides:
        for place, (name, grade, directorate, site, pattern, days) in enumerate(people):
            is_first_doctor = side == Side.A and place == 0
            local = "doctor" if is_first_doctor else name.lower().replace(" ", ".").replace("'", "")
            add_participant(
                cohort=cohort,
                email=f"{local}@{WHERE}",
                name=name,
                side=side,
                by=by,
                organisation=organisation,
                role_title=f"{'Specialty registrar' if side == Side.A else 'Service manager'}, {directorate}",
                grade=terms[grade],
                grade_text=terms[grade].label,
                directorates=[directorate],
                sites=[site],
                working_pattern=pattern,
                days=days,
                offers=taken(own, place, 2),
                wants=taken(other, place + 1, 2),
                interests=taken(INTERESTS, place, 2),
                idea=IDEAS[place % len(IDEAS)],
                phone=f"07700 900{place + (100 if side == Side.A else 200)}",
                biography=f"I have worked here for {years(place % 7 + 1)} and would like to see the other side of it.",
            )


def demo_pairs(*, cohort: Cohort, by, on: date) -> None:
    """The hall: paired, and published long enough ago that everybody has been told."""
    run = find_pairs(cohort=cohort, by=by, seed="demonstration")
    review_run(run=run, by=by)
    publish_run(run=run, initiator_side=Side.A, first_meeting_by=cohort.starts_on + timedelta(weeks=3), by=by)
    _as_if_long_ago(cohort, run, on)
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    pair = Pair.objects.of(doctor).with_members().get()
    partner = next(each.participant for each in pair.everybody if each.participant.user_id != doctor.pk)
    _rename(partner.user, f"manager@{WHERE}")


def demo_agreements(*, cohort: Cohort, on: date) -> None:
    """The hall: some pairs have signed an agreement, one waits for a signature; one partner would like a call."""
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    others = Pair.objects.filter(cohort=cohort).exclude(pk__in=Pair.objects.of(doctor)).order_by("initiator__name")
    for place, pair in enumerate(others.prefetch_related("memberships__participant__user")[:6]):
        first, *rest = (each.participant.user for each in pair.memberships.all())
        given = {"pair": pair, "now": clock.at(on - timedelta(days=9 - place))}
        write_agreement(rhythm="Every four weeks, for an hour", goals=GOALS, sign=True, by=first, **given)
        for person in rest[: 0 if place == 0 else None]:
            sign_agreement(by=person, **given)
        if place == 1:
            words = "We like each other, but our shifts never meet."
            said = {"met_enough": 2, "works_for_me": 3, "wants_call": True, "words": words}
            say_how_it_goes(point=Point.MONTH, by=first, **said, **given)


def demo_post(*, cohort: Cohort, by, on: date) -> None:
    """The post room: what was sent in these weeks, a message from the lead, and two people who never signed in."""
    circular = write_circular(
        cohort=cohort,
        audience=Audience.TAKING_PART,
        subject="Launch on {{ launch }}: where to go",
        body="Dear {{ name }},\n\nwe begin at 2pm in the Education centre, Riverside. Tea is there from half past one."
        "\n\nYour own page:\n{{ link }}",
        by=by,
    )
    send_circular(circular=circular, by=by, shown=Review(circular).mark)
    a_week_before = clock.at(cohort.starts_on - timedelta(weeks=1))
    Circular.objects.filter(pk=circular.pk).update(made_at=a_week_before, sent_at=a_week_before)
    for kind, when in (
        ("cohorts.role_given", clock.at(on) - BEGAN - timedelta(weeks=10)),
        ("pairs.pair_published", clock.at(on) - BEGAN - timedelta(weeks=2)),
        ("cohorts.circular", a_week_before),
        ("pairs.meeting_set", clock.at(cohort.starts_on + timedelta(days=1))),
        ("conversations.planned", clock.at(on - timedelta(days=9))),
    ):
        past = {"state": Standing.SENT, "created_at": when, "next_at": when, "sent_at": when}
        Message.objects.filter(scope=cohort.pk, kind=kind, state=Standing.QUEUED).update(**past)
    people = cohort.participants.order_by("-name").values_list("user", flat=True)
    User.objects.filter(pk__in=list(people[2:])).update(last_login=clock.at(on - timedelta(days=3)))


def demo_reflections(*, on: date) -> None:
    """Shadowing: the doctor keeps one reflection to herself and shares another; the manager has offered one."""
    doctor, manager = (Participant.objects.select_related("user").get(user__email=f"{name}@{WHERE}") for name in TWO)
    now = clock.at(on - timedelta(days=3))
    for author, take, following, tags in (
        (doctor, "I wait for a bed for hours and never asked who looks for it.", "Ask to see the 8am bed meeting.", []),
        (
            doctor,
            "Ten people telephone for every bed. It is not that nobody cares.",
            "Tell the juniors whom to ring, at handover on Monday.",
            ["connecting-our-service"],
        ),
        (
            manager,
            "A ward round decides in a minute what my report counts in a month.",
            "Bring the ward's figures to the ward, not only to the committee.",
            ["evaluating-information", "engaging-the-team"],
        ),
    ):
        answers = {"take": take, "next": following}
        last = write_reflection(
            author=author, guide="short", answers=answers, tags=tags, usefulness=4, by=author.user, now=now
        )
        if author == doctor and tags:
            share_reflection(reflection=last, by=doctor.user, now=now)
    offer_reflection(reflection=last, may_quote=True, by=manager.user, now=now)


def demo_confidence(*, on: date) -> None:
    """The ground floor: somebody had a word for the lead in confidence, which waits."""
    author = Participant.objects.select_related("user", "cohort").get(user__email=f"doctor@{WHERE}")
    words = "My rota leaves hardly any time for visits. Could you speak to the rota coordinator? Please ring me."
    say_word(author=author, words=words, by=author.user, now=clock.at(on - timedelta(days=1)))


def _as_if_long_ago(cohort: Cohort, run, on: date) -> None:
    """Only the demonstration moves moments into the past: in life a publication is as old as it is."""
    published_at = clock.at(on) - BEGAN - timedelta(weeks=2)
    type(run).objects.filter(pk=run.pk).update(published_at=published_at)
    Pair.objects.filter(run=run).update(shown_from=published_at, started_on=cohort.starts_on)
    Membership.objects.filter(pair__run=run).update(since=cohort.starts_on)


def _rename(person: User, email: str) -> None:
    """Give the doctor's partner the address that the sign-in list promises."""
    person.email = email
    person.save(update_fields=["email"])
    person.emailaddress_set.update(email=email)


def years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"


def demo_password() -> str:
    """DEMO_PASSWORD where it is set, else one made now."""
    return settings.DEMO_PASSWORD or f"{secrets.token_urlsafe(12)}"
