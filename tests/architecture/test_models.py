"""Columns: relations go down the stairs, doors upstairs are shut, and names say what is kept."""

import pytest
from django.apps import apps
from django.db import models

from tests.architecture import house

# A relation from one app to another that leaves an accessor on the lower side: each with its reason.
OPEN_DOORS: dict[str, str] = {}


def our_models() -> list[type[models.Model]]:
    return [model for app in house.APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


def relations(model) -> list[models.Field]:
    return [
        field
        for field in model._meta.get_fields()
        if field.is_relation and hasattr(field, "remote_field") and not field.auto_created and field.related_model
    ]


def is_upward(here: str, there: str) -> bool:
    """Whether a relation from app `here` to app `there` climbs; apps of packages lie below the house."""
    return here != there and house.HEIGHT.get(there, 0) >= house.HEIGHT[here]


def test_no_relation_points_upstairs():
    wrong = [
        f"{field} to {field.related_model._meta.label}"
        for model in our_models()
        for field in relations(model)
        if is_upward(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_a_relation_upstairs_is_found():
    assert is_upward("cohorts", "pairs")
    assert is_upward("shadowing", "workshops")
    assert not is_upward("pairs", "cohorts")
    assert not is_upward("accounts", "contenttypes")


def leaves_a_door(field, here: str, there: str) -> bool:
    return here != there and not field.remote_field.hidden


def test_no_door_upstairs_that_no_import_shows():
    """A key to another app says related_name="+"."""
    wrong = [
        str(field)
        for model in our_models()
        for field in relations(model)
        if leaves_a_door(field, model._meta.app_label, field.related_model._meta.app_label)
        and str(field) not in OPEN_DOORS
    ]
    assert wrong == []


@pytest.mark.parametrize(("related_name", "is_open"), [("+", False), (None, True), ("visits", True)])
def test_a_door_is_found(related_name, is_open):
    field = models.ForeignKey("accounts.User", models.CASCADE, related_name=related_name)
    field.remote_field.model = "accounts.User"
    assert leaves_a_door(field, "cohorts", "accounts") is is_open


def test_names_of_columns_say_whether_a_moment_or_a_day_is_kept():
    wrong = []
    for model in our_models():
        for field in model._meta.fields:
            is_moment = isinstance(field, models.DateTimeField)
            is_day = isinstance(field, models.DateField) and not is_moment
            if (field.name.endswith("_at") and not is_moment) or (field.name.endswith("_on") and not is_day):
                wrong.append(str(field))
    assert wrong == []


def test_people_and_what_they_write_have_keys_that_cannot_be_guessed():
    """An id in an address is a uuid for people, pairs, runs and messages."""
    names = ["accounts.User", "cohorts.Participant", "cohorts.Cohort", "pairs.Pair", "pairs.Run", "reminders.Message"]
    there = [name for name in names if name.lower() in {model._meta.label_lower for model in our_models()}]
    assert [name for name in there if not isinstance(apps.get_model(name)._meta.pk, models.UUIDField)] == []
