"""From a row to a message as it goes out: built at the moment of sending, from ids, with links from SITE_URL alone.

No request is at hand here, so nobody's Host header can reach a link.
"""

import unicodedata
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template

from elements.contract import Kind
from reminders import sealing
from reminders.addresses import address_of
from reminders.models import Message

SUBJECT_LIMIT = 200  # characters


@dataclass(frozen=True)
class Composed:
    """A message ready to go: as it reads, and as it goes over the wire (written once, before anybody is called)."""

    email: EmailMultiAlternatives
    wire: bytes


def fold(subject: str) -> str:
    """A subject in one line: every kind of line break and control character becomes a space or nothing."""
    visible = "".join(" " if letter.isspace() else letter for letter in subject)
    return " ".join("".join(one for one in visible if unicodedata.category(one) != "Cc").split())[:SUBJECT_LIMIT]


def recipient_of(message: Message):
    """Who the message is to: the person with the address of today, or the address given."""
    return message.recipient or message.to_addr


def compose(message: Message, kind: Kind) -> Composed:
    """Subject, text and HTML from the folder of the kind, addressed to one person.

    Raises whatever a broken template, a missing row or an impossible character raises: the caller fails that one row.
    """
    to = recipient_of(message)
    known = sealing.open_sealed(message.sealed) if message.sealed else kind.context(message.ref, to)
    app, _, what = kind.name.partition(".")
    context = {"SITE_URL": settings.SITE_URL, "to": to, **known}

    def render(name: str, *, is_html: bool) -> str:
        """Plain texts are not escaped: they are never read as HTML."""
        template = get_template(f"{app}/emails/{what}/{name}").template
        return template.render(Context(context, autoescape=is_html))

    email = EmailMultiAlternatives(
        subject=fold(render("subject.txt", is_html=False)),
        body=render("body.txt", is_html=False).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address_of(to)],
        reply_to=message.reply_to.split(", ") if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(render("body.html", is_html=True), "text/html")
    mail = email.message()
    # The border of the parts is drawn; left to itself the library searches both texts with an expression of its own.
    mail.set_boundary(f"=_{uuid.uuid4().hex}")
    return Composed(email=email, wire=mail.as_bytes(linesep="\r\n"))
