"""The embedded clock: runs the entries of the same schedule that Celery's beat reads, in one daemon thread."""

import logging
import threading
import time
from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.db import close_old_connections

log = logging.getLogger(__name__)
TICK = 1.0  # seconds


class Scheduler:
    """Runs each entry when its interval has passed; the first time at once. Running two is harmless."""

    def __init__(self, schedule: dict | None = None, clock: Callable[[], float] = time.monotonic):
        self._schedule = settings.CELERY_BEAT_SCHEDULE if schedule is None else schedule
        self._clock = clock
        self._next = dict.fromkeys(self._schedule, clock())
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to tick. Called after a fork, never before: neither threads nor connections survive one."""
        current_app.loader.import_default_modules()
        self._thread = threading.Thread(target=self._tick, daemon=True, name="scheduler")
        self._thread.start()

    def stop(self, patience: float = 5.0) -> None:
        """Ask the thread to end and wait a little for the message in hand."""
        self._stop.set()
        if self._thread:
            self._thread.join(patience)

    def _tick(self) -> None:
        while not self._stop.wait(TICK):
            self.run_due()

    def run_due(self) -> list[str]:
        """Run every entry whose time has come; returns their names."""
        due = [name for name, at in self._next.items() if at <= self._clock()]
        for name in due:
            run_entry(self._schedule[name])
            self._next[name] = self._clock() + float(self._schedule[name]["schedule"])
        return due


def run_entry(entry: dict) -> None:
    """Run one task here and now. An exception is logged, and the thread lives on."""
    close_old_connections()
    try:
        current_app.tasks[entry["task"]].apply(throw=True)
    except Exception:
        log.exception("The task %s failed; it is tried again when it is next due.", entry["task"])
    finally:
        close_old_connections()
