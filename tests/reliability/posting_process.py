"""Posts messages from a process of its own: `python -m tests.reliability.posting_process ADDRESS ...`."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")
    django.setup()

    from django.db import transaction

    from elements import registry
    from reminders import outbox
    from reminders.tests import trial

    registry.register(trial.Trial())
    with transaction.atomic():
        for address in sys.argv[1:]:
            outbox.post(kind="trial.pressing", to=address, ref={}, key=address)
