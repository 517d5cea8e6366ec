"""What a page answers that was open too long."""

from django.contrib import messages
from django.shortcuts import redirect


def no_longer(request, where, words: str):
    """There is nothing to do here any more: back, with the reason."""
    messages.error(request, words)
    return redirect(where)
