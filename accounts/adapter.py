"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter

from accounts.sign_in_words import SENTENCES


class InvitationOnly(DefaultAccountAdapter):
    """Nobody signs up: people come in by invitation. What goes wrong is said in the house's words."""

    error_messages = DefaultAccountAdapter.error_messages | SENTENCES

    def is_open_for_signup(self, request) -> bool:
        return False
