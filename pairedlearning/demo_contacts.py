"""What the pairs of the demonstration do together: first they meet, then they talk and visit each other."""

from datetime import date, time, timedelta

from accounts.models import User
from cohorts.choices import TermList
from cohorts.models import Cohort, Term
from conversations.actions import log_conversation, plan_conversation
from conversations.choices import Way
from conversations.talk import Deed, Talk
from conversations.talks_due import DID_YOU_MEET
from elements import clock
from elements.registry import kind_named
from pairedlearning.demo_people import PLACES, WHERE
from pairs.actions import set_meeting
from pairs.models import Pair
from reminders.carriers import MailboxCarrier, carrier
from reminders.choices import State as Standing
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message
from shadowing.actions import accept_visit, arrange_visit, confirm_visit, prepare_visit
from shadowing.models import Visit

A_DAY = timedelta(days=1)


def demo_meetings(*, cohort: Cohort) -> None:
    """The hall: the doctor's pair met first in the week after the launch, others around it; some have no date yet."""
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    for place, pair in enumerate([Pair.objects.of(doctor).get(), *who_have_met(cohort)]):
        starts_at = clock.at(cohort.starts_on + timedelta(days=7 + (2 + place) % 5), time(14 - place % 3))
        set_meeting(
            pair=pair,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            place=PLACES[place % len(PLACES)],
            by=pair.initiator.user,
            now=clock.at(cohort.starts_on + timedelta(days=1)),
        )


def demo_conversations(*, cohort: Cohort, on: date) -> None:
    """The room of conversations: those who met first said so, and some talked again. Of one nobody has said how it was.

    The doctor's pair was to talk on the last working day, and is going to next week.
    """
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    mine = Pair.objects.of(doctor).with_members().get()
    partner = next(each.participant for each in mine.everybody if each.participant.user_id != doctor.pk)
    met_on = clock.local(mine.meeting.starts_at).date()
    talk = Talk(
        falls_on=met_on,
        minutes=60,
        way=Way.PERSON,
        prompts=("week",),
        summary="What our weeks look like, and who each of us answers to. Next time: how theatre lists are made.",
        note="Ask about the waiting list next time.",
        deeds=(Deed(partner, "Send the dates of the finance meetings", on + timedelta(days=5)),),
    )
    log_conversation(pair=mine, talk=talk, by=doctor, now=clock.at(met_on, time(17)))
    for day in (working_day(on - A_DAY), on + timedelta(days=9 - on.weekday())):
        starts_at = clock.at(day, time(12, 30))
        plan_conversation(
            pair=mine,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            place=PLACES[0],
            by=doctor,
            now=clock.at(on - timedelta(days=9)),
        )
    for place, pair in enumerate(who_have_met(cohort)):
        met_on = clock.local(pair.meeting.starts_at).date()
        spoken = [Talk(falls_on=met_on, minutes=60, way=Way.PERSON)]
        if place % 4:  # the others have gone quiet
            again = working_day(met_on + timedelta(days=28 + place))
            spoken.append(Talk(falls_on=again, minutes=(15, 30, 45)[place % 3], way=Way.CALL))
        for each in spoken:
            log_conversation(pair=pair, talk=each, by=pair.initiator.user, now=clock.at(each.falls_on, time(17)))


def who_have_met(cohort: Cohort) -> list[Pair]:
    """Two of three of the pairs beside the doctor's."""
    doctor = User.objects.get(email=f"doctor@{WHERE}")
    others = Pair.objects.filter(cohort=cohort).exclude(pk__in=Pair.objects.of(doctor)).order_by("initiator__name")
    met = others.select_related("initiator__user", "first_meeting")
    return [pair for place, pair in enumerate(met) if place % 3]


def working_day(day: date) -> date:
    """That day, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def demo_visits(*, cohort: Cohort, on: date) -> None:
    """Shadowing: one finance meeting seen and talked over, a night in theatre ahead, an offer to answer."""
    settings_of = {term.code: term for term in Term.objects.offered_to(cohort).filter(list=TermList.SETTING)}
    pair = Pair.objects.of(User.objects.get(email=f"doctor@{WHERE}")).with_members().get()
    doctor, manager = (each.participant for each in pair.everybody)
    then, friday = clock.at(on - timedelta(days=20)), on + timedelta(days=11 - on.weekday())
    seen_on = working_day(on - timedelta(days=9))

    def visit(visitor, host, code: str, day: date, starts: time, hours: int, *, site: str, now) -> Visit:
        starts_at = clock.at(day, starts)
        return arrange_visit(
            pair=pair,
            visitor=visitor,
            host=host,
            setting=settings_of[code],
            site=site,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours),
            by=visitor.user,
            now=now,
        )

    past = visit(doctor, manager, "finance-performance", seen_on, time(10), 2, site="Room 2, Hillview", now=then)
    past = accept_visit(visit=past, by=manager.user, now=then)
    past = prepare_visit(
        visit=past,
        by=doctor.user,
        now=then,
        ticked=frozenset({"personnel", "no-papers"}),
        objectives="How a bid for a nurse is decided\nWhat clinicians could do to make it easier",
    )
    confirm_visit(visit=past, minutes=110, on_the_spot=True, by=doctor.user, now=clock.at(seen_on, time(13)))
    night = visit(
        manager, doctor, "operating-theatre", friday, time(20), 12, site="Main theatres, Riverside", now=clock.at(on)
    )
    accept_visit(visit=night, by=doctor.user, now=clock.at(on))
    visit(
        doctor, manager, "bed-meeting", friday + timedelta(days=4), time(8, 30), 1, site="Site office", now=clock.at(on)
    )


def demo_question(*, on: date) -> None:
    """The post room: what is due this morning is written, and the doctor has one message already: did you meet?"""
    compose_due(now=clock.at(on))
    asked = Message.objects.get(kind=DID_YOU_MEET, recipient__email=f"doctor@{WHERE}")
    through = carrier()
    if isinstance(through, MailboxCarrier):  # a real server is not written to: nobody here has a mailbox there
        through.send(compose(asked, kind_named(asked.kind)))
        nine = clock.at(on)
        Message.objects.filter(pk=asked.pk).update(state=Standing.SENT, created_at=nine, next_at=nine, sent_at=nine)
