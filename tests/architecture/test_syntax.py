"""The checks of syntax have teeth: each finds the smallest thing it forbids, and passes what it should."""

import ast

import pytest

from tests.architecture import syntax

BAD = [
    (syntax.bare_reads, "Visit.objects.filter(pk=1)"),
    (syntax.bare_reads, "Visit.objects.all()"),
    (syntax.bare_reads, "rows = Visit.objects"),
    (syntax.bare_reads, "Visit._default_manager.get(pk=1)"),
    (syntax.bare_reads, "get_object_or_404(Visit, pk=1)"),
    (syntax.writes, "visit.save()"),
    (syntax.writes, "Visit.objects.create(day=1)"),
    (syntax.writes, "Visit.objects.visible_to(user).delete()"),
    (syntax.writes, "Visit.objects.filter(pk=1).update(day=2)"),
    (syntax.unescaped, "mark_safe(name)"),
    (syntax.unescaped, 'format_html(f"<b>{name}</b>")'),
    (syntax.unescaped, 'html.format_html("<b>" + name)'),
    (syntax.written_as_markup, "class Name:\n    def __html__(self): ..."),
    (syntax.written_as_markup, "class Name:\n    __html__ = __str__"),
    (syntax.loose_actions, "@transaction.atomic\ndef arrange(pair, *, by): ..."),
    (syntax.loose_actions, "@transaction.atomic\ndef arrange(*, pair): ..."),
    (syntax.loose_actions, "def arrange(*, pair, by): ..."),
    (syntax.relative_imports, "from .models import Visit"),
    (syntax.unpacked_requests, "Visit.objects.visible_to(user).filter(**request.GET.dict())"),
]
GOOD = [
    (syntax.bare_reads, "get_object_or_404(Visit.objects.visible_to(user), pk=1)"),
    (syntax.writes, 'context.update(day=1); actions.create(by=1); found = {"save": 1}'),
    (syntax.unescaped, 'format_html("<b>{}</b>", name)'),
    (syntax.written_as_markup, "class Name:\n    def __str__(self): ..."),
    (syntax.loose_actions, "@transaction.atomic\ndef arrange(*, pair, by): ...\ndef _inside(pair): ..."),
    (syntax.loose_actions, "def withdraw(*, pair, by):\n    'Why.'\n    return move(pair=pair, by=by)"),
    (syntax.relative_imports, "from shadowing.models import Visit"),
    (syntax.unpacked_requests, "arrange(by=request.user, **form.cleaned_data)"),
]


@pytest.mark.parametrize(("check", "source"), BAD)
def test_what_is_forbidden_is_found(check, source):
    assert len(check(ast.parse(source))) == 1


@pytest.mark.parametrize(("check", "source"), GOOD)
def test_what_is_allowed_passes(check, source):
    assert check(ast.parse(source)) == []


def test_an_import_hidden_in_a_function_is_told_from_an_open_one():
    tree = ast.parse("import here\ndef f():\n    from pairs import models\n")
    assert list(syntax.imports(tree, hidden=True)) == [(3, "pairs")]
    assert list(syntax.imports(tree, hidden=False)) == [(1, "here")]
