"""An installation of real processes on one database, one Redis and one mail server, which a test may ill-treat."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from reminders.choices import IN_HAND, LIVE


def redis_of_the_storm() -> str:
    """A database of its own on the Redis of the tests: another worker may count what rings in the first one."""
    return urlunsplit(urlsplit(os.environ["REDIS_TEST_URL"])._replace(path="/1"))


class SqliteFile:
    """A database of its own in a file."""

    def __init__(self, folder: Path):
        self._path = folder / "db.sqlite3"
        self.url = f"sqlite:///{self._path}"

    def ask(self, words: str, rows=()) -> list[tuple]:
        link = sqlite3.connect(self._path, timeout=30)
        try:
            with link:
                for row in rows[:-1]:
                    link.execute(words, row)
                return link.execute(words, rows[-1] if rows else ()).fetchall()
        finally:
            link.close()

    ago = "datetime({column}, '-{minutes} minutes')"
    now = "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')"

    def id(self) -> str:
        return uuid.uuid4().hex

    def drop(self) -> None:
        """The folder goes with the test."""


class PostgresDatabase:
    """A database of its own on the server of the suite."""

    def __init__(self, folder: Path):
        import psycopg2

        self._connect = psycopg2.connect
        self._server = os.environ["DATABASE_URL"]
        self._name = f"storm_{uuid.uuid4().hex[:12]}"
        self.url = urlunsplit(urlsplit(self._server)._replace(path=f"/{self._name}"))
        self._on_server(f"CREATE DATABASE {self._name}")

    def _on_server(self, words: str) -> None:
        link = self._connect(self._server)
        link.autocommit = True
        with contextlib.closing(link), link.cursor() as cursor:
            cursor.execute(words)

    def ask(self, words: str, rows=()) -> list[tuple]:
        with contextlib.closing(self._connect(self.url)) as link, link, link.cursor() as cursor:
            for row in rows or [None]:
                cursor.execute(words.replace("?", "%s"), row)
            return cursor.fetchall() if cursor.description else []

    ago = "{column} - interval '{minutes} minutes'"
    now = "statement_timestamp()"

    def id(self) -> str:
        return str(uuid.uuid4())

    def drop(self) -> None:
        self._on_server(f"DROP DATABASE {self._name} WITH (FORCE)")


class Installation:
    """Workers, beats and what they write."""

    def __init__(self, folder: Path, server):
        on_postgres = "postgres" in os.environ.get("DATABASE_URL", "")
        self.database = (PostgresDatabase if on_postgres else SqliteFile)(folder)
        self._folder, self._server = folder, server
        self._environment = {
            **os.environ,
            "DATABASE_URL": self.database.url,
            "REDIS_URL": redis_of_the_storm(),
            "SMTP_URL": server.url,
        }
        self.processes: list[subprocess.Popen] = []
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=settings.BASE_DIR,
            env=self._environment,
            check=True,
            timeout=120,
        )

    def put(self, letters: list[tuple[str, str]]) -> None:
        """Waiting messages in this order, (kind, address) each, as the outbox would have written them."""
        self.database.ask(
            "INSERT INTO reminders_message (id, key, kind, to_addr, ref, reply_to, message_id, state, urgent, sealed,"
            " claimed_by, attempts, last_error) VALUES (?, ?, ?, ?, ?, '', ?, 'queued', false, '', '', 0, '')",
            [(self.database.id(), a, kind, a, json.dumps({}), f"<{a}>") for kind, a in letters],
        )

    def start(self, *words: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tests.reliability.storm_process", *words],
            cwd=settings.BASE_DIR,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen:
        name = f"storm-{uuid.uuid4().hex[:8]}@here"
        return self.start("worker", "--pool", "solo", "--loglevel", "CRITICAL", "--hostname", name)

    def beat(self) -> subprocess.Popen:
        book = self._folder / f"beat-{uuid.uuid4().hex[:8]}"
        return self.start("beat", "--loglevel", "CRITICAL", "--schedule", str(book), "--pidfile=")

    def kill(self, process: subprocess.Popen) -> None:
        """As the machine would: no time to say anything."""
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def states(self) -> dict[tuple[str, str], int]:
        rows = self.database.ask("SELECT kind, state, count(*) FROM reminders_message GROUP BY kind, state")
        return {(kind, state): number for kind, state, number in rows}

    def addresses(self, kind: str, *states: str) -> set[str]:
        rows = self.database.ask("SELECT to_addr, state FROM reminders_message WHERE kind = ?", [(kind,)])
        return {address for address, state in rows if state in states}

    def is_waiting(self) -> bool:
        """Whether any message has not come to an end."""
        return any(state in LIVE for _, state in self.states())

    def is_busy(self) -> bool:
        """Whether a message is due or in somebody's hands."""
        words = f"SELECT count(*) FROM reminders_message WHERE state = 'queued' AND next_at <= {self.database.now}"  # noqa: S608 - ours
        return bool(self.database.ask(words)[0][0]) or any(state in IN_HAND for _, state in self.states())

    def minutes_pass(self, minutes: int) -> None:
        """Leases run out and waits end: the database's clock is not ours to move, so its moments are."""
        for column, condition in (("claimed_at", "claimed_at IS NOT NULL"), ("next_at", "state = 'queued'")):
            earlier = self.database.ago.format(column=column, minutes=minutes)
            self.database.ask(f"UPDATE reminders_message SET {column} = {earlier} WHERE {condition}")  # noqa: S608 - ours

    def close(self) -> None:
        for process in list(self.processes):
            self.kill(process)
        self.database.drop()
