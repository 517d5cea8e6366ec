"""Celery: a clock and a carrier. Only the database knows what is due."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")

app = Celery("pairedlearning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_house_does(**_) -> None:
    """Workers and the clock log through `log_lines` like everybody else.

    With a receiver Celery sets up nothing of its own. `worker_hijack_root_logger = False` would leave it its own lines
    for tasks, in which the row that a database refused is quoted whole.
    """
    logging.config.dictConfig(settings.LOGGING)
