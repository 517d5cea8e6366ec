"""Each row of the matrix, asked of a running house by every role."""

from collections import defaultdict
from urllib.parse import urlencode

import pytest
from django.test import TestCase
from django.urls import reverse

from tests.benchmarks.turns import asked
from tests.permissions import roof
from tests.permissions.answers import missing_like, telling
from tests.permissions.table import ROLES, Row
from tests.permissions.world import World, matrices, undone

GOOD = {"GET": {200, 302}, "HEAD": {200, 302}, "POST": {200, 204, 302}}
OTHER_PARENT = {"cohort_id": "other_cohort"}  # seen by the programme's lead, and not what the child belongs to


ALONE = {"run", "published_run", "pair_lock"}  # a pairing has one at a time


def all_rows() -> list[Row]:
    return [*roof.ROWS, *(row for module in matrices().values() for row in module.ROWS)]


class Trial:
    """Asks for one row as everybody, and gathers in `wrong` what was not as the row says."""

    def __init__(self, world: World, row: Row) -> None:
        self.world, self.row = world, row
        self.things = {word: world.thing(name) for word, name in row.ids.items()}
        self.post, self.query = self.data(row.post), self.data(row.query)
        self.here = self.address()
        self.wrong: list[str] = []

    def data(self, given):
        return given(self.world) if callable(given) else given

    def address(self, **other) -> str:
        """The address of the row, with some of its keywords given other keys."""
        keys = {word: getattr(thing, "pk", thing) for word, thing in self.things.items()}
        path = reverse(self.row.url, kwargs={**keys, **self.row.fixed, **other})
        return f"{path}?{urlencode(self.query, doseq=True)}" if self.query else path

    def ask(self, role: str | None, method: str, address: str):
        client = self.world.browser(role)
        with undone():
            if method == "POST":
                kind = {"content_type": "application/json"} if isinstance(self.post, str) else {}
                return client.post(address, self.post, **kind)
            return client.generic(method, address)

    def expect(self, is_right: bool, words: str) -> None:
        if not is_right:
            self.wrong.append(words)

    def run(self, *, is_full: bool = False) -> list[str]:
        everybody, some = (None, *ROLES), self.one_of_each()
        for method in self.row.methods:
            for role in everybody:
                self.try_role(role, method, is_compared=is_full or role in some)
            self.try_keys(method)
        if "GET" in self.row.methods:
            for role in everybody if is_full else some:
                self.try_role(role, "HEAD", is_compared=True)
        return self.wrong

    def one_of_each(self) -> list[str | None]:
        """Somebody signed out, and the first of those who may, who may not and who must not know.

        Everybody's answer is tried; with that to what is not there it is compared for these alone, and HEAD, GET's own
        answer without its body, is asked by them, but where the long figures are asked for.
        """
        may, may_not = self.row.may, self.row.may_not
        kinds = (may, may_not, set(ROLES) - may - may_not)
        return [None, *(next(role for role in ROLES if role in kind) for kind in kinds if kind)]

    def try_role(self, role: str | None, method: str, *, is_compared: bool) -> None:
        with asked() as seen:
            answer = self.ask(role, method, self.here)
        status, leads_to = answer.status_code, answer.get("Location", "")
        is_sent_to_sign_in = status == 302 and leads_to.startswith(reverse("account_login"))
        said = f"{method} {self.here} as {role or 'signed out'}: {status} {leads_to}".strip()
        if self.row.answers:
            self.expect(status == self.row.answers, f"{said}, not {self.row.answers}")
        elif self.row.public:
            is_guarded = is_sent_to_sign_in and "next=" in leads_to
            self.expect(status in GOOD[method] and not is_guarded, f"{said}, and it is public")
        elif role is None:
            self.expect(is_sent_to_sign_in, f"{said}, not the way to sign-in")
        elif role in self.row.may:
            self.expect(status in GOOD[method] and not is_sent_to_sign_in, f"{said}, and may")
        elif role in self.row.may_not:
            self.expect(status == 403, f"{said}, not 403")
        else:
            self.expect(status == 404, f"{said}, not 404")
            if status == 404 and self.things and is_compared:
                self.try_missing(role, method, telling(answer, self.here), seen.number)

    def try_missing(self, role: str, method: str, foreign: tuple, asked_of_foreign: int) -> None:
        """What one may not see answers as what is not there: status, headers, body and number of queries."""
        nowhere = self.address(**{word: missing_like(thing) for word, thing in self.things.items()})
        with asked() as seen:
            missing = telling(self.ask(role, method, nowhere), nowhere)
        said = f"{method} {self.here} as {role}"
        self.expect(foreign == missing, f"{said}: answered otherwise than what is not there")
        self.expect(
            asked_of_foreign == seen.number,
            f"{said}: {asked_of_foreign} queries, {seen.number} where there is nothing",
        )

    def try_keys(self, method: str) -> None:
        """For who may: one key of nothing, or a parent that the child does not belong to, is 404."""
        for word, thing in self.things.items() if self.row.may else ():
            nowhere = self.address(**{word: missing_like(thing)})
            status = self.ask(min(self.row.may), method, nowhere).status_code
            self.expect(status == 404, f"{method} {nowhere}: {status}, and there is no such {word}")
        if len(self.things) > 1 and "programme_lead" in self.row.may:
            for word in self.things.keys() & OTHER_PARENT.keys():
                mixed = self.address(**{word: self.world.thing(OTHER_PARENT[word]).pk})
                status = self.ask("programme_lead", method, mixed).status_code
                self.expect(status == 404, f"{method} {mixed}: {status}, and the child is another parent's")


class Matrix:
    """The rows of a room, one test each, made below; what they are about is made once."""

    rows: list[Row] = []

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World()
        for role in ROLES:
            cls.world.browser(role)  # signed in before the first question, so that no count of queries has it in it
        for row in cls.rows:
            for name in row.ids.values():
                cls.world.thing(name)

    @pytest.fixture(autouse=True)
    def asked_in_full(self, is_full) -> None:
        self.is_full = is_full

    def check(self, row: Row) -> None:
        wrong = Trial(self.world, row).run(is_full=self.is_full)
        assert not wrong, "\n" + "\n".join(wrong)


class OfMatrix(Matrix, TestCase):
    def test_a_row_that_is_wrong_is_found(self) -> None:
        """Too few who may, somebody who may not and can, a public page called private."""
        assert Trial(self.world, Row(url="home", may={"lead"})).run()
        assert Trial(self.world, Row(url="home", may={"lead"}, may_not=set(ROLES) - {"lead"})).run()
        assert Trial(self.world, Row(url="healthz", may=set(ROLES))).run()
        assert Trial(self.world, Row(url="account_email", public=True, why="it is not")).run()


def rooms() -> dict[str, list[Row]]:
    """The rows of each room; those of it that need a world of their own apart."""
    found = defaultdict(list)
    for room, rows in {"roof": roof.ROWS, **{app: module.ROWS for app, module in matrices().items()}}.items():
        for row in rows:
            found[f"{room}_{alone(row)}".strip("_")].append(row)
    return found


def alone(row: Row) -> str:
    """The thing of the row that cannot be made beside others of its room, if any."""
    return next(iter(ALONE & set(row.ids.values())), "")


def add_tests() -> None:
    """One class for each room, and of it one test method for each row, named after its URL."""
    for room, rows in rooms().items():
        tests = {
            f"test_{row.url.replace(':', '_')}_{number}": lambda self, row=row: self.check(row)
            for number, row in enumerate(rows)
        }
        name = f"MatrixOf{room.title().replace('_', '')}"
        globals()[name] = type(name, (Matrix, TestCase), {"__module__": __name__, "rows": rows, **tests})


add_tests()
