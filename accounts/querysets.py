"""Reading people."""

from django.contrib.auth.models import BaseUserManager

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

    def has_alone_the_support_pages(self, person) -> bool:
        """Whether nobody else administers. Inside a transaction the answer holds until it ends."""
        administrators = self.filter(is_active=True, is_administrator=True)
        # All of them, in one order: two who take each other's right away at the same moment take turns.
        return list(administrators.select_for_update().order_by("pk").values_list("pk", flat=True)) == [person.pk]
