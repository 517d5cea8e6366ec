"""Keys as the database writes them: of thousands of rows no object is made of each."""

from uuid import UUID

from django.db import connection
from django.db.models import CharField, UUIDField
from django.db.models.functions import Cast


def written(column: str) -> Cast:
    """A column of keys as text; what fits here is what the same database writes of another column."""
    return Cast(column, CharField())


def as_written(key: UUID) -> str:
    """The text of one key in this database."""
    return str(UUIDField().get_db_prep_value(key, connection))
