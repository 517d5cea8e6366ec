"""The trial room and the mail server of ill will, lent from the floor below."""

from reminders.tests.conftest import by_smtp, mail_server, trial_kinds

__all__ = ("by_smtp", "mail_server", "trial_kinds")
