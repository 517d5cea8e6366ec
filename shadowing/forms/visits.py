"""Forms about visits: each turns what was typed into moments, flags and texts, and never saves."""

from datetime import datetime

from django import forms

from cohorts.choices import TermList
from cohorts.forms.words import Line
from cohorts.models import Term
from elements.second_look import LooksForPatients
from elements.widgets import Checkboxes, Radios
from shadowing.choices import Flag, OffReason, Part, WayOff
from shadowing.forms.visit_times import AsksOfVisit, MovesVisit, Seen, WhenForm, shown_time
from shadowing.models import Visit
from shadowing.working_hours import is_out_of_hours

OWN_FLAGS = (Flag.CLINICAL, Flag.PATIENTS, Flag.PAPERS)
REASON_IS_SEEN = "The two of you can see it. No message says it"
HOURS = [("", "Work it out from setting and time"), ("yes", "Yes"), ("no", "No")]


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
        widget=Checkboxes(attrs={"class": "house-of-own-words"}),
        required=False,
    )
    site = Line(label="Place (optional)", help_text="Where the visitor comes to. It stands in the calendar of you both")
    out_of_hours = forms.ChoiceField(label="Is it out of hours?", choices=HOURS, widget=Radios, required=False)
    field_order = [
        "direction",
        "setting",
        "setting_words",
        "own_flags",
        "site",
        "day",
        "starts",
        "ends",
        "out_of_hours",
    ]

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        self.offer(cohort)
        self.fields["setting"].help_text = "Is it not in the list? Leave this, and enter it in your own words below"
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
    """Why it does not take place: one of a list. Who takes back what nobody has answered owes no reason."""

    reason = forms.ChoiceField(
        label="What is the reason?",
        help_text=REASON_IS_SEEN,
        choices=OffReason.choices,
        widget=Radios,
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose a reason"},
    )

    def __init__(self, *args, visit: Visit, now: datetime, way: WayOff, **kwargs):
        super().__init__(*args, visit=visit, now=now, **kwargs)
        if way == WayOff.TAKEN_BACK:
            self.fields["reason"].required = False
            self.fields["reason"].label += " (optional)"

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
