"""Which files slides and posters may be: told by what is inside, never by the name alone."""

import io
import zipfile
from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024  # bytes
CONTENTS = 512 * 1024  # bytes of a workbook's table of contents: thousands of parts, and no more memory than that
TYPES = 256 * 1024  # bytes of the part that says what the others are
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Kind:
    """`endings` are those that its name may have, the first of them the one that it is handed out with."""

    label: str
    content_type: str
    endings: tuple[str, ...]


PDF = Kind("PDF", "application/pdf", ("pdf",))
PPTX = Kind("PowerPoint", POWERPOINT, ("pptx",))
PNG = Kind("PNG", "image/png", ("png",))
JPEG = Kind("JPEG", "image/jpeg", ("jpg", "jpeg"))
KINDS = (PDF, PPTX, PNG, JPEG)


def kind_of(content: bytes) -> Kind | None:
    """What these bytes are, None if nothing that may be kept: cut off, with macros, or another kind of file."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-4096:]:
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    return PPTX if content.startswith(b"PK\x03\x04") and _is_presentation(content) else None


def ending_of(content_type: str) -> str:
    return next(kind.endings[0] for kind in KINDS if kind.content_type == content_type)


def _is_presentation(content: bytes) -> bool:
    """A zip with a presentation in it and no macro, of whose parts one small one is unpacked."""
    end = content.rfind(b"PK\x05\x06")
    is_small = end > 0 and int.from_bytes(content[end + 12 : end + 16], "little") <= CONTENTS
    if not is_small or b"PK\x06\x07" in content[max(0, end - 64) : end]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            with parts.open("[Content_Types].xml") as part:
                types = part.read(TYPES)
    except Exception:  # a broken or locked zip raises a dozen kinds, lzma.LZMAError among them
        return False
    has_macro = any(name.endswith("vbaProject.bin") for name in names) or b"macroEnabled" in types
    return "ppt/presentation.xml" in names and f"{POWERPOINT}.main+xml".encode() in types and not has_macro
