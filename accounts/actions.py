"""Every write about people."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import audit
from accounts.models import Draft, User
from accounts.names import clean_email

UNUSABLE = "!"  # what Django's hashers read as "no password": such a person signs in by an e-mailed code


class SomebodyIsHereAlready(ValueError):
    """The first person has been made."""


@transaction.atomic
def make_first_person(*, email: str, name: str, password: str) -> User:
    """Make the administrator of an empty installation."""
    if User.objects.exists():
        raise SomebodyIsHereAlready
    person = User.objects.create_user(clean_email(email), password, name=name, is_administrator=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(by=person, did="became the first administrator", on=person)
    return person


@transaction.atomic
def make_known(*, email: str, name: str, by) -> User:
    """The person with this address, made if nobody has it. Somebody known is never overwritten.

    A new person has no password; the address counts as proved only when a code sent to it comes back.
    """
    address = clean_email(email)
    person, is_new = User.objects.get_or_create(email=address, defaults={"name": name, "password": UNUSABLE})
    if is_new:
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
        audit.record(by=by, did="made known", on=person)
    return person


@transaction.atomic
def make_known_all(*, people: dict[str, str], by) -> dict[str, User]:
    """The same for many at once: {folded address: name} to {folded address: person}, in a fixed number of queries."""
    known = {person.email: person for person in User.objects.known_as(people)}
    new = [User(email=email, name=name, password=UNUSABLE) for email, name in people.items() if email not in known]
    User.objects.bulk_create(new)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in new
    )
    return known | {person.email: person for person in new}


def keep_draft(*, owner, page: str, texts: dict[str, str]) -> None:
    """Save the long texts of a page that is being filled in."""
    Draft.objects.update_or_create(owner=owner, page=page, defaults={"texts": texts})


def drop_draft(*, owner, page: str) -> None:
    """The page was handed in."""
    Draft.objects.filter(owner=owner, page=page).delete()
