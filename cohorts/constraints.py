"""Promises that the database keeps and Django has no word for."""

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint


class SameCohort(BaseConstraint):
    """A participant named in a row belongs to the cohort of that row.

    A foreign key of two columns, (`field`, cohort), to the unique (id, cohort) of the other table: without it a raw
    insert could join people of two cohorts. Works alike on PostgreSQL and SQLite, and stays when SQLite rebuilds a
    table, because Django writes constraints into the new one. Like every key of Django it is checked at commit.
    """

    def __init__(self, *, field: str, name: str) -> None:
        self.field = field
        super().__init__(name=name)

    def _sql(self, model, schema_editor) -> str:
        quote = schema_editor.quote_name
        column = model._meta.get_field(self.field)
        cohort = model._meta.get_field("cohort")
        other = column.related_model._meta
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote(column.column)}, {quote(cohort.column)}) "
            f"REFERENCES {quote(other.db_table)} ({quote(other.pk.column)}, "
            f"{quote(other.get_field('cohort').column)}) DEFERRABLE INITIALLY DEFERRED"
        )

    def constraint_sql(self, model, schema_editor):
        return self._sql(model, schema_editor)

    def create_sql(self, model, schema_editor):
        return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {self._sql(model, schema_editor)}"

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, model, instance, exclude=None, using=None):
        named = getattr(instance, self.field, None)
        if named is not None and named.cohort_id != instance.cohort_id:
            raise ValidationError("Choose people of this cohort.", code="cohort")

    def deconstruct(self):
        path, _, kwargs = super().deconstruct()
        return path, (), {**kwargs, "field": self.field}

    def __eq__(self, other):
        return isinstance(other, SameCohort) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self):
        return hash((self.name, self.field))
