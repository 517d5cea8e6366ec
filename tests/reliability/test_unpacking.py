"""A secret is found in every wrapping, and only where there is one."""

import base64
import gzip
import io
import quopri
import zipfile
from email.message import EmailMessage

import pytest
from django.core import signing

from cohorts.record import DOCUMENT
from elements import exports, paper
from elements.contract import Column
from tests.reliability.unpacking import found_in, holds

SECRET = "violet kettle 7731 harbour"


def in_an_archive(raw: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", raw)
    return held.getvalue()


def in_a_workbook(words: str) -> bytes:
    answer = exports.workbook_response(
        file_name="x", title="X", row_meaning="One row", columns=(Column("A", "what"),), rows=[(words,)]
    )
    return b"".join(answer)


def in_a_document(words: str) -> bytes:
    empty = {"title": "R", "heading": "", "footer": "", "facts": [], "hours": [], "parts": []}
    return paper.pdf(DOCUMENT, empty | {"texts": [{"title": "T", "text": words}]})


def in_mail(words: str) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "é"
    mail.set_content(f"é {words}", cte="base64")
    mail.add_attachment(in_a_workbook(words), maintype="application", subtype="x", filename="x.xlsx")
    return bytes(mail)


WRAPPINGS = {
    "plain": str.encode,
    "gzip": lambda words: gzip.compress(words.encode()),
    "archive": lambda words: in_an_archive(words.encode()),
    "workbook": in_a_workbook,
    "document": in_a_document,
    "mail": in_mail,
    "base64": lambda words: b"data:text/plain;base64," + base64.b64encode(words.encode()),
    "base64 for addresses": lambda words: base64.urlsafe_b64encode(f"ÿþ{words}".encode()),
    "quoted-printable": lambda words: quopri.encodestring(f"é {words} é".encode(), quotetabs=True),
    "signed": lambda words: signing.dumps({"text": words * 9}, key="k" * 60, compress=True).encode(),
    "markup": lambda words: words.replace(" ", "&#32;").encode(),
    "address": lambda words: words.replace(" ", "%20").encode(),
    "gzip in an archive": lambda words: in_an_archive(gzip.compress(words.encode())),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_secret_is_found(wrapping):
    assert holds(WRAPPINGS[wrapping](SECRET), SECRET)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_another_one_is_not(wrapping):
    assert not holds(WRAPPINGS[wrapping]("nothing of that kind stands here at all"), SECRET)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_of_many_secrets_those_that_are_there_are_found(wrapping):
    many = {SECRET, "amber lantern 4410 orchard", "a third one that is nowhere"}
    raw = WRAPPINGS[wrapping](f"{SECRET}, amber lantern 4410 orchard")
    assert found_in(raw, many) == many - {"a third one that is nowhere"}
