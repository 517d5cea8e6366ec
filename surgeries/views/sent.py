"""What was sent with a form, and what an action refused beside it."""

from django.contrib import messages
from django.shortcuts import redirect


def posted(request):
    return request.POST if request.method == "POST" else None


def no_longer(request, where, words: str):
    """There is nothing to do here any more: back, with the reason."""
    messages.error(request, words)
    return redirect(where)
