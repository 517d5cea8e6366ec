"""Every form of the house, found by introspection, and what each needs to be made."""

import inspect
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

from django import forms
from django.utils import timezone

from cohorts import spreadsheets
from cohorts.exclusions import reader_of
from cohorts.models import Organisation, Participant, Rung, SheetImport, Term
from conversations.reading import Offered
from conversations.starters import STANDARD
from elements import clock
from elements.contract import RecordLine
from elements.registry import kind_named
from pairs.models import Pairing
from shadowing.choices import WayOff
from tests.architecture import house

BARE: dict[str, Any] = {
    "warnings": [],
    "words": [],
    "terms": [],
    "tied": {},
    "messages": 0,
    "elements_off": (),
    "shown": "",
    "is_set": True,
    "projects": [],
    "pairs": [],
    "milestones": [],
    "owners": [],
    "choices": [],
    "in_the_way": [],
    "lines": [],
    "note": None,
}
# A form that only others are built on, or that no browser fills in: why.
SIGN_IN = "lives inside a step of signing in; asked through its address instead"
BUILT_ON = "asks once more about the time that the forms built on it have entered"
LEFT_OUT: dict[str, str] = {
    f"accounts.sign_in.{name}": SIGN_IN
    for name in (
        "AskForCodeForm",
        "ChangePasswordForm",
        "EmailCodeForm",
        "ReauthenticateForm",
        "ResetCodeForm",
        "SignInCodeForm",
        "SignInForm",
    )
} | {
    "pairs.forms.doubts.AsksOnceMore": BUILT_ON,
    "shadowing.forms.visit_times.AsksOfVisit": BUILT_ON,
    "shadowing.forms.visit_times.MovesVisit": BUILT_ON,
}


def form_classes() -> list[type[forms.BaseForm]]:
    """The classes of forms that the apps define, by their dotted names."""
    for path in house.modules():
        if path.name != "wsgi.py" and "management" not in path.parts:
            import_module(house.name_of(path))
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            # A form of the support pages learns its model from them.
            is_whole = not hasattr(kind, "_meta") or kind._meta.model is not None
            if is_whole and kind.__module__.split(".")[0] in house.HEIGHT and "tests" not in kind.__module__.split("."):
                found.add(kind)
    return sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def given(world, name: str) -> Any:
    """A value for an argument of a form, by its name."""
    if name in BARE:
        return BARE[name]
    if name == "reader":
        return reader_of(world.person("lead"), world.cohort)
    if name in {"user", "viewer", "by"}:
        return world.person("lead")
    if name == "now":
        return timezone.now()
    if name == "on":
        return timezone.localdate()
    if name == "organisations":
        return Organisation.objects.all()
    if name == "pairing":
        return Pairing.objects.get_or_create(cohort=world.cohort)[0]
    if name == "kind":
        return kind_named("cohorts.role_given")
    if name == "upload":
        sheet = spreadsheets.read_sheet(b"Name;Email;Side\nAnn Ash;ann@trust.example;doctor\n", "people.csv")
        return SheetImport(cohort=world.cohort, by=world.lead, sheet=spreadsheets.sheet_to_json(sheet))
    if name == "texts":
        return [RecordLine("Shadowing", clock.today(), "Reflection", ref="r1", title="Reflection", text="Learnt")]
    if name == "number":
        return 30
    if name == "way":
        return WayOff.CALLED_OFF
    if name == "mark":
        return "1"
    if name == "people":
        return [world.participant, world.partner]
    if name == "starters":
        return Offered(list(STANDARD[:3]), list(STANDARD[3:]), "You")
    if name == "question":
        return world.thing("meeting_question")
    if name == "today":
        return clock.today()
    if name == "until":
        return clock.today() + timedelta(days=200)
    if name == "session":
        return world.thing("surgery").session
    if name == "leads":
        return [world.person("lead"), world.person("programme_lead")]
    if name == "me":
        return world.participant
    if name == "among":
        return Participant.objects.filter(cohort=world.cohort)
    if name == "rung":
        return Rung.objects.filter(cohort=world.cohort).first() or Rung.objects.create(
            cohort=world.cohort, term=Term.objects.filter(list="grade").first(), level=3
        )
    return world.thing(name)


def arguments(kind: type, world) -> dict[str, Any]:
    """The arguments that a form demands beside its data, from the constructor of each of its classes."""
    needed, handed_on = {}, ""
    for base in kind.__mro__:
        if base in (object, forms.BaseForm, forms.Form, forms.ModelForm) or "__init__" not in base.__dict__:
            continue
        for name, parameter in inspect.signature(base.__init__).parameters.items():
            is_demanded = parameter.default is parameter.empty and parameter.kind == parameter.KEYWORD_ONLY
            if is_demanded and f"{name}=" not in handed_on:
                needed.setdefault(name, given(world, name))
        handed_on += inspect.getsource(base.__init__)  # what a class gives its base is not asked of the caller
    return needed


def nasty_data(form: forms.BaseForm, value: str) -> dict[str, list[str]]:
    """A sending of the form in which every box holds the value; of a group of boxes the first three."""
    sent = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        sent[key] = [value]
        for number in range(len(getattr(field.widget, "widgets", ()))):
            sent[f"{key}_{number}"] = [value]
    return sent


def filled(data: dict[str, list[str]]) -> Iterator[dict[str, list[str]]]:
    """The sending whole, and with each field sent twice."""
    yield data
    yield {key: values * 2 for key, values in data.items()}
