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
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from pypdf import PdfReader
from pypdf.errors import PyPdfError

SMALL = 200  # bytes of a piece that is likely to come again
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


def found_in(raw: bytes, secrets: Iterable[str]) -> set[str]:
    """Those of the secrets that the bytes hold in any of these ways: unpacked once, however many are looked for."""
    return _found_in(raw, tuple((secret, _plain(secret)) for secret in secrets), DEEP)


def _found_in(raw: bytes, wanted: tuple[tuple[str, str], ...], depth: int) -> set[str]:
    text = _plain(raw.decode("utf-8", "replace"))
    found = {secret for secret, plain in wanted if plain in text}
    for piece in set(_unpacked(raw)) - {raw, b""} if depth else ():
        found |= (_found_in if len(piece) > SMALL else _found_in_small)(piece, wanted, depth - 1)
    return found


@lru_cache(maxsize=20_000)
def _found_in_small(raw: bytes, wanted: tuple[tuple[str, str], ...], depth: int) -> set[str]:
    """The names of classes and icons look like base64, and are the same on all pages."""
    return _found_in(raw, wanted, depth)


def _plain(text: str) -> str:
    return "".join(html.unescape(unquote(text)).split()).casefold()


def _unpacked(raw: bytes) -> Iterator[bytes]:
    """What is packed is read as that alone: undone as if it were mail, it would be a broken file of its kind."""
    for mark, opened in OPENED.items():
        if raw.startswith(mark):
            yield from opened(raw)
            return
    if b"=" in raw:
        yield quopri.decodestring(raw)
    for piece in set(BASE64.findall(raw)):
        yield from _of_base64(b"".join(piece.split()))


def _of_gzip(raw: bytes) -> Iterator[bytes]:
    try:
        yield gzip.decompress(raw)
    except (OSError, EOFError, zlib.error):
        return


def _of_archive(raw: bytes) -> Iterator[bytes]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile:
        return  # a decoded piece of something else can begin like one
    # What is an archive and cannot be read fails the search: a secret could be in it.
    with archive:
        for name in archive.namelist():
            yield name.encode()
            yield archive.read(name)


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


OPENED = {b"\x1f\x8b": _of_gzip, b"PK\x03\x04": _of_archive, b"%PDF-": _of_pdf}
