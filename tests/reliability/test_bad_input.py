"""No input gives an answer of 500: forms say what is wrong, addresses answer, and nothing is half saved."""

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client, TestCase
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from tests.permissions.test_matrix import Trial, all_rows
from tests.permissions.world import World, undone
from tests.reliability import corpus
from tests.reliability.forms_found import LEFT_OUT, arguments, filled, form_classes, nasty_data

# Of each class of nasty values the first two where the long figures are not asked for.
SOME = [value for values in corpus.CLASSES.values() for value in (values[0], values[len(values) // 2])]
# Of each class so many values are sent to an address, the next ones to the next address; without the long figures of
# every third class, again others for each address.
EACH, EVERY = 5, 3
ASKED = (
    "q",
    "search",
    "page",
    "sort",
    "order",
    "side",
    "state",
    "kind",
    "organisation",
    "grade",
    "next",
    "pair",
    "with",
    "person",
    "day",
    "hour",
    "plan",
)
FORMS = [kind for kind in form_classes() if f"{kind.__module__}.{kind.__name__}" not in LEFT_OUT]


def test_the_corpus_is_wide():
    assert len(set(corpus.EVERYTHING)) >= 200
    assert all(len(values) >= 8 for values in corpus.CLASSES.values())


class Forms(TestCase):
    """`is_valid` answers yes or no, and the errors can be drawn. One test for each form, made below."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World()

    @pytest.fixture(autouse=True)
    def asked_in_full(self, is_full) -> None:
        self.values = corpus.EVERYTHING if is_full else SOME

    def check(self, kind) -> None:
        form = made(kind, self.world, None)
        for value in self.values:
            for data in filled(nasty_data(form, value)):
                bound = made(kind, self.world, as_sent(data))
                assert bound.is_valid() in {True, False}, value
                str(bound.errors)


DJANGOS = ("Select a valid choice", "is not one of the available choices", "a valid UUID", "Null characters")


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["foo", "9" * 9, "a\x00b"])
def test_no_form_answers_in_the_words_of_django(value):
    world = World()
    found = {}
    for kind in FORMS:
        bound = made(kind, world, as_sent(nasty_data(made(kind, world, None), value)))
        said = {str(each) for errors in bound.errors.values() for each in errors}
        if theirs := [each for each in said if any(words in each for words in DJANGOS)]:
            found[f"{kind.__module__}.{kind.__name__}"] = theirs
    assert found == {}


def made(kind, world, data):
    """A form with data (or none); filters take theirs as their only place."""
    needed = arguments(kind, world)
    needed.pop("data", None)
    return kind(data, **needed) if data is not None else kind(QueryDict(), **needed)


def as_sent(data: dict[str, list[str]]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for key, values in data.items():
        sent.setlist(key, values)
    return sent


@given(text=st.text(max_size=40))
def test_the_words_of_a_form_are_kept_as_they_were_typed(text):
    """What was typed stays in the box when something else is wrong."""
    from accounts.forms import FirstPersonForm

    form = FirstPersonForm(MultiValueDict({"name": [text], "email": ["nowhere"], "password": ["x"]}))
    assert not form.is_valid()
    assert form["name"].value() == text


class BadInput(TestCase):
    """Each address of the matrix, sent what nobody should send. One test for each row, made below."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World()

    def send(self, trial: Trial, value: str) -> list[str]:
        """The answers of 500 to a sending in which every field holds the value; GET with every question we ask."""
        row = trial.row
        role = next((role for role in ("lead", "programme_lead", *sorted(row.may)) if role in row.may), None)
        broken = []
        for method in row.methods:
            client = self.world.browser(role, raise_request_exception=False)
            with undone():
                if method == "GET":
                    answer = client.get(trial.here.split("?")[0], dict.fromkeys(ASKED, value))
                else:
                    names = trial.post if isinstance(trial.post, dict) and trial.post else {"name": ""}
                    answer = client.post(trial.here, dict.fromkeys(names, value))
            if answer.status_code >= 500:
                broken.append(f"{method} {trial.here} with {value[:40]!r}: {answer.status_code}")
        return broken

    @pytest.fixture(autouse=True)
    def asked_in_full(self, is_full) -> None:
        self.is_full = is_full

    def check(self, row, number: int) -> None:
        trial = Trial(self.world, row)
        values = many_for(number) if self.is_full else few_for(number)
        broken = [words for value in values for words in self.send(trial, value)]
        assert not broken, "\n".join(broken[:5])


def many_for(number: int) -> list[str]:
    """Several values of each class."""
    return [values[(number + step) % len(values)] for values in corpus.CLASSES.values() for step in range(EACH)]


def few_for(number: int) -> list[str]:
    """One value of some classes: all addresses together are sent every value of every class."""
    some = list(corpus.CLASSES.values())[number % EVERY :: EVERY]
    return [values[number // EVERY % len(values)] for values in some]


def test_all_addresses_together_are_sent_every_value():
    numbers = range(len(all_rows()))
    assert {value for number in numbers for value in few_for(number)} == set(corpus.EVERYTHING)
    assert {value for number in numbers for value in many_for(number)} == set(corpus.EVERYTHING)


def add_tests() -> None:
    for kind in FORMS:
        name = f"test_{kind.__module__.replace('.', '_')}_{kind.__name__}"
        setattr(Forms, name, lambda self, kind=kind: self.check(kind))
    for number, row in enumerate(all_rows()):
        name = f"test_{row.url.replace(':', '_')}_{number}"
        setattr(BadInput, name, lambda self, row=row, number=number: self.check(row, number))


add_tests()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["account_login", "account_request_login_code", "account_reset_password"])
def test_a_step_of_signing_in_answers_whatever_is_sent(step, is_full):
    """Signed out, by anybody: the words are refused, never the server broken. One page in many is limited: 429."""
    client = Client(raise_request_exception=False)
    for value in corpus.EVERYTHING if is_full else SOME:
        cache.clear()
        answer = client.post(reverse(step), {"login": value, "email": value, "password": value, "next": value})
        assert answer.status_code in {200, 302, 400, 413}, value
        assert answer.get("Location", "/").startswith("/")


@pytest.mark.django_db
@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1_048_576)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"login=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        ("&".join(f"f{n}=1" for n in range(1_500)).encode(), "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nhalf", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00login=%FF", "application/x-www-form-urlencoded"),
        (b"nothing", "multipart/form-data"),
    ],
    ids=["too much", "too many", "cut off", "no text", "no boundary"],
)
def test_a_body_that_is_no_sending_is_refused_in_words(body, kind):
    answer = Client(raise_request_exception=False).post("/accounts/login/", body, content_type=kind)
    assert answer.status_code in {200, 400, 403, 413}
    assert answer.content
