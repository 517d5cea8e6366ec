"""What the database quotes of a row that it refused stands in no log line."""

import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError

from pairedlearning.log_lines import PlainLines

SECRET = "violets in the linen cupboard"
REFUSED = 'new row for relation "x" violates check constraint "y"'
QUOTED = f"{REFUSED}\nDETAIL:  Failing row contains (1, two\nlines, {SECRET}).\n"


def logged(words: str, problem: BaseException | None = None, how: type[logging.Formatter] = PlainLines) -> str:
    exception = (type(problem), problem, problem.__traceback__) if problem else None
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, words, (), exception)
    return how("%(levelname)s %(message)s").format(record)


@pytest.fixture
def refusal() -> IntegrityError:
    """Django's own exception, raised from that of the driver, both with the same words; and another after it."""
    try:
        try:
            try:
                raise ValueError(QUOTED)
            except ValueError as cause:
                raise IntegrityError(QUOTED) from cause
        except IntegrityError:
            raise RuntimeError("It is broken.")  # noqa: B904 -- the chain of a problem met while handling another
    except RuntimeError as problem:
        return problem


def test_a_refused_row_is_left_out_and_the_rest_is_told(refusal):
    assert SECRET in logged("A view broke.", refusal, logging.Formatter)
    told = logged("A view broke.", refusal)
    assert SECRET not in told
    assert "two" not in told
    assert told.startswith("ERROR A view broke.\nTraceback")
    assert told.endswith("RuntimeError: It is broken.")
    assert told.count('violates check constraint "y"\nDETAIL: left out') == 2
    assert "During handling of the above exception" in told


def test_in_a_message_too():
    assert logged(QUOTED).endswith('violates check constraint "y"\nDETAIL: left out')


def test_in_an_exception_told_on_one_line_as_celery_does():
    told = logged(f"Task x[1] raised unexpected: {IntegrityError(QUOTED)!r}\nTraceback (most recent call last):")
    assert SECRET not in told
    assert "two" not in told
    assert 'violates check constraint "y" DETAIL: left out\nTraceback' in told


def test_the_key_in_an_address_is_left_out():
    key = "0123456789abcdef" * 4
    told = logged(f"Forbidden (CSRF token missing.): /met/7b0c/{key}/")
    assert told == "ERROR Forbidden (CSRF token missing.): /met/7b0c/left-out/"


def test_any_other_line_is_as_it_was():
    assert logged("Message 7 is in other hands.") == "ERROR Message 7 is in other hands."
    assert logged("A DETAIL: no") == "ERROR A DETAIL: no"


def test_every_line_of_the_log_is_written_so():
    assert {each["()"] for each in settings.LOGGING["formatters"].values()} == {
        f"{PlainLines.__module__}.{PlainLines.__qualname__}"
    }
    assert all("formatter" in handler for handler in settings.LOGGING["handlers"].values())


# What `celery worker` and `celery beat` do when they start, and then three lines: of a task, of Celery, of a package.
STARTED = """
import logging
from pairedlearning.celery import app
app.loader.import_default_modules()
app.log.setup(loglevel="INFO", redirect_stdouts=False)
from celery.utils.log import get_task_logger
problem = ValueError({quoted!r})
get_task_logger("reminders.tasks").error("Of a task: %s", problem)
logging.getLogger("celery.app.trace").error("Task broke: %r", problem)
try:
    raise problem
except ValueError:
    logging.getLogger("elsewhere").exception("Of a package.")
"""


def test_workers_and_the_clock_of_celery_log_so_too():
    """In a process of its own, since Celery sets up its log once and for all."""
    started = subprocess.run(  # noqa: S603 -- our own interpreter, our own words
        [sys.executable, "-c", STARTED.format(quoted=QUOTED)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "pairedlearning.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = started.stdout + started.stderr
    assert started.returncode == 0, told
    assert SECRET not in told
    assert told.count("DETAIL: left out") == 3
    for name in (
        "ERROR reminders.tasks Of a task",
        "ERROR celery.app.trace Task broke",
        "ERROR elsewhere Of a package.",
    ):
        assert name in told
