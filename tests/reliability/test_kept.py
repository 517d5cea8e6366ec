"""Nothing typed is lost, in no form of the house: however the session ended, the page has it again, for its author."""

import re
import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, TestCase
from django.urls import reverse

from accounts.drafts import seal_of
from accounts.models import AuditRecord, Draft
from cohorts.models import Rung, Term
from tests.architecture import house
from tests.permissions.test_matrix import Trial, all_rows
from tests.permissions.world import HANDLER, WORD, World, in_worlds
from tests.reliability.forms_drawn import typing_forms

NOTE = "This was not saved when you sent it"
HOUR = 3600


@pytest.fixture
def world(db):
    return World()


def rest(client) -> None:
    set_back(client, seen_at=3 * HOUR, began_at=3 * HOUR)


def live_long(client) -> None:
    set_back(client, seen_at=0, began_at=13 * HOUR)


def set_back(client, **ago: int) -> None:
    session = client.session
    for name, seconds in ago.items():
        session[name] = int(time.time()) - seconds
    session.save()


def lose_row(client) -> None:
    Session.objects.all().delete()


def lose_cookie(client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


# What is answered without a name must not wait under one, and a code of the room is worth nothing later.
KEPT_NOWHERE = {"feedback_give", "need_say", "meeting_check_in"}
ENDINGS = [rest, live_long, lose_row, lose_cookie]
FORMS = [
    ("doctor", "meeting_edit", "pair_id", "pair"),
    ("doctor", "private_word_list", "participant_id", "participant"),
    ("lead", "cohort_edit", "cohort_id", "cohort"),
]


def page_of(world, name, word, thing) -> str:
    return reverse(name, kwargs={word: world.thing(thing).pk})


def typing(client, page: str):
    """The one form of the page with everything in it changed."""
    (form,) = typing_forms(client.get(page).content.decode())
    before = form.typed()
    form.change_everything()
    assert form.typed() != before
    return form


def shown(client, page: str) -> tuple[dict, bool]:
    """What stands in the form of the page, and whether the page says that it was put back."""
    html = client.get(page).content.decode()
    (form,) = typing_forms(html)
    return form.typed(), NOTE in html


@pytest.mark.parametrize(("role", "name", "word", "thing"), FORMS, ids=[each[1] for each in FORMS])
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_typed_is_on_its_page_after_signing_in_again(ending, role, name, word, thing, client, world):
    page = page_of(world, name, word, thing)
    client.force_login(world.person(role))
    form = typing(client, page)
    records = AuditRecord.objects.count()
    ending(client)
    answer = client.post(page, form.sent())
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"
    assert "What you just typed is kept" in client.get(answer["Location"]).content.decode()
    back = client.post(reverse("account_login"), {"login": world.person(role).email, "password": WORD, "next": page})
    assert back["Location"] == page
    assert shown(client, page) == (form.typed(), True)
    assert shown(client, page) == (form.typed(), True)  # a look does not use it up
    assert AuditRecord.objects.count() == records


def kept(client, world, role="lead"):
    """The page of a cohort that was sent too late by `role`, and what was typed."""
    page = page_of(world, "cohort_edit", "cohort_id", "cohort")
    client.force_login(world.person(role))
    form = typing(client, page)
    rest(client)
    client.post(page, form.sent())
    return page, form


def test_whoever_signs_in_next_sees_nothing_of_it(client, world):
    page, form = kept(client, world)
    client.force_login(world.person("programme_lead"))
    there, is_said = shown(client, page)
    assert (is_said, "typed" in str(there)) == (False, False)
    client.post(reverse("draft_drop"), {"page": page})
    client.force_login(world.person("lead"))
    assert shown(client, page) == (form.typed(), True)


@pytest.mark.parametrize("is_another", [False, True])
def test_a_form_is_kept_for_whom_it_was_drawn_whoever_is_signed_in_when_it_is_sent(is_another, world):
    """Signing in in another tab makes a new token, so the form of this tab is refused."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("lead"))
    page = page_of(world, "cohort_edit", "cohort_id", "cohort")
    form = typing(client, page)
    other = "programme_lead" if is_another else "lead"
    client.force_login(world.person(other))
    client.cookies.pop(settings.CSRF_COOKIE_NAME)
    answer = client.post(page, form.sent())
    said = answer.content.decode()
    assert answer.status_code == 403
    assert (f'href="{page}"' in said) is not is_another
    assert ("kept for that person alone" in said) is is_another
    assert ("What you typed is kept" in said) is not is_another
    assert shown(client, page)[1] is not is_another
    client.force_login(world.person("lead"))
    assert shown(client, page) == (form.typed(), True)


def test_signed_out_without_a_token_the_way_back_leads_through_sign_in(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("lead"))
    page = page_of(world, "cohort_edit", "cohort_id", "cohort")
    form = typing(client, page)
    client.cookies.clear()
    said = client.post(page, form.sent()).content.decode()
    assert "Sign in and go back to the page" in said
    assert client.get(page)["Location"] == f"{reverse('account_login')}?next={page}"
    client.force_login(world.person("lead"))
    assert shown(client, page) == (form.typed(), True)


@pytest.mark.parametrize("seal", ["", "made-up", None])
@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_writes_into_the_page_of_another_without_its_seal(seal, ending, client, world):
    page = page_of(world, "cohort_edit", "cohort_id", "cohort")
    client.force_login(world.person("lead"))
    sent = typing(client, page).sent()
    del sent["kept_for"]
    ending(client)
    client.post(page, sent if seal is None else {**sent, "kept_for": seal})
    assert not Draft.objects.exists()


def test_once_the_form_is_taken_it_is_gone(client, world):
    page = page_of(world, "private_word_list", "participant_id", "participant")
    client.force_login(world.person("doctor"))
    form = typing(client, page)
    lose_row(client)
    client.post(page, form.sent())
    client.force_login(world.person("doctor"))
    (again,) = typing_forms(client.get(page).content.decode())
    assert client.post(page, {**again.sent(), "words": ""}).status_code == 200
    assert Draft.objects.count() == 1  # refused, so still kept
    assert client.post(page, again.sent()).status_code == 302
    assert not Draft.objects.exists()
    assert "typed" not in str(shown(client, page))


def test_another_form_of_the_page_that_is_taken_leaves_it(client, world):
    page, form = kept(client, world)
    client.force_login(world.person("lead"))
    client.post(reverse("draft_drop"), {"page": "/", "kept_for": form.sent()["kept_for"]})
    assert shown(client, page) == (form.typed(), True)


def test_one_may_start_again(client, world):
    page, form = kept(client, world)
    client.force_login(world.person("lead"))
    assert client.post(reverse("draft_drop"), {"page": page})["Location"] == page
    there, is_said = shown(client, page)
    assert (is_said, there == form.typed()) == (False, False)


def test_pages_that_differ_by_their_query_are_kept_apart(client, world):
    page = page_of(world, "cohort_edit", "cohort_id", "cohort")
    client.force_login(world.person("lead"))
    form = typing(client, f"{page}?from=a&b=%3C")
    lose_row(client)
    answer = client.post(f"{page}?from=a&b=%3C", form.sent())
    client.force_login(world.person("lead"))
    assert answer["Location"] == f"{reverse('account_login')}?next={page}%3Ffrom%3Da%26b%3D%253C"
    assert shown(client, f"{page}?from=a&b=%3C") == (form.typed(), True)
    assert shown(client, page)[1] is False


@pytest.mark.parametrize("name", ["account_change_password", "account_login", "account_request_login_code"])
def test_no_page_that_asks_for_a_secret_is_kept(name, client, world):
    if name == "account_change_password":
        client.force_login(world.person("lead"))
    html = client.get(reverse(name), follow=True).content.decode()
    assert typing_forms(html) or 'type="password"' in html
    assert "kept_for" not in html


def test_a_form_drawn_again_with_its_errors_still_knows_its_page(client, world):
    page = f"{page_of(world, 'private_word_list', 'participant_id', 'participant')}?from=a"
    client.force_login(world.person("doctor"))
    (form,) = typing_forms(client.post(page, {"words": ""}).content.decode())
    assert seal_of({"kept_for": form.sent()["kept_for"][0]}).page == page


def test_a_table_of_many_forms_comes_back(client, world):
    for term in Term.objects.filter(list="grade")[:3]:
        Rung.objects.get_or_create(cohort=world.cohort, term=term, defaults={"level": 3})
    page = page_of(world, "rung_edit", "cohort_id", "cohort")
    client.force_login(world.person("lead"))
    form = typing(client, page)
    assert len(form.typed()) >= 3
    rest(client)
    client.post(page, form.sent())
    client.force_login(world.person("lead"))
    assert shown(client, page) == (form.typed(), True)


FIELDS_DRAWN = re.compile(r"\|crispy|\|as_crispy_field|{% widget |_tick\.html")


def test_every_form_that_a_template_draws_bears_the_seal():
    """Also those that no page of the matrix comes to, such as the override of a swap."""
    drawn = {}
    for path in house.ROOT.rglob("templates/**/*.html"):
        for form in re.findall(r'<form method="post".*?</form>', path.read_text(), re.DOTALL):
            if FIELDS_DRAWN.search(form):
                drawn[path.relative_to(house.ROOT).as_posix()] = "{% keep_typed_in " in form
    assert len(drawn) >= 4
    assert [path for path, is_sealed in drawn.items() if not is_sealed] == []


def unlike(world, row) -> tuple[int, list[str]]:
    """How many forms a row's page has, and those that do not come back as they were typed."""
    trial, wrong = Trial(world, row), []
    page, person = trial.here, world.person(min(row.may))

    def opened():
        client = Client()
        client.handler = HANDLER
        client.force_login(person)
        answer = client.get(page)
        is_page = answer.status_code == 200 and "text/html" in answer["Content-Type"]
        forms = typing_forms(answer.content.decode()) if is_page else []
        return client, [form for form in forms if row.url not in KEPT_NOWHERE]

    count = len(opened()[1])
    for number in range(count):
        client, forms = opened()
        form = forms[number]
        form.change_everything()
        rest(client)
        client.post(form.action or page, form.sent())
        again = opened()[1]
        if len(again) <= number or again[number].typed() != form.typed():
            found = again[number].typed() if len(again) > number else None
            wrong.append(f"{page}: {form.typed()} came back as {found}")
        Draft.objects.all().delete()
    return count, wrong


class EveryForm(TestCase):
    def test_every_form_of_every_page_comes_back_as_it_was_typed(self) -> None:
        rows = [row for row in all_rows() if "GET" in row.methods and row.may]
        found = [unlike(world, row) for world, row in in_worlds(rows)]
        wrong = [each for _, unlike_rows in found for each in unlike_rows]
        assert not wrong, "\n" + "\n".join(wrong)
        assert sum(count for count, _ in found) >= 30
