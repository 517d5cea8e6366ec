"""The addresses of a list's rows are those that Django would give each; what is an address and nothing else."""

from uuid import uuid4

from django.urls import reverse

from elements.links import is_address, links_to


def test_a_row_has_the_address_that_django_gives():
    one, other = uuid4(), uuid4()
    assert [links_to("pair_detail")(key) for key in (one, other)] == [
        reverse("pair_detail", args=[key]) for key in (one, other)
    ]


def test_what_is_the_same_in_every_row_stands_before():
    scope, letter = uuid4(), uuid4()
    assert links_to("post_hold", scope)(letter) == reverse("post_hold", args=[scope, letter])


def test_an_address_is_one_alone():
    assert all(map(is_address, ["https://meet.example/x?y=1", "http://x"]))
    assert not any(map(is_address, ["Room 5", "see https://x.example", "https://x.example now", "https://", ""]))
