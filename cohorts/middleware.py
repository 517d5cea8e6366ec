"""Idle and absolute limits of a session. Only here are roles known that decide how long it may rest."""

import time

from django.conf import settings
from django.contrib.auth import logout

from accounts.middleware import to_sign_in
from accounts.sign_in import OWN_PHONE
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
                if "began_at" not in request.session:
                    self.begin(request, now)
                request.session["seen_at"] = now
        return self.get_response(request)

    @staticmethod
    def begin(request, now: int) -> None:
        """A session's first page: on one's own phone it outlives the browser, but never a privileged person's."""
        request.session["began_at"] = now
        if request.session.get(OWN_PHONE) and not is_privileged(request.user):
            request.session.set_expiry(settings.OWN_PHONE_LIMIT)

    @staticmethod
    def is_over(request, now: int) -> bool:
        """Whether the session is older than twelve hours or has rested longer than its person's limit.

        One's own phone: whether it is older than thirty days.
        """
        lived, rested = (now - request.session.get(mark, now) for mark in ("began_at", "seen_at"))
        if lived <= settings.SESSION_COOKIE_AGE and rested <= settings.IDLE_LIMIT_PRIVILEGED:
            return False
        if is_privileged(request.user):
            return True
        if request.session.get(OWN_PHONE):
            return lived > settings.OWN_PHONE_LIMIT
        return lived > settings.SESSION_COOKIE_AGE or rested > settings.IDLE_LIMIT
