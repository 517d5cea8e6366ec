"""Every page of one's own has a way back, in the house's way."""

import pytest
from django.urls import reverse

from cohorts.tests.factories import UserFactory

BACK = '<nav aria-label="Back"><a class="nhsuk-back-link" href="{}">{}</a></nav>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "to", "label"),
    [
        ("preferences", "home", "Home"),
        ("account_email", "home", "Home"),
        ("account_logout", "home", "Home"),
        ("account_reauthenticate", "home", "Home"),
        ("account_change_password", "account_email", "Your account"),
        ("account_set_password", "account_email", "Your account"),
        ("usersessions_list", "account_email", "Your account"),
    ],
)
def test_pages_of_ones_own_lead_back(client, page, to, label):
    user = UserFactory()
    if page != "account_set_password":
        user.set_password("violet kettle harbour")
        user.save()
    client.force_login(user)
    assert BACK.format(reverse(to), label) in client.get(reverse(page)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["account_reset_password", "account_request_login_code"])
def test_steps_of_signing_in_lead_back_to_its_first(client, page):
    assert reverse("account_login") in client.get(reverse(page)).content.decode()


def test_the_page_of_the_pair_leads_home(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    assert BACK.format(reverse("home"), "Home") in client.get(pair.get_absolute_url()).content.decode()
