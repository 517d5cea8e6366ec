"""How a plain line reads in the HTML of a letter."""

import re

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()
# Django's `urlize` also makes links of bare names such as "trust.org"; here an address is one only if written in full.
ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


@register.filter
def linked(line: str) -> str:
    """The line, escaped, with web and e-mail addresses as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(line):
        parts.append(line[end : found.start()])
        parts.append(format_html('<a href="{}{}">{}</a>', "mailto:" if found[2] else "", found[0], found[0]))
        end = found.end()
    return format_html_join("", "{}", ((part,) for part in (*parts, line[end:])))
