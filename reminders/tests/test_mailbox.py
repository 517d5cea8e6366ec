"""The mailbox: open to anybody in local mode, and nowhere else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reminders.models import LocalLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return LocalLetter.objects.create(
        to_addr="ann@trust.example",
        subject="<b>Your code</b>",
        text="ABCD-1234\nhttp://localhost:8000/pairs/1/ <script>alert(1)</script>",
    )


def test_whoever_is_signed_out_reads_it(client, letter):
    page = client.get(reverse("mailbox")).content.decode()
    assert letter.subject not in page
    assert "&lt;b&gt;Your code&lt;/b&gt;" in page
    assert reverse("mailbox_letter", args=[letter.pk]) in page
    assert "only because the site runs in local mode" in " ".join(page.split())
    text = client.get(reverse("mailbox_letter", args=[letter.pk])).content.decode()
    assert "ABCD-1234" in text
    assert '<a href="http://localhost:8000/pairs/1/"' in text
    assert "<script>alert" not in text


def test_beyond_local_mode_there_is_none(client, letter, settings):
    settings.LOCAL_MODE = False
    for address in (reverse("mailbox"), reverse("mailbox_letter", args=[letter.pk])):
        assert client.get(address).status_code == 404


def test_newest_first_and_as_many_queries_for_many(client, letter, django_assert_num_queries):
    later = letter.sent_at + timedelta(seconds=1)  # two may share the database's moment
    newer = LocalLetter.objects.create(to_addr="bob@trust.example", subject="Newer", text="x", sent_at=later)
    page = client.get(reverse("mailbox")).content.decode()
    assert page.index(str(newer.pk)) < page.index(str(letter.pk))
    LocalLetter.objects.bulk_create(LocalLetter(to_addr="c@x.example", subject=str(n), text="x") for n in range(200))
    with django_assert_num_queries(1):
        client.get(reverse("mailbox"))
