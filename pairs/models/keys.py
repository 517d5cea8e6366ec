"""Keys to the floors below, none of which has a way back."""

from django.conf import settings
from django.db import models

from cohorts.models import Participant


def participant(**more):
    return models.ForeignKey(Participant, related_name="+", **{"on_delete": models.CASCADE, **more})


def person(**more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", **more)
