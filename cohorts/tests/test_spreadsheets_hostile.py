"""Hostile files: refused in words or read as ordinary ones, quickly, in little memory, with no other end."""

import json
import subprocess
import sys

import pytest
import python_calamine

from cohorts.spreadsheets import SheetRefused, read_sheet
from cohorts.tests.spreadsheet_files import definitions, hostile_files
from cohorts.tests.spreadsheet_parts import TEXT, book

SECONDS, MEGABYTES = 2, 100
# A lean process forks for each file, so that memory is measured from a small start and an end of the
# process (a reader written in another language can abort) is a finding, not the end of the tests.
READER = """
import json, os, sys, time
from cohorts import spreadsheets

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

def read(path, name):
    with open(path, "rb") as file:
        content = file.read()
    before, started = peak(), time.process_time()
    try:
        sheet = spreadsheets.read_sheet(content, name)
        mapping = spreadsheets.guess_columns(sheet.header, sheet.rows)
        entries = spreadsheets.parse_rows(sheet, mapping, spreadsheets.Vocabulary())
        result = f"read {len(entries)}"
    except spreadsheets.SheetRefused as refusal:
        result = f"refused {refusal}"
    except BaseException as error:
        result = f"raised {error!r}"[:300]
    return result, time.process_time() - started, peak() - before

for line in sys.stdin:
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(outlet, json.dumps(read(*json.loads(line))).encode())
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as answer:
        said = answer.read().decode()
    os.waitpid(child, 0)
    print(said or '["ended the process", 0, 0]', flush=True)
"""


@pytest.mark.linux
def test_every_hostile_file_is_refused_in_words_or_read(tmp_path):
    path = tmp_path / "upload"
    findings, count = [], 0
    with subprocess.Popen(  # noqa: S603 our own interpreter and our own words
        [sys.executable, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        for kind, name, content in hostile_files():
            count += 1
            path.write_bytes(content)
            for _ in range(3):  # a neighbour on the machine lengthens a turn, and nothing shortens one
                print(json.dumps([str(path), name]), file=reader.stdin, flush=True)
                result, seconds, megabytes = json.loads(reader.stdout.readline())
                if seconds <= SECONDS:
                    break
            verdict, _, words = result.partition(" ")
            in_words = verdict == "read" or (verdict == "refused" and says_what_to_do(words))
            if not in_words or seconds > SECONDS or megabytes > MEGABYTES:
                findings.append((kind, result, seconds, megabytes))
        reader.stdin.close()
    assert findings == []
    assert count >= 80


def says_what_to_do(words):
    """A sentence of ordinary length that ends in something to do."""
    told = any(verb in words for verb in ("upload", "save", "check"))
    return told and words[0].isupper() and words.endswith(".") and len(words) < 260


@pytest.mark.parametrize("hostile", list(definitions()), ids=lambda hostile: hostile[0])
def test_definitions_and_foreign_encodings_never_reach_the_reader(hostile, monkeypatch):
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", None)
    kind, name, content = hostile
    words = "damaged" if kind == "undefined entity" else "XML definitions|too complicated"
    with pytest.raises(SheetRefused, match=words):
        read_sheet(content, name)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "old Excel format"),
        (book(), "a.xlsm", "macros"),
        (TEXT.encode(), "a.xlsx", "holds plain text"),
        (book(), "a.csv", "holds an Excel workbook"),
        (b"%PDF-1.4", "a.csv", "a PDF"),
        (TEXT.encode(), "a.exe", "Only Excel workbooks"),
        (bytes(6 * 1024 * 1024), "a.csv", "larger than 5 MB"),
        (book(bytes(51 * 1024 * 1024)), "a.xlsx", "more than 50 MB"),
        (b"", "a.csv", "empty"),
    ],
)
def test_the_refusal_names_the_reason(content, name, words):
    with pytest.raises(SheetRefused, match=words):
        read_sheet(content, name)


@pytest.mark.parametrize("name", ["../../x.csv", "a\u202eb.csv", "x" * 300 + ".csv", "<b>.csv", "C:\\x\\y.CSV", ".csv"])
def test_only_the_extension_of_a_file_name_is_looked_at(name):
    assert len(read_sheet(TEXT.encode(), name).rows) == 1
