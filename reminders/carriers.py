"""Who carries a composed message away: the trust's mail server, or the mailbox of a machine of one's own."""

import re
import smtplib
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

from reminders.models import LocalLetter

LETTERS_KEPT = 500
# A refusal of the text that is about the mailbox: full, gone or closed (RFC 5321, 4.2.3; RFC 3463, 3.2 and 3.3).
OF_THE_HOUSE = re.compile(r"5\d\d 5\.7\.|55\d (relay|relaying) ", re.IGNORECASE)  # RFC 3463, 3.8: policy
OF_ADDRESS = re.compile(r"552 |5\d\d 5\.[12]\.")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}  # no one listens in between


class Refused(Exception):
    """The message did not go out, and that is certain."""


class RefusedForNow(Refused):
    """Worth another try later."""


class RefusedForGood(Refused):
    """The address or the message will never be taken; `is_of_address` says that it is the address."""

    def __init__(self, words: str, *, is_of_address: bool = False):
        super().__init__(words)
        self.is_of_address = is_of_address


class CannotConnect(Refused):
    """No server was reached, so nothing was tried: this says nothing about the message."""


class LinkLost(Exception):
    """The link broke after the text was handed over: it may or may not have been taken."""


class _Watched:
    """Remembers whether the text of the current message was begun, which decides what a lost link means."""

    text_begun = False

    def mail(self, *args, **kwargs):
        self.text_begun = False
        return super().mail(*args, **kwargs)

    def data(self, msg):
        self.text_begun = True
        return super().data(msg)


class _WatchedSMTP(_Watched, smtplib.SMTP):
    pass


class _WatchedSMTPS(_Watched, smtplib.SMTP_SSL):
    pass


class _Backend(EmailBackend):
    @property
    def connection_class(self):
        return _WatchedSMTPS if self.use_ssl else _WatchedSMTP


def read_smtp(url: str) -> dict:
    """What SMTP_URL says, as arguments of Django's backend.

    `smtp://` asks for STARTTLS except on this machine, `smtps://` speaks TLS from the start, `smtp+plain://` is for a
    relay inside the trust that offers neither.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ImproperlyConfigured("SMTP_URL must look like smtp://user:password@mail.example.org:587.")
    return {
        "host": parts.hostname,
        "port": parts.port or {"smtp": 587, "smtps": 465, "smtp+plain": 25}[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp" and parts.hostname not in LOOPBACK,
        "use_ssl": parts.scheme == "smtps",
        "timeout": settings.EMAIL_TIMEOUT,
    }


class SmtpCarrier:
    """One link to the mail server, used for up to 50 messages."""

    MESSAGES_A_LINK = 50

    def __init__(self, url: str):
        self._arguments = read_smtp(url)
        self._backend, self._used = None, 0

    def open(self) -> None:
        """Reach the server, or raise CannotConnect."""
        if self._used >= self.MESSAGES_A_LINK:
            self.close()
        if self._backend:
            return
        backend = _Backend(**self._arguments)
        try:
            backend.open()
        except (OSError, smtplib.SMTPException) as problem:
            raise CannotConnect(_in_words(problem)) from problem
        self._backend, self._used = backend, 0

    def send(self, composed) -> None:
        """Hand one composed message over; raises a Refused or LinkLost."""
        self._used += 1
        sender = parseaddr(composed.email.from_email)[1]
        try:
            self._backend.connection.sendmail(sender, composed.email.to, composed.wire)
        except smtplib.SMTPServerDisconnected as problem:
            raise self._lost(problem) from problem
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = next(iter(problem.recipients.values()))
            self._forget()
            said = _reply(code, words)
            if OF_THE_HOUSE.match(said):
                # Policy, such as a relay that does not know us: not the fault of this address, nor of the message.
                raise RefusedForNow(said) from problem
            raise _refusal(code, said, is_of_address=True) from problem
        except smtplib.SMTPSenderRefused as problem:
            # The server does not want us: not the fault of this message, so it waits for whoever runs the house.
            self._forget()
            raise RefusedForNow(_in_words(problem)) from problem
        except smtplib.SMTPResponseException as problem:
            self._forget()
            words = _in_words(problem)
            raise _refusal(problem.smtp_code, words, is_of_address=bool(OF_ADDRESS.match(words))) from problem
        except smtplib.SMTPException as problem:
            self._forget()
            raise RefusedForNow(_in_words(problem)) from problem
        except OSError as problem:
            raise self._lost(problem) from problem

    def _lost(self, problem) -> Exception:
        begun = self._backend.connection is not None and self._backend.connection.text_begun
        self._forget()
        return (LinkLost if begun else RefusedForNow)(_in_words(problem))

    def _forget(self) -> None:
        """After trouble a new link is made, as the state of the old one is anybody's guess."""
        self.close()

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend:
            backend.fail_silently = True
            try:
                backend.close()
            except OSError:
                backend.connection = None


class MailboxCarrier:
    """Puts messages into the mailbox page of local mode."""

    def open(self) -> None:
        """Always there."""

    def send(self, composed) -> None:
        email = composed.email
        LocalLetter.objects.create(
            to_addr=email.to[0],
            reply_to=", ".join(email.reply_to),
            subject=email.subject,
            text=email.body,
            html=email.alternatives[0].content,
            calendar=next((part.content for part in email.alternatives if part.mimetype != "text/html"), "")
            or next((part.content.decode() for part in email.attachments), ""),
        )
        oldest = LocalLetter.objects.newest().values_list("pk", flat=True)[LETTERS_KEPT : LETTERS_KEPT + 50]
        LocalLetter.objects.filter(pk__in=list(oldest)).delete()

    def close(self) -> None:
        """Nothing to close."""


def carrier():
    """The carrier that the settings name; only local mode may do without a mail server."""
    if settings.SMTP_URL:
        return SmtpCarrier(settings.SMTP_URL)
    if not settings.LOCAL_MODE:
        raise ImproperlyConfigured("SMTP_URL must name the mail server.")
    return MailboxCarrier()


def _refusal(code: int, words: str, *, is_of_address: bool) -> Refused:
    if 500 <= code < 600:
        return RefusedForGood(words, is_of_address=is_of_address)
    return RefusedForNow(words)


def _reply(code: int, words) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"


def _in_words(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        return _reply(problem.smtp_code, problem.smtp_error)
    return f"{type(problem).__name__}: {problem}"
