"""Who of a cohort should hear what, reckoned from its rows; each kind of message in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import User
from cohorts import unreached
from cohorts.choices import ASKED_TO_SIGN_IN, GONE
from cohorts.contacts import leads_to_tell
from cohorts.launches import SOON, moment_id
from cohorts.models import Cohort, Launch, Participant, Role
from cohorts.unreached import Holder
from elements import clock
from elements.contract import Kind, Placeholder, Reminder
from elements.registry import kinds
from reminders.choices import NUDGE_AGAIN
from reminders.choices import State as Stands
from reminders.delivery import REFUSES
from reminders.models import BadAddress, Message, Nudge

UNANSWERED, REFUSED = "cohorts.unanswered", "cohorts.address_refused"
PATIENCE = timedelta(days=5)  # between a message and the first reminder to sign in


def reminders_of_cohorts(*, on: date, until: date) -> Iterator[Reminder]:
    yield from launches_soon(on=on, until=until)
    yield from invitations_waiting(on=on, until=until)
    yield from for_leads(on=on, until=until)


def _end_of(cohort: Cohort) -> datetime:
    """From then on nobody is asked for anything more."""
    return clock.at(cohort.ends_on + timedelta(days=1), time(0))


# The launch


def launches_soon(*, on: date, until: date) -> Iterator[Reminder]:
    """The day before at nine, to everybody invited; what is moved has another moment and is announced anew."""
    launches = list(Launch.objects.between(on, until + timedelta(days=1)).with_cohort())
    if not launches:
        return
    for launch, person in _invited_to(launches):
        day = launch.cohort.starts_on
        yield Reminder(
            kind=SOON,
            to=person,
            about=f"{launch.pk}:{moment_id(launch)}",
            at=clock.at(day - timedelta(days=1)),
            until=launch.starts_at,
            ref={"cohort": launch.pk, "when": moment_id(launch)},
            scope=launch.pk,
        )


def _invited_to(launches: list[Launch]) -> Iterator[tuple[Launch, User]]:
    """Each launch with each person once: two queries, however many there are of either."""
    cohorts = [launch.cohort for launch in launches]
    people: dict[Any, dict[Any, User]] = defaultdict(dict)
    for one in Participant.objects.filter(cohort__in=cohorts).taking_part().order_by().select_related("user"):
        people[one.cohort_id][one.user_id] = one.user
    hosts = list(Role.objects.hosting(cohorts).select_related("user"))
    for launch in launches:
        cohort = launch.cohort
        theirs = [r for r in hosts if r.cohort_id == cohort.pk or r.programme_id == cohort.programme_id]
        everybody = people[cohort.pk] | {role.user_id: role.user for role in theirs}
        for person in everybody.values():
            yield launch, person


# Signing in for the first time


def invitations_waiting(*, on: date, until: date) -> Iterator[Reminder]:
    """Who takes part, was written to five days ago and has never signed in: one query."""
    since = clock.at(until - PATIENCE + timedelta(days=1), time(0))
    written = Message.objects.filter(scope=OuterRef("cohort"), recipient=OuterRef("user"), state=Stands.SENT)
    people = Participant.objects.taking_part().annotate(
        written_at=Subquery(written.order_by("sent_at").values("sent_at")[:1])
    )
    people = people.filter(written_at__lt=since, user__last_login=None, user__is_active=True, cohort__ends_on__gte=on)
    for person in people.order_by("pk").select_related("user", "cohort"):
        yield Reminder(
            kind=ASKED_TO_SIGN_IN,
            to=person.user,
            about=str(person.pk),
            at=clock.at(clock.local(person.written_at).date() + PATIENCE),
            until=_end_of(person.cohort),
            ref={"participant": str(person.pk)},
            scope=person.cohort_id,
            order=20,
        )


def waiting_wanted(ref, to) -> bool:
    people = Participant.objects.taking_part().filter(pk=ref["participant"], user__last_login=None)
    return people.filter(cohort__ends_on__gte=clock.today()).exists()


def waiting_context(ref, to) -> dict[str, str]:
    person = Participant.objects.select_related("cohort__programme").get(pk=ref["participant"])
    return {
        "name": person.preferred_name or person.name,
        "cohort": str(person.cohort),
        "programme": str(person.cohort.programme),
        "invited_on": _first_written_on(person),
        "link": f"{settings.SITE_URL}{reverse('account_request_login_code')}?{urlencode({'next': reverse('home')})}",
    }


def places(refs, viewer) -> list[str]:
    """The page of each person whom the viewer may see."""
    people = Participant.objects.visible_to(viewer).filter(pk__in={ref["participant"] for ref in refs})
    found = {str(person.pk): person.get_absolute_url() for person in people}
    return [found.get(ref["participant"], "") for ref in refs]


def _first_written_on(person: Participant) -> str:
    """The day of the first message of this cohort that went to the person."""
    sent = Message.objects.within([person.cohort_id]).to_people([person.user_id]).filter(state=Stands.SENT)
    first = sent.without_tests().order_by("sent_at").values_list("sent_at", flat=True).first()
    return clock.in_full(clock.local(first).date() if first else clock.today())


# What leads are told, once


@dataclass(frozen=True)
class News:
    """Something about somebody that a lead should know."""

    kind: str
    person: Participant | Holder
    about: str
    since: date
    ref: dict[str, Any] = field(default_factory=dict)


def for_leads(*, on: date, until: date) -> Iterator[Reminder]:
    """What has not been told yet, to each lead of the person: never about herself, and each thing once."""
    news = [*_unanswered(on, until), *_refused(on)]
    if not news:
        return
    leads = leads_to_tell(each.person for each in news)
    told = _told_already(on)
    for each in news:
        for lead in leads[each.person.pk]:
            if (each.kind, each.about, lead.pk) not in told:
                yield Reminder(
                    kind=each.kind,
                    to=lead,
                    about=each.about,
                    at=clock.at(each.since),
                    until=_end_of(each.person.cohort),
                    ref=each.ref,
                    scope=each.person.cohort_id,
                    order=70,
                )


def _told_already(on: date) -> set[tuple]:
    """(kind, about, lead) of what was told, or waits to be, or turned out to be done; what failed is told again."""
    asked = Nudge.objects.filter(kind__in=[UNANSWERED, REFUSED, unreached.REFUSED], message__scope__in=_running(on))
    asked = asked.exclude(message__state=Stands.FAILED).order_by()
    return set(asked.values_list("kind", "about", "message__recipient"))


def _running(on: date):
    return Cohort.objects.filter(ends_on__gte=on).order_by().values("pk")


def kinds_told() -> list[str]:
    """Kinds of which leads are told after two; never those of which they see counts only."""
    return [kind.name for kind in kinds() if kind.tells_lead and not kind.counted and not kind.secret]


def _unanswered(on: date, until: date) -> list[News]:
    """What somebody was asked twice, the last time a week ago; whether it was done since is asked at sending."""
    found = Nudge.objects.unanswered(kinds=kinds_told(), on=until).filter(message__scope__in=_running(on))
    rows = [((row["message__scope"], row["message__recipient"]), row) for row in found]
    people = _people({scope for (scope, _), _ in rows}, {recipient for (_, recipient), _ in rows})
    return [
        News(
            UNANSWERED,
            person,
            about=f"nudge:{row['newest']}",
            since=row["last"] + NUDGE_AGAIN,
            ref={"nudge": row["newest"], "participant": str(person.pk)},
        )
        for who, row in rows
        if (person := people.get(who))
    ]


def _people(cohorts: set, users: set) -> dict[tuple, Participant]:
    """{(cohort, user): participant}, without those who have gone."""
    if not users:
        return {}
    found = Participant.objects.filter(cohort__in=cohorts, user__in=users).exclude(state__in=GONE)
    return {(person.cohort_id, person.user_id): person for person in found.order_by("pk").select_related("cohort")}


def _refused(on: date) -> list[News]:
    """Addresses that refuse mail, where a message of that person's cohort met it. Who takes part is told of as such."""
    bad = {row.address: row for row in BadAddress.objects.all()}
    if not bad:
        return []
    met = Q(pk__in=[row.message_id for row in bad.values() if row.message_id]) | Q(last_error=REFUSES)
    messages = Message.objects.filter(met, recipient__email__in=bad, state=Stands.FAILED, scope__in=_running(on))
    rows = messages.order_by().values_list("scope", "recipient", "recipient__email").distinct()
    places = {(cohort, user): bad[email] for cohort, user, email in rows}
    people = _people({cohort for cohort, _ in places}, {user for _, user in places})
    news = [
        News(REFUSED, person, f"{row.pk}:{person.pk}", on, {"address": row.pk, "participant": str(person.pk)})
        for place, person in people.items()
        if (row := places.get(place))
    ]
    for holder in unreached.holders(places.keys() - people.keys(), on=on):
        row, (cohort, user) = places[holder.pk], holder.pk
        ref = {"address": row.pk, "cohort": str(cohort), "user": str(user)}
        news.append(News(unreached.REFUSED, holder, f"{row.pk}:{cohort}:{user}", on, ref))
    return news


def _about(ref, to) -> Participant | None:
    """The person, if this lead may still be told about them."""
    person = Participant.objects.filter(pk=ref["participant"]).exclude(state__in=GONE).select_related("cohort", "user")
    found = person.first()
    return found if found and to in leads_to_tell([found])[found.pk] else None


def _asked(ref) -> tuple[Nudge, Any] | None:
    """What somebody was asked, with its kind."""
    nudge = Nudge.objects.filter(pk=ref["nudge"]).select_related("message__recipient").first()
    kind = next((kind for kind in kinds() if nudge and kind.name == nudge.kind), None)
    return (nudge, kind) if nudge and kind else None


def unanswered_wanted(ref, to) -> bool:
    """Whether this is still this lead's concern, and the person has not done it meanwhile."""
    asked = _asked(ref)
    if asked is None or _about(ref, to) is None:
        return False
    nudge, kind = asked
    return kind.wanted(nudge.ref, nudge.message.recipient)


def unanswered_context(ref, to) -> dict[str, str]:
    nudge, kind = _asked(ref)
    return _facts(ref) | {"what": kind.label, "asked_on": clock.in_full(nudge.on)}


def refused_wanted(ref, to) -> bool:
    """Whether the person still has that address, and it still refuses mail."""
    person = _about(ref, to)
    return bool(person) and BadAddress.objects.filter(pk=ref["address"], address=person.user.email).exists()


def refused_context(ref, to) -> dict[str, str]:
    bad = BadAddress.objects.get(pk=ref["address"])
    return _facts(ref) | {"address": bad.address, "since": clock.in_full(clock.local(bad.since).date())}


def _facts(ref) -> dict[str, str]:
    """Who, as this cohort knows the name, and the page about them."""
    person = Participant.objects.select_related("cohort").get(pk=ref["participant"])
    return {
        "name": person.name,
        "cohort": str(person.cohort),
        "link": f"{settings.SITE_URL}{person.get_absolute_url()}",
    }


_COHORT = Placeholder("cohort", "the cohort", "Spring 2027")
_NAME = Placeholder("name", "who it is about", "Sam Ash", must_stay=True)
_LINK = Placeholder("link", "the page about that person", "https://pairs.example/people/1/", must_stay=True)
WAITING_PLACEHOLDERS = (
    Placeholder("name", "what the person is called", "Sam"),
    _COHORT,
    Placeholder("programme", "the programme", "Paired Learning"),
    Placeholder("invited_on", "the day of the first message", "Monday 4 January 2027"),
    Placeholder("link", "where to sign in by a code", "https://pairs.example/accounts/login/code/", must_stay=True),
)
UNANSWERED_PLACEHOLDERS = (
    _NAME,
    Placeholder("what", "what they were asked", "Invitation not taken up", must_stay=True),
    Placeholder("asked_on", "the day they were asked last", "Monday 18 January 2027"),
    _COHORT,
    _LINK,
)
REFUSED_PLACEHOLDERS = (
    _NAME,
    Placeholder("address", "the address that refuses mail", "sam.ash@trust.example", must_stay=True),
    Placeholder("since", "the day since when nothing arrives", "Monday 18 January 2027"),
    _COHORT,
    _LINK,
)


KINDS = (
    Kind(
        name=ASKED_TO_SIGN_IN,
        label="Signing in for the first time",
        why="Sent to somebody who takes part, was written to five days ago and has never signed in",
        context=waiting_context,
        wanted=waiting_wanted,
        nudge=True,
        tells_lead=True,
        places=places,
        placeholders=WAITING_PLACEHOLDERS,
    ),
    Kind(
        name=UNANSWERED,
        label="Somebody has not answered",
        why="Sent to the leads of somebody who was asked for something twice",
        context=unanswered_context,
        wanted=unanswered_wanted,
        nudge=True,
        only_for="cohorts.see_post",
        places=places,
        placeholders=UNANSWERED_PLACEHOLDERS,
    ),
    Kind(
        name=REFUSED,
        label="An address refuses mail",
        why="Sent to the leads of somebody whose email address does not work",
        context=refused_context,
        wanted=refused_wanted,
        nudge=True,
        only_for="cohorts.see_post",
        places=places,
        placeholders=REFUSED_PLACEHOLDERS,
    ),
    unreached.KIND,
)
