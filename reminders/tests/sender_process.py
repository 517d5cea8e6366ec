"""A sender in a process of its own, with the trial room: `python -m reminders.tests.sender_process`."""

import os

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")
    settings.EMAIL_TIMEOUT = 30
    django.setup()

    from elements import registry
    from reminders import delivery
    from reminders.tests import trial

    settings.TEMPLATES = trial.templates_with_trial()
    registry.register(trial.Trial())
    delivery.send_round()
