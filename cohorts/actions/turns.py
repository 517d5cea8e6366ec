"""One after another: writes that decide who takes part in a cohort and who is paired in it."""

from cohorts.models import Cohort, Participant


def take_turn(cohort: Cohort) -> None:
    """Wait until no other such write is under way in this cohort; held until the transaction ends.

    Call it first inside the transaction, before anything is read that the decision rests on. SQLite's immediate
    transactions wait by themselves. A row that only points at the cohort does not wait: its writer may hold what
    somebody here waits for.
    """
    Cohort.objects.select_for_update(no_key=True).only("pk").get(pk=cohort.pk)


def take_own_turn(participant: Participant) -> None:
    """Wait until no other write of the same person that takes this turn is under way: a button pressed twice."""
    Participant.objects.select_for_update(no_key=True).only("pk").get(pk=participant.pk)
