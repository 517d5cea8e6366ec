"""Pictures of figures: named, described, and nothing in them that runs, fetches or clashes."""

import re
from xml.etree import ElementTree

import pytest
from django.template import engines

from elements import charts
from elements.charts import Chart, Mark, ReachesOutside, Table
from tests.reliability.corpus import EVERYTHING

HOSTILE = "</title><script>alert('x')</script> & \"more\""
BARS = {
    "width": 200,
    "height": 100,
    "data": {"values": [{"ward": "Ward 1", "late": 3}, {"ward": HOSTILE, "late": 5.5}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {"x": {"field": "late", "type": "quantitative"}, "y": {"field": "ward", "type": "nominal"}},
}


def drawn(spec=BARS, *, key="late", title="Late letters", description="Two wards.") -> str:
    return charts.svg(spec, key=key, title=title, description=description).svg


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - what we drew ourselves


def part(text: str, name: str) -> ElementTree.Element:
    return tree(text).find(f"{{{charts.SVG}}}{name}")


def texts(text: str) -> list[str]:
    return ["".join(node.itertext()) for node in tree(text).iter(f"{{{charts.SVG}}}text")]


def chart(**changes) -> Chart:
    told = {"key": "late", "title": f"Late {HOSTILE}", "sentence": f"Fewer {HOSTILE}", "description": "Two wards."}
    table = Table(("Ward", "Late"), (("Ward 1", "3"), (HOSTILE, "5.5")))
    return Chart(**told | {"wide": BARS, "narrow": BARS, "file": BARS, "table": table} | changes)


def page(*shown: Chart, png="", csv="") -> str:
    source = "{% load charts %}{% for one in shown %}{% chart one '/late/' png=png csv=csv %}{% endfor %}"
    return engines["django"].from_string(source).render({"shown": shown, "png": png, "csv": csv})


def test_the_same_figures_give_the_same_bytes():
    assert drawn() == drawn()
    assert charts.png(BARS) == charts.png(BARS)


def test_a_picture_is_one_image_with_its_name_and_description():
    text = drawn()
    root = tree(text)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "late-title late-description"
    for name, key, said in (("title", "late-title", "Late letters"), ("desc", "late-description", "Two wards.")):
        assert (part(text, name).get("id"), part(text, name).text) == (key, said)
    inside = [attribute for node in list(root.iter())[1:] for attribute in node.attrib]
    assert [name for name in inside if name == "role" or name.startswith("aria")] == []


def test_what_is_typed_stays_text_in_name_description_and_figures():
    text = drawn(title=HOSTILE, description=HOSTILE)
    assert "<script" not in text
    assert part(text, "title").text == part(text, "desc").text == HOSTILE
    wards = BARS | {"encoding": BARS["encoding"] | {"text": {"field": "ward"}}, "mark": {"type": "text"}}
    assert HOSTILE in texts(drawn(wards))


def test_nothing_of_the_corpus_makes_a_picture_fail_or_run(is_full):
    """The longest letters, which take half a minute to set, only where the long figures are asked for."""
    some = [text for text in EVERYTHING if is_full or len(text) <= 1000]
    spec = {
        "data": {"values": [{"ward": text, "late": number} for number, text in enumerate(some)]},
        "mark": "text",
        "encoding": {"text": {"field": "ward"}},
    }
    for text in EVERYTHING:
        charts.svg({"mark": "point", "data": {"values": [{}]}}, key="a", title=text, description=text)
    root = tree(drawn(spec))
    assert {node.tag.rpartition("}")[2] for node in root.iter()} <= charts.PARTS | {"title", "desc"}


def test_a_picture_has_no_style_no_script_and_no_address():
    text = drawn()
    assert not re.search(r"<(style|script|image|a|foreignObject)\b|\s(style|class|href|on\w+)=", text)
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {"#late-1"}
    assert re.findall(r"https?://[^\"]*", text.replace(charts.SVG, "")) == []


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"url": "https://example.org/a.json"}},
        {"data": {"url": "file:///etc/passwd"}},
        {"layer": [{"mark": "image", "encoding": {"url": {"value": "a.png"}}}]},
        {"encoding": {"href": {"field": "ward"}}},
        {"transform": [{"lookup": "a", "from": {"data": {"url": "a.csv"}, "key": "a"}}]},
    ],
)
def test_a_specification_that_names_an_address_is_refused(change):
    with pytest.raises(ReachesOutside):
        drawn(BARS | change)
    with pytest.raises(ReachesOutside):
        charts.png(BARS | change)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<image href='https://example.org/'/>",
        "<a><path d='M0,0h1'/></a>",
        "<style>a{}</style>",
        "<g fill='url(https://example.org/#a)'><path d='M0,0h1'/></g>",
        "<x:g xmlns:x='http://www.w3.org/1999/xhtml'/>",
    ],
)
def test_a_drawing_with_more_than_a_picture_needs_is_refused(inside):
    """Were the library ever to draw one."""
    with pytest.raises(ReachesOutside):
        charts._put_together(f"<svg xmlns='{charts.SVG}'>{inside}</svg>", "a", "", "", charts.PAGE)


def test_attributes_that_run_or_style_are_left_out():
    inside = "<path d='M0,0h1' onclick='go()' style='color:red' class='nhsuk-card' fill='red'/>"
    text = charts._put_together(f"<svg xmlns='{charts.SVG}'>{inside}</svg>", "a", "", "", charts.PAGE)
    assert part(text, "path").attrib == {"d": "M0,0h1", "fill": "red"}


@pytest.mark.parametrize("key", ["", "Late", "1st", 'a" onload="x', "a b", "a_b"])
def test_a_key_that_is_no_id_is_refused(key):
    with pytest.raises(ValueError, match="key of a picture"):
        drawn(key=key)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_a_figure_that_no_scale_has_a_place_for_is_a_gap(value):
    data = {"values": [*BARS["data"]["values"], {"ward": "Ward 3", "late": value}]}
    assert drawn(BARS | {"data": data}) == drawn()


def test_letters_of_a_page_are_its_own_and_those_of_a_document_are_shipped():
    paper = charts.svg(BARS, key="a", title="", description="", letters=charts.PAPER).svg
    assert tree(paper).get("font-family") == "'Source Sans Pro'"
    assert tree(drawn()).get("font-family").startswith("Arial, ")
    assert "font-family" not in drawn().replace(" font-family=", "", 1)
    widths = [float(tree(text).get("width")) for text in (paper, drawn())]
    assert widths[0] < widths[1]  # measured in a narrower typeface


def test_a_file_has_its_words_and_the_houses_own_name():
    answer = charts.png_response("late-letters", BARS)
    assert answer["Content-Disposition"] == 'attachment; filename="late-letters.png"'
    assert answer["Content-Type"] == "image/png"
    without = charts.png(BARS | {"data": {"values": [{"ward": "", "late": 5.5}, {"ward": " ", "late": 3}]}})
    assert answer.content.startswith(b"\x89PNG")
    assert answer.content != without
    assert b"pHYs" in answer.content


@pytest.mark.parametrize(
    "colour", [charts.USUAL, charts.BETTER, charts.WORSE, charts.NEITHER, charts.TARGET, charts.SOFT]
)
def test_every_colour_stands_out_from_white(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5  # what words need, since lines are named in their colour


def test_a_page_shows_sentence_pictures_marks_table_and_files_of_one_chart():
    shown = page(chart(marks=(Mark("A", "New ward"),), method="By counting."), png="/late.png", csv="/late.csv")
    assert "<script" not in shown
    assert 'srcset="/late/?size=narrow"' in shown
    assert 'src="/late/" alt="Two wards' in shown
    for words in ("Fewer &lt;/title&gt;", "New ward", "By counting.", 'href="/late.png"', 'href="/late.csv"'):
        assert words in shown
    assert shown.count("<td") == 4
    assert "Download" not in page(chart())


def test_a_long_table_is_cut_into_pages_the_last_rows_first(rf):
    rows = tuple((f"Ward {number}", f"{number}") for number in range(1, 402))
    source, shown = "{% load charts %}{% chart one '/late/' %}", chart(table=Table(("Ward", "Late"), rows))
    template = engines["django"].from_string(source)
    pages = [template.render({"one": shown}, rf.get(address)) for address in ("/", "/?page=2", "/?page=3")]
    found = [re.findall(r"</span>(Ward \d+)</td>", each) for each in pages]
    assert [len(each) for each in found] == [200, 200, 1]
    assert [*found[2], *found[1], *found[0]] == [ward for ward, _ in rows]
    assert "Rows 202 to 401 of 401. Earlier rows are on the next page." in pages[0]
    assert "Earlier rows" not in pages[2]
    assert ['<details class="nhsuk-details" open>' in each for each in pages] == [False, True, True]
    assert "Rows 1 to 2" not in page(chart())


def test_a_page_asks_for_the_picture_that_fits_its_screen():
    narrow, *wide = (charts.svg_response(chart(), size) for size in ("narrow", "", "wider than the sea"))
    assert {answer["Content-Type"] for answer in (narrow, *wide)} == {"image/svg+xml"}
    assert narrow.content.decode() == chart().on_a_phone().svg
    assert {answer.content.decode() for answer in wide} == {chart().on_a_desktop().svg}
