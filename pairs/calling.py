"""What to call people on one page: by name, and by job or address too where a name occurs twice."""

from collections import Counter
from collections.abc import Iterable

from cohorts.models import Participant


def called(people: Iterable[Participant]) -> dict:
    """Each primary key with what to call the person, so that no two people of these are called the same.

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
            told = person.role_title if job and jobs[name, job] == 1 else person.user.email
            words[pk] = f"{person.name} ({told})"
    return words
