"""What the hall gives the house."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import State
from elements.contract import Column, Door, Element, Export, Kind, Panel, Stage, Step
from elements.registry import register
from pairs import (
    actions,
    agreement_letters,
    agreements,
    asking_letters,
    first_meetings,
    for_leads,
    letters,
    meeting_letters,
    pulse_letters,
    pulses,
    quiet,
    quiet_letters,
    to_call,
)
from pairs.about import pairs_about
from pairs.choices import MAY_BE_PAIRED
from pairs.listing import listed_pairs
from pairs.models import Lock, Membership, Pair
from pairs.partners import parting, partnership
from pairs.rules import is_partner
from reminders.due import once_each


def rows_of_pairs(user, cohort, query):
    """One row for each pair that the page would list."""
    for line in listed_pairs(user=user, cohort=cohort, query=query):
        people = {side: [person for person in line.people if person.side == side] for side in "ab"}
        yield (
            "; ".join(person.name for person in people["a"]),
            "; ".join(person.email for person in people["a"]),
            "; ".join(person.role_title for person in people["a"]),
            "; ".join(person.name for person in people["b"]),
            "; ".join(person.email for person in people["b"]),
            "; ".join(person.role_title for person in people["b"]),
            line.pair.state,
            line.pair.started_on,
            line.pair.ended_on or "",
        )


class Hall(Element):
    app = slug = "pairs"
    name = "Pairs"
    optional = False
    is_on_home = True
    messages = (
        Kind(
            name="pairs.pair_published",
            label="Your paired learning partner",
            why="Sent to each partner ten minutes after pairs are published",
            context=letters.context,
            wanted=letters.is_wanted,
            places=letters.places,
            placeholders=letters.PLACEHOLDERS,
        ),
        *meeting_letters.KINDS,
        asking_letters.KIND,
        quiet_letters.KIND,
        *agreement_letters.KINDS,
        pulse_letters.KIND,
    )
    exports = (
        Export(
            name="pairs",
            title="Pairs",
            row_meaning="One row is one pair. A pair of three has two people of one side.",
            columns=(
                Column("First side", "Name of the member of the first side", 28),
                Column("First side email", "Email address", 32),
                Column("First side role", "Job title", 28),
                Column("Second side", "Name of the member of the second side", 28),
                Column("Second side email", "Email address", 32),
                Column("Second side role", "Job title", 28),
                Column("State", "Not told yet, live, paused or ended", 12),
                Column("Started", "The day the pair was published", 14),
                Column("Ended", "The day the pair ended, if it has", 14),
            ),
            rows=rows_of_pairs,
            permission="pairs.see_pairs",
            filename="pairs",
        ),
    )

    def doors(self, *, viewer, pair=None, cohort=None):
        if pair is not None and viewer.has_perm("pairs.find_time", pair):
            hint = "Times in the next four weeks when you are both free"
            yield Door("Find a time", reverse("free_time", args=[pair.pk]), "pair", hint, 20)
            if pair.meeting is None or pair.meeting.is_to_come:
                yield Door("First meeting", reverse("meeting_edit", args=[pair.pk]), "free_time", order=90)
        if pair is not None and (seen := is_partner(viewer, pair) and partnership(pair, viewer)):
            url = reverse("pulse_edit", args=[pair.pk])
            hint = "Only the leads can read it"
            yield Door("Tell the leads how it goes", url, "pair", hint, 80, says_who_reads=True)
            yield Door("Your record and rota letter", reverse("record", args=[seen.me.pk]), "pair", "To download", 85)
        if pair is not None and (left := parting(pair, viewer)):
            hint = "Conversations, visits and agreements until that day"
            yield Door("What you did together", reverse("kept_list", args=[left.me.pk]), "kept", hint, 10)
            yield Door("Your record and rota letter", reverse("record", args=[left.me.pk]), "kept", "To download", 85)
        if cohort is None:
            return
        if viewer.has_perm("pairs.find_pairs", cohort):
            url = reverse("pairing", args=[cohort.pk])
            yield Door("Pairing", url, "cohort", "What counts, who is kept apart, find and publish pairs", 30)
        if viewer.has_perm("pairs.see_pairs", cohort):
            yield Door("Pairs", reverse("pair_list", args=[cohort.pk]), "cohort", "Partners, pauses and ends", 40)
            calls = reverse("quiet_list", args=[cohort.pk])
            yield Door("Pairs to call", calls, "cohort", "Gone quiet, or not met by the day for it", 42)
            how = reverse("pulse_list", args=[cohort.pk])
            yield Door("How pairings go", how, "cohort", "What partners told the leads, with names", 44)

    def panels(self, *, pair, viewer):
        """The partner's card, for a pair read `with_members()`."""
        seen = partnership(pair, viewer)
        if seen:
            yield Panel("pairs/_partner.html", {"seen": seen, "leads_on": True}, 10, on_home=True)

    def about(self, *, participant, viewer):
        """A lead reads who the partner is or was."""
        may_see = viewer.has_perm("pairs.see_pairs", participant)
        if may_see and (lines := pairs_about(participant=participant, viewer=viewer)):
            yield Panel("pairs/_about.html", {"lines": lines}, 10)

    def next_steps(self, *, participants, on):
        participants = list(participants)
        known = first_meetings.partners_of(participants)
        met = first_meetings.in_touch([pair for pair, _ in known.values()], on)
        told = {person: known[person.pk][0] for person in participants if person.pk in known}
        yield from agreements.steps(told, agreements.looked_at(told.values()), on=on)
        yield from pulses.steps(told, on)
        waiting = [each for each in participants if each.state == State.ACCEPTED and each.pk not in known]
        had_one = Membership.objects.filter(participant__in=waiting, told=True).exclude(until=None)
        # Of a pair that has ended home says what comes next: nobody is told to wait as if there had been none.
        parted = set(had_one.values_list("participant", flat=True)) if waiting else set()
        for participant in participants:
            # Once somebody has a partner nobody is looked for.
            if participant.state in MAY_BE_PAIRED and participant.pk not in known:
                # The same line for everybody: a partner who looks on learns nothing from it.
                yield Step(
                    participant,
                    "Who you should not be paired with",
                    reverse("private_word_list", args=[participant.pk]),
                    "Only leads see it.",
                    state="optional",
                    order=90,
                )
            pair, names = known.get(participant.pk, (None, ""))
            if pair and first_meetings.is_a_step(pair, met):
                yield first_meetings.step(participant, pair, names)
            elif participant in waiting and participant.pk not in parted:
                yield Step(
                    participant,
                    "Your partner",
                    hint="We write to you when pairs are published.",
                    state="waiting",
                    order=10,
                )

    def attention(self, *, cohorts, on, viewer):
        cohorts = list(cohorts)
        yield from for_leads.attention(cohorts, viewer=viewer)
        yield from to_call.attention(cohorts, on)

    def stages(self, *, cohort, on):
        counts = Pair.objects.filter(cohort=cohort).aggregate(
            all=Count("pk"), live=Count("pk", filter=Q(ended_on=None)), shown=Count("pk", filter=Q(ended_on=None))
        )
        state = "completed" if counts["all"] else "in progress" if on < cohort.starts_on else "not yet started"
        yield Stage(
            "Pairing",
            state,
            ends_on=cohort.publishes_on,
            url=reverse("pairing", args=[cohort.pk]),
            hint=f"{counts['live']} pairs" if counts["all"] else "No pairs published yet",
            order=30,
        )

    def timeline(self, *, pairs, viewer):
        return first_meetings.entries(pairs, viewer)

    def contacts(self, *, pairs, on):
        return first_meetings.contacts(pairs, on)

    def calendar(self, *, users):
        return first_meetings.events_of(users)

    def reminders(self, *, on, until=None):
        """What is read once is looked at day by day. Two queries, one to each element, and four."""
        until = until or on
        seen = quiet.read(Pair.objects.with_present(), on=on, until=until)
        pairs = [pair for pair, _ in seen]
        yield from first_meetings.reminders(on=on, until=until, met=quiet.met(seen))
        accords, answers = agreements.looked_at(pairs), pulses.answered(pairs)

        def due(day):
            silences = quiet.as_of(seen, on=day)
            going_on = [pair for pair, _ in silences]
            yield from quiet.reminders(silences, on=day)
            yield from agreements.reminders(going_on, accords, on=day)
            yield from pulses.reminders(going_on, answers, on=day)

        yield from once_each(due, on=on, until=until)

    def let_go(self, *, participant=None, pair=None, by):
        if participant is None:
            return
        for lock in Lock.objects.filter(Q(a=participant) | Q(b=participant)):
            actions.drop_lock(lock=lock, by=by)
        actions.drop_times(participant=participant, by=by)
        actions.leave_pair(participant=participant, on=timezone.localdate(), by=by)


register(Hall())
