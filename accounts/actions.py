"""Every write about people."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.addresses import known_by_address
from accounts.drafts import PAGE_LIMIT
from accounts.models import Draft, User
from accounts.names import clean_email
from elements.refusals import Refusal

DRAFTS_LIVE = timedelta(days=14)
UNUSABLE = "!"  # what Django's hashers read as "no password": such a person signs in by an e-mailed code


class SomebodyIsHereAlready(Refusal):
    """The first person has been made."""


class LastAdministrator(Refusal):
    """Nobody would be left who can make administrators."""


@transaction.atomic
def make_first_person(*, email: str, name: str, password: str) -> User:
    """Make the administrator of an empty installation; of two at the same moment the database takes one."""
    if User.objects.exists():
        raise SomebodyIsHereAlready
    first = {"is_administrator": True, "is_first": True}
    try:
        with transaction.atomic():
            person = User.objects.create_user(clean_email(email), password, name=name, **first)
    except IntegrityError:
        raise SomebodyIsHereAlready from None
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(by=person, did="became the first administrator", on=person)
    return person


@transaction.atomic
def make_known(*, email: str, name: str, by) -> User:
    """The person with this address, made if nobody has it. Somebody known is never overwritten.

    A new person has no password; the address counts as proved only when a code sent to it comes back.
    """
    address = clean_email(email)
    if person := known_by_address([address]).get(address):
        return person
    person, is_new = User.objects.get_or_create(email=address, defaults={"name": name, "password": UNUSABLE})
    if is_new:
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
        audit.record(by=by, did="made known", on=person)
    return person


@transaction.atomic
def account_of(*, email: str, name: str, by) -> User:
    """Like `make_known`, in the same statements whether somebody has the address or nobody.

    Whoever counts or times them learns nothing. The caller writes the audit record of what it is for.
    """
    address = clean_email(email)
    known = known_by_address([address]).get(address)
    person = known or User(email=address, name=name, password=UNUSABLE)
    # Somebody known is there already, with every column as it is: the rows offered here are passed over.
    User.objects.bulk_create([person], ignore_conflicts=True)
    person = User.objects.get(email=person.email)
    proved = EmailAddress(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.bulk_create([proved], ignore_conflicts=True)
    return person


@transaction.atomic
def drop_unused_account(*, person: User, by) -> bool:
    """Delete an account in which nobody has ever signed in and to which nothing refers. False if it stays.

    An account that was stopped stays, and stays stopped.
    """
    if not person.is_active or person.is_administrator or person.last_login is not None or _is_referred_to(person):
        return False
    audit.record(by=by, did="deleted an account that nobody had used", on=person)
    person.delete()
    return True


def _is_referred_to(person: User) -> bool:
    """Whether any row of any room names this person; the address of the account is a part of it."""
    fields = User._meta.get_fields(include_hidden=True)  # nearly all doors back are hidden: related_name="+"
    relations = [each for each in fields if each.auto_created and each.is_relation and not each.concrete]
    relations = [each for each in relations if each.related_model is not EmailAddress]
    return any(each.related_model._base_manager.filter(**{each.field.name: person}).exists() for each in relations)


@transaction.atomic
def make_known_all(*, people: dict[str, str], by) -> dict[str, User]:
    """The same for many at once: {folded address: name} to {folded address: person}, in a fixed number of queries.

    Two addresses of one person give that person twice. Whoever is made known at the same moment by somebody else is
    that one person too: what the database has counts.
    """
    known = known_by_address(people)
    new = [User(email=email, name=name, password=UNUSABLE) for email, name in people.items() if email not in known]
    if not new:
        return known
    User.objects.bulk_create(new, ignore_conflicts=True)
    there = {person.email: person for person in User.objects.known_as([person.email for person in new])}
    mine = {person.pk for person in new}
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=email, verified=True, primary=True)
        for email, person in there.items()
        if person.pk in mine
    )
    return known | there


@transaction.atomic
def change_account(*, person: User, is_active: bool, is_administrator: bool, by) -> User:
    """Open or stop an account, and make or unmake an administrator. Raises LastAdministrator."""
    if not (is_active and is_administrator) and User.objects.has_alone_the_support_pages(person):
        raise LastAdministrator
    before = User.objects.select_for_update().get(pk=person.pk)
    for column, new, done, undone in (
        ("is_active", is_active, "opened the account again", "stopped the account"),
        ("is_administrator", is_administrator, "made an administrator", "made no longer an administrator"),
    ):
        if getattr(before, column) != new:
            audit.record(by=by, did=done if new else undone, on=person)
        setattr(person, column, new)
    person.save(update_fields=["is_active", "is_administrator"])
    return person


@transaction.atomic
def keep_draft(*, owner, page: str, texts: dict[str, str]) -> None:
    """Save the long texts of a page that is being filled in; over a form kept whole they are its newer part."""
    draft = Draft.objects.select_for_update().filter(owner=owner, page=page, is_whole=True).first()
    if draft:
        draft.texts |= texts
        draft.save(update_fields=["texts", "saved_at"])
        return
    Draft.objects.update_or_create(owner=owner, page=page, defaults={"texts": texts})


def keep_sent(*, owner, page: str, texts: dict[str, list[str]], to: str) -> None:
    """Keep a whole form that was sent to the path `to` and could not be taken."""
    whole = {"texts": texts, "is_whole": True, "sent_to": to[:PAGE_LIMIT]}
    Draft.objects.update_or_create(owner=owner, page=page[:PAGE_LIMIT], defaults=whole)


def drop_draft(*, owner, page: str) -> None:
    """Its owner starts again."""
    Draft.objects.filter(owner=owner, page=page[:PAGE_LIMIT]).delete()


def hand_in(*, owner, page: str, to: str) -> None:
    """A form of the page was taken at the path `to`: what was kept of it is done with."""
    Draft.objects.filter(owner=owner, page=page[:PAGE_LIMIT], sent_to__in=["", to[:PAGE_LIMIT]]).delete()


def forget_drafts(*, now) -> int:
    """Delete what nobody came back for; how many pages."""
    return Draft.objects.filter(saved_at__lt=now - DRAFTS_LIVE).delete()[0]
