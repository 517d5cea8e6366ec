"""A Celery worker that knows the trial room: `celery -A tests.reliability.worker_process worker`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")
django.setup()

from django.conf import settings  # noqa: E402 needs the environment above

from elements import registry  # noqa: E402 needs the rooms
from pairedlearning.celery import app  # noqa: E402 needs the rooms
from reminders.tests import trial  # noqa: E402 needs the rooms

settings.TEMPLATES = trial.templates_with_trial()
registry.register(trial.Trial())
celery = app
