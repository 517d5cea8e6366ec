"""Real processes on one file: several senders double nothing, and one that is killed loses nothing unseen."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from reminders.choices import State

WAITS = 30  # seconds at most for what takes two


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A migrated SQLite file, made once."""
    path = tmp_path_factory.mktemp("outbox") / "db.sqlite3"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{path}"},
        check=True,
    )
    return path


class Outbox:
    """A database file of its own, looked at from outside."""

    def __init__(self, path: Path, server) -> None:
        self._path, self._server = path, server

    def _run(self, words: str, rows=()) -> list:
        with sqlite3.connect(self._path, timeout=20) as link:
            done = [link.execute(words, row).fetchall() for row in (rows or [()])]
        link.close()
        return done[0]

    def put(self, kind: str, addresses: list[str]) -> None:
        self._run(
            "INSERT INTO reminders_message (id, key, kind, to_addr, ref, reply_to, message_id, state, urgent, sealed,"
            " claimed_by, attempts, last_error) VALUES (?, ?, ?, ?, ?, '', ?, 'queued', 0, '', '', 0, '')",
            [(uuid.uuid4().hex, a, kind, a, json.dumps({}), f"<{a}>") for a in addresses],
        )

    def states(self) -> dict[str, int]:
        return dict(self._run("SELECT state, count(*) FROM reminders_message GROUP BY state"))

    def wait_for(self, state: str) -> None:
        until = time.monotonic() + WAITS
        while not self.states().get(state):
            assert time.monotonic() < until, self.states()
            time.sleep(0.05)

    def six_minutes_pass(self) -> None:
        self._run(
            "UPDATE reminders_message SET claimed_at = datetime(claimed_at, '-6 minutes') WHERE claimed_at IS NOT NULL"
        )

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "reminders.tests.sender_process"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": f"sqlite:///{self._path}", "SMTP_URL": self._server.url},
            stderr=subprocess.PIPE,
        )

    def run(self, senders: int = 1) -> None:
        for process in [self.start() for _ in range(senders)]:
            _, said = process.communicate(timeout=4 * WAITS)
            assert process.returncode == 0, said.decode()


@pytest.fixture
def outbox(migrated, tmp_path, mail_server):
    copy = tmp_path / "db.sqlite3"
    with sqlite3.connect(migrated) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    return Outbox(copy, mail_server)


def test_three_senders_send_each_message_once(outbox, mail_server):
    addresses = [f"fine+{n}@trust.example" for n in range(150)]
    outbox.put("trial.told", addresses)
    outbox.run(senders=3)
    assert sorted(address for address, _ in mail_server.taken) == sorted(addresses)
    assert outbox.states() == {State.SENT: 150}


@pytest.mark.parametrize(
    ("kind", "after_sweep", "copies"), [("trial.told", State.UNKNOWN, 1), ("trial.promised", State.SENT, 2)]
)
def test_a_sender_killed_between_taken_and_sent(outbox, mail_server, kind, after_sweep, copies):
    """The server has the text, the database does not know: once at most is never doubled, at least once never lost."""
    mail_server.hangs = WAITS
    outbox.put(kind, ["hang@trust.example"])
    process = outbox.start()
    until = time.monotonic() + WAITS
    while not mail_server.taken:
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert outbox.states() == {State.TRANSMITTING: 1}
    outbox.run()
    assert outbox.states() == {State.TRANSMITTING: 1}  # its lease still runs
    outbox.six_minutes_pass()
    mail_server.has_recovered = True
    outbox.run()
    assert outbox.states() == {after_sweep: 1}
    assert len(mail_server.taken) == copies
    assert {message["Message-ID"] for message in mail_server.messages} == {"<hang@trust.example>"}
