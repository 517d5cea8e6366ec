"""The roof: settings, addresses and the home page. Imported by nobody."""

from pairedlearning.celery import app as celery_app

__all__ = ("celery_app",)
