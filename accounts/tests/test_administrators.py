"""There is one first person, there is always an administrator, and who made whom one is written down."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts import actions
from accounts.first_person import make_token
from accounts.models import AuditRecord, User
from accounts.querysets import People

pytestmark = pytest.mark.django_db
FIRST = {"name": "Ada Oak", "email": "ada@trust.example", "password": "violet kettle harbour"}


@pytest.fixture
def administrator(client):
    person = User.objects.create_user("pat@trust.example", None, name="Pat", is_administrator=True)
    client.force_login(person)
    return person


def change(client, person, *columns):
    """Leave these columns ticked on the support page of a person; the page that follows."""
    page = reverse("admin:accounts_user_change", args=[person.pk])
    return client.post(page, dict.fromkeys(columns, "on"), follow=True).content.decode()


def told() -> list[tuple]:
    return list(AuditRecord.objects.order_by("pk").values_list("by__name", "did", "subject_ref"))


def test_of_two_first_people_at_the_same_moment_the_database_takes_one(client, monkeypatch):
    """Both have looked, and neither has seen the other."""
    monkeypatch.setattr(People, "exists", lambda self: False, raising=False)
    page = reverse("first_person_create", args=[make_token()])
    assert client.post(page, FIRST).status_code == 302
    assert client.post(page, {**FIRST, "email": "eve@trust.example"}).status_code == 404
    with pytest.raises(actions.SomebodyIsHereAlready):
        actions.make_first_person(**{**FIRST, "email": "eve@trust.example"})
    assert list(User.objects.values_list("email", "is_first")) == [(FIRST["email"], True)]
    with pytest.raises(IntegrityError):
        User.objects.create(email="eve@trust.example", is_first=True)


def test_making_and_unmaking_administrators_is_written_down(client, administrator):
    other = User.objects.create_user("ben@trust.example", None, name="Ben")
    change(client, other, "is_active", "is_administrator")
    change(client, other, "is_active", "is_administrator")  # nothing new
    change(client, other)
    assert told() == [
        ("Pat", "made an administrator", str(other.pk)),
        ("Pat", "stopped the account", str(other.pk)),
        ("Pat", "made no longer an administrator", str(other.pk)),
    ]
    other.refresh_from_db()
    assert (other.is_active, other.is_administrator) == (False, False)


@pytest.mark.parametrize("kept", [(), ("is_active",), ("is_administrator",)])
def test_the_last_administrator_stays(client, administrator, kept):
    User.objects.create_user("old@trust.example", None, is_administrator=True, is_active=False)
    page = change(client, administrator, *kept)
    assert "Make somebody else an administrator first" in page
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.is_administrator) == (True, True)
    assert told() == []
    with pytest.raises(actions.LastAdministrator):
        actions.change_account(person=administrator, is_active=True, is_administrator=False, by=administrator)


def test_one_of_two_administrators_may_go(client, administrator):
    other = User.objects.create_user("ben@trust.example", None, name="Ben", is_administrator=True)
    change(client, other, "is_active")
    other.refresh_from_db()
    assert not other.is_administrator
