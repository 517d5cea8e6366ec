"""Keys and moments as the database writes them: of thousands of rows no object is made of each."""

from datetime import UTC, date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import CharField, UUIDField
from django.db.models.functions import Cast

from elements import clock


def written(column) -> Cast:
    """A column (or expression) as text; what fits here is what the same database writes of another column."""
    return Cast(column, CharField())


def as_written(key: UUID) -> str:
    """The text of one key in this database."""
    return str(UUIDField().get_db_prep_value(key, connection))


@lru_cache(maxsize=4096)  # whole runs are told at one moment
def day_of(moment: str) -> date:
    """The day in London of a moment as the database writes it: in UTC, said or not."""
    found = datetime.fromisoformat(moment)
    return clock.local(found if found.tzinfo else found.replace(tzinfo=UTC)).date()
