"""Passwords: no composition rule, but not the words that everybody here would try first."""

from django.core.exceptions import ValidationError

CONTEXT_WORDS = ("pairedlearning", "paired learning", "hospital", "password", "nhs")


class ContextWordsValidator:
    """Refuse a password that is little more than a word of this place."""

    def validate(self, password: str, user=None) -> None:
        rest = password.casefold()
        for word in CONTEXT_WORDS:
            rest = rest.replace(word, "")
        if len(rest) < 6:
            raise ValidationError("Choose a password that is not built from words about this service.")

    def get_help_text(self) -> str:
        return "Do not build it from words about this service. Three random words work well."
