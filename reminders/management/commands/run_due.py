"""One round of everything that is due: for cron, where neither Celery nor the embedded scheduler runs."""

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand

from reminders.scheduler import run_entry


class Command(BaseCommand):
    help = "Run each entry of the schedule once, here and now."

    def handle(self, *args, **options):
        current_app.loader.import_default_modules()
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            run_entry(entry)
