"""Forms about visits: each turns what was typed into moments, flags and texts, and never saves."""

from datetime import datetime, timedelta

from django import forms

from cohorts.choices import TermList
from cohorts.forms.words import Line
from cohorts.forms.yes import MarkOfPage
from cohorts.models import Term
from elements import clock
from elements.fields import DayField, HourField
from elements.second_look import LooksForPatients
from elements.widgets import Checkboxes, Radios
from pairs.forms.doubts import AsksOnceMore
from shadowing.actions.visit_in_hand import mark
from shadowing.choices import Flag, OffReason, Part
from shadowing.models import Visit
from shadowing.working_hours import is_out_of_hours

OWN_FLAGS = (Flag.CLINICAL, Flag.PATIENTS, Flag.PAPERS)
REASON_IS_SEEN = "The two of you can see it. No message says it"
LONGEST = timedelta(hours=14)  # a night with its handover; what is longer is often a slip in the end
HOURS = [("", "Work it out from setting and time"), ("yes", "Yes"), ("no", "No")]


class Seen(forms.Form):
    """Sends back what the page showed of the visit."""

    def __init__(self, *args, visit: Visit | None, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit, self.now = visit, now
        if visit is not None:
            self.fields["seen"] = MarkOfPage(initial=mark(visit), required=False)

    @property
    def seen(self) -> dict[str, str]:
        return {"seen": self.cleaned_data.get("seen", "")} if self.visit is not None else {}


class WhenForm(Seen):
    """Day, start and end: all of them or none, unless `needs_time`. The end may be on the next day."""

    needs_time = False
    day = DayField(label="Day", help_text="For example, 6 1 2027", name="day", required=False)
    starts = HourField(label="Start time", help_text="For example, 8pm or 20:00", name="start time", required=False)
    ends = HourField(
        label="End time",
        help_text="An end that is earlier than the start is on the next day, as after a night shift",
        name="end time",
        required=False,
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.moments: dict[str, datetime | None] = {"starts_at": None, "ends_at": None}
        if not self.needs_time:
            self.fields["day"].label = "Day (optional)"
            self.fields["day"].help_text = "For example, 6 1 2027. Leave day and times empty if you have no date yet"

    def clean_day(self):
        day, last = self.cleaned_data["day"], self.cohort.ends_on
        if day is None or self._is_as_before(day):
            return day
        if day < clock.local(self.now).date():
            raise forms.ValidationError("Enter a day that is still to come")
        if day > last:
            raise forms.ValidationError(f"Enter a day up to {clock.in_full(last)}, when the cohort ends")
        return day

    def _is_as_before(self, day) -> bool:
        return self.visit is not None and self.visit.day == day

    def clean(self):
        """The moments of start and end on London's clock; the minutes between them are counted in UTC."""
        found = super().clean()
        given = {name: found.get(name) for name in ("day", "starts", "ends")}
        if any(name in self.errors for name in given):
            return
        missing = [name for name, value in given.items() if value is None]
        if len(missing) == len(given) and not self.needs_time:
            return
        for name in missing:
            self.add_error(name, self.fields[name].error_messages["required"])
        if not missing:
            self._time(**given)

    def _time(self, *, day, starts, ends) -> None:
        if starts == ends:
            self.add_error("ends", "Enter an end time that is not the start time")
            return
        moments = {}
        for name, hour, on in (("starts", starts, day), ("ends", ends, day + timedelta(days=ends < starts))):
            try:
                moments[f"{name}_at"] = clock.chosen(on, hour)
            except clock.NoSuchTime as gap:
                self.add_error(name, str(gap))
                return
        is_new = self.visit is None or self.visit.starts_at != moments["starts_at"]
        if is_new and moments["starts_at"] <= self.now:
            self.add_error("starts", "Enter a start time that is still to come")
            return
        self.moments = moments


def shown_time(visit: Visit | None) -> dict:
    """What the boxes of a time hold at first."""
    if visit is None or visit.starts_at is None:
        return {}
    first, last = clock.local(visit.starts_at), clock.local(visit.ends_at)
    return {"day": first.date(), "starts": first.time(), "ends": last.time()}


def shown_hours(visit: Visit) -> str:
    """A mark that setting and time alone explain is worked out again; what the two said otherwise stays chosen."""
    looks = is_out_of_hours(flags=visit.flags, starts_at=visit.starts_at, ends_at=visit.ends_at)
    if visit.out_of_hours == looks:
        return ""
    return "yes" if visit.out_of_hours else "no"


class SettingField(forms.ModelChoiceField):
    """The settings of the catalogue, clinical and managerial apart."""

    def __init__(self, cohort, **kwargs):
        terms = Term.objects.offered_to(cohort).filter(list=TermList.SETTING).order_by("group", "sort_order", "label")
        super().__init__(terms, **kwargs)
        grouped: dict[str, list] = {}
        for term in terms:
            grouped.setdefault(term.group.capitalize() or "Others", []).append((term.pk, term.label))
        self.choices = [("", "Choose a setting"), *grouped.items()]


class WhereForm(LooksForPatients):
    """A setting of the catalogue, or one in own words."""

    looked_at = ("setting_words", "site")

    setting_words = Line(
        label="A setting in your own words (optional)",
        max_length=160,
        help_text="Only if the list has nothing like it. You two read it, and no message says it",
    )

    def offer(self, cohort) -> None:
        """The settings of this cohort; asked once the form is there."""
        self.fields["setting"] = SettingField(
            cohort,
            label="Setting",
            required=False,
            error_messages={"invalid_choice": "Choose a setting of the list"},
        )

    def clean(self):
        super().clean()
        found = self.cleaned_data
        if "setting" not in self.fields or "setting" in self.errors or "setting_words" in self.errors:
            return
        if not found.get("setting") and not found.get("setting_words"):
            self.add_error("setting", "Choose a setting, or enter one in your own words")
        if found.get("setting") and found.get("setting_words"):
            self.add_error("setting_words", "Choose a setting or enter your own words, not both")


class VisitForm(WhereForm, WhenForm):
    """Setting, site and time."""

    own_flags = forms.MultipleChoiceField(
        label="What is that setting like? (optional)",
        help_text="So that the right checklist comes up. The settings of the list know it",
        choices=[(flag.value, flag.label) for flag in OWN_FLAGS],
        widget=Checkboxes,
        required=False,
    )
    site = Line(label="Place (optional)", help_text="Where the visitor comes to. It stands in the calendar of you both")
    out_of_hours = forms.ChoiceField(label="Is it out of hours?", choices=HOURS, widget=Radios, required=False)
    field_order = [
        "direction",
        "setting",
        "site",
        "day",
        "starts",
        "ends",
        "out_of_hours",
        "setting_words",
        "own_flags",
    ]

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        self.offer(cohort)
        self.fields[
            "setting"
        ].help_text = "Is it not in the list? The last boxes of this page take it in your own words"
        self.order_fields(self.field_order)

    @property
    def chosen(self) -> dict:
        found = self.cleaned_data
        hours = {"yes": True, "no": False}.get(found.get("out_of_hours", ""))
        return {
            "setting": found.get("setting"),
            "setting_words": found.get("setting_words", ""),
            "flags": "".join(found.get("own_flags", ())),
            "site": found.get("site", ""),
            "out_of_hours": hours,
            **self.moments,
            **self.seen,
        }


class WhoForm(forms.Form):
    """Who visits whom."""

    direction = forms.ChoiceField(
        label="Who visits whom?",
        widget=Radios,
        error_messages={"required": "Choose who visits whom", "invalid_choice": "Choose who visits whom"},
    )

    def ask(self, partnership, ways: tuple[str, str]) -> None:
        """Of these partners; asked once the form is there. `ways` are the words for there and back."""
        self.partnership, (there, back) = partnership, ways
        self.fields["direction"].choices = [
            *((f"visitor:{each.pk}", there.format(name=each.name)) for each in partnership.partners),
            *((f"host:{each.pk}", back.format(name=each.name)) for each in partnership.partners),
        ]

    @property
    def people(self) -> dict:
        part, _, pk = self.cleaned_data["direction"].partition(":")
        partner = next(each for each in self.partnership.partners if str(each.pk) == pk)
        me = self.partnership.me
        people = (me, partner) if part == Part.VISITOR else (partner, me)
        return {"visitor": people[0], "host": people[1]}


class AsksOfVisit(AsksOnceMore):
    """Asks besides of an end that makes the visit very long, where somebody entered it here."""

    def doubts(self, *, starts_at: datetime, ends_at: datetime) -> list[str]:
        return [*self.too_long(starts_at, ends_at), *super().doubts(starts_at=starts_at, ends_at=ends_at)]

    def too_long(self, starts_at: datetime, ends_at: datetime) -> list[str]:
        lasts = ends_at - starts_at
        if "ends" not in self.fields or lasts <= LONGEST:
            return []
        words = clock.duration(round(lasts / timedelta(minutes=1)))
        return [f"The visit would last {words}: {clock.span(starts_at, ends_at)}"]


class ArrangeForm(AsksOfVisit, WhoForm, VisitForm):
    """Who visits whom, besides. `asked` are the day and hour at which the address begins."""

    def __init__(self, *args, partnership, now: datetime, asked: dict | None = None, **kwargs):
        first = {"day": asked["day"], "starts": asked["hour"]} if asked else {}
        super().__init__(*args, visit=None, now=now, cohort=partnership.pair.cohort, initial=first, **kwargs)
        self.ask(partnership, ("You visit {name}", "{name} visits you"))

    def doubts(self, *, starts_at: datetime, ends_at: datetime) -> list[str]:
        """What is in the way is asked of those two alone who visit each other, once it is known who they are."""
        told = self.too_long(starts_at, ends_at)
        if not self.clashes or "direction" not in self.cleaned_data:
            return told
        me, both = self.partnership.me, self.people.values()
        partners = [each.user for each in both if each.pk != me.pk]
        return [*told, *self.clashes(partners, starts_at=starts_at, ends_at=ends_at)]

    @property
    def chosen(self) -> dict:
        return {**self.people, **super().chosen}


class MovesVisit(AsksOfVisit):
    """Another time for a visit that is there."""

    @property
    def moments_before(self):
        return (self.visit.starts_at, self.visit.ends_at) if self.visit.agreed_at else super().moments_before


class ChangeForm(MovesVisit, VisitForm):
    """Another setting, place or time for a visit that is there."""

    def __init__(self, *args, visit: Visit, now: datetime, **kwargs):
        self.needs_time = visit.agreed_at is not None
        first = {
            **shown_time(visit),
            "setting": visit.setting_id,
            "setting_words": visit.setting_words,
            "own_flags": [] if visit.setting_id else list(visit.flags),
            "site": visit.site,
            "out_of_hours": shown_hours(visit),
        }
        super().__init__(*args, visit=visit, now=now, cohort=visit.cohort, initial=first, **kwargs)
        if visit.setting_id:
            kept = Term.objects.offered_or(visit.cohort, [visit.setting_id]).filter(list=TermList.SETTING)
            self.fields["setting"].queryset, choices = kept, self.fields["setting"].choices
            self.fields["setting"].choices = self._with_kept(choices, visit.setting)

    @staticmethod
    def _with_kept(choices, term):
        """A row that was switched off since stays choosable where it was chosen."""
        known = {value for _, group in list(choices)[1:] for value, _ in group}
        return choices if term.pk in known else [*choices, ("Chosen before", [(term.pk, term.label)])]


class AcceptForm(AsksOfVisit, WhenForm):
    """Yes; with a time where none was suggested."""

    def __init__(self, *args, visit: Visit, now: datetime, **kwargs):
        self.needs_time = visit.starts_at is None
        super().__init__(*args, visit=visit, now=now, cohort=visit.cohort, **kwargs)
        if not self.needs_time:
            for name in ("day", "starts", "ends"):
                del self.fields[name]

            self.moments = {"starts_at": visit.starts_at, "ends_at": visit.ends_at}

    @property
    def chosen(self) -> dict:
        return {**self.moments, **self.seen}


class CallOffForm(Seen):
    """Why it does not take place: one of a list, and nothing else."""

    reason = forms.ChoiceField(
        label="What is the reason?",
        help_text=REASON_IS_SEEN,
        choices=OffReason.choices,
        widget=Radios,
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose a reason"},
    )

    @property
    def chosen(self) -> dict:
        return {"reason": self.cleaned_data["reason"], **self.seen}


class PutOffForm(AsksOfVisit, WhenForm):
    """Why, and another time if there is one."""

    reason = forms.ChoiceField(
        label="What is the reason?",
        help_text=REASON_IS_SEEN,
        choices=OffReason.choices,
        widget=Radios,
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose a reason"},
    )
    field_order = ["reason", "day", "starts", "ends"]

    def __init__(self, *args, visit: Visit, now: datetime, **kwargs):
        super().__init__(*args, visit=visit, now=now, cohort=visit.cohort, **kwargs)
        self.fields["day"].label = "Another day (optional)"

    @property
    def chosen(self) -> dict:
        return {"reason": self.cleaned_data["reason"], **self.moments, **self.seen}
