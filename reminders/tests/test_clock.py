"""The embedded scheduler, cron's command and Celery's task run the same function, and two of them double nothing."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import time as time_of_day
from datetime import timedelta
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from elements.contract import Reminder
from reminders import actions, outbox, tasks
from reminders.choices import State
from reminders.management.commands.serve import is_to_keep_time, refuse_taken
from reminders.models import LocalLetter, Message
from reminders.scheduler import Scheduler
from reminders.tests import trial

POST = {"post": {"task": "reminders.send_due", "schedule": 60.0}}
DUE = {"reminders": {"task": "reminders.compose_due", "schedule": 60.0}, **POST}


@pytest.fixture
def five_messages(transactional_db, trial_kinds):
    """Committed: the carriers close old connections, and PostgreSQL forgets with them what was not."""
    with transaction.atomic():
        for n in range(5):
            outbox.post(kind="trial.told", to=f"a{n}@trust.example", ref={}, key=str(n))


@pytest.fixture
def a_reminder(transactional_db, trial_kinds):
    """What an element yields, about something that is due; at no hour is it quiet for this person."""
    ann = User.objects.create(email="ann@trust.example")
    actions.choose(person=ann, muted=[], quiet_from=time_of_day(0), quiet_until=time_of_day(0), by=ann)
    yesterday = timezone.now() - timedelta(days=1)
    trial.DUE.append(Reminder(kind="trial.soon", to=ann, about="1", at=yesterday, ref={"about": "1"}))


CARRIERS = pytest.mark.parametrize(
    "carry",
    [
        lambda: [tasks.compose_due.apply(throw=True), tasks.send_due.apply(throw=True)],
        lambda: Scheduler(DUE).run_due(),
        lambda: call_command("run_due"),
    ],
    ids=["celery", "embedded", "cron"],
)


@CARRIERS
def test_each_carrier_sends_what_is_due_once(carry, five_messages):
    carry()
    carry()
    assert LocalLetter.objects.count() == 5
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


@CARRIERS
def test_each_carrier_writes_and_sends_a_reminder_once(carry, a_reminder):
    carry()
    carry()
    assert [letter.subject for letter in LocalLetter.objects.all()] == ["1 is near"]


def test_two_schedulers_send_once(five_messages):
    now = [0.0]
    one, two = (Scheduler(POST, clock=lambda: now[0]) for _ in range(2))
    for _ in range(4):
        one.run_due()
        two.run_due()
        now[0] += 60
    assert LocalLetter.objects.count() == 5


@pytest.mark.django_db
def test_an_entry_runs_when_its_time_has_come():
    now = [0.0]
    scheduler = Scheduler({**POST, "rarely": {**POST["post"], "schedule": 180.0}}, clock=lambda: now[0])
    ran = []
    for _ in range(5):
        ran.append(scheduler.run_due())
        now[0] += 60
    assert ran == [["post", "rarely"], ["post"], ["post"], ["post", "rarely"], ["post"]]


@pytest.mark.django_db
def test_a_task_that_fails_stops_no_other(monkeypatch, caplog):
    monkeypatch.setattr("reminders.delivery.send_round", lambda: 1 / 0)
    scheduler = Scheduler({"bad": POST["post"], "gone": {"task": "no.such", "schedule": 1.0}, "post": POST["post"]})
    assert scheduler.run_due() == ["bad", "gone", "post"]
    assert [record.exc_info[0].__name__ for record in caplog.records if record.exc_info] == [
        "ZeroDivisionError",
        "NotRegistered",
        "ZeroDivisionError",
    ]


def test_every_entry_of_the_schedule_is_a_task_and_expires():
    from celery import current_app

    current_app.loader.import_default_modules()
    for entry in project.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks
        assert entry["options"]["expires"] <= entry["schedule"]


def test_the_thread_ends_when_asked():
    scheduler = Scheduler({})
    scheduler.start()
    assert [one.name for one in threading.enumerate()].count("scheduler") == 1
    scheduler.stop()
    assert [one.name for one in threading.enumerate()].count("scheduler") == 0


def test_a_port_in_use_is_said_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CommandError, match=r"is in use\. Stop the other program, or choose another port"):
            refuse_taken("127.0.0.1", other.getsockname()[1])


def test_of_several_web_processes_one_keeps_the_time_and_when_it_is_gone_the_next_that_begins():
    house = []
    for _ in range(3):
        house.append(SimpleNamespace(keeps_time=is_to_keep_time(house)))
    assert [each.keeps_time for each in house] == [True, False, False]
    house.pop(0)
    assert is_to_keep_time(house)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_makes_the_database_prints_the_first_link_answers_and_stops(tmp_path, workers):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        "SITE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(  # noqa: S603 our own command
        [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", workers],
        cwd=project.BASE_DIR,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        until = time.monotonic() + 150  # a busy machine takes long over a hundred migrations
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                    assert answer.status == 200
                break
            except URLError:
                assert process.poll() is None, "serve ended"
                assert time.monotonic() < until, "serve did not start"
                time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=40)
    assert process.returncode == 0
    assert f"Paired Learning is at http://localhost:{port}" in said
    assert f"http://localhost:{port}/start/" in said
