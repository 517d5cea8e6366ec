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
from django.urls import reverse

from accounts.codes import written_out
from elements import calendar
from elements.contract import Event, Kind
from reminders import sealing
from reminders.addresses import address_of
from reminders.choices import CALENDAR_FILE
from reminders.markup import as_html
from reminders.models import Edit, Message
from reminders.wording import Wordings, Words

SUBJECT_LIMIT = 200  # characters
MUTE = "Change what you hear of, and when"  # stands below whatever a person may switch off


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


@dataclass(frozen=True)
class Letter:
    """What a message says, before it is mail."""

    subject: str
    text: str
    html: str
    event: Event | None = None
    file: str = ""  # of a calendar: of what was only tried out, or of several entries


def written(message: Message, kind: Kind, wordings: Wordings | None = None, words: Words | None = None) -> Letter:
    """What the message says to this person as things stand now; in these `words`, if somebody tries them out.

    `wordings` are those that a round has read already.

    Raises whatever a broken template, a missing row or an impossible character raises.
    """
    to = recipient_of(message)
    known = _account_texts(message.sealed) if message.sealed else kind.context(message.ref, to)
    if kind.placeholders:
        words = (words or words_for(message, kind, wordings or Wordings())).filled(known)
        subject, (text, html) = words.subject, in_both_forms(words.body, kind)
    else:
        subject, text, html = _templated(kind, known, to)
    if message.is_test:
        return Letter(fold(f"Test: {subject}"), text.strip() + "\n", html, file=known.get(CALENDAR_FILE, ""))
    event = kind.event(message.ref, to) if kind.event else None
    return Letter(fold(subject), text.strip() + "\n", html, event, _file_of_several(message, kind, to))


def _file_of_several(message: Message, kind: Kind, to) -> str:
    """A file with all the entries that go with a message; "" where there are none."""
    events = kind.events(message.ref, to) if kind.events else []
    return calendar.several(events, organiser=settings.DEFAULT_FROM_EMAIL).decode() if events else ""


def _account_texts(sealed: str) -> dict[str, str]:
    """The texts of an account message, with the code that is worked out only now."""
    return {name: written_out(text) for name, text in sealing.open_sealed(sealed).items()}


def words_for(message: Message, kind: Kind, wordings: Wordings) -> Words:
    """The words of this one message: as a lead edited it, else those of its cohort, else the standard ones."""
    edit = Edit.objects.filter(message=message).first() if message.is_edited else None
    if edit:
        return Words(edit.subject, edit.body)
    return Words(*kind.words(message.ref)) if kind.words else wordings.of(kind, message.scope)


def in_both_forms(body: str, kind: Kind) -> tuple[str, str]:
    """(text, HTML) of plain words, with the line below that leads to one's own choices."""
    mute = f"{settings.SITE_URL}{reverse('preferences')}" if kind.is_optional else ""
    context = {"SITE_URL": settings.SITE_URL, "content": as_html(body), "mute": mute, "MUTE": MUTE}
    text = f"{body.strip()}\n\n{MUTE}:\n{mute}" if mute else body
    return text, get_template("reminders/emails/worded.html").template.render(Context(context))


def _templated(kind: Kind, known, to) -> tuple[str, str, str]:
    """Django's templates, for what nobody may change. Plain texts are not escaped: they are never read as HTML."""
    app, _, what = kind.name.partition(".")
    context = {"SITE_URL": settings.SITE_URL, "to": to, **known}

    def render(name: str, *, is_html: bool) -> str:
        template = get_template(f"{app}/emails/{what}/{name}").template
        return template.render(Context(context, autoescape=is_html))

    return render("subject.txt", is_html=False), render("body.txt", is_html=False), render("body.html", is_html=True)


def compose(message: Message, kind: Kind, wordings: Wordings | None = None) -> Composed:
    """The message as mail, addressed to one person: plain text, HTML and, for an event, the calendar file.

    Raises what `written` raises: the caller fails that one row.
    """
    to = address_of(recipient_of(message))
    letter = written(message, kind, wordings)
    email = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        reply_to=message.reply_to.split(", ") if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(letter.html, "text/html")
    if letter.event:
        method, file = calendar.invitation(letter.event, organiser=settings.DEFAULT_FROM_EMAIL, attendee=to)
        # Outlook reads the alternative, others offer the attachment.
        email.attach_alternative(file.decode(), f"text/calendar; method={method}")
        email.attach(CALENDAR_FILE, file, "application/ics")
    if letter.file:
        # Attached alone: the alternative is what a calendar acts upon, and it takes one entry that is decided.
        email.attach(CALENDAR_FILE, letter.file.encode(), "application/ics")
    mail = email.message()
    # The border of the parts is drawn; left to itself the library searches both texts with an expression of its own.
    mail.set_boundary(f"=_{uuid.uuid4().hex}")
    return Composed(email=email, wire=mail.as_bytes(linesep="\r\n"))
