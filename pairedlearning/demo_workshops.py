"""The workshops of the demonstration: two have been, one is to be booked on two dates, and three are planned."""

from datetime import date, datetime, time, timedelta

from accounts.models import User
from bookings.models import Attendee
from cohorts.choices import State
from cohorts.models import Cohort
from elements import clock
from pairedlearning.demo_people import WHERE
from reminders.choices import State as Standing
from reminders.models import Message
from workshops import actions
from workshops.models import Meeting, Workshop

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
WHEN = (-5, -1, 3, 7, 11, 15)  # weeks from today, of each of the six
ANSWERS = (
    (5, 4, 5, 4, "The exercise in pairs", "Less talking at the start", "Ask my partner about her week"),
    (4, 4, 4, 3, "Both sides in one room", "", "Name one thing we are both here for"),
    (4, 5, 5, 4, "The break, for once long enough", "Start at 2pm, theatre lists run late", ""),
    (3, 3, 4, 3, "Stories instead of slides", "More time for questions", "Speak up at the bed meeting"),
    (5, 4, 4, 5, "The facilitator listened", "Send the reading a week before", "Tell my team what I heard"),
    (2, 4, 3, 3, "", "Too much in one afternoon", ""),
)


def demo_workshops(*, cohort: Cohort, by, on: date) -> None:
    """The room of workshops: the first one is closed with feedback, of the second those who came are asked now."""
    workshops = actions.set_up_usual_workshops(cohort=cohort, by=by)
    facilitator = User.objects.get(email=f"facilitator@{WHERE}")
    people = list(cohort.participants.filter(state=State.ACCEPTED).select_related("user").order_by("side", "name"))
    meetings = [
        planned(workshop, facilitator, by, on=on, day=wednesday(on, weeks))
        for workshop, weeks in zip(workshops, WHEN, strict=True)
    ]
    _read_and_wanted(workshops, by, on=on)
    took_place(meetings[0], people[:20], by, on=on)
    took_place(meetings[1], [*people[:9], *people[18:27]], by, on=on)
    _small_second_date(workshops[2], facilitator, people[10:15], by, on=on)
    past = {"state": Standing.SENT, "created_at": clock.at(on - 9 * A_DAY), "next_at": clock.at(on - 9 * A_DAY)}
    told = Message.objects.filter(scope=cohort.pk, kind__startswith="bookings.", state=Standing.QUEUED)
    told.update(**past, sent_at=clock.at(on - 9 * A_DAY))


def wednesday(on: date, weeks: int) -> date:
    """The Wednesday of the week that lies so many weeks from today."""
    return on - timedelta(days=on.weekday()) + timedelta(days=2) + weeks * A_WEEK


def planned(workshop: Workshop, facilitator, by, *, on: date, day: date, capacity: int = 34) -> Meeting:
    starts_at = clock.at(day, time(14))
    return actions.plan_meeting(
        workshop=workshop,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place="Education centre, Riverside",
        link="",
        capacity=capacity,
        hosts=[facilitator],
        by=by,
        now=min(clock.at(on), starts_at - 6 * A_WEEK),
    )


def _read_and_wanted(workshops: list[Workshop], by, *, on: date) -> None:
    for workshop, when, label, page in (
        (workshops[0], "after", "What we wrote on the wall", "https://learning.demo.example/wall"),
        (workshops[2], "before", "Twenty minutes on small tests of change", "https://learning.demo.example/tests"),
    ):
        actions.add_link(workshop=workshop, when=when, label=label, url=page, by=by, now=clock.at(on))
    Workshop.objects.filter(pk=workshops[2].pk).update(needs_until=on + 2 * A_WEEK)


def took_place(meeting: Meeting, people: list, by, *, on: date, answers=ANSWERS) -> None:
    """Everybody of these was there, but one who was called away, one who was late and one who sent apologies.

    The last of them answered, each as one row of `answers` says.
    """
    session = meeting.session
    for each in people:
        actions.book_place(meeting=meeting, participant=each, by=each.user, now=session.starts_at - 2 * A_WEEK)
    ended: datetime = session.ends_at + timedelta(minutes=5)
    actions.mark_all_present(meeting=meeting, by=by, now=ended)
    for place, attendance, minutes in ((2, "part", 75), (3, "late", 160), (4, "apologies", None)):
        attendee = Attendee.objects.get(session=session, participant=people[place], is_live=True)
        actions.mark_in_register(attendee=attendee, attendance=attendance, minutes=minutes, by=by, now=ended)
    actions.open_feedback(meeting=meeting, now=ended)
    answered = zip(people[-len(answers) :], answers, strict=True)
    for each, (aims, relevant, facilitated, confident, keep, change, action) in answered:
        actions.give_feedback(
            meeting=meeting,
            met_aims=aims,
            relevant=relevant,
            facilitated=facilitated,
            confident=confident,
            keep=keep,
            change=change,
            action=action,
            by=each.user,
            now=ended,
        )
    actions.close_feedback(meeting=meeting, now=clock.at(on))


def _small_second_date(workshop: Workshop, facilitator, people: list, by, *, on: date) -> None:
    """A second date of the third workshop, with four places: it is full, and somebody waits."""
    meeting = planned(workshop, facilitator, by, on=on, day=wednesday(on, WHEN[2]) + A_DAY, capacity=4)
    for each in people:
        actions.book_place(meeting=meeting, participant=each, by=each.user, now=clock.at(on))
