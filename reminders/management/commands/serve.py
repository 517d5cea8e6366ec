"""The web server and the scheduler in one process: all that a small installation needs. A large one asks for more."""

import logging
import os
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from accounts import first_person
from reminders.scheduler import Scheduler


class House(BaseApplication):
    """Gunicorn, configured from here rather than from a file."""

    def __init__(self, options: dict):
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self):
        return import_string(settings.WSGI_APPLICATION)


class Command(BaseCommand):
    help = "Migrate, then serve the site and run the schedule. PORT chooses the port."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--bind", default=os.environ.get("BIND", "127.0.0.1"), help="the address to listen at")
        parser.add_argument("--no-scheduler", action="store_true", help="a worker and beat run the schedule elsewhere")
        parser.add_argument(
            "--workers",
            type=int,
            default=int(os.environ.get("WEB_CONCURRENCY") or 1),
            help="web processes; more than one want a Redis, in which guesses at passwords are counted for all of them",
        )

    def handle(self, *args, port, bind, no_scheduler, workers=1, **options):
        refuse_taken(bind, port)
        call_command("migrate", interactive=False, verbosity=0)
        needs_somebody = first_person.is_needed()
        logging.getLogger("celery.app.trace").setLevel(logging.WARNING)  # a line a minute tells nobody anything
        connections.close_all()  # no connection may cross the fork
        scheduler = None if no_scheduler else Scheduler()

        def when_ready(server):
            self.stdout.write(f"\nPaired Learning is at {settings.SITE_URL}\n")
            if needs_somebody:
                self.stdout.write("\nNobody is here yet. This link makes the first person, the administrator:\n")
                self.stdout.write(f"\n    {first_person.make_link()}\n")
            self.stdout.write("\nStop it with Ctrl+C.\n")
            self.stdout.flush()

        def pre_fork(server, worker):
            worker.keeps_time = bool(scheduler) and is_to_keep_time(server.WORKERS.values())

        def post_worker_init(worker):
            if worker.keeps_time:
                scheduler.start()

        def worker_exit(server, worker):
            if worker.keeps_time:
                scheduler.stop()

        House(
            {
                "bind": [f"{bind}:{port}"],
                "workers": workers,
                "threads": 8,
                "worker_class": "gthread",
                "graceful_timeout": 20,
                "timeout": 60,
                "loglevel": "warning",
                "when_ready": when_ready,
                "pre_fork": pre_fork,
                "post_worker_init": post_worker_init,
                "worker_exit": worker_exit,
            }
        ).run()


def is_to_keep_time(others) -> bool:
    """Whether a process beside these runs the schedule: the first does, and when it is gone, whichever comes next."""
    return not any(each.keeps_time for each in others)


def refuse_taken(bind: str, port: int) -> None:
    """Say in words that the port is taken, before anything is changed."""
    with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError:
            raise CommandError(
                f"Port {port} is in use. Stop the other program, or choose another port: PORT={port + 1} script/server"
            ) from None
