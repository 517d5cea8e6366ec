"""Celery with the trial room and a clock that is quicker than life: `celery -A tests.reliability.storm_process …`."""

from tests.reliability.worker_process import celery as app

app.conf.beat_schedule = {"post": {"task": "reminders.send_due", "schedule": 1.0, "options": {"expires": 55}}}
celery = app
