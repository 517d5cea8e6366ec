"""What the ground floor refuses, each in a sentence for the person who asked."""

from elements.refusals import Refusal


class NotPossible(Refusal):
    """Something that the programme's own rules refuse; `str()` of it is for people."""


class NameIsTaken(NotPossible):
    def __init__(self, name: str):
        super().__init__(f"There is one called {name} already. Enter another name.")


class TakesPartAlready(NotPossible):
    def __init__(self, email: str):
        super().__init__(f"{email} is on the list of this cohort already. Enter another email address.")


class OwnAddress(NotPossible):
    """The account is more than this lead has made of it: nobody else gives it another address."""

    def __init__(self, participant):
        super().__init__(f"The email address was not changed. {self.instead(participant)}")

    @staticmethod
    def instead(participant) -> str:
        """One sentence, whatever the reason is."""
        return f"{participant} changes the email address on their account page, after signing in."


class HoldsRoleAlready(NotPossible):
    def __init__(self, email: str, role: str):
        super().__init__(f"{email} is {role.lower()} here already.")


class NeedsALead(NotPossible):
    def __init__(self, cohort):
        super().__init__(f"Nobody would lead {cohort}. Name another lead first.")


class CannotMove(NotPossible):
    def __init__(self, participant, to):
        was = participant.get_state_display().lower()
        super().__init__(f"{participant} is {was}, which cannot be changed to {to.label.lower()}.")


class RowIsShared(NotPossible):
    def __init__(self, term):
        super().__init__(f"{term} is in the list that everybody shares. A cohort changes its own rows only.")
