"""A view is a sentence: it reads what this person may see, and calls one action."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware

from accounts.middleware import SignInFirst
from tests.architecture import house, syntax
from tests.permissions.addresses import addresses

LAYERS = ("views", "loaders")
# A view whose name is not its address's: why.
RENAMED: dict[str, str] = {}
# A template that belongs to no address of its name: why.
SHARED: dict[str, str] = {"pair_partner": "pair_detail, as the partners see it"}


def said(check, *layers: str) -> list[str]:
    return [f"{house.name_of(p)}:{w}" for layer in layers for p in house.in_layer(layer) for w in check(house.tree(p))]


def test_views_read_only_what_this_person_may_see():
    assert said(syntax.bare_reads, *LAYERS) == []


def test_views_and_forms_never_write():
    assert said(syntax.writes, "views", "forms", "loaders") == []


def test_nothing_a_browser_sent_is_handed_on_as_keywords():
    assert said(syntax.unpacked_requests, "views", "forms", "actions", "querysets") == []


def ours():
    return [address for address in addresses() if address.view.__module__.split(".")[0] in house.HEIGHT]


def test_view_and_address_have_one_name():
    assert [f"{a.name}: {a.view.__name__}" for a in ours() if a.view.__name__ != a.name and a.name not in RENAMED] == []


@pytest.mark.parametrize("app", house.APPS)
def test_every_page_template_has_the_name_of_its_address(app):
    """Partials begin with an underscore."""
    folder = house.ROOT / app / "templates" / app
    pages = {path.stem for path in folder.glob("*.html") if not path.name.startswith("_")}
    assert pages - {address.name for address in ours()} - SHARED.keys() == set()


SAFE = re.compile(r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off")
FIELD = re.compile(r"<(input|select|textarea)\b(?![^>]*type=[\"']hidden)", re.IGNORECASE)
STYLE = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<style\b", re.IGNORECASE)


def matches(pattern: re.Pattern, *, besides: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group().strip()}"
        for path in house.templates()
        if not (name := str(path.relative_to(house.ROOT))).startswith(besides)
        if path.suffix == ".html"
        for text in [path.read_text()]
        for match in pattern.finditer(text)
    ]


def test_nothing_is_called_safe_by_hand():
    assert matches(SAFE) == []
    assert [f"{house.name_of(p)}:{w}" for p in house.modules() for w in syntax.unescaped(house.tree(p))] == []


def test_nothing_says_of_itself_that_it_is_markup():
    found = {f"{house.name_of(p)}.{name}" for p in house.modules() for name in syntax.written_as_markup(house.tree(p))}
    assert found == set()


def test_no_form_field_is_written_by_hand():
    """The template pack and the sign-in package's own elements draw them."""
    assert matches(FIELD, besides=("templates/nhsuk/", "templates/allauth/", "templates/elements/")) == []


def test_no_style_or_handler_stands_in_the_markup():
    """The content policy would drop it. A message cannot link a style sheet, and no policy reads it."""
    assert [found for found in matches(STYLE) if "/emails/" not in found and "/email/" not in found] == []


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (SAFE, "{{ name|safe }}", "{{ name|unsafe_list }}"),
        (SAFE, "{% autoescape off %}", "{% autoescape on %}"),
        (FIELD, '<input type="text">', '<input type="hidden" name="a">'),
        (FIELD, "<select name=a>", "<selected>"),
        (STYLE, '<p style="color: red">', '<p class="style">'),
        (STYLE, '<a onclick="go()">', '<a data-on="x">'),
    ],
)
def test_markup_that_is_forbidden_is_found(pattern, bad, good):
    assert pattern.search(bad)
    assert not pattern.search(good)


def test_pages_behind_sign_in_are_the_rule():
    middleware = settings.MIDDLEWARE
    assert middleware.index("accounts.middleware.SignInFirst") == (
        middleware.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1
    )
    assert issubclass(SignInFirst, LoginRequiredMiddleware)
    assert SignInFirst.process_view is LoginRequiredMiddleware.process_view  # who is let through is Django's rule


def test_no_page_says_error_in_its_title_by_itself():
    """The house's frame does, once, for every form with an error."""
    own = [str(p.relative_to(house.ROOT)) for p in house.templates() if "Error: {% endif %}" in p.read_text()]
    assert [name for name in own if name != "templates/base.html"] == []


DRAWN_ALONE = re.compile(r'{% include "([^"]+)"[^%]* only %}')


def without_token(templates: dict[str, str]) -> list[str]:
    """Where a part with a form is drawn with `only`: it has no token then, and whoever sends it is refused."""
    return [
        f"{name}: {part}"
        for name, text in templates.items()
        for part in DRAWN_ALONE.findall(text)
        if "{% csrf_token %}" in templates.get(part, "")
    ]


def test_no_part_with_a_form_is_drawn_without_its_token():
    texts = {str(path).split("/templates/", 1)[1]: path.read_text(errors="replace") for path in house.templates()}
    assert "components/form.html" in texts
    assert without_token(texts) == []


def test_a_form_without_its_token_is_found():
    texts = {"page.html": '{% include "_part.html" with a=1 only %}', "_part.html": "<form>{% csrf_token %}</form>"}
    assert without_token(texts) == ["page.html: _part.html"]
    assert without_token(texts | {"page.html": '{% include "_part.html" with a=1 %}'}) == []
