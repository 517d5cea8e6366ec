"""Idle and absolute limits of a session. Only here are roles known that decide how long it may rest."""

import time

from django.conf import settings
from django.contrib.auth import logout

from accounts.middleware import to_sign_in
from cohorts.rules import is_privileged

SEEN_EVERY = 60  # seconds; between two marks no session row is written


class IdleLimit:
    """Sign out who has been away too long, and come back to the same page after signing in again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            if self.is_over(request, now):
                logout(request)
                request.session["timed_out"] = True
                return to_sign_in(request)
            if now - request.session.get("seen_at", 0) >= SEEN_EVERY:
                request.session.setdefault("began_at", now)
                request.session["seen_at"] = now
        return self.get_response(request)

    @staticmethod
    def is_over(request, now: int) -> bool:
        """Whether the session is older than twelve hours or has rested longer than its person's limit."""
        began, seen = request.session.get("began_at", now), request.session.get("seen_at", now)
        if now - began > settings.SESSION_COOKIE_AGE:
            return True
        rested = now - seen
        if rested <= settings.IDLE_LIMIT_PRIVILEGED:
            return False
        return rested > settings.IDLE_LIMIT or is_privileged(request.user)
