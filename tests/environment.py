"""Loaded by pytest before the settings: the values that a test run needs from its environment."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "t" * 50)
os.environ.setdefault("PSEUDONYM_KEY", "only-for-tests-" + "p" * 50)
os.environ.setdefault("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("SITE_URL", "http://localhost:8000")
# Empty: WhiteNoise lists the folder for each client, and what a server collected is nothing for the tests.
os.environ["STATIC_ROOT"] = tempfile.mkdtemp(prefix="pairedlearning-static-")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser driver runs a loop beside the tests
