"""A server in a process of its own, and a crowd of browsers that press at the same moment."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from tests.reliability.storm import PostgresDatabase, SqliteFile

PATIENCE = 60  # seconds, for a server to begin and for an answer
TOKEN = "t" * 32  # of the forms, as a browser would have it from a page


@dataclass
class Answer:
    """What one press got: status, where it leads, and how long it took."""

    status: int
    leads_to: str
    seconds: float


@dataclass
class Rush:
    """A server with its database; `browsers` are (person, cookie)."""

    folder: Path
    unlocked: bool = False
    people: int = 200
    places: int = 6
    workers: int = 1  # web processes: as many as are deployed
    browsers: list = field(default_factory=list)

    def __post_init__(self) -> None:
        on_postgres = "postgres" in os.environ.get("DATABASE_URL", "")
        self.database = (PostgresDatabase if on_postgres else SqliteFile)(self.folder)
        self.environment = {**os.environ, "DATABASE_URL": self.database.url, "REDIS_URL": ""}
        self._run("manage.py", "migrate", "--verbosity", "0")
        made = self._ask("people", str(self.people))
        self.cohort, self.cookies, self.browsers = made["cohort"], made["cookies"], made["browsers"]
        if self.unlocked:
            self._run("-m", "tests.reliability.rush_process", "unlocked")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.rush_process", "serve", str(self.port), *self._how],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    @property
    def _how(self) -> list[str]:
        return [str(self.workers), *(["--unlocked"] if self.unlocked else [])]

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=settings.BASE_DIR,
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "pairedlearning.settings"},
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        )
        return done.stdout

    def _ask(self, *words: str) -> dict:
        return json.loads(self._run("-m", "tests.reliability.rush_process", *words).splitlines()[-1])

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("The server did not begin.")

    def press(self, *, times: int = 3) -> tuple[dict, list[list[Answer]]]:
        """Everybody asks for the next surgery at the same moment, and so often again; what came of it."""
        surgery = self._ask("surgery", self.cohort, str(self.places))["surgery"]
        start = threading.Barrier(len(self.browsers))
        answers: list[list[Answer]] = [[] for _ in self.browsers]

        def one(number: int) -> None:
            for _ in range(times):
                start.wait(PATIENCE)
                answers[number].append(self._post(f"/surgeries/{surgery}/book/", self.browsers[number][1]))

        crowd = [threading.Thread(target=one, args=[number]) for number in range(len(self.browsers))]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join(2 * PATIENCE)
        return self._ask("outcome", surgery), answers

    def _post(self, path: str, session: str) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": TOKEN, "words": "Where to begin?"})
        head = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in zip(self.cookies, (TOKEN, session), strict=True)),
            "Host": f"localhost:{self.port}",
        }
        began = time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as link:
            link.request("POST", path, body, head)
            answer = link.getresponse()
            answer.read()
        return Answer(answer.status, answer.headers.get("Location", ""), time.monotonic() - began)

    def close(self) -> None:
        self.server.terminate()
        self.server.wait(PATIENCE)
        self.database.drop()
