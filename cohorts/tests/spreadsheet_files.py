"""Files that attack the reader of sheets, each made from nothing.

Every file is small on disk. Each must be refused in words or read as an ordinary one, quickly and in little
memory. `hostile_files()` gives (what it is, name of the upload, content).
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from cohorts.tests.spreadsheet_parts import (
    HEADINGS,
    MAIN,
    MEGABYTE,
    PATHS,
    PEOPLE,
    TEXT,
    book,
    directory_says,
    flagged,
    method,
    pack,
    parts,
    row,
    workbook_xml,
    worksheet,
)

Hostile = tuple[str, str, bytes]


def doctype(body: str) -> str:
    return f"<!DOCTYPE worksheet [{body}]>"


LAUGHS = "".join(
    f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)
OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/hostname">'
REACHING = "<row r='2'><c r='A2' t='inlineStr'><is><t>&x;</t></is></c></row>"


def archives() -> Iterator[Hostile]:
    plain = book()
    yield "one member of 60 MB of zeros", "a.xlsx", book(bytes(60 * MEGABYTE))
    yield "60 MB of spaces in the shared texts", "a.xlsx", book(shared=b" " * (60 * MEGABYTE))
    yield "many members of 1 MB", "a.xlsx", pack(parts() | {f"xl/media/{n}.png": bytes(MEGABYTE) for n in range(60)})
    yield "20,000 members", "a.xlsx", pack(parts() | {f"xl/{n}": b"" for n in range(20_000)}, zipfile.ZIP_STORED)
    yield "201 members", "a.xlsx", pack(parts() | {f"xl/{n}.xml": b"" for n in range(201)})
    yield "archive in the archive", "a.xlsx", pack(parts() | {"xl/embeddings/a.zip": book(bytes(40 * MEGABYTE))})
    sheet = PATHS["sheet"]
    large = book(worksheet() + " " * (49 * MEGABYTE))
    yield "directory that promises too little", "a.xlsx", directory_says(large, sheet, 300)
    yield "directory that promises nothing", "a.xlsx", directory_says(plain, sheet, 0)
    yield "directory that promises 4 GB", "a.xlsx", directory_says(plain, sheet, 0xFFFFFFFE)
    yield "directory that promises 20 MB", "a.xlsx", directory_says(plain, sheet, 20 * MEGABYTE)
    yield "encrypted members", "a.xlsx", flagged(plain, 1)
    yield "strong encryption", "a.xlsx", flagged(plain, 0x41)
    yield "unknown packing", "a.xlsx", method(plain, 99)
    yield "packing that is not what it says", "a.xlsx", method(plain, 12)
    yield "stored, they say", "a.xlsx", method(plain, 0)
    for share in (1, 4, 22, 60, 200):
        yield f"cut to {share} bytes", "a.xlsx", plain[:share]
    yield "cut in half", "a.xlsx", plain[: len(plain) // 2]
    yield "cut by one byte", "a.xlsx", plain[:-1]
    yield "first half missing", "a.xlsx", b"PK\x03\x04" + plain[len(plain) // 2 :]
    yield "only an end of directory", "a.xlsx", b"PK\x05\x06" + bytes(18)
    yield "a directory beyond the file", "a.xlsx", b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 9, 9, 99, 99, 0)
    yield "two archives in a row", "a.xlsx", plain + book(worksheet(PEOPLE + row(3)))
    yield "bytes before the archive", "a.xlsx", b"PK\x03\x04" + bytes(50) + plain
    doubled = io.BytesIO(plain)
    with zipfile.ZipFile(doubled, "a") as archive:
        archive.writestr("XL/worksheets/SHEET1.xml", worksheet(row(1, ("x", "y", "z"))))
    yield "one name twice but for case", "a.xlsx", doubled.getvalue()
    yield "names that climb", "a.xlsx", pack(parts() | {"../../etc/passwd": b"x", "/abs": b"y", "c:\\x": b"z"})
    yield "name with a zero", "a.xlsx", plain.replace(b"sheet1.xml", b"sheet\x00.xml")
    yield "name that is not text", "a.xlsx", flagged(plain.replace(b"sheet1.xml", b"sheet\xff.xml"), 0x08)
    yield "comment of 64 KB", "a.xlsx", plain[:-2] + b"\xff\xff" + bytes(65535)


def definitions() -> Iterator[Hostile]:
    yield "external entity", "a.xlsx", book(worksheet(REACHING, before=doctype(OUTSIDE)))
    yield (
        "external entity over the network",
        "a.xlsx",
        book(worksheet(REACHING, before=doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/">'))),
    )
    yield "entity expansion", "a.xlsx", book(worksheet(REACHING.replace("&x;", "&l9;"), before=doctype(LAUGHS)))
    yield (
        "one long entity many times",
        "a.xlsx",
        book(worksheet(REACHING.replace("&x;", "&x;" * 1000), before=doctype(f'<!ENTITY x "{"a" * 50_000}">'))),
    )
    yield "parameter entity", "a.xlsx", book(worksheet(before=doctype('<!ENTITY % p SYSTEM "file:///dev/zero"> %p;')))
    for part in ("workbook", "relations", "root", "types", "styles", "shared"):
        made = parts(styles="<styleSheet/>", shared="<sst/>")
        body = str(made[PATHS[part]])
        yield f"definitions in {part}", "a.xlsx", pack(made | {PATHS[part]: doctype(LAUGHS) + body})
    yield "external subset", "a.xlsx", book(worksheet(before='<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">'))
    yield "definitions in UTF-16", "a.xlsx", book(worksheet(REACHING, before=doctype(OUTSIDE)).encode("utf-16"))
    yield "definitions in UTF-7", "a.xlsx", book(worksheet().replace("UTF-8", "UTF-7"))
    yield "undefined entity", "a.xlsx", book(worksheet(PEOPLE + REACHING))


def structures() -> Iterator[Hostile]:
    yield (
        "declared dimension of the whole sheet",
        "a.xlsx",
        book(worksheet().replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
    )
    cell = '<row r="{1}"><c r="{0}{1}"><v>1</v></c></row>'
    for column, number in (("XFD", 1), ("A", 1048576), ("XFD", 1048576), ("ZZZ", 9999999), ("AZ", 3), ("A", 0)):
        yield f"a value in {column}{number}", "a.xlsx", book(worksheet(PEOPLE + cell.format(column, number)))
    yield "a lone far cell without its row", "a.xlsx", book(worksheet(PEOPLE + '<c r="XFD1048576"><v>1</v></c>'))
    yield "far cell in single quotes", "a.xlsx", book(worksheet(PEOPLE + "<row><c r='XFD1048576'><v>1</v></c></row>"))
    yield "far cell with spaces", "a.xlsx", book(worksheet(PEOPLE + '<row><c  r = "XFD1048576"><v>1</v></c></row>'))
    yield "far cell in small letters", "a.xlsx", book(worksheet(PEOPLE + '<row><c r="xfd1048576"><v>1</v></c></row>'))
    yield (
        "far cell by character reference",
        "a.xlsx",
        book(worksheet(PEOPLE + '<row><c r="XFD104857&#54;"><v>1</v></c></row>')),
    )
    yield (
        "far cell under a prefix",
        "a.xlsx",
        book(worksheet(PEOPLE + f'<x:row xmlns:x="{MAIN}"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>')),
    )
    yield (
        "cells without addresses",
        "a.xlsx",
        book(worksheet(PEOPLE + f"<row>{'<c><v>1</v></c>' * 300_000}</row>")),
    )
    yield "rows without addresses", "a.xlsx", book(worksheet(PEOPLE + "<row><c><v>1</v></c></row>" * 200_000))
    yield (
        "a row of a huge number",
        "a.xlsx",
        book(worksheet(PEOPLE + '<row r="99999999999999999999"><c><v>1</v></c></row>')),
    )
    yield "a negative row", "a.xlsx", book(worksheet(PEOPLE + '<row r="-5"><c r="A-5"><v>1</v></c></row>'))
    yield "6,000 people", "a.xlsx", book(worksheet(row(1, HEADINGS) + "".join(map(row, range(2, 6_002)))))
    wide = "".join(f'<c t="inlineStr"><is><t>h{n}</t></is></c>' for n in range(60))
    yield "60 columns", "a.xlsx", book(worksheet(f"<row>{wide}</row>" + row(2)))
    shared = f'<sst xmlns="{MAIN}"><si><t>{"a" * MEGABYTE}</t></si></sst>'
    repeated = "".join(f'<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c>{"" * n}</row>' for n in range(4_000))
    yield "one shared text of 1 MB, 8,000 times", "a.xlsx", book(worksheet(repeated), shared=shared)
    coded = repeated.replace("<v>0</v>", "<v>&#48;</v>")
    yield "the same by character references", "a.xlsx", book(worksheet(coded), shared=shared)
    yield "a shared text that is not there", "a.xlsx", book(worksheet(PEOPLE + '<row><c t="s"><v>7</v></c></row>'))
    yield "a negative shared text", "a.xlsx", book(worksheet(PEOPLE + '<row><c t="s"><v>-1</v></c></row>'))
    yield "deep nesting", "a.xlsx", book(worksheet("<row>" * 200_000))
    yield "deep nesting, closed", "a.xlsx", book(worksheet(PEOPLE + "<f>" * 100_000 + "</f>" * 100_000))
    yield "deep nesting in the workbook", "a.xlsx", book(workbook="<workbook>" + "<a>" * 500_000)
    yield "ten million empty tags", "a.xlsx", book(worksheet(PEOPLE + "<c/>" * 10_000_000))
    yield "ten million tags in the workbook", "a.xlsx", book(workbook="<workbook>" + "<a/>" * 10_000_000)
    yield "ten million relations", "a.xlsx", book(relations="<Relationships>" + "<R/>" * 8_000_000)
    yield (
        "a million styles",
        "a.xlsx",
        book(styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>'),
    )
    yield "a shared table that promises much", "a.xlsx", book(shared=f'<sst xmlns="{MAIN}" uniqueCount="4294967295"/>')
    yield "merged ranges that promise much", "a.xlsx", book(worksheet(after='<mergeCells count="4294967295"/>'))
    yield (
        "a row far below its cells",
        "a.xlsx",
        book(worksheet(PEOPLE + '<row r="9999999"><c r="A5"/><c><v>1</v></c></row>')),
    )
    yield (
        "a table of texts that hides its promise",
        "a.xlsx",
        book(shared=f'<sst xmlns="{MAIN}" a=">" uniqueCount="4294967295"><si><t>a</t></si></sst>'),
    )
    tags = ("numFmts", "cellStyleXfs", "cellXfs", "fonts", "fills", "borders", "dxfs", "cellStyles")
    promising = "".join(f'<{tag} count="4294967295"/>' for tag in tags)
    yield (
        "styles that promise much",
        "a.xlsx",
        book(styles=f'<styleSheet xmlns="{MAIN}">{promising}</styleSheet>'),
    )
    yield (
        "a cell of an unknown style",
        "a.xlsx",
        book(worksheet(PEOPLE + '<row r="3"><c r="A3" s="4294967295"><v>1</v></c></row>')),
    )
    yield "an attribute of 10 MB", "a.xlsx", book(worksheet(PEOPLE + f'<row a="{"b" * (10 * MEGABYTE)}"/>'))
    yield "a cell of 40 MB", "a.xlsx", book(worksheet(row(1, HEADINGS) + row(2, ("x" * (40 * MEGABYTE), "b", "c"))))
    yield (
        "100,000 attributes",
        "a.xlsx",
        book(worksheet(PEOPLE + "<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>")),
    )
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, 200_000))
    yield "200,000 merged ranges", "a.xlsx", book(worksheet(after=f"<mergeCells>{merged}</mergeCells>"))
    yield "not XML", "a.xlsx", book(b"\x00\x01\x02" * 50)
    yield "XML cut in the sheet", "a.xlsx", book(worksheet()[:-60])
    yield "sheet of nothing", "a.xlsx", book(b"")
    yield "zero bytes inside the XML", "a.xlsx", book(worksheet().replace("Aisha", "Ai\0sha"))
    yield "lone surrogate inside the XML", "a.xlsx", book(worksheet().encode().replace(b"Aisha", b"\xed\xa0\x80"))
    yield "numbers that are none", "a.xlsx", book(worksheet(PEOPLE + '<row><c r="A3"><v>1e999999</v></c></row>'))
    yield "workbook without sheets", "a.xlsx", book(workbook=workbook_xml(""))
    yield (
        "workbook of 50,000 sheets",
        "a.xlsx",
        book(workbook=workbook_xml("".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(50_000)))),
    )
    yield (
        "sheets in a circle",
        "a.xlsx",
        book(relations=str(parts()[PATHS["relations"]]).replace("worksheets/sheet1.xml", "workbook.xml")),
    )
    yield (
        "relation to the outside",
        "a.xlsx",
        book(
            relations=str(parts()[PATHS["relations"]]).replace(
                'Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1:9/" TargetMode="External"'
            )
        ),
    )
    for name in ("types", "root", "workbook", "relations", "sheet"):
        yield (
            f"without {name}",
            "a.xlsx",
            book(**{name: None})
            if name != "sheet"
            else pack({path: part for path, part in parts().items() if path != PATHS["sheet"]}),
        )


def other_kinds() -> Iterator[Hostile]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield "old Excel", "a.xls", ole
    yield "old Excel called xlsx", "a.xlsx", ole
    yield "encrypted workbook", "a.xlsx", ole + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    yield "macros", "a.xlsm", pack(parts() | {"xl/vbaProject.bin": b"x"})
    yield "macros called xlsx", "a.xlsx", pack(parts() | {"xl/vbaProject.bin": b"x"})
    yield "macro sheet", "a.xlsx", pack(parts() | {"xl/macrosheets/sheet1.xml": b"x"})
    yield "macro content type", "a.xlsx", book(types='<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>')
    yield "binary workbook", "a.xlsx", pack({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"x"})
    yield "OpenDocument", "a.ods", pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    yield "OpenDocument called xlsx", "a.xlsx", pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    yield "Word", "a.xlsx", pack({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"})
    yield "PDF", "a.xlsx", b"%PDF-1.7\n" + bytes(100)
    yield "PDF called csv", "a.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
    yield "picture", "a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    yield "web page called xls", "a.xls", b"<html><table><tr><td>Name</td></tr></table></html>"
    yield "web page called csv", "a.csv", b"\xef\xbb\xbf  <table><tr><td>Name</td></tr></table>"
    yield "workbook called csv", "a.csv", book()
    yield "text called xlsx", "a.xlsx", TEXT.encode()
    yield "no extension", "applicants", TEXT.encode()
    yield "two extensions", "a.csv.exe", TEXT.encode()
    yield "name that climbs", "../../../etc/passwd.csv", TEXT.encode()
    yield "name that reads backwards", "a\u202evsc.exe", TEXT.encode()
    yield "packed archive", "a.csv", b"\x1f\x8b\x08" + bytes(100)


def texts() -> Iterator[Hostile]:
    yield "nothing", "a.csv", b""
    yield "only spaces", "a.csv", b" \r\n \r\n"
    yield "only a mark", "a.csv", b"\xef\xbb\xbf"
    yield "6 MB", "a.csv", TEXT.encode() * 90_000
    yield "60,000 people", "a.csv", (TEXT + "A B;a@b.example;doctor\n" * 60_000).encode()
    yield "2 million separators", "a.csv", b";" * 2_000_000
    yield "a million empty lines", "a.csv", TEXT.encode() + b"\n" * 4_000_000
    yield "quotation mark never closed", "a.csv", (TEXT + '"' + "A B;a@b.example;doctor\n" * 50).encode()
    yield "quotation mark never closed, long", "a.csv", (TEXT + '"' + "A B;a@b.example;doctor\n" * 50_000).encode()
    yield "4 million quotation marks", "a.csv", TEXT.encode() + b'"' * 4_000_000
    yield "one cell of 4 MB", "a.csv", TEXT.encode() + b"a" * 4_000_000
    yield "zeros", "a.csv", bytes(5000)
    yield "a zero in a name", "a.csv", TEXT.replace("Aisha", "Ai\0sha").encode()
    yield "all bytes", "a.csv", bytes(range(256)) * 100
    yield "UTF-32", "a.csv", TEXT.encode("utf-32")
    yield "half a UTF-16 letter", "a.csv", TEXT.encode("utf-16")[:-1]
    yield "lone surrogates in UTF-16", "a.csv", b"\xff\xfe" + b"\x00\xd8" * 500
    yield "sep= and nothing else", "a.csv", b"sep=;\r\n"
    yield "sep= of a quotation mark", "a.csv", b'sep="\r\n' + TEXT.encode()
    yield "sep= of a line end", "a.csv", b"sep=\r\r\n" + TEXT.encode()
    yield "reversed direction in a name", "a.csv", TEXT.replace("Aisha", "Ai\u202esha").encode()
    yield "formulas", "a.csv", TEXT.replace("Aisha Hassan", "=HYPERLINK(1)").encode()
    yield "a name of 100,000 spaces", "a.csv", TEXT.replace("Aisha", "A" + " " * 100_000 + "b").encode()
    yield (
        "a list of 100,000 brackets",
        "a.csv",
        ("Name;E-mail;I am a;What I would like to see\nA B;a@b.example;doctor;" + "(," * 50_000).encode(),
    )
    yield (
        "a date of 100,000 digits",
        "a.csv",
        ("Name;E-mail;I am a;Leaving date\nA B;a@b.example;doctor;" + "1" * 100_000 + "\n").encode(),
    )
    yield "a heading of 100,000 letters", "a.csv", TEXT.replace("Name", "Name" + "e (" * 40_000).encode()
    yield "no headings", "a.csv", b"A B;a@b.example;doctor\nC D;c@d.example;manager\n"
    yield "headings and nobody", "a.csv", b"Name;E-mail;I am a\n"


def hostile_files() -> Iterator[Hostile]:
    """(what it is, name of the upload, content) of every hostile file."""
    for family in (archives, definitions, structures, other_kinds, texts):
        yield from family()
