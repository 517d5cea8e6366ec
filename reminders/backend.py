"""Where Django's and the sign-in library's mail enters the outbox: the EMAIL_BACKEND of the settings."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import User
from accounts.names import fold_email
from reminders import outbox

KIND = "reminders.account_message"


class OutboxBackend(BaseEmailBackend):
    """Writes one sealed row per recipient instead of speaking SMTP. Delivery alone speaks SMTP."""

    def send_messages(self, email_messages) -> int:
        for email in email_messages:
            texts = {"subject": email.subject, "text": email.body}
            for address in email.recipients():
                person = User.objects.known_as([address]).first()
                outbox.post_sealed(
                    kind=KIND, to=person or fold_email(address), texts=texts, key=f"account:{uuid.uuid4()}"
                )
        return len(email_messages)
