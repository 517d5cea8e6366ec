"""What every page of the house knows."""

from django.conf import settings


def house(request):
    """Template context: whether this is local mode, and where help is asked for."""
    return {"LOCAL_MODE": settings.LOCAL_MODE, "SITE_URL": settings.SITE_URL}
