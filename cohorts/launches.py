"""The launch of a cohort: who is invited, and how it reads in mail and in calendars, from ids at sending."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from cohorts.choices import State
from cohorts.launches_told import told_of, with_what_waits
from cohorts.models import Cohort, Launch, LaunchChange, Participant, Role
from elements import clock, diary
from elements.contract import Event, Kind, Placeholder, Step
from elements.links import is_address
from reminders.choices import LIVE
from reminders.heard import Written, is_newest, last_heard, written_to

SET, CALLED_OFF, SOON = "cohorts.launch_set", "cohorts.launch_called_off", "cohorts.launch_soon"


def launch_of(cohort: Cohort) -> Launch | None:
    """The launch as it is set, or was called off; None before it is set. No query where the cohort came with it."""
    if Cohort.launch.is_cached(cohort):
        return getattr(cohort, "launch", None)
    return Launch.objects.with_cohort().filter(cohort=cohort).first()


def coming(cohort: Cohort, *, now: datetime) -> Launch | None:
    """The launch if people can still come to it."""
    launch = launch_of(cohort)
    return launch if launch and not launch.called_off and now < launch.ends_at else None


def is_over(cohort: Cohort, *, on: date) -> bool:
    """Whether the day of the launch is gone, set or not."""
    return cohort.starts_on < on


def invited(cohort: Cohort):
    """Everybody accepted, and who leads or facilitates: each once."""
    taking_part = Participant.objects.filter(cohort=cohort).taking_part().order_by()
    hosts = Role.objects.hosting([cohort])
    return User.objects.filter(Q(pk__in=taking_part.values("user")) | Q(pk__in=hosts.values("user"))).order_by("email")


def is_invited(cohort: Cohort, person) -> bool:
    return invited(cohort).filter(pk=getattr(person, "pk", None)).exists()


def told(number: int, change: LaunchChange | None) -> str:
    """What a lead reads about the messages that an action wrote."""
    if not number or change is None:
        return "Nobody is written to."
    messages = "One message goes" if number == 1 else f"{number:,} messages go"
    return f"{messages} out at {clock.in_figures(change.leaves_at)}. Until then you can undo it."


def undoable(cohort: Cohort, *, now: datetime) -> LaunchChange | None:
    """The last change of the launch, if its messages still wait."""
    change = LaunchChange.objects.standing(cohort).first()
    return change if change and now < change.leaves_at else None


@dataclass(frozen=True)
class Guests:
    """Who gets the invitation: how many of each side, who leads or facilitates, and how many people that is."""

    sides: list[tuple[int, str]]  # (number, what they are called)
    hosts: list[str]
    names: list[str]  # of everybody accepted
    number: int


def guests_of(cohort: Cohort) -> Guests:
    """Four queries, however many people."""
    taking_part = Participant.objects.filter(cohort=cohort).taking_part()
    hosts = Role.objects.hosting([cohort]).select_related("user").order_by("name", "pk")
    counts = taking_part.count_by_side_and_state().items()
    return Guests(
        sides=[(number, cohort.label(side) if number == 1 else cohort.plural(side)) for (side, _), number in counts],
        hosts=list({role.user_id: role.name or role.user.email for role in hosts}.values()),
        names=list(taking_part.order_by("name", "pk").values_list("name", flat=True)),
        number=invited(cohort).count(),
    )


def steps(participants: list[Participant], *, on: date) -> Iterator[Step]:
    """A line for each who takes part and whose launch is ahead: one query, and none where all have begun."""
    ahead = [each for each in participants if each.state == State.ACCEPTED and each.cohort.starts_on >= on]
    if not ahead:
        return
    set_for = Launch.objects.filter(cohort__in={each.cohort_id for each in ahead})
    known = {launch.pk: launch for launch in told_of(with_what_waits(set_for)) if not launch.called_off}
    for each in ahead:
        if launch := known.get(each.cohort_id):
            label = f"Come to the launch on {when(launch)}"
            yield Step(each, label, hint=place_in_short(launch), due_on=launch.cohort.starts_on, order=5)


def uid_of(launch: Launch) -> str:
    return f"launch-{launch.pk}"


def summary_of(launch: Launch) -> str:
    return f"Launch of {launch.cohort}, {launch.cohort.programme}"


def entry(launch: Launch, *, cancelled: bool, whose=None) -> Event:
    """The launch in somebody's calendar."""
    return Event(
        uid=uid_of(launch),
        sequence=launch.sequence,
        summary=summary_of(launch),
        starts_at=launch.starts_at,
        ends_at=launch.ends_at,
        changed_at=launch.changed_at,
        place=launch.place,
        url=launch.place if is_address(launch.place) else "",
        cancelled=cancelled,
        cohort=launch.pk,
        whose=whose,
        kind="launch",
        way="Online" if is_address(launch.place) else "In person",
    )


def events_of(people: Iterable) -> Iterator[Event]:
    """The launches of each of these people, as they were told; called off or not. One query."""
    rows = diary.rows_of_each(people, lambda person: with_what_waits(Launch.objects.in_calendar_of(person)))
    for launch in told_of(rows):
        yield entry(launch, cancelled=launch.called_off, whose=launch.whose)


def when(launch: Launch) -> str:
    """ "Monday 1 February 2027, 2pm to 4pm"."""
    return clock.span(launch.starts_at, launch.ends_at)


def where(launch: Launch) -> str:
    """A line of a message; an address below a line that ends in a colon becomes a link."""
    if is_address(launch.place):
        return f"Join online:\n{launch.place}"
    return f"Where: {launch.place}"


def place_in_short(launch: Launch) -> str:
    """The place in a line of a page, where a link of three hundred letters would help nobody."""
    return "online" if is_address(launch.place) else launch.place


def moment_id(launch: Launch) -> str:
    """The day and hour as an id: what was said of another moment is of no use."""
    return f"{launch.cohort.starts_on.isoformat()}T{launch.begins:%H:%M}"


def _read(ref) -> Launch | None:
    return Launch.objects.with_cohort().filter(pk=ref["cohort"]).first()


def _history(ref, to) -> list[Written]:
    return written_to(to, kinds=[SET, CALLED_OFF], cohort=ref["cohort"])


def set_wanted(ref, to) -> bool:
    """Whether the launch stands, this person is expected, and no later message was written."""
    launch = _read(ref)
    if launch is None or launch.called_off or not is_invited(launch.cohort, to):
        return False
    return is_newest(_history(ref, to), ref["sequence"])


def set_context(ref, to) -> dict[str, str]:
    return set_facts(_read(ref), is_new=last_heard(_history(ref, to), before=ref["sequence"]) != SET)


def set_facts(launch: Launch, *, is_new: bool) -> dict[str, str]:
    named = f"the launch of {launch.cohort}, {launch.cohort.programme}"
    return {
        "news": "Invitation" if is_new else "Changed",
        "sentence": f"You are invited to {named}."
        if is_new
        else f"There is a change: {named}, has a new time or place.",
        "cohort": str(launch.cohort),
        "when": when(launch),
        "where": where(launch),
        "link": f"{settings.SITE_URL}{reverse('home')}",
    }


def set_event(ref, to) -> Event:
    return entry(_read(ref), cancelled=False)


def called_off_wanted(ref, to) -> bool:
    """Whether this person has an invitation and is no longer expected; of no use to whoever never heard of it."""
    launch = _read(ref)
    if launch is None or (not launch.called_off and is_invited(launch.cohort, to)):
        return False
    history = _history(ref, to)
    return is_newest(history, ref["sequence"]) and last_heard(history, before=ref["sequence"]) == SET


def called_off_context(ref, to) -> dict[str, str]:
    return called_off_facts(_read(ref))


def called_off_facts(launch: Launch) -> dict[str, str]:
    named = f"launch of {launch.cohort}, {launch.cohort.programme},"
    day = clock.in_full(launch.cohort.starts_on)
    if launch.called_off:
        news, sentence = "Called off", f"The {named} on {day} does not take place."
    else:
        news = "No longer in your calendar"
        sentence = f"You are no longer on the list for the {named} on {day}."
    return {"news": news, "sentence": sentence, "cohort": str(launch.cohort), "day": day}


def called_off_event(ref, to) -> Event:
    return entry(_read(ref), cancelled=True)


def soon_wanted(ref, to) -> bool:
    """Whether it is still at that moment, and nobody wrote to the person since the day before began, or is about to."""
    launch = _read(ref)
    if launch is None or launch.called_off or moment_id(launch) != ref["when"] or not is_invited(launch.cohort, to):
        return False
    since = clock.at(launch.cohort.starts_on - timedelta(days=1), time(0))
    written = [each for each in _history(ref, to) if each.kind == SET]
    return not any(each.state in LIVE or (each.sent_at and each.sent_at >= since) for each in written)


def soon_context(ref, to) -> dict[str, str]:
    launch = _read(ref)
    day = clock.from_today(launch.cohort.starts_on, on=clock.today())
    return {
        "soon": f"{day[:1].upper()}{day[1:]} at {clock.in_figures(launch.starts_at)}",
        "cohort": str(launch.cohort),
        "when": when(launch),
        "where": where(launch),
    }


def places(refs, viewer) -> list[str]:
    """The page of the launch, for whoever may change it."""
    cohorts = Cohort.objects.visible_to(viewer).filter(pk__in={ref["cohort"] for ref in refs})
    may = {str(cohort.pk) for cohort in cohorts if viewer.has_perm("cohorts.change_cohort", cohort)}
    return [reverse("launch_edit", args=[ref["cohort"]]) if ref["cohort"] in may else "" for ref in refs]


_WHEN = Placeholder("when", "the day and the hours", "Monday 1 February 2027, 2pm to 4pm", must_stay=True)
_WHERE = Placeholder("where", "the place, or the link to join", "Where: Lecture theatre", must_stay=True)
_COHORT = Placeholder("cohort", "the cohort", "Spring 2027")
SET_PLACEHOLDERS = (
    Placeholder("news", "whether it is an invitation or a change", "Invitation"),
    Placeholder(
        "sentence",
        "whether somebody is invited, or something has changed",
        "You are invited to the launch of Spring 2027, Paired Learning.",
        must_stay=True,
    ),
    _COHORT,
    _WHEN,
    _WHERE,
    Placeholder("link", "the first page after sign-in", "https://pairs.example/"),
)
CALLED_OFF_PLACEHOLDERS = (
    Placeholder("news", "that it is off", "Called off"),
    Placeholder(
        "sentence",
        "what is off, and for whom",
        "The launch of Spring 2027, Paired Learning, on Monday 1 February 2027 does not take place.",
        must_stay=True,
    ),
    _COHORT,
    Placeholder("day", "the day it would have been", "Monday 1 February 2027"),
)
SOON_PLACEHOLDERS = (
    Placeholder("soon", "today or tomorrow, and the hour", "Tomorrow at 2pm"),
    _COHORT,
    _WHEN,
    _WHERE,
)


KINDS = (
    Kind(
        name=SET,
        label="Invitation to the launch",
        why="Sent to everybody who takes part, leads or facilitates when the launch is set or changed",
        context=set_context,
        wanted=set_wanted,
        event=set_event,
        places=places,
        placeholders=SET_PLACEHOLDERS,
    ),
    Kind(
        name=CALLED_OFF,
        label="The launch is off",
        why="Sent when the launch is called off, and to whoever is no longer expected",
        context=called_off_context,
        wanted=called_off_wanted,
        event=called_off_event,
        at_least_once=True,
        places=places,
        placeholders=CALLED_OFF_PLACEHOLDERS,
    ),
    Kind(
        name=SOON,
        label="The launch is near",
        why="Sent at 9am on the day before the launch",
        context=soon_context,
        wanted=soon_wanted,
        optional=True,
        places=places,
        placeholders=SOON_PLACEHOLDERS,
    ),
)
