"""Files that people bring and that are kept: told by what is inside, never by the name alone."""

import io
import zipfile
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse

LARGEST = 10 * 1024 * 1024  # bytes
CONTENTS = 512 * 1024  # bytes of a workbook's table of contents: thousands of parts, and no more memory than that
TYPES = 256 * 1024  # bytes of the part that says what the others are
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """`endings` are those that its name may have, the first of them the one that it is handed out with.

    `main` is the part of a zip of Office that makes it this kind.
    """

    label: str
    content_type: str
    endings: tuple[str, ...]
    main: str = ""

    @property
    def with_ending(self) -> str:
        """What a form says of it."""
        article = "an" if self.label[0] in "AEIOU" else "a"
        return f"{article} {self.label} file (.{self.endings[0]})" if self.main else f"{article} {self.label}"


PDF = Kind("PDF", "application/pdf", ("pdf",))
PPTX = Kind("PowerPoint", f"{OFFICE}presentationml.presentation", ("pptx",), "ppt/presentation.xml")
DOCX = Kind("Word", f"{OFFICE}wordprocessingml.document", ("docx",), "word/document.xml")
XLSX = Kind("Excel", f"{OFFICE}spreadsheetml.sheet", ("xlsx",), "xl/workbook.xml")
PNG = Kind("PNG", "image/png", ("png",))
JPEG = Kind("JPEG", "image/jpeg", ("jpg", "jpeg"))
KINDS = (PDF, PPTX, DOCX, XLSX, PNG, JPEG)


def kind_of(content: bytes, kinds: tuple[Kind, ...] = KINDS) -> Kind | None:
    """What these bytes are, None if none of these kinds: cut off, with macros, or another kind of file."""
    found = None
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-4096:]:
        found = PDF
    elif content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        found = PNG
    elif content.startswith(b"\xff\xd8\xff"):
        found = JPEG
    elif content.startswith(b"PK\x03\x04"):
        found = _of_office(content)
    return found if found in kinds else None


def ending_of(content_type: str) -> str:
    return next(kind.endings[0] for kind in KINDS if kind.content_type == content_type)


def _of_office(content: bytes) -> Kind | None:
    """A zip of Office without a macro, of whose parts one small one is unpacked."""
    end = content.rfind(b"PK\x05\x06")
    is_small = end > 0 and int.from_bytes(content[end + 12 : end + 16], "little") <= CONTENTS
    if not is_small or b"PK\x06\x07" in content[max(0, end - 64) : end]:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            with parts.open("[Content_Types].xml") as part:
                types = part.read(TYPES)
    except Exception:  # a broken or locked zip raises a dozen kinds, lzma.LZMAError among them
        return None
    if any(name.endswith("vbaProject.bin") for name in names) or b"macroEnabled" in types:
        return None
    office = (kind for kind in KINDS if kind.main)
    return next(
        (kind for kind in office if kind.main in names and f"{kind.content_type}.main+xml".encode() in types), None
    )


def in_words(kinds: tuple[Kind, ...]) -> str:
    """ "a PDF, a PowerPoint file (.pptx) or a PNG"."""
    *first, last = [kind.with_ending for kind in kinds]
    return f"{', '.join(first)} or {last}" if first else last


class FileToKeep(forms.FileField):
    """One file of some kinds; the value is {"name", "content_type", "content"}, None where nothing was chosen."""

    def __init__(self, *, kinds: tuple[Kind, ...] = KINDS, **kwargs):
        self.kinds = kinds
        self.choose = f"Choose {in_words(kinds)}"
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("help_text", f"{in_words(kinds)[:1].upper()}{in_words(kinds)[1:]} of at most 10 MB")
        kwargs["error_messages"] = {
            "required": self.choose,
            "invalid": self.choose,
            "empty": f"The file is empty. {self.choose}",
        }
        endings = ",".join(f".{end}" for kind in kinds for end in kind.endings)
        super().__init__(widget=forms.FileInput(attrs={"accept": endings}), **kwargs)

    def clean(self, data, initial=None) -> dict | None:
        """What is kept; its name is shown to people and never handed to a browser."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        if sent.size > LARGEST:
            raise forms.ValidationError("The file is larger than 10 MB. Make its pictures smaller and try again")
        content = sent.read()
        kind = kind_of(content, self.kinds)
        if kind is None:
            raise forms.ValidationError(
                f"This file cannot be kept. {self.choose}, without macros and without a password"
            )
        name = "".join(letter for letter in sent.name if letter.isprintable())
        if not name.lower().endswith(tuple(f".{end}" for end in kind.endings)):
            raise forms.ValidationError(
                f"This file is {kind.with_ending}, and its name ends otherwise. "
                f"Name it .{kind.endings[0]} and try again"
            )
        return {"name": name[-120:], "content_type": kind.content_type, "content": content}


def handed_out(file_name: str, *, content: bytes, content_type: str) -> HttpResponse:
    """Always a file to keep, never a page, under a name of the house's own, with the ending of its kind."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.{ending_of(content_type)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
