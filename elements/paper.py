"""Documents to print: one Typst file each, tagged and made to PDF/UA-1, the same on every machine.

A document reads its values from `sys.inputs` and never from its own source, so that whatever somebody typed stays text.
"""

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.http import HttpResponse
from django.template.utils import get_app_template_dirs

STANDARD: Final = "ua-1"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
WITHOUT_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
LONG = re.compile(r"\S{60}(?=\S)")  # runs on over the edge of the paper, and one of 64 kB ends the library
TRIES = 20  # of characters that no font has, one after the other
# Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari and signs: what the letters shipped here surely have.
SURE = re.compile("[^\\s\u0020-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac]")

# Emojis, without ticks, crosses and numbers in circles, which say something; no alphabet has any of them.
PICTOGRAPH = re.compile(
    "[\u231a\u231b\u23e9-\u23fa\u2600-\u260f\u2613-\u2712\u2719-\u2775\u2794-\u27bf\u20e3\u2b1b\u2b1c\u2b50\u2b55\ufe0e\ufe0f"
    "\U0001f004\U0001f0cf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
)
JOINED = "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"  # what makes one emoji of several
WRITTEN = re.compile(r'"(?:[^"\\]|\\.)*"')  # a text within JSON


class NoSuchDocument(LookupError):
    """There is no such Typst file."""


@cache
def fonts() -> str:
    """The folder of the letters, found without importing their package."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise NoSuchDocument("The letters of documents are not installed.")
    return str(Path(found.origin).parent / "files")


@cache
def _source(name: str) -> Path:
    """Where "<app>/paper/<document>.typ" lies; NoSuchDocument."""
    for folder in get_app_template_dirs("templates"):
        if (path := Path(folder) / name).is_file():
            return path
    raise NoSuchDocument(name)


def pdf(name: str, data: dict[str, Any]) -> bytes:
    """The document `name` ("cohorts/paper/record.typ") with these values, as bytes of a PDF.

    `data` holds plain values as JSON can; `title` is required by the standard. The letters shipped here come first,
    then those of the machine; a character that none of them has is written as its number, "[U+674E]", and an emoji
    among other words is left out: no letter that somebody typed is lost, and nothing makes this fail.
    """
    text = json.dumps(_printable(data), ensure_ascii=False)
    for alone in (True, *[False] * TRIES):
        try:
            return _compiled(name, text, alone=alone)
        except typst.TypstError as fault:
            missing = WITHOUT_LETTER.search(str(fault))
            if not missing:
                raise
            if not alone:
                for letter in filter(SURE.match, _unescaped(missing.group(1))):
                    text = (
                        _without(letter, text) if PICTOGRAPH.match(letter) else text.replace(letter, _numbered(letter))
                    )
    text = _without("".join(set(PICTOGRAPH.findall(text))), text)
    return _compiled(name, SURE.sub(lambda found: _numbered(found.group()), text), alone=True)


def _printable(value: Any) -> Any:
    """The same value without controls and halves of characters, and with places to break a word without end."""
    if isinstance(value, str):
        return LONG.sub(lambda found: f"{found.group()}\u200b", UNPRINTABLE.sub("", value))
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _compiled(name: str, text: str, *, alone: bool) -> bytes:
    """`alone` is with the letters shipped here and no others."""
    return typst.compile(
        str(_source(name)),
        root=str(settings.BASE_DIR),
        font_paths=[fonts()],
        ignore_system_fonts=alone,
        sys_inputs={"data": text},
        pdf_standards=[STANDARD],
    )


def _unescaped(told: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), told)


def _without(emojis: str, text: str) -> str:
    """The JSON without these; where there is nothing else, they become numbers: a heading must say something."""

    def left(found: re.Match) -> str:
        rest = re.sub(f"[{emojis}]{JOINED}", "", found.group())
        if rest == found.group() or json.loads(rest).replace("\u200b", "").strip():
            return rest
        return re.sub(f"[{emojis}]", lambda each: _numbered(each.group()), found.group())

    return WRITTEN.sub(left, text) if emojis else text


def _numbered(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"


def response(file_name: str, document: bytes) -> HttpResponse:
    """The document as a file to keep; `file_name` is the house's own, never what somebody typed."""
    answer = HttpResponse(document, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.pdf"'
    return answer
