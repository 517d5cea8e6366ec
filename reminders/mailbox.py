"""The mailbox of local mode: whoever is at this machine reads what would have gone out."""

from functools import wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404

from reminders.models import LocalLetter

LETTERS_SHOWN = 100


def only_in_local_mode(view):
    """Everywhere else the page does not exist."""

    @wraps(view)
    def shown(request, *args, **kwargs):
        if not settings.LOCAL_MODE:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


def load_letter(view):
    """Turn `letter_id` into the letter."""

    @wraps(view)
    def loaded(request, letter_id, **kwargs):
        return view(request, letter=get_object_or_404(LocalLetter, pk=letter_id), **kwargs)

    return loaded


def newest():
    """The latest letters, newest first, without their texts."""
    return LocalLetter.objects.newest().defer("text", "html")[:LETTERS_SHOWN]
