"""What a page does when the pair is no longer its reader's."""

from django.contrib import messages
from django.shortcuts import redirect


def gone(request, over: Exception):
    """The pair's pages are no longer this reader's."""
    messages.error(request, str(over))
    return redirect("home")
