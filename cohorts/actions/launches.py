"""Writes about the launch: setting it, moving it, calling it off, and who comes to it or no longer does.

Whatever changes it in a calendar raises its sequence, so that the last message is the one that counts there.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cohorts import launches
from cohorts.actions.turns import take_turn
from cohorts.choices import HOSTS
from cohorts.launch_news import News
from cohorts.models import Cohort, Launch, LaunchChange, Participant, Role
from elements import clock
from elements.refusals import Refusal
from reminders import heard, outbox
from reminders.choices import UNDO_FOR


class CannotUndoLaunch(Refusal):
    """The change of the launch stays as it is."""


class EndsBeforeLaunch(Refusal):
    """A cohort ends after its first day."""

    def __init__(self) -> None:
        super().__init__("The cohort must end after its launch. One of the two days was changed meanwhile")


class LaunchIsSet(Refusal):
    """The day of a launch that has a time and a place is changed with them, by who has read whom that writes to."""

    def __init__(self) -> None:
        super().__init__(
            "Another lead has set the launch meanwhile. Enter its time and place too, or open this page again"
        )


COLUMNS = ("begins", "ends", "place", "called_off")
TOO_LATE = "The messages are on their way and cannot be taken back. Change the launch, and everybody is told"


@transaction.atomic
def set_launch(*, cohort: Cohort, begins, ends, place: str, by, starts_on: date | None = None) -> int:
    """Set the day, the hours and the place, for the first time or anew, and write to everybody invited, in ten minutes.

    Without `starts_on` the day stays. Returns how many messages that makes; none where nothing is different. Raises
    clock.NoSuchTime, EndsBeforeLaunch.
    """
    take_turn(cohort)
    cohort.refresh_from_db(fields=["starts_on", "ends_on"])
    given = {"begins": begins, "ends": ends, "place": place, "called_off": False}
    was = _columns(_as_it_is(cohort)) | _give_day(cohort, starts_on)
    launch = _as_it_is(cohort)
    if launch and "was_starts_on" not in was and all(getattr(launch, name) == value for name, value in given.items()):
        return 0
    launch = launch or Launch(cohort_id=cohort.pk, sequence=_used_up(cohort))
    for column, value in given.items():
        setattr(launch, column, value)
    _refuse_missing_hours(launch)
    _renew(launch)
    moved = f" and its day, {clock.in_full(cohort.starts_on)}" if "was_starts_on" in was else ""
    audit.record(by=by, did=f"set the launch{moved}", on=cohort, scope=cohort.pk)
    return _tell_all(launches.SET, launch, by, **was)


@transaction.atomic
def call_off_launch(*, cohort: Cohort, by) -> int:
    """The launch does not take place: everybody invited is told, in ten minutes. Returns how many messages that is."""
    take_turn(cohort)
    cohort.refresh_from_db(fields=["starts_on"])
    launch = _as_it_is(cohort)
    if launch is None or launch.called_off:
        return 0
    was, launch.called_off = _columns(launch), True
    _renew(launch)
    audit.record(by=by, did="called the launch off", on=cohort, scope=cohort.pk)
    return _tell_all(launches.CALLED_OFF, launch, by, **was)


@transaction.atomic
def undo_launch(*, cohort: Cohort, sequence: int, by) -> LaunchChange:
    """Within ten minutes: the launch, and the day if that was changed, are as before, and nobody is told.

    `sequence` is that of the change that the reader saw. Raises CannotUndoLaunch.
    """
    take_turn(cohort)
    cohort.refresh_from_db(fields=["starts_on", "ends_on"])
    now = timezone.now()
    change = LaunchChange.objects.standing(cohort).first()
    if change is None or change.sequence != sequence:
        raise CannotUndoLaunch("This change was taken back already, or changed again. See how the launch is now")
    launch = _as_it_is(cohort)
    if cohort.starts_on != change.starts_on:
        raise CannotUndoLaunch("The day of the launch was changed since. Change it below")
    if change.was_starts_on and change.was_starts_on >= cohort.ends_on:
        last = clock.in_full(cohort.ends_on)
        raise CannotUndoLaunch(f"The cohort ends on {last} now, and the launch was not before that. Change it below")
    told = heard.anything_heard(scope=cohort.pk, kinds=[launches.SET, launches.SOON], since=change.made_at)
    if now >= change.leaves_at or told:
        raise CannotUndoLaunch(TOO_LATE)
    try:
        for kind in (launches.SET, launches.CALLED_OFF):
            outbox.cancel_keys(prefix=f"{kind}:{cohort.pk}:{sequence}:", by=by)
    except outbox.TooLateToCancel as late:
        raise CannotUndoLaunch(TOO_LATE) from late
    change.undone_as = launch.sequence + 1
    change.save(update_fields=["undone_as"])
    _restore(launch, change, by)
    audit.record(by=by, did="took a change of the launch back", on=cohort, scope=cohort.pk)
    return change


def _restore(launch: Launch, change: LaunchChange, by) -> None:
    """As before the change, under a number of its own: calendars that are read from the house may know the change."""
    cohort, was_off = launch.cohort, launch.called_off
    if change.was_starts_on:
        cohort.starts_on = change.was_starts_on  # alone: where the cohort ends is set elsewhere, and stays
        cohort.save(update_fields=["starts_on"])
    if change.was_begins is None:
        launch.delete()
        return
    launch.begins, launch.ends, launch.place = change.was_begins, change.was_ends, change.was_place
    launch.called_off = change.was_called_off
    _renew(launch)
    if was_off and not launch.called_off:
        _make_up(launch, by)


def _make_up(launch: Launch, by) -> None:
    """Who came or left while the launch was off heard nothing then: they hear it now."""
    last = heard.latest_kinds(scope=launch.pk, kinds=[launches.SET, launches.CALLED_OFF])
    expected = {person.pk: person for person in launches.invited(launch.cohort)}
    new = [person for pk, person in expected.items() if last.get(pk) != launches.SET]
    gone = User.objects.filter(pk__in=[pk for pk, kind in last.items() if kind == launches.SET and pk not in expected])
    _write(launches.SET, launch, new, by)
    _write(launches.CALLED_OFF, launch, gone, by)


@transaction.atomic
def try_launch(*, news: News, by) -> None:
    """Send oneself alone what the change of the launch would say."""
    cohort = news.cohort
    ref = {"cohort": cohort.pk}
    outbox.post_test(
        kind=news.kind, to=by, ref=ref, facts=news.facts, scope=cohort.pk, about=cohort.pk, event=news.event
    )
    audit.record(by=by, did="sent a message about the launch to oneself, as a test", on=cohort, scope=cohort.pk)


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


def _give_day(cohort: Cohort, starts_on: date | None) -> dict:
    """The cohort begins on this day; the day before, for the change, or nothing where it does so already."""
    if starts_on is None or starts_on == cohort.starts_on:
        return {}
    if starts_on >= cohort.ends_on:
        raise EndsBeforeLaunch
    before = {"was_starts_on": cohort.starts_on}
    cohort.starts_on = starts_on
    cohort.save(update_fields=["starts_on"])
    return before


def _refuse_missing_hours(launch: Launch) -> None:
    """Raise clock.NoSuchTime for an hour that the clocks leave out on that day."""
    for hour in (launch.begins, launch.ends):
        clock.chosen(launch.cohort.starts_on, hour)


def _renew(launch: Launch) -> None:
    launch.sequence += 1
    launch.changed_at = timezone.now()
    launch.save()


def _as_it_is(cohort: Cohort) -> Launch | None:
    """Read under the lock: what the cohort was loaded with may have been taken back since."""
    return Launch.objects.with_cohort().filter(cohort=cohort).first()


def _columns(launch: Launch | None) -> dict:
    """The launch as it is, for the change that comes now."""
    return {f"was_{name}": getattr(launch, name) for name in COLUMNS} if launch else {}


def _used_up(cohort: Cohort) -> int:
    """The last number of a launch that is set anew after it was taken back."""
    return LaunchChange.objects.filter(cohort=cohort).aggregate(last=Max("undone_as"))["last"] or 0


def _tell_all(kind: str, launch: Launch, by, **was) -> int:
    """Write to everybody invited, ten minutes from now; what waits already waits as long, as Undo may need it."""
    number = _write(kind, launch, launches.invited(launch.cohort), by, not_before=UNDO_FOR)
    if not number:
        return 0
    now = timezone.now()
    for each in (launches.SET, launches.CALLED_OFF):
        outbox.postpone(prefix=f"{each}:{launch.pk}:", by_at_least=UNDO_FOR)
    LaunchChange.objects.standing(launch.cohort).filter(leaves_at__gt=now).update(leaves_at=now + UNDO_FOR)
    LaunchChange.objects.create(
        cohort=launch.cohort,
        by=by,
        sequence=launch.sequence,
        made_at=now,
        leaves_at=now + UNDO_FOR,
        starts_on=launch.cohort.starts_on,
        **was,
    )
    return number


def _write(kind: str, launch: Launch, people: Iterable[User], by, *, not_before=None) -> int:
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
    return outbox.post_all(kind=kind, letters=letters, scope=launch.pk, not_before=not_before)
