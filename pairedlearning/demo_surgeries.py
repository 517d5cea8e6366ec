"""Design surgeries of the demonstration: one that is over with its note, one that is full, times to book, and more."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from accounts.models import User
from bookings.actions import take_register
from bookings.models import Attendee
from cohorts.models import Cohort, Participant
from elements import clock
from pairedlearning.demo_contacts import who_have_met
from pairedlearning.demo_people import WHERE
from pairs.letters import present
from pairs.models import Pair
from projects.models import Project
from surgeries.actions import book_surgery, publish_surgeries, set_allowance, write_note
from surgeries.actions.noting import Deed
from surgeries.models import Surgery
from surgeries.repeating import Repeats, hours_on, occasions, why_skipped

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
NOON, END = time(12, 30), time(14)
QUESTIONS = (
    "We have two ideas and time for one. How do we choose?",
    "Who has to agree before we change the form?",
    "How many weeks of figures do we need before we begin?",
    "The ward is too busy for our test. What is the smallest that still tells something?",
    "How do we bring in what patients say?",
    "Our run chart goes up and down. Is that anything?",
)


def demo_surgeries(*, cohort: Cohort, on: date) -> None:
    """Every second Wednesday, half past twelve: the last one with its note, the next one full; and times one by one."""
    lead = User.objects.get(email=f"lead@{WHERE}")
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    mine = Pair.objects.of(doctor).with_members().get()
    told = clock.at(on - 3 * A_WEEK, time(11))
    set_allowance(cohort=cohort, open_bookings=2, by=lead)
    last = on - timedelta(days=(on.weekday() - 2) % 7 + 7)
    past, ahead = [
        _published(cohort, lead, Repeats(first, 2, times=number), now=told)
        for first, number in ((last, 1), (last + 2 * A_WEEK, 5))
    ]
    known = Pair.objects.filter(pk__in=[pair.pk for pair in who_have_met(cohort)]).order_by("initiator__name")
    others = [present(pair) for pair in known.with_members()]
    _over(past[0], mine, doctor, lead=lead, others=others[0], now=told + A_DAY)
    for place, pair in enumerate(others[1:4]):
        for person in pair:
            _book(ahead[0], person, QUESTIONS[place], now=told + A_DAY)
    _book(ahead[0], _me(mine, doctor), "Letters stand still at nine of a hundred. What next?", now=told + 2 * A_DAY)
    _slots(cohort, lead, on=on, who=[pair[0] for pair in others[4:6]], now=told)


def _me(pair: Pair, user) -> Participant:
    return next(each for each in present(pair) if each.user_id == user.pk)


def _published(cohort: Cohort, lead, series: Repeats, *, now: datetime) -> list[Surgery]:
    days = [each.on for each in occasions(series) if not each.skipped and each.on <= cohort.ends_on]
    return publish_surgeries(
        cohort=cohort,
        times=[hours_on(day, NOON, END) for day in days],
        hosts=[lead],
        place="Seminar room 2, Education centre",
        link="https://meet.demo.example/surgery",
        capacity=6,
        cut_off_hours=24,
        mark=uuid4(),
        by=lead,
        now=now,
    )


def _book(surgery: Surgery, me: Participant, words: str, *, now: datetime, **more) -> None:
    book_surgery(surgery=surgery, me=me, words=words, by=me.user, now=now, **more)


def _over(surgery: Surgery, mine: Pair, doctor, *, lead, others: list[Participant], now: datetime) -> None:
    """The doctor and the manager came together, and two others each alone; the lead took the register and a note."""
    me = _me(mine, doctor)
    project = Project.objects.own(doctor).filter(cohort=surgery.cohort_id).first()
    together = book_surgery(
        surgery=surgery,
        me=me,
        pair=mine,
        project=project,
        words="Is our measure the right one, and how often do we take it?",
        by=doctor,
        now=now,
    )
    for place, person in enumerate(others):
        _book(surgery, person, QUESTIONS[4 + place], now=now)
    ends_at = surgery.session.ends_at
    lines = list(Attendee.objects.booked().filter(session=surgery.session).values_list("pk", flat=True))
    take_register(session=surgery.session, marks=dict.fromkeys(lines, ("attended", None)), by=lead, now=ends_at)
    write_note(
        booking=together,
        words="Count letters within a day, every week, of all wards. Leave out those of patients who died.",
        deeds=[Deed(me, "Ask the data team for the last twelve weeks by ward", surgery.session.day + 3 * A_WEEK)],
        by=lead,
        now=ends_at,
    )


def _slots(cohort: Cohort, lead, *, on: date, who: list[Participant], now: datetime) -> None:
    """Times one after the other, next week."""
    day = on + timedelta(days=9 - on.weekday() % 7)
    while why_skipped(day) or day.weekday() > 4:
        day += A_DAY
    [surgery] = publish_surgeries(
        cohort=cohort,
        times=[hours_on(day, time(15), time(17))],
        hosts=[lead],
        link="https://meet.demo.example/surgery",
        slot_minutes=20,
        cut_off_hours=24,
        mark=uuid4(),
        by=lead,
        now=now,
    )
    for place, person in enumerate(who):
        _book(surgery, person, QUESTIONS[place], slot=2 * place + 2, now=now)
