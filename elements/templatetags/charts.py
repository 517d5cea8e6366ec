"""Putting a chart onto a page: sentence, picture, ways to keep it, and the table with the same figures."""

from django import template

from elements.charts import Chart

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(shown: Chart, picture: str, png: str = "", csv: str = "") -> dict:
    """`picture` is the address that answers with `charts.svg_response`; `png` and `csv` those of files, if any."""
    rows = [list(zip(shown.table.headings, row, strict=True)) for row in shown.table.rows]
    return {"chart": shown, "rows": rows, "picture": picture, "png": png, "csv": csv}
