"""The mailbox pages of local mode, open while signed out so that a sign-in code can be read."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reminders import mailbox as letters
from reminders.mailbox import load_letter, only_in_local_mode


@login_not_required
@require_safe
@only_in_local_mode
def mailbox(request):
    return render(request, "reminders/mailbox.html", {"letters": letters.newest()})


@login_not_required
@require_safe
@only_in_local_mode
@load_letter
def mailbox_letter(request, letter):
    return render(request, "reminders/mailbox_letter.html", {"letter": letter})
