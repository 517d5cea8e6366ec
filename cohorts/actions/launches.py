"""Writes about the launch: setting it, moving it, calling it off, and who comes to it or no longer does.

Whatever changes it in a calendar raises its sequence, so that the last message is the one that counts there.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cohorts import launches
from cohorts.actions.turns import take_turn
from cohorts.choices import HOSTS
from cohorts.models import Cohort, Launch, Participant, Role
from elements import clock
from reminders import outbox


@transaction.atomic
def set_launch(*, cohort: Cohort, begins, ends, place: str, by) -> int:
    """Set the hours and the place, for the first time or anew, and write to everybody invited.

    Returns how many messages that makes; none where nothing is different. Raises clock.NoSuchTime.
    """
    take_turn(cohort)
    cohort.refresh_from_db(fields=["starts_on"])
    given = {"begins": begins, "ends": ends, "place": place, "called_off": False}
    launch = launches.launch_of(cohort)
    if launch and all(getattr(launch, column) == value for column, value in given.items()):
        return 0
    launch = launch or Launch(cohort=cohort)
    for column, value in given.items():
        setattr(launch, column, value)
    _refuse_missing_hours(launch)
    _renew(launch)
    audit.record(by=by, did="set the launch", on=cohort, scope=cohort.pk)
    return _write(launches.SET, launch, launches.invited(cohort), by)


@transaction.atomic
def call_off_launch(*, cohort: Cohort, by) -> int:
    """The launch does not take place: everybody invited is told. Returns how many messages that makes."""
    take_turn(cohort)
    cohort.refresh_from_db(fields=["starts_on"])
    launch = launches.launch_of(cohort)
    if launch is None or launch.called_off:
        return 0
    launch.called_off = True
    _renew(launch)
    audit.record(by=by, did="called the launch off", on=cohort, scope=cohort.pk)
    return _write(launches.CALLED_OFF, launch, launches.invited(cohort), by)


def move_launch(*, cohort: Cohort, by) -> int:
    """The cohort begins on another day: its launch is then, and everybody invited is told.

    Part of the action that moves the cohort. Raises clock.NoSuchTime.
    """
    launch = launches.launch_of(cohort)
    if launch is None or launch.called_off:
        return 0
    _refuse_missing_hours(launch)
    _renew(launch)
    return _write(launches.SET, launch, launches.invited(cohort), by)


def invite(*, cohort: Cohort, people: Iterable[User], by) -> int:
    """These people are accepted now: they get the invitation. A fixed number of queries.

    Part of the action that accepts them. Who leads or facilitates has an invitation already.
    """
    launch = launches.coming(cohort, now=timezone.now())
    if launch is None:
        return 0
    hosts = set(Role.objects.hosting([cohort]).values_list("user", flat=True))
    new = [person for person in people if person.pk not in hosts]
    if not new:
        return 0
    _renew(launch)
    return _write(launches.SET, launch, new, by)


def invite_host(*, role: Role, by) -> None:
    """Somebody leads or facilitates now: an invitation to each launch of theirs, unless they have one."""
    for cohort in _reached_by(role):
        take_turn(cohort)
        others = Role.objects.hosting([cohort]).filter(user=role.user).exclude(pk=role.pk)
        taking_part = Participant.objects.filter(cohort=cohort, user=role.user).taking_part()
        launch = launches.coming(cohort, now=timezone.now())
        if launch and not others.exists() and not taking_part.exists():
            _renew(launch)
            _write(launches.SET, launch, [role.user], by)


def uninvite_host(*, role: Role, by) -> None:
    """The same when a role has ended: its row is gone already."""
    for cohort in _reached_by(role):
        take_turn(cohort)
        uninvite(cohort=cohort, person=role.user, by=by)


def uninvite(*, cohort: Cohort, person: User, by) -> int:
    """Somebody is no longer expected: a cancellation takes the entry out of their calendar."""
    launch = launches.coming(cohort, now=timezone.now())
    if launch is None or launches.is_invited(cohort, person):
        return 0
    _renew(launch)
    return _write(launches.CALLED_OFF, launch, [person], by)


def _reached_by(role: Role) -> list[Cohort]:
    """The cohorts of a role that have a launch ahead."""
    if role.kind not in HOSTS:
        return []
    reached = {"pk": role.cohort_id} if role.cohort_id else {"programme": role.programme_id}
    ahead = Cohort.objects.filter(**reached, launch__called_off=False, starts_on__gte=clock.today())
    return list(ahead.order_by("pk").select_related("programme"))  # locked in one order, whoever locks them


def _refuse_missing_hours(launch: Launch) -> None:
    """Raise clock.NoSuchTime for an hour that the clocks leave out on that day."""
    for hour in (launch.begins, launch.ends):
        clock.chosen(launch.cohort.starts_on, hour)


def _renew(launch: Launch) -> None:
    launch.sequence += 1
    launch.changed_at = timezone.now()
    launch.save()


def _write(kind: str, launch: Launch, people: Iterable[User], by) -> int:
    """One message to each, in the transaction of the change; none about what is over."""
    if launch.ends_at <= timezone.now():
        return 0
    letters = [
        outbox.Letter(
            to=person,
            key=f"{kind}:{launch.pk}:{launch.sequence}:{person.pk}",
            ref={"cohort": launch.pk, "sequence": launch.sequence},
            reply_to=by,
            until=launch.ends_at,
        )
        for person in people
    ]
    return outbox.post_all(kind=kind, letters=letters, scope=launch.pk)
