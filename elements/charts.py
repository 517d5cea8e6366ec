"""Pictures of figures: Vega-Lite specifications as plain dicts in, SVG for pages and PNG for files out.

A specification holds its data inline and what people typed only as values; one that names an address is refused. What
the library draws is taken apart and put together again from the few parts that a picture needs, so that nothing of it
can run, fetch or clash with another picture of the page. Never draw before a fork: a process forked after a first
picture hangs at its next one. So nothing is drawn when modules are loaded, and the library itself is loaded with the
first picture.

There are two pictures of one chart, and a page asks for the one that fits its screen: a picture of a desktop's width
shrunk to a phone has letters that nobody can read, and one that scrolls sideways hides where its line is going. No
page waits for its picture: drawing takes three times as long as all the rest.
"""

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

from django.http import HttpResponse

from elements import paper

Spec = dict[str, Any]

VERSION: Final = "6.4"  # of Vega-Lite; another one may draw otherwise
PPI: Final = 200
SVG: Final = "http://www.w3.org/2000/svg"
INK, SOFT, FAINT, WHITE = "#212b32", "#4c6272", "#d8dde0", "#ffffff"
# The signs of "Making Data Count", darker than there: each has at least 3 to 1 against white, as graphic parts need.
USUAL, BETTER, WORSE, NEITHER, TARGET = "#66737c", "#005eb8", "#c25200", "#6b3fa0", "#00664f"

# What a drawing may be made of. An attribute that is not listed is left out, a part that is not listed is refused.
PARTS: Final = frozenset({"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "defs", "clipPath"})
GEOMETRY: Final = {"cx", "cy", "d", "dx", "dy", "points", "r", "rx", "ry", "x", "x1", "x2", "y", "y1", "y2"}
PAINT: Final = {"clip-path", "fill", "fill-opacity", "opacity", "stroke", "stroke-opacity", "stroke-width"}
STROKES: Final = {"stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"}
LETTERING: Final = {"font-size", "font-style", "font-weight", "text-anchor"}
FRAME: Final = {"height", "id", "transform", "version", "viewBox", "width"}
ATTRIBUTES: Final = GEOMETRY | PAINT | STROKES | LETTERING | FRAME
DEFAULTS: Final = {"opacity": "1", "version": "1.1", "fill-opacity": "1", "stroke-opacity": "1"}
LEADS_OUT: Final = ("url", "href")
KEY = re.compile(r"[a-z][a-z0-9-]*")
FRACTION = re.compile(r"\d+\.\d{3,}")
ElementTree.register_namespace("", SVG)


class ReachesOutside(ValueError):
    """A specification names an address, or a drawing holds more than a picture needs."""


class Letters(NamedTuple):
    """A typeface: the one that the library measures and draws with, and the names that the picture asks for."""

    measured: str
    named: str


# The page's own, so that no phone has to load letters for a picture; Liberation Sans, which the library brings along,
# is as wide as Arial letter by letter.
PAGE = Letters("Liberation Sans", "Arial, Helvetica, 'Liberation Sans', sans-serif")
# Of documents and files, the same on every machine.
PAPER = Letters("Source Sans Pro", "'Source Sans Pro'")


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, named and described for those who do not see it.

    `svg` made it from listed parts and attributes alone, with every text escaped.
    """

    svg: str
    title: str
    description: str


@dataclass(frozen=True)
class Table:
    """The same figures as the picture's, as they are written."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Mark(NamedTuple):
    """A sign in the picture, and what it stands for."""

    sign: str
    words: str


@dataclass(frozen=True)
class Chart:
    """All that a page shows of some figures, from one object: sentence, picture, explained marks and table.

    `key` is unique on its page and begins the ids of its pictures; `file` is the picture that stands by itself;
    `method` says how the figures were worked out, where a reader has to know.
    """

    key: str
    title: str
    sentence: str
    description: str
    wide: Spec
    narrow: Spec
    file: Spec
    table: Table
    marks: tuple[Mark, ...] = ()
    method: str = ""

    def on_a_desktop(self) -> Picture:
        return self._drawn(self.wide, "wide")

    def on_a_phone(self) -> Picture:
        return self._drawn(self.narrow, "narrow")

    def _drawn(self, spec: Spec, size: str) -> Picture:
        return svg(spec, key=f"{self.key}-{size}", title=self.title, description=self.description)


def svg(spec: Spec, *, key: str, title: str, description: str, letters: Letters = PAGE) -> Picture:
    """The picture of a specification; the same one gives the same bytes. ReachesOutside.

    With `letters=PAPER` for a document. `key` of small letters, digits and hyphens, which no other picture of the page
    has.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"The key of a picture has small letters, digits and hyphens: {key!r}")
    drawn = _library().vegalite_to_svg(_styled(spec, letters), vl_version=VERSION, allowed_base_urls=[])
    title, description = _clean(title), _clean(description)
    return Picture(_put_together(drawn, key, title, description, letters), title, description)


def png(spec: Spec) -> bytes:
    """The picture as a file, sharp on paper. ReachesOutside."""
    return _library().vegalite_to_png(_styled(spec, PAPER), vl_version=VERSION, ppi=PPI, allowed_base_urls=[])


def png_response(file_name: str, spec: Spec) -> HttpResponse:
    """The picture as a file to keep; `file_name` is the house's own, never what somebody typed."""
    answer = HttpResponse(png(spec), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.png"'
    return answer


def svg_response(chart: Chart, size: str) -> HttpResponse:
    """The picture that a page asks for: "narrow" for a phone, anything else for a desktop."""
    picture = chart.on_a_phone() if size == "narrow" else chart.on_a_desktop()
    return HttpResponse(picture.svg, content_type="image/svg+xml")


@cache
def _library():
    """The library with the letters of documents: 85 MB of it and a first picture of a third of a second."""
    import vl_convert  # here, because no command and no page without a picture needs it

    vl_convert.register_font_directory(paper.fonts())
    return vl_convert


def _styled(spec: Spec, letters: Letters) -> Spec:
    """The specification in the house's style, with nothing in it that leads out or that XML cannot hold."""
    config = {
        "aria": False,
        "font": letters.measured,
        "background": WHITE,
        "view": {"stroke": None},
        "text": {"color": INK},
        "axis": {"labelColor": INK, "titleColor": INK, "domainColor": SOFT, "tickColor": SOFT, "gridColor": FAINT}
        | {"titleFontWeight": "normal"},
    }
    return _contained(spec) | {"config": config}


def _contained(value: Any) -> Any:
    if isinstance(value, dict):
        if named := [key for key in LEADS_OUT if key in value]:
            raise ReachesOutside(f"A specification has no {named[0]!r}: its data stands in it.")
        return {_clean(name): _contained(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_contained(each) for each in value]
    if isinstance(value, str):
        return _clean(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value  # a gap, as no scale has a place


def _clean(text: str) -> str:
    return paper.UNPRINTABLE.sub("", text)


def _put_together(drawn: str, key: str, title: str, description: str, letters: Letters) -> str:
    """The drawing named and described, as one image, its ids its own."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - the library wrote it, and what people typed is text in it
    _reduce(root, _Names(key))
    root.set("font-family", letters.named)
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-description")
    for place, (name, said, text) in enumerate((("title", "title", title), ("desc", "description", description))):
        part = ElementTree.Element(f"{{{SVG}}}{name}", id=f"{key}-{said}")
        part.text = text
        root.insert(place, part)
    return ElementTree.tostring(root, encoding="unicode")


class _Names(dict):
    """Ids of one picture, numbered as they come: the library counts on from one picture to the next."""

    def __init__(self, key: str):
        self.key = key

    def __missing__(self, name: str) -> str:
        self[name] = f"{self.key}-{len(self) + 1}"
        return self[name]


def _reduce(node: ElementTree.Element, names: _Names) -> bool:
    """Leave of a part what a picture needs; whether anything of it is seen. ReachesOutside."""
    namespace, _, name = node.tag.rpartition("}")
    if name not in PARTS or namespace != f"{{{SVG}":
        raise ReachesOutside(f"A picture has no {name!r}.")
    is_hidden = node.get("display") == "none"
    node.attrib = {
        attribute: _own(attribute, value, names)
        for attribute, value in node.attrib.items()
        if attribute in ATTRIBUTES and DEFAULTS.get(attribute) != value
    }
    for child in list(node):
        if not _reduce(child, names):
            node.remove(child)
    if name in {"g", "defs"}:
        return len(node) > 0
    if name == "path":
        return not is_hidden and bool(node.get("d")) and not node.get("d", "").startswith("M0,0h0v0h0Z")
    return not is_hidden


def _own(attribute: str, value: str, names: _Names) -> str:
    """An id, or a reference to one, as the picture's own; a number with two decimals."""
    if attribute == "id":
        return names[value]
    if "url(" in value:
        if not (inside := re.fullmatch(r"url\(#([\w-]+)\)", value)):
            raise ReachesOutside(f"A picture refers to nothing but itself: {value!r}")
        return f"url(#{names[inside.group(1)]})"
    return FRACTION.sub(lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), value)
