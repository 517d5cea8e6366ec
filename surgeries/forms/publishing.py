"""How surgeries are published: one, or a series of them."""

import hashlib
import json
import re
from datetime import date, datetime, timedelta

from django import forms

from bookings.choices import Mode
from bookings.models.sessions import DEFAULT_OFFER_HOURS
from cohorts.forms.words import Lines
from cohorts.models import Cohort
from elements import clock
from elements.fields import DayField, figure, month_of
from elements.once import MarkOfSending
from elements.widgets import Checkboxes, Radios
from surgeries.forms.when_and_where import (
    CUT_OFF,
    MOST_PLACES,
    HostsField,
    Hours,
    Place,
    offer_hours_field,
    one_of,
    whole_number,
)
from surgeries.repeating import MOST, Occasion, Repeats, hours_on, occasions, why_skipped

EVERY = {0: "It does not repeat", 1: "Every week", 2: "Every 2 weeks", 3: "Every 3 weeks", 4: "Every 4 weeks"}
OPENS = {0: "As soon as it is published", 7: "1 week before", 14: "2 weeks before", 28: "4 weeks before"}
SLOTS = {10: "10 minutes", 15: "15 minutes", 20: "20 minutes", 30: "30 minutes", 45: "45 minutes", 60: "1 hour"}
DEFAULT_PLACES, DEFAULT_SLOT, DEFAULT_CUT_OFF = 6, 20, 24
LEFT_OUT_LINE = re.compile(r"(\d{1,2})[\s/.-]+(\w+)[\s/.-]+(\d{4})", re.ASCII)


class LeftOut(Lines):
    """Days, one on each line, as a set of dates."""

    def clean(self, value) -> frozenset[date]:
        return frozenset(self._day(line) for line in super().clean(value))

    @staticmethod
    def _day(line: str) -> date:
        found = LEFT_OUT_LINE.fullmatch(line.strip())
        try:
            if found:
                return date(figure(found[3]), month_of(found[2]), figure(found[1]))
        except ValueError:
            pass
        raise forms.ValidationError(f"“{line}” is not a day. Write each like 25 12 2026 or 25 December 2026")


class PublishForm(Place, Hours):
    """A surgery, or a series of them: first what repeats, then each date with a tick, then it is published.

    `occasions` are the days that the answers give, once they are whole; `needs_look` says that the writer has not seen
    them yet, `is_changed` that it is for something changed after they were shown. `doubts` gives sentences about what
    else the hosts and the room have then.
    """

    mode = forms.ChoiceField(
        label="How do people come?",
        choices=[(Mode.PLACES, "A small group, all at the same time"), (Mode.SLOTS, "One after the other")],
        widget=Radios(reveals={Mode.PLACES: "capacity", Mode.SLOTS: "slot_minutes"}),
        error_messages={"required": "Choose how people come", "invalid_choice": "Choose how people come"},
    )
    capacity = whole_number("Places", 1, MOST_PLACES, of="how many places", required=False)
    slot_minutes = one_of("How long is each appointment?", SLOTS, required=False, empty_value=None)
    day = DayField(label="Day, or the first of several", help_text="For example, 6 1 2027", name="day")
    every = one_of("Does it repeat?", EVERY, sentence="Choose whether it repeats")
    until = DayField(label="Repeats up to which day? (optional)", name="last day", required=False)
    times = whole_number("Or how many times? (optional)", 1, MOST, of="how many times", required=False)
    left_out = LeftOut(
        label="Days to leave out (optional)",
        help_text="One on each line, like 25 December 2026. Bank holidays are left out by themselves",
    )
    opens = one_of("When does booking open?", OPENS)
    cut_off = one_of("How long can people cancel by themselves?", CUT_OFF)
    offer_hours = offer_hours_field()
    shows_names = forms.BooleanField(label="Those who come see each other’s names", required=False)
    mark = MarkOfSending()
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)  # marks of the days, and of all

    FIRST = ("mode", "capacity", "slot_minutes", "day", "starts", "ends", "every", "until", "times", "left_out")
    ORDER = (*FIRST, "hosts", "place", "link", "opens", "cut_off", "offer_hours", "shows_names")

    def __init__(self, *args, cohort: Cohort, leads, by, now: datetime, doubts=None, **kwargs):
        first = {
            "mode": Mode.PLACES,
            "capacity": DEFAULT_PLACES,
            "slot_minutes": DEFAULT_SLOT,
            "every": 0,
            "opens": 0,
            "cut_off": DEFAULT_CUT_OFF,
            "hosts": [str(user.pk) for user in leads if user.pk == by.pk],
        }
        super().__init__(*args, initial=first, **kwargs)
        self.cohort, self.now, self.ask = cohort, now, doubts
        self.occasions: list[Occasion] = []
        self.times_of: dict[date, tuple[datetime, datetime]] = {}
        self.needs_look, self.is_changed, self.doubts = False, False, []
        self.fields["hosts"] = HostsField(leads, label="Hosts")
        self.order_fields(self.ORDER)

    def clean_day(self) -> date:
        return self._within(self.cleaned_data["day"])

    def clean_until(self) -> date | None:
        day = self.cleaned_data["until"]
        return day and self._within(day)

    def _within(self, day: date) -> date:
        last = self.cohort.ends_on
        if day < clock.local(self.now).date():
            raise forms.ValidationError("Enter a day that is still to come")
        if day > last:
            raise forms.ValidationError(f"Enter a day up to {clock.in_full(last)}, when the cohort ends")
        return day

    def clean(self):
        found = super().clean()
        mode = found.get("mode")
        for name, needed_in, sentence in (
            ("capacity", Mode.PLACES, "Enter how many places there are"),
            ("slot_minutes", Mode.SLOTS, "Choose how long each appointment is"),
        ):
            if mode == needed_in and name not in self.errors and not found.get(name):
                self.add_error(name, sentence)
        self._repeats(found)
        if not self.errors:
            self._look(found)
        if not self.times_of:
            self._keep_ticks()
        return found

    def _repeats(self, found) -> None:
        if not found.get("every") or {"every", "until", "times"} & self.errors.keys():
            return
        if not found.get("until") and not found.get("times"):
            self.add_error("until", "Enter a last day, or how many times")
        elif found.get("until") and found.get("day") and found["until"] < found["day"]:
            self.add_error("until", "Enter a last day that is not before the first")

    def _look(self, found) -> None:
        """The days of these answers, each with a tick; what was ticked counts for the same answers only."""
        series = Repeats(found["day"], found["every"], found.get("until"), found.get("times"), found["left_out"])
        self.occasions = [each for each in occasions(series) if each.on <= self.cohort.ends_on]
        there = [each.on for each in self.occasions if not each.skipped]
        if not there:
            self.add_error("day", self._no_day(found["day"]))
            return
        try:
            times = {day: hours_on(day, found["starts"], found["ends"]) for day in there}
        except clock.NoSuchTime as gap:
            self.add_error("starts", str(gap))
            return
        if min(times.values())[0] <= self.now:
            self.add_error("starts", "Enter a start time that is still to come")
            return
        minutes = (times[there[0]][1] - times[there[0]][0]) / timedelta(minutes=1)
        if found["mode"] == Mode.SLOTS and minutes < found["slot_minutes"]:
            self.add_error("ends", f"Enter a later end: not one appointment of {found['slot_minutes']} minutes fits in")
            return
        self._tick(times, found)

    @staticmethod
    def _no_day(day: date) -> str:
        name = why_skipped(day)
        return f"{clock.in_full(day)} is {name}. Choose another day" if name else "No day is left. Choose other days"

    def _tick(self, times: dict[date, tuple[datetime, datetime]], found) -> None:
        self.times_of = times
        self.fields["dates"] = forms.MultipleChoiceField(
            label="Dates" if len(times) > 1 else "Date",
            choices=[(day.isoformat(), clock.span(*moments)) for day, moments in times.items()],
            widget=Checkboxes,
            required=False,
            error_messages={"invalid_choice": "Choose from these dates", "invalid_list": "Choose from these dates"},
        )
        self.order_fields(["dates", *self.ORDER])
        given = (found["day"], found["every"], found["until"], found["times"], sorted(found["left_out"]))
        hosts = sorted(str(user.pk) for user in found["hosts"])
        said = json.dumps([*map(str, given), str(found["starts"]), str(found["ends"]), hosts, found["place"]])
        days = [day.isoformat() for day in times]
        was, shown = self.data.get(self.add_prefix("seen"), ""), f"{_mark(json.dumps(days))}-{_mark(said)}"
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = shown
        if was != shown:
            self.needs_look, self.is_changed = True, bool(was)
        if was.partition("-")[0] != shown.partition("-")[0]:  # of other days, no tick says anything
            self.data.setlist(self.add_prefix("dates"), days)
        ticked = self.data.getlist(self.add_prefix("dates"))
        found["dates"] = [day for day in times if day.isoformat() in ticked]
        if not found["dates"]:
            self.add_error("dates", "Tick at least one date")
        if self.ask:
            self.doubts = self.ask(self.cohort, found["hosts"], times.values(), place=found["place"])

    def _keep_ticks(self) -> None:
        """Where something has to be put right first, they go along unseen, and are shown before they count."""
        if was := self.data.get(self.add_prefix("seen")):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = was.partition("-")[0]
            self.fields["dates"] = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.needs_look

    @property
    def skipped(self) -> list[Occasion]:
        return [each for each in self.occasions if each.skipped]

    @property
    def chosen(self) -> dict:
        """What the action takes, of a valid form."""
        found = self.cleaned_data
        is_slots = found["mode"] == Mode.SLOTS
        return {
            "times": [self.times_of[day] for day in found["dates"]],
            "hosts": found["hosts"],
            "place": found["place"],
            "link": found["link"],
            "capacity": None if is_slots else found["capacity"],
            "slot_minutes": found["slot_minutes"] if is_slots else None,
            "opens_days": found["opens"],
            "cut_off_hours": found["cut_off"],
            "offer_hours": found["offer_hours"] or DEFAULT_OFFER_HOURS,
            "shows_names": found["shows_names"],
            "mark": found["mark"],
        }


def _mark(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:31]
