"""A promise that the database keeps and Django has no word for."""

from django.core.exceptions import ValidationError

from cohorts.constraints import SameCohort


class OfOneSession(SameCohort):
    """What belongs to a booking belongs to the session of that booking.

    Like `SameCohort`, whose sentence it borrows: a key of two columns, (`field`, session), to the unique (id, session)
    of the other table.
    """

    def _sql(self, model, schema_editor) -> str:
        quote = schema_editor.quote_name
        column, session = model._meta.get_field(self.field), model._meta.get_field("session")
        other = column.related_model._meta
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote(column.column)}, {quote(session.column)}) "
            f"REFERENCES {quote(other.db_table)} ({quote(other.pk.column)}, "
            f"{quote(other.get_field('session').column)}) DEFERRABLE INITIALLY DEFERRED"
        )

    def validate(self, model, instance, exclude=None, using=None):
        named = getattr(instance, self.field, None)
        if named is not None and named.session_id != instance.session_id:
            raise ValidationError("Choose a booking of this session.", code="session")

    def __eq__(self, other):
        return isinstance(other, OfOneSession) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self):
        return hash((self.name, self.field, "session"))
