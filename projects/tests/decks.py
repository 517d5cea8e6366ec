"""Files as people bring them to the showcase, and some that only look so."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
WAYS_TO_PACK = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
MACRO = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"


def zipped(parts: dict[str, str], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packed) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return target.getvalue()


def pptx(types: str = MAIN, **more: str) -> bytes:
    return zipped({"[Content_Types].xml": f'<Types ContentType="{types}"/>', "ppt/presentation.xml": "<p/>", **more})


def spoiled(packed: int) -> bytes:
    """A presentation packed in this way, with its packed bytes changed and its directory whole."""
    content = bytearray(zipped({"[Content_Types].xml": MAIN * 40, "ppt/presentation.xml": "<p/>"}, packed))
    first = len("[Content_Types].xml") + 39  # the head of the file, and what each way of packing begins with
    content[first : first + 24] = b"\xff" * 24
    return bytes(content)


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")
