"""Every link of every message begins with SITE_URL, whatever a request says of the house's name."""

import re

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from elements.registry import kinds
from reminders import delivery
from reminders.models import LocalLetter, Message
from reminders.wording import standard
from tests.permissions.test_matrix import Trial, all_rows
from tests.permissions.world import HANDLER, World, in_worlds

NAME = "hostile.example"
HOSTILE = {"HTTP_HOST": NAME, "HTTP_X_FORWARDED_HOST": NAME, "HTTP_X_FORWARDED_PROTO": "https"}
ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def everything_said() -> str:
    return "\n".join(
        "\n".join((each.subject, each.text, each.html, each.calendar, each.reply_to))
        for each in LocalLetter.objects.all()
    )


@pytest.mark.django_db
def test_no_form_sent_under_another_name_puts_it_into_a_message(settings):
    """Each form of the house, sent under a hostile name by whoever may; then all that waits is sent."""
    settings.ALLOWED_HOSTS = ["*"]
    seen, foreign = set(), []
    rows = [row for row in all_rows() if "POST" in row.methods and row.may]
    for world, row in in_worlds(rows):
        trial = Trial(world, row)
        client = Client()
        client.handler = HANDLER
        client.force_login(world.person(min(row.may)))
        as_json = {"content_type": "application/json"} if isinstance(trial.post, str) else {}
        client.post(trial.here, trial.post, **as_json, **HOSTILE)
        seen |= set(Message.objects.values_list("kind", flat=True))
        Message.objects.update(next_at=Now())
        delivery.send_round()
        said = everything_said()
        found = [address for address in ADDRESS.findall(said) if not address.startswith(settings.SITE_URL)]
        foreign += [f"{row.url}: {address}" for address in found]
        assert NAME not in said, row.url
    assert foreign == []
    assert {"pairs.pair_published", "cohorts.role_given", "cohorts.circular"} <= seen


@pytest.mark.django_db
def test_nor_does_asking_for_a_code_or_a_new_password(settings):
    settings.ALLOWED_HOSTS, settings.EMAIL_BACKEND = ["*"], "reminders.backend.OutboxBackend"
    world = World()
    for name in ("account_request_login_code", "account_reset_password"):
        Client().post(reverse(name), {"email": world.doctor.email}, **HOSTILE)
    assert Message.objects.count() == 2
    delivery.send_round()
    assert LocalLetter.objects.count() == 2
    assert NAME not in everything_said()


def test_what_a_message_looks_like_names_no_other_house():
    """Standard words hold no address of their own: each comes as a fact, made from SITE_URL."""
    assert [kind.name for kind in kinds() if kind.has_wording and ADDRESS.search(standard(kind).body)] == []
