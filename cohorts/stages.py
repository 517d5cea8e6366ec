"""The cohort's own lines of its timetable: recruit, choose, launch, middle, end."""

from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse

from cohorts.choices import State
from cohorts.launches import launch_of, place_in_short
from cohorts.models import Cohort, Participant
from elements import clock
from elements.contract import Stage

ABOUT_APPLICANTS = 20  # `order` of the last line that concerns those who apply, and not those who take part


def state_of(*, on: date, starts_on: date | None, ends_on: date | None = None) -> str:
    """Where a stretch of time stands on a day; a single day is over when it has come."""
    if starts_on is None:
        return "not yet started"
    if on < starts_on:
        return "not yet started"
    return "in progress" if ends_on and on <= ends_on else "completed"


def by_dates_alone(stage: Stage, *, on: date) -> Stage:
    """The same line as the calendar tells it: without a number, and without what can be concluded from one."""
    begins, ends = stage.starts_on or stage.ends_on, stage.ends_on if stage.starts_on else None
    return replace(stage, state=state_of(on=on, starts_on=begins, ends_on=ends), url="", hint="")


def stages_of(*, cohort: Cohort, on: date) -> list[Stage]:
    """Five lines; two queries."""
    people = Participant.objects.filter(cohort=cohort).count_by_side_and_state()
    waiting = sum(number for (_, state), number in people.items() if state == State.APPLIED.label)
    chosen = sum(number for (_, state), number in people.items() if state == State.ACCEPTED.label)
    list_url = reverse("participant_list", args=[cohort.pk])
    middle = cohort.starts_on + (cohort.ends_on - cohort.starts_on) / 2
    choosing = "in progress" if waiting else "completed" if chosen else "not yet started"
    return [
        Stage(
            "Recruit both sides",
            _recruiting(cohort, on, people),
            cohort.recruits_from,
            cohort.recruits_until,
            url=list_url,
            hint="Applications come in, by sheet or one by one",
            order=10,
        ),
        Stage(
            "Choose who takes part",
            choosing,
            cohort.recruits_until,
            url=f"{list_url}?state={State.APPLIED}" if waiting else list_url,
            hint=f"{waiting} waiting, {chosen} accepted",
            order=ABOUT_APPLICANTS,
        ),
        _launch(cohort, on),
        Stage(
            "Half-way: how is each pair doing?",
            state_of(on=on, starts_on=middle, ends_on=middle + timedelta(weeks=2)),
            middle,
            order=60,
        ),
        Stage("End and celebration", state_of(on=on, starts_on=cohort.ends_on), cohort.ends_on, order=90),
    ]


def _launch(cohort: Cohort, on: date) -> Stage:
    """The first day, with its hours and place once they are set."""
    launch = launch_of(cohort)
    hint = "No time and place yet"
    if launch:
        hours = f"{clock.in_figures(launch.starts_at)} to {clock.in_figures(launch.ends_at)}"
        hint = "Called off" if launch.called_off else f"{hours}, {place_in_short(launch)}"
    state = state_of(on=on, starts_on=cohort.starts_on)
    url = reverse("launch_edit", args=[cohort.pk])
    return Stage("Launch", state, cohort.starts_on, url=url, hint=hint, order=40)


def _recruiting(cohort: Cohort, on: date, people: dict) -> str:
    if cohort.recruits_from is None:
        if on >= cohort.starts_on:
            return "completed"
        return "in progress" if people else "not yet started"
    return state_of(on=on, starts_on=cohort.recruits_from, ends_on=cohort.recruits_until or cohort.starts_on)
