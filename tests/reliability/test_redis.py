"""A real worker on a real Redis: what is posted is sent once, and a Redis that forgets everything loses nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings

from reminders.tests.mail_server import MailServer

pytestmark = pytest.mark.redis
WAITS = 25  # seconds at most for what takes a few


class Installation:
    """Processes on one file, one Redis and one mail server."""

    def __init__(self, path, server) -> None:
        self._path = path
        self._environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{path}",
            "REDIS_URL": os.environ["REDIS_TEST_URL"],
            "SMTP_URL": server.url,
        }

    def run(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words], cwd=settings.BASE_DIR, env=self._environment, check=True, timeout=WAITS
        )

    def post(self, addresses: list[str]) -> None:
        self.run("-m", "tests.reliability.posting_process", *addresses)

    def tick(self) -> None:
        """What beat does each minute: put the task into the queue."""
        self.run("-m", "celery", "-A", "pairedlearning", "call", "reminders.send_due", "--expires", "55")

    def worker(self) -> subprocess.Popen:
        words = "-m celery -A tests.reliability.worker_process worker --pool solo --loglevel WARNING"
        return subprocess.Popen(
            [sys.executable, *words.split()],
            cwd=settings.BASE_DIR,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def states(self) -> dict[str, int]:
        link = sqlite3.connect(self._path, timeout=20)
        try:
            return dict(link.execute("SELECT state, count(*) FROM reminders_message GROUP BY state"))
        finally:
            link.close()

    def wait_for(self, states: dict[str, int]) -> None:
        until = time.monotonic() + WAITS
        while self.states() != states:
            assert time.monotonic() < until, self.states()
            time.sleep(0.1)


def redis():
    from redis import Redis

    return Redis.from_url(os.environ["REDIS_TEST_URL"])


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def installation(tmp_path, mail_server):
    made = Installation(tmp_path / "db.sqlite3", mail_server)
    made.run("manage.py", "migrate", "--verbosity", "0")
    with redis() as link:
        link.flushdb()
    return made


@pytest.fixture
def worker(installation):
    """Starts a worker when called; it ends with the test."""
    started = []
    yield lambda: started.append(installation.worker())
    for process in started:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_redis_wakes_the_worker_and_forgetting_everything_loses_nothing(installation, worker, mail_server):
    first = [f"first{n}@trust.example" for n in range(5)]
    installation.post(first)
    with redis() as link:
        assert link.llen("celery") == 5, "each urgent message rings"
        link.flushdb()
    worker()
    time.sleep(2)
    assert installation.states() == {"queued": 5}, "nobody rang"
    installation.tick()
    installation.tick()  # two clocks are harmless
    installation.wait_for({"sent": 5})
    second = [f"second{n}@trust.example" for n in range(5)]
    installation.post(second)  # these ring themselves
    installation.wait_for({"sent": 10})
    assert sorted(address for address, _ in mail_server.taken) == sorted(first + second)
