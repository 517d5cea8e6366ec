"""Lines of a run's page."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

LINE = (
    '<tr class="nhsuk-table__row"><td class="nhsuk-table__cell"><a href="#pair-{}">{}</a>{}</td>'
    '<td class="nhsuk-table__cell nhsuk-table__cell--numeric">{}</td></tr>'
)
TAG = ' <strong class="nhsuk-tag nhsuk-tag--{}">{}</strong>'


@register.filter
def overview(shown) -> str:
    """One row for each proposal: who with whom, its marks and its score, with a link to its reasons below."""
    return format_html_join(
        "", LINE, ((each.proposal.pk, each.names, tags([*each.gone_mark, *each.marks]), each.score) for each in shown)
    )


@register.filter
def tags(marks) -> str:
    """Marks as tags, a space before each, from (colour, words)."""
    return format_html_join("", TAG, marks)


@register.filter
def linked(people) -> str:
    """ "A and B", "A, C and B": each name a link, from (address, name)."""
    *others, last = [format_html('<a class="nhsuk-link" href="{}">{}</a>', *each) for each in people]
    return format_html("{} and {}", format_html_join(", ", "{}", ((each,) for each in others)), last)
