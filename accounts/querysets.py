"""Reading people and the audit record."""

from django.contrib.auth.models import BaseUserManager
from django.db import models

from accounts.names import fold_email


class People(BaseUserManager):
    """People by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """Make a person; without a password they sign in by an e-mailed code."""
        person = self.model(email=fold_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str):
        return self.get(email=fold_email(email))

    def known_as(self, emails):
        """The people with one of these addresses."""
        return self.filter(email__in=[fold_email(email) for email in emails])


class AuditQuerySet(models.QuerySet):
    def about(self, subject):
        return self.filter(subject_kind=subject._meta.label_lower, subject_ref=str(subject.pk))
