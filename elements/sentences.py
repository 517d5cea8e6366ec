"""What a field says where its form has no sentence of its own: what to do, in place of words for programmers."""

from typing import Final

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

CHOOSE_ONE: Final = "Choose one of the list"
CHOOSE_SOME: Final = "Choose from the list"
UNKEPT: Final = "The text holds a character that cannot be kept. Remove it"
SAID: Final[dict[type[forms.Field], dict[str, str]]] = {
    forms.ChoiceField: {"invalid_choice": CHOOSE_ONE},
    forms.MultipleChoiceField: {"invalid_choice": CHOOSE_SOME, "invalid_list": CHOOSE_SOME},
    forms.ModelChoiceField: {"invalid_choice": CHOOSE_ONE},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": CHOOSE_SOME,
        "invalid_list": CHOOSE_SOME,
        "invalid_pk_value": CHOOSE_SOME,
    },
    forms.UUIDField: {"invalid": CHOOSE_ONE},
}


def speak_plainly() -> None:
    """Before the first form is made: a field takes over its sentences when it is made."""
    for kind, said in SAID.items():
        kind.default_error_messages = {**kind.default_error_messages, **said}
    ProhibitNullCharactersValidator.message = UNKEPT
