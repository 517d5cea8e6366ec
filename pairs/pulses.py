"""How pairings go, as members are asked and as leads read it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from elements import clock
from elements.contract import Reminder, Step
from pairs.choices import Point
from pairs.looking_back import Asked, asked_at, asked_of, pulse_points
from pairs.models import Pair, Pulse

ASKED = "pairs.pulse_asked"


def asked_on(pair: Pair, on: date) -> Asked:
    """What an answer given on this day counts for; whoever speaks up early answers for the first month."""
    return asked_of(pulse_points(pair, pair.cohort), on)


def answered(pairs: Iterable) -> set[tuple]:
    """(pair, participant, point) of what was answered; one query."""
    return set(Pulse.objects.filter(pair__in=[pair.pk for pair in pairs]).values_list("pair", "participant", "point"))


def steps(people: dict, on: date) -> Iterable[Step]:
    """Lines of task lists; `people` is {participant read with the cohort: pair}. One query."""
    due = {
        person: point
        for person, pair in people.items()
        if not pair.paused_on and (point := asked_at(pulse_points(pair, person.cohort), person.cohort, on))
    }
    said = answered(people[person] for person in due) if due else set()
    for person, point in due.items():
        pair = people[person]
        is_done = (pair.pk, person.pk, point) in said
        url = reverse("pulse_edit", args=[pair.pk])
        yield Step(
            person, "Tell the leads how it goes", url, "Three questions", "done" if is_done else "to do", order=30
        )


def reminders(pairs: Iterable[Pair], given_already: set[tuple], *, on: date) -> Iterable[Reminder]:
    """Of pairs that go on, read with cohort and members. No queries."""
    due = {pair: point for pair in pairs if (point := asked_at(pulse_points(pair, pair.cohort), pair.cohort, on))}
    for pair, point in due.items():
        for member in pair.everybody:
            if (pair.pk, member.participant_id, point) not in given_already:
                yield Reminder(
                    kind=ASKED,
                    to=member.participant.user,
                    about=f"{pair.pk}:{point}",
                    at=clock.at(on),
                    ref={"pair": str(pair.pk), "point": str(point)},
                    scope=pair.cohort_id,
                    order=45,
                )


def for_leads(user, cohort):
    """The answers of a cohort that this lead may read: first those that ask for a lead, then the newest."""
    answers = Pulse.objects.visible_to(user).not_by(user).filter(cohort=cohort).select_related("participant")
    answers = answers.only(*(field.name for field in Pulse._meta.concrete_fields), "participant__name")
    return answers.asking_first()


def asking(viewer):
    """Those that ask for a lead and that this one may read; none of a pair to which she belongs or belonged."""
    return Pulse.objects.visible_to(viewer).not_by(viewer).asking()


def given(answers, pair: Pair, participant, point: Point) -> dict:
    """What the form holds at first: what this person answered at this point already."""
    said = answers.filter(pair=pair, participant=participant, point=point).first()
    if said is None:
        return {}
    boxes = ("met_enough", "works_for_me", "is_not_working", "words")
    return {**{name: getattr(said, name) for name in boxes}, "wants_call": "yes" if said.wants_call else "no"}
