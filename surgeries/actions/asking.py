"""A person or a pair books a surgery with a project and a question, puts the question right, and is there."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts import audit
from bookings import actions as places
from bookings.choices import Attendance
from bookings.models import Booking
from cohorts.actions.states import LETS_GO
from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from pairs.models import Pair
from projects.models import Project
from surgeries.allowances import open_bookings_of
from surgeries.models import Surgery, Topic
from surgeries.own import pair_keys


class NotYourPair(Refusal):
    """Partners book together, and nobody else does."""

    unsaid = "You can book together with a partner that you have now."


class NotYourProject(Refusal):
    """A project is talked over by those who belong to it."""

    unsaid = "Choose one of your own projects."


@transaction.atomic
def book_surgery(
    *,
    surgery: Surgery,
    me: Participant,
    by,
    now: datetime,
    pair: Pair | None = None,
    project: Project | None = None,
    words: str = "",
    warned: bool = False,
    slot: int | None = None,
) -> Booking:
    """A place for a person or, with a pair, for all of it; a turn on the waiting list where there is none.

    The same asked again gives the same booking, with one's question as it was worded last. Raises NotYourPair,
    NotYourProject, and what `bookings.actions.book` refuses.
    """
    if me.user_id != by.pk:
        raise places.NotYours("Book for yourself, or for you and your partner.")
    party = _partners(pair, me, now=now) if pair else [me]
    booking = places.book(
        session=surgery.session,
        party=party,
        by=by,
        now=now,
        slot=slot,
        limit=open_bookings_of(surgery.cohort_id),
    )
    if booking.by_id != by.pk and Topic.objects.filter(booking=booking).exclude(words="").exists():
        return booking  # a partner was faster: her words are not overwritten unread
    about = pair.pk if pair else next(iter(pair_keys(me, now=now)), None)
    _word(booking, project=project, pair=about, words=words, warned=warned, by=by)
    return booking


def _partners(pair: Pair, me: Participant, *, now: datetime) -> list[Participant]:
    members = [each.participant for each in pair.memberships.live().select_related("participant")]
    if pair.ended_on or pair.shown_from > now or me.pk not in {each.pk for each in members}:
        raise NotYourPair
    return members


@transaction.atomic
def word_question(*, booking: Booking, project: Project | None, words: str, by, warned: bool = False) -> Topic:
    """What somebody of the party wants to discuss, as it reads now. Raises IsGone, NotYours, NotYourProject."""
    booking = Booking.objects.select_for_update(of=("self",)).filter(pk=booking.pk).first()
    if booking is None or not booking.is_live:
        raise IsGone("This booking is over.")
    if not booking.attendees.filter(participant__user=by).exists():
        raise places.NotYours
    topic = Topic.objects.filter(booking=booking).first()
    audit.record(by=by, did="said what to discuss in a surgery", on=booking, scope=booking.cohort_id)
    return _word(booking, project=project, pair=topic and topic.pair_id, words=words, warned=warned, by=by)


def _word(booking: Booking, *, project, pair, words: str, warned: bool, by) -> Topic:
    there = None if booking.is_new else Topic.objects.filter(booking=booking).first()
    stays = there is not None and project is not None and there.project_id == project.pk  # a partner chose it
    if project is not None and not stays and not Project.objects.own(by).filter(pk=project.pk).exists():
        raise NotYourProject
    said = {"project_id": project and project.pk, "pair_id": pair, "words": words}
    if there and all(getattr(there, name) == value for name, value in said.items()):
        return there
    topic = there or Topic(booking=booking, cohort_id=booking.cohort_id)
    for name, value in said.items():
        setattr(topic, name, value)
    topic.warned = bool(words) and (topic.warned or warned)
    topic.save(force_insert=there is None)
    return topic


@transaction.atomic
def swap_surgery(*, booking: Booking, into: Surgery, by, now: datetime, slot: int | None = None) -> Booking:
    """To another surgery, with the question; the new place is there before the old one is given back.

    Raises what `bookings.actions.swap` refuses.
    """
    taken = places.swap(booking=booking, into=into.session, by=by, now=now, slot=slot)
    topic = Topic.objects.filter(booking=booking).first()
    if topic and taken.pk != booking.pk and not Topic.objects.filter(booking=taken).exists():
        Topic.objects.create(
            booking=taken,
            cohort_id=taken.cohort_id,
            project=topic.project,
            pair=topic.pair,
            words=topic.words,
            warned=topic.warned,
        )
    return taken


@transaction.atomic
def let_surgeries_go(*, pair: Pair, by, now: datetime) -> None:
    """A pair ends: what its partners booked together, and is still to come, is given back.

    Where it ends because somebody left the programme, that one alone gives up the place: who is left comes alone.
    """
    until_now = Q(until=None) | Q(until=pair.ended_on)
    members = pair.memberships.filter(until_now).select_related("participant")
    party = [each.participant for each in members]
    has_left = any(person.state in LETS_GO for person in party)
    if len(party) > 1 and not has_left:
        places.let_party_go(party=party, by=by, now=now)


@transaction.atomic
def walk_into_surgery(*, surgery: Surgery, person: Participant, by, now: datetime) -> Booking:
    """Somebody came without a booking and is there; where a group is full there is one place more.

    What it is about is the one project that she owns, if there is one, and else her pair: the note goes there. Raises
    what `bookings.actions.walk_in` refuses.
    """
    booking = places.walk_in(session=surgery.session, party=[person], by=by, now=now)
    marks = {
        line.pk: (Attendance.ATTENDED, None)
        for line in booking.attendees.filter(participant=person, is_live=True, attendance="")
    }
    if marks and surgery.session.has_begun(now):
        places.take_register(session=surgery.session, marks=marks, by=by, now=now)
    if not Topic.objects.filter(booking=booking).exists():
        owned = Project.objects.own(person.user).going_on().filter(cohort=surgery.cohort_id)[:2]
        pair = next(iter(pair_keys(person, now=now)), None)
        Topic.objects.create(
            booking=booking,
            cohort_id=booking.cohort_id,
            project=owned[0] if len(owned) == 1 else None,
            pair_id=pair,
        )
    return booking


@transaction.atomic
def take_surgery_register(*, surgery: Surgery, marks: Mapping, was_rest_there: bool, by, now: datetime) -> None:
    """How each of these was there; with `was_rest_there` everybody else of whom nothing was said was there as well.

    Raises what `bookings.actions.take_register` refuses.
    """
    places.take_register(session=surgery.session, marks=marks, by=by, now=now)
    if was_rest_there:
        places.all_present(session=surgery.session, by=by, now=now)
