"""What to call people on one page: by name, and by job or address too where a name occurs twice."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from cohorts.models import Participant


def called(people: Iterable) -> dict:
    """Each primary key of these (participants, or rows of them) with a name, so that no two are called the same.

    The job title tells two of one name apart; where it is missing or the same, the address does. Accounts that were
    not read with the participants are asked for then, in one query: hardly any page has two such people.
    """
    known = {person.pk: person for person in people}
    names = Counter(person.name.casefold() for person in known.values())
    jobs = Counter((person.name.casefold(), person.role_title.casefold()) for person in known.values())
    words, alike = {}, []
    for pk, person in known.items():
        name, job = person.name.casefold(), person.role_title.casefold()
        words[pk] = person.name
        if names[name] == 1:
            continue
        if job and jobs[name, job] == 1:
            words[pk] = f"{person.name} ({person.role_title})"
        else:
            alike.append(person)
    prefetch_related_objects([person for person in alike if isinstance(person, Participant)], "user")
    return words | {person.pk: f"{person.name} ({_address(person)})" for person in alike}


def _address(person) -> str:
    """Of a participant the account's; a list that reads rows instead of models has it in the row."""
    return person.user.email if isinstance(person, Participant) else person.email
