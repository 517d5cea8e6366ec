"""How plain words read as HTML: paragraphs, lines, addresses as links, and nothing else."""

import re

from django.utils.html import format_html, format_html_join

from elements.links import is_address

# Django's `urlize` also makes links of bare names such as "trust.org"; here an address is one only if written in full.
ADDRESS = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
GAP = re.compile(r"\n\s*\n")


def as_html(body: str) -> str:
    """The text, escaped. A line that ends in a colon becomes a link where an address stands alone below it."""
    return format_html_join("\n", "<p>{}</p>", ((_paragraph(part.splitlines()),) for part in GAP.split(body.strip())))


def _paragraph(lines: list[str]) -> str:
    if len(lines) > 1 and lines[-2].endswith(":") and is_address(lines[-1]):
        link = format_html('<a href="{}">{}</a>', lines[-1], lines[-2][:-1])
        return format_html("{}{}", format_html_join("", "{}<br>\n", ((_linked(line),) for line in lines[:-2])), link)
    first, *rest = lines or [""]
    return format_html("{}{}", _linked(first), format_html_join("", "<br>\n{}", ((_linked(line),) for line in rest)))


def _linked(line: str) -> str:
    """The line with its addresses as links."""
    if "@" not in line and "://" not in line:
        return line
    parts, end = [], 0
    for found in ADDRESS.finditer(line):
        parts.append(line[end : found.start()])
        parts.append(format_html('<a href="{}{}">{}</a>', "mailto:" if found[2] else "", found[0], found[0]))
        end = found.end()
    return format_html_join("", "{}", ((part,) for part in (*parts, line[end:])))
