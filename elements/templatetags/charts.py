"""Putting a chart onto a page: sentence, picture, ways to keep it, and the table with the same figures."""

from django import template
from django.core.paginator import Paginator

from elements.charts import Chart

A_PAGE = 200  # rows of the table; the picture shows all of them

register = template.Library()


@register.inclusion_tag("components/chart.html", takes_context=True)
def chart(context, shown: Chart, picture: str, png: str = "", csv: str = "") -> dict:
    """`picture` is the address that answers with `charts.svg_response`; `png` and `csv` those of files, if any.

    A long table is cut into pages, of which the first has the last rows.
    """
    request, rows = context.get("request"), shown.table.rows
    asked = request.GET.get("page") if request else None
    page = Paginator(rows[::-1], A_PAGE).get_page(asked)
    first, end = len(rows) - page.end_index(), len(rows) - page.start_index() + 1
    told = [list(zip(shown.table.headings, row, strict=True)) for row in rows[first:end]]
    place = {"page_obj": page, "first": first + 1, "last": end, "is_open": asked is not None}
    return {"chart": shown, "rows": told, "picture": picture, "png": png, "csv": csv} | place
