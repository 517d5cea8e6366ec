"""Putting a chart onto a page: sentence, picture, ways to keep it, and the table with the same figures."""

from django import template
from django.utils.html import format_html

from elements.charts import Chart, Picture

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(shown: Chart, png: str = "", csv: str = "") -> dict:
    """`png` and `csv` are the addresses of the files, if there are any."""
    rows = [list(zip(shown.table.headings, row, strict=True)) for row in shown.table.rows]
    pictures = {"wide": shown.on_a_desktop(), "narrow": shown.on_a_phone()}
    return {"chart": shown, "rows": rows, "png": png, "csv": csv} | pictures


@register.filter
def drawn(picture: Picture) -> str:
    """The picture's own markup."""
    return format_html("{}", picture)
