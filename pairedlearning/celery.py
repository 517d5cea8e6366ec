"""Celery: a clock and a carrier. Only the database knows what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")

app = Celery("pairedlearning")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
