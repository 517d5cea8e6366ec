"""What to call people on one page: by name, and by job or address too where a name occurs twice."""

from collections import Counter
from collections.abc import Iterable

from cohorts.models import Participant


def called(people: Iterable) -> dict:
    """Each primary key of these (participants, or rows of them) with a name, so that no two are called the same.

    The job title tells two of one name apart; where it is missing or the same, the address does.
    """
    known = {person.pk: person for person in people}
    names = Counter(person.name.casefold() for person in known.values())
    jobs = Counter((person.name.casefold(), person.role_title.casefold()) for person in known.values())
    words = {}
    for pk, person in known.items():
        name, job = person.name.casefold(), person.role_title.casefold()
        words[pk] = person.name
        if names[name] > 1:
            told = person.role_title if job and jobs[name, job] == 1 else _address(person)
            words[pk] = f"{person.name} ({told})"
    return words


def _address(person) -> str:
    """Of a participant the account's; a list that reads rows instead of models has it in the row."""
    return person.user.email if isinstance(person, Participant) else person.email
