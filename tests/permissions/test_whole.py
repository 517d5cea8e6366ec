"""The matrix is whole: no address without a row, no view without a permission, no permission without a rule."""

import ast
from pathlib import Path

import pytest
import rules
from django.conf import settings
from django.urls import reverse

from tests.permissions import roof
from tests.permissions.addresses import addresses
from tests.permissions.test_matrix import all_rows
from tests.permissions.world import World

METHODS_OF_A_READER = {"GET", "HEAD", "OPTIONS"}


def named() -> list:
    return [address for address in addresses() if address.name.split(":")[0] not in roof.BY_ONE_RULE]


def test_every_address_has_a_row_and_every_row_an_address():
    there, in_rows = {address.name for address in named()}, {row.url for row in all_rows()}
    assert there - in_rows == set()
    assert in_rows - there == set()


def test_every_address_has_a_name():
    assert [address for address in named() if not address.name] == []


def test_no_name_belongs_to_two_views():
    """A link by name would lead to whichever room comes first."""
    views = {}
    for address in named():
        views.setdefault(address.name, set()).add(address.view)
    assert {name for name, found in views.items() if len(found) > 1} == set()


def test_each_row_gives_every_keyword_of_its_address():
    keywords = {}
    for address in named():
        keywords.setdefault(address.name, set()).add(frozenset(address.keywords))
    wrong = [row.url for row in all_rows() if frozenset({*row.ids, *row.fixed}) not in keywords.get(row.url, set())]
    assert wrong == []


def test_every_method_of_a_view_is_in_its_rows():
    """A view that answers POST has a row for POST, or nobody has tried who may send one."""
    missing = []
    for address in named():
        methods = getattr(address.view, "methods", None)
        rows = {method for row in all_rows() if row.url == address.name for method in row.methods}
        if methods and set(methods) - {"HEAD", "OPTIONS"} - rows:
            missing.append(address.name)
    assert missing == []


def test_every_view_declares_a_permission():
    """By `requires` or `open_to_signed_in`, unless it is public with a reason or listed with one."""
    public = {row.url for row in all_rows() if row.public}
    undeclared = [
        address.name
        for address in named()
        if not getattr(address.view, "permission", None)
        and address.name not in public
        and address.name not in roof.UNMARKED
    ]
    assert undeclared == []


def test_a_public_view_is_marked_open_and_no_other_is():
    """What the middleware lets through without sign-in is what the rows call public."""
    public = {row.url for row in all_rows() if row.public}
    open_views = {address.name for address in named() if not getattr(address.view, "login_required", True)}
    assert open_views - public == set()
    assert public - open_views == set()


def test_every_permission_that_a_view_asks_for_is_a_rule():
    asked = {getattr(address.view, "permission", None) for address in named()} - {None, "signed in"}
    assert sorted(permission for permission in asked if not rules.perm_exists(permission)) == []


def permissions_written(source: str) -> set[str]:
    """The permissions that a module names, in `requires("…")` and in `has_perm("…")`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"requires", "has_perm", "test_rule"}:
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("app", [*settings.ELEMENTS, *settings.FLOORS, "pairedlearning"])
def test_every_permission_written_down_is_a_rule(app):
    written = set()
    for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
        if "tests" not in path.parts:
            written |= permissions_written(path.read_text())
    assert sorted(name for name in written if not rules.perm_exists(name)) == []


def test_a_misspelt_permission_is_found():
    assert permissions_written('@requires("cohorts.se_people")\ndef f(): user.has_perm("a.b", x)') == {
        "cohorts.se_people",
        "a.b",
    }


def test_every_rule_is_asked_for_somewhere():
    """A rule that nobody asks for guards nothing: it was forgotten, or the view that should ask forgot."""
    asked = {getattr(address.view, "permission", None) for address in named()}
    for app in [*settings.ELEMENTS, *settings.FLOORS, "pairedlearning"]:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            if "tests" not in path.parts and path.name != "rules.py":
                asked |= {
                    node.value
                    for node in ast.walk(ast.parse(path.read_text()))
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
    ours = {*settings.ELEMENTS, *settings.FLOORS}
    unused = [
        name
        for name in rules.permissions.permissions
        if name.split(".")[0] in ours
        and name not in asked
        and not name.split(".")[1].startswith(("view_", "change_user"))
    ]
    assert unused == []


@pytest.mark.django_db
def test_the_support_pages_are_the_administrators_alone(client):
    """Everybody else is sent to sign in, whatever the page; no page of support opens for them."""
    world = World()
    pages = ["admin:index", "admin:accounts_user_changelist", "admin:accounts_auditrecord_changelist"]
    for role in ("doctor", "lead", "programme_lead", "evaluator"):
        client.force_login(world.person(role))
        assert {client.get(reverse(page)).status_code for page in pages} <= {302, 403, 404}, role
    client.force_login(world.person("administrator"))
    assert {client.get(reverse(page)).status_code for page in pages} == {200}


@pytest.mark.django_db
def test_support_pages_exist_for_accounts_alone():
    """What people confide is not registered there."""
    from django.contrib import admin

    ours = {*settings.ELEMENTS, *settings.FLOORS} - {"accounts", "reminders"}
    assert [model for model in admin.site._registry if model._meta.app_label in ours] == []
