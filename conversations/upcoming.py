"""Conversations as calendars, timelines and task lists read them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.urls import reverse

from conversations.choices import State, Way
from conversations.models import Conversation
from conversations.reading import still_asked
from elements import clock, diary
from elements.contract import Entry, Event, RecordLine, Step
from elements.keys import written
from elements.links import links_to
from elements.phrases import in_a_row
from pairs.clashes import clashes
from pairs.first_meetings import way_to
from pairs.models import Membership, Pair
from pairs.partners import partnership, was_there

WAYS = dict(Way.choices)


def uid_of(conversation: Conversation) -> str:
    return f"conversation-{conversation.pk}@pairedlearning"


def in_the_way_of_next(pair: Pair, user, *, starts_at: datetime, ends_at: datetime) -> list[str]:
    """What speaks against a next conversation at this time; not that the same button has planned it a moment ago."""
    there = Conversation.objects.visible_to(user).planned().filter(pair=pair, starts_at=starts_at).first()
    partners = partnership(pair, user).partner_users
    return clashes(user, partners, starts_at=starts_at, ends_at=ends_at, but=uid_of(there) if there else "")


def event(conversation: Conversation, partners: Iterable[str], *, whose=None) -> Event:
    """The entry in the calendar of somebody who talks to these partners; of a conversation read with its pair."""
    names = in_a_row(list(partners))
    return Event(
        uid=uid_of(conversation),
        sequence=conversation.sequence,
        summary=f"Conversation with {names}" if names else "Conversation",
        starts_at=conversation.starts_at,
        ends_at=conversation.ends_at,
        changed_at=conversation.changed_at,
        place=conversation.place,
        url=f"{settings.SITE_URL}{reverse('conversation_detail', args=[conversation.pk])}",
        cancelled=conversation.state == State.CALLED_OFF,
        cohort=conversation.pair.cohort_id,
        whose=whose,
        kind="conversation",
        way=WAYS.get(conversation.way) or way_to(conversation.place),
    )


def named(conversation: Conversation) -> list[str]:
    """The partners of a conversation read `with_names()`."""
    return [name for name in (conversation.first_name, conversation.second_name) if name]


def events_of(users: Iterable) -> Iterator[Event]:
    """Every conversation that has hours and that each of these people has or had a part in. One query."""

    def rows_of(user):
        found = Conversation.objects.visible_to(user).shown().filter(starts_at__isnull=False)
        return found.with_names(user=user).select_related("pair").defer("summary")

    for conversation in diary.rows_of_each(users, rows_of):
        yield event(conversation, named(conversation), whose=conversation.whose)


STATES = {State.PLANNED: "planned", State.HELD: "done", State.CALLED_OFF: "cancelled"}


def entries(pairs, viewer) -> Iterator[Entry]:
    """What a pair's timeline shows; the address for partners alone. One query."""
    found = Conversation.objects.shown().filter(pair__in=[pair.pk for pair in pairs])
    if viewer is None:
        yield from _dates(found)
        return
    address = links_to("conversation_detail")
    rows = found.marked_open_to(viewer).order_by().values_list(*DATES, "pk", "is_open")
    for *dates, pk, is_open in rows:
        yield _entry(*dates, url=address(pk) if is_open else "")


def _dates(found) -> Iterator[Entry]:
    """For the house itself, which asks every minute for all pairs: values, and no objects made of them."""
    for dates in found.order_by().values_list(*DATES):
        yield _entry(*dates)


DATES = ("pair_id", "falls_on", "state", "starts_at", "minutes")


def _entry(pair, on, state, starts_at, minutes, url="") -> Entry:
    is_held = state == State.HELD
    minutes = minutes if is_held else None
    return Entry(pair, on, "Conversation", STATES[state], is_held, starts_at=starts_at, minutes=minutes, url=url)


def contacts(pairs, *, on: date):
    """The same days, reckoned by the database: a line to each pair. One query."""
    held = Max("falls_on", filter=Q(state=State.HELD, falls_on__lte=on))
    coming = Min("falls_on", filter=Q(state=State.PLANNED, falls_on__gte=on))
    found = Conversation.objects.filter(pair__in=pairs).order_by()
    return found.values_list(written("pair_id")).annotate(held=held, coming=coming)


def record(participant) -> Iterator[RecordLine]:
    """What this person took part in, with the minutes. One query."""
    mine = Conversation.objects.visible_to(participant.user).held().filter(pair__cohort=participant.cohort_id)
    rows = mine.with_names(participant=participant).order_by("falls_on", "pk")
    for on, minutes, *names in rows.values_list("falls_on", "minutes", "first_name", "second_name"):
        names = in_a_row(list(filter(None, names)))
        yield RecordLine(
            element="Conversations",
            on=on,
            label=f"Conversation with {names}" if names else "Conversation",
            role="partner",
            minutes=minutes,
        )


# The task list


def steps(participants, on: date) -> Iterator[Step]:
    """One line for each who has a partner: what is planned, whether it took place, or that nothing is planned.

    One query, and one to each element where somebody may be asked about a first meeting. While none is arranged, the
    hall asks for that.
    """
    known = {each.pk: each for each in participants}
    mine = Membership.objects.live().filter(participant__in=list(known), pair__ended_on=None, pair__paused_on=None)
    of_pair = Conversation.objects.filter(pair=OuterRef("pair"))
    # Of a day before somebody came into the pair nobody asks her.
    planned = of_pair.planned().not_talked_since().filter(falls_on__gte=OuterRef("since"))
    planned = planned.order_by("starts_at", "pk")
    mine = mine.filter(pair__shown_from__lt=clock.at(on + timedelta(days=1), time(0))).annotate(
        talk=Subquery(planned.values("pk")[:1]),
        talk_starts_at=Subquery(planned.values("starts_at")[:1]),
        talk_ends_at=Subquery(planned.values("ends_at")[:1]),
        last_held=Subquery(of_pair.held().order_by("-falls_on").values("falls_on")[:1]),
    )
    members = list(mine.select_related("pair__first_meeting", "pair__cohort"))
    last_held = {each.pair: each.last_held for each in members if not each.talk}
    open_question = still_asked(last_held, on=on)
    for each in members:
        step = _step(known[each.participant_id], each, open_question, on=on)
        if step:
            yield step


def _step(participant, member, open_question: dict, *, on: date) -> Step | None:
    pair = member.pair
    if member.talk:
        when = clock.span(member.talk_starts_at, member.talk_ends_at)
        if clock.local(member.talk_starts_at).date() >= on:
            url = reverse("conversation_detail", args=[member.talk])
            return Step(
                participant, f"Conversation on {when}", url, "You can move it or call it off.", "planned", order=20
            )
        url = reverse("conversation_edit", args=[member.talk])
        return Step(participant, f"Did you talk on {when}?", url, "Say so in a minute, or call it off.", order=20)
    day = open_question.get(pair.pk)
    if day and was_there(member, pair, day):
        url = f"{reverse('conversation_log', args=[pair.pk])}?day={day.isoformat()}"
        return Step(
            participant, f"Did you meet on {clock.in_full(day)}?", url, "Your first meeting was then.", order=20
        )
    if pair.meeting or member.last_held:
        if pair.meeting and pair.meeting.is_to_come:
            return None
        return Step(
            participant,
            "Plan your next conversation",
            reverse("conversation_plan", args=[pair.pk]),
            "Each of you gets it for the calendar.",
            order=20,
        )
    return None
