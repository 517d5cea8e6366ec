"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit

from accounts.codes import new_mark
from accounts.known_browsers import mark_of
from accounts.names import fold_email
from accounts.sign_in_words import SENTENCES


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: people come in by invitation. What goes wrong is said in the house's words."""

    error_messages = DefaultAccountAdapter.error_messages | SENTENCES

    def is_open_for_signup(self, request) -> bool:
        return False

    def generate_login_code(self) -> str:
        """What the session and the waiting message hold in the place of a code."""
        return new_mark()

    generate_password_reset_code = generate_email_verification_code = generate_login_code

    def pre_authenticate(self, request, **credentials) -> None:
        """Count this try, by the rates of the settings; too many raise in words. The right password takes it back.

        In a browser that knows the account, only tries in that browser count. Elsewhere three counts apply: account
        and address of the network, so that a colleague behind the same address is not hit; the account from all
        unknown browsers; the address for all accounts.
        """
        account = fold_email(credentials.get("email") or credentials.get("username") or "")
        if mark := mark_of(request, account):
            counts = [("login_failed_known", mark)]
        else:
            counts = [
                ("login_failed", self._get_login_attempts_cache_key(request, **credentials)),
                ("login_failed_account", account),
                ("login_failed_address", None),
            ]
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(usage=[])
        for action, key in counts:
            used = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not used:
                raise self.validation_error("too_many_login_attempts")
            self._login_failed_rl_usage.usage += used.usage

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """Account and address of the network together; also what a new password by code sets free."""
        account = fold_email(credentials.get("email") or credentials.get("username") or "")
        return f"{ratelimit.get_ip(request)}:{account}"
