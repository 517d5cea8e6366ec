"""A mail server of ill will: what is refused for good fails, what may work later waits, and nothing is doubled."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models.functions import Now

from reminders import delivery, outbox
from reminders.carriers import read_smtp
from reminders.choices import BACKOFF, TRIES, State
from reminders.models import BadAddress, Message
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]


def send(to: str, kind: str = "trial.told", ref=None) -> Message:
    outbox.post(kind=kind, to=to, ref=ref or {}, key=to)
    delivery.send_round()
    return Message.objects.get(key=to)


@pytest.mark.parametrize(
    ("wish", "once", "at_least_once", "reply"),
    [
        ("fine", State.SENT, State.SENT, ""),
        ("policy", State.QUEUED, State.QUEUED, "554 5.7.1 relay access denied"),
        ("refuse", State.FAILED, State.FAILED, "550 nobody here"),
        ("full", State.FAILED, State.FAILED, "552 mailbox full"),
        ("later", State.QUEUED, State.QUEUED, "451 not now"),
        ("greylist", State.QUEUED, State.QUEUED, "450 come again"),
        ("busy", State.QUEUED, State.QUEUED, "421 too busy"),
        ("early", State.QUEUED, State.QUEUED, "SMTPServerDisconnected"),
        ("drop", State.UNKNOWN, State.QUEUED, "SMTPServerDisconnected"),
        ("hang", State.UNKNOWN, State.QUEUED, "SMTPServerDisconnected"),
    ],
)
def test_what_becomes_of_a_message(by_smtp, wish, once, at_least_once, reply):
    told = send(f"{wish}+1@trust.example")
    assert (told.state, told.attempts) == (once, 1)
    assert reply in told.last_error
    promised = send(f"{wish}+2@trust.example", kind="trial.promised")
    assert (promised.state, promised.attempts) == (at_least_once, 1)


def test_waits_grow_and_the_tries_end(by_smtp):
    message = send("later@trust.example")
    rows = Message.objects.filter(pk=message.pk).annotate(now=Now())
    waits = []
    for _ in range(TRIES):
        row = rows.get()
        waits.append((row.next_at - row.now) / timedelta(minutes=1))
        if row.state == State.QUEUED:
            assert delivery.send_round() == 0  # not before its time
        rows.update(next_at=Now() - timedelta(seconds=1))
        delivery.send_round()
    expected = [*BACKOFF, BACKOFF[-1], BACKOFF[-1]]
    assert all(base * 0.99 <= wait <= base * 1.2 for base, wait in zip(expected, waits, strict=False))
    assert (rows.get().state, rows.get().attempts, len(by_smtp.tried)) == (State.FAILED, TRIES, TRIES)


def test_a_greylisted_message_comes_through_and_keeps_its_name(by_smtp):
    message = send("greylist@trust.example")
    Message.objects.update(next_at=Now())
    delivery.send_round()
    assert Message.objects.get().state == State.SENT
    assert [one["Message-ID"] for one in by_smtp.messages] == [message.message_id]


def test_a_doubled_promise_is_the_same_message(by_smtp):
    send("drop@trust.example", kind="trial.promised")
    Message.objects.update(next_at=Now())
    delivery.send_round()
    first, second = by_smtp.messages
    assert first["Message-ID"] == second["Message-ID"]


def test_the_healthy_are_delivered_though_one_in_ten_is_bad(by_smtp):
    bad = ["refuse", "full", "later", "busy", "drop"]
    for n in range(100):
        wish = bad[n // 10 % len(bad)] if n % 10 == 0 else "fine"
        outbox.post(kind="trial.told", to=f"{wish}+{n}@trust.example", ref={}, key=str(n))
    began = time.monotonic()
    delivery.send_round()
    assert time.monotonic() - began < 60
    healthy = [address for address, _ in by_smtp.taken if address.startswith("fine")]
    assert len(healthy) == len(set(healthy)) == 90


def test_a_server_that_is_away_costs_no_try_and_ends_the_round(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    for n in range(10):
        outbox.post(kind="trial.told", to="a@trust.example", ref={}, key=str(n))
    assert delivery.send_round() == delivery.NO_SERVER_LIMIT
    assert set(Message.objects.values_list("state", "attempts")) == {(State.QUEUED, 0)}


def test_a_link_carries_fifty_messages_at_most(by_smtp):
    for n in range(120):
        outbox.post(kind="trial.told", to=f"fine+{n}@trust.example", ref={}, key=str(n))
    delivery.send_round()
    assert (len(by_smtp.taken), by_smtp.links) == (120, 3)


LINE_BREAKS = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00"]


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_no_name_writes_a_header(by_smtp, line_break):
    """The name reaches the subject; whatever it holds, the subject stays one line and no header is added."""
    name = f"Ann{line_break}Bcc: victim@far.example{line_break}X-Foreign: 1{line_break}{line_break}body"
    trial.CALLED.append(name)
    assert send("fine@trust.example").state == State.SENT
    (message,) = by_smtp.messages
    allowed = {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    }  # fmt: skip
    assert set(message.keys()) == allowed
    assert message["Subject"].startswith("News for Ann")
    assert by_smtp.tried == ["fine@trust.example"]


def test_what_goes_out_is_one_message_in_two_forms(by_smtp):
    send("fine@trust.example")
    (message,) = by_smtp.messages
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["To"] == "fine@trust.example"
    assert message["Cc"] is message["Bcc"] is None


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp:mail"])
def test_a_wrong_server_address_is_refused_in_words(url):
    with pytest.raises(ImproperlyConfigured, match="SMTP_URL must look like"):
        read_smtp(url)


def test_how_a_server_address_is_read():
    far = read_smtp("smtp://ann%40trust:p%2Fw@mail.example.org")
    assert (far["username"], far["password"], far["port"], far["use_tls"]) == ("ann@trust", "p/w", 587, True)
    assert [read_smtp(url)["use_ssl"] for url in ("smtps://m.example", "smtp+plain://m.example")] == [True, False]
    assert read_smtp("smtp+plain://m.example")["use_tls"] is False


@pytest.mark.parametrize(("wish", "marked"), [("refuse", True), ("full", True), ("policy", False), ("later", False)])
def test_an_address_is_marked_only_for_what_is_its_own(by_smtp, wish, marked):
    """A relay that does not know us would else mark everybody."""
    send(f"{wish}@trust.example")
    assert BadAddress.objects.filter(address=f"{wish}@trust.example").exists() == marked


def test_within_a_round_a_marked_address_is_not_tried_again(by_smtp):
    for number in range(3):
        outbox.post(kind="trial.told", to="refuse@trust.example", ref={}, key=str(number))
    delivery.send_round()
    assert by_smtp.tried == ["refuse@trust.example"]
    assert set(Message.objects.values_list("state", flat=True)) == {State.FAILED}
