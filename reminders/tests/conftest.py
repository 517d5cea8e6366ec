"""The trial room and a mail server of ill will."""

import pytest

from elements import registry
from reminders.tests import trial
from reminders.tests.mail_server import MailServer
from reminders.wording import standard


@pytest.fixture
def trial_kinds(monkeypatch, settings):
    """The kinds of the trial room, registered for one test."""
    monkeypatch.setitem(registry._elements, "trial", trial.Trial())
    settings.TEMPLATES = trial.templates_with_trial()
    trial.NOT_WANTED.clear()
    trial.CALLED.clear()
    trial.DUE.clear()
    trial.EVENTS.clear()
    standard.cache_clear()  # kinds of one name may have other words here


@pytest.fixture
def alone(monkeypatch, trial_kinds):
    """Nobody but the trial room is asked: the others hold nothing here, and have tests of their days of their own."""
    monkeypatch.setattr("reminders.due.all_elements", lambda: [trial.Trial()])


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def by_smtp(settings, mail_server):
    """Messages go to the mail server of the test."""
    settings.SMTP_URL = mail_server.url
    settings.EMAIL_TIMEOUT = 0.5
    return mail_server
