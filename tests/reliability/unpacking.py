"""Everything that bytes hold, in clear: archives opened, documents read, encodings undone."""

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from pypdf import PdfReader
from pypdf.errors import PyPdfError

DEEP = 5  # a document in an archive in an attachment
BASE64 = re.compile(rb"[A-Za-z0-9+/=_-]{16,}(?:\r?\n[A-Za-z0-9+/=_-]+)*")


def texts_in(raw: bytes, depth: int = DEEP) -> Iterator[str]:
    """The bytes as text, and as text whatever can be unpacked from them."""
    yield raw.decode("utf-8", "replace")
    if not depth:
        return
    for found in _unpacked(raw):
        if found and found != raw:
            yield from texts_in(found, depth - 1)


def holds(raw: bytes, secret: str) -> bool:
    """Whether the bytes hold the secret in any of these ways, whatever line breaks stand in it."""
    wanted = _plain(secret)
    return any(wanted in _plain(text) for text in texts_in(raw))


def _plain(text: str) -> str:
    return "".join(html.unescape(unquote(text)).split()).casefold()


def _unpacked(raw: bytes) -> Iterator[bytes]:
    if raw[:2] == b"\x1f\x8b":
        yield gzip.decompress(raw)
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    if raw[:5] == b"%PDF-":
        yield from _of_pdf(raw)
    elif b"=" in raw:
        yield quopri.decodestring(raw)
    for piece in BASE64.findall(raw):
        yield from _of_base64(b"".join(piece.split()))


def _of_pdf(raw: bytes) -> Iterator[bytes]:
    try:
        document = PdfReader(io.BytesIO(raw))
        for page in document.pages:
            yield page.extract_text().encode("utf-8", "replace")
        yield repr(document.metadata).encode()
        for names in document.attachments.values():
            yield from names
    except (PyPdfError, KeyError, ValueError):
        return


def _of_base64(piece: bytes) -> Iterator[bytes]:
    try:
        found = base64.b64decode(piece.translate(bytes.maketrans(b"-_", b"+/")) + b"==")
    except (binascii.Error, ValueError):
        return
    yield found
    try:
        yield zlib.decompress(found)  # sessions and signed values are packed so
    except zlib.error:
        return
