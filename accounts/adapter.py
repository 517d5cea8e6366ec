"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: people come in by invitation."""

    def is_open_for_signup(self, request) -> bool:
        return False
