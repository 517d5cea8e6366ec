"""A list of what somebody wrote, kept in their own words, one per line in the database."""

from django.db import models


def split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class WordsField(models.TextField):
    """A `list[str]` in Python, text with one entry a line in the database: searchable on every engine."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return split_lines(value or "")

    def to_python(self, value):
        if value is None:
            return []
        return split_lines(value) if isinstance(value, str) else list(value)

    def get_prep_value(self, value):
        if isinstance(value, str):
            return "\n".join(split_lines(value))
        return "\n".join(" ".join(str(entry).split()) for entry in value or [] if str(entry).strip())

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))
