"""The workbook's archive, opened within bounds.

Size, number of members and unpacked total are checked on the archive's directory, and again while a part is
read, because a directory can lie.
"""

from __future__ import annotations

import io
import zipfile

from cohorts.spreadsheets.limits import LIMITS, SheetRefused

DAMAGED = (
    "This workbook is damaged or was cut short on its way: open it in your spreadsheet program, "
    "save it again and upload the new file."
)
TOO_LARGE = (
    f"This workbook unpacks to more than {LIMITS.unpacked_bytes // 1024**2} MB: "
    "copy the rows that you need, without pictures, into a new workbook and upload that."
)
TOO_MANY_PARTS = (
    f"This workbook has more than {LIMITS.members} parts inside: "
    "copy the rows that you need into a new workbook and upload that."
)
LOCKED = "This workbook is protected by a password: save a copy without a password and upload that."
DIRECTORY_ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
PIECE = 1 << 20


class Archive:
    """Members by folded name; every part is read once, within the bounds."""

    def __init__(self, content: bytes) -> None:
        # Counted in the raw bytes, since no member goes without this mark: reading a directory of 50,000
        # entries would itself take a second.
        if content.count(DIRECTORY_ENTRY) > LIMITS.members:
            raise SheetRefused(TOO_MANY_PARTS)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except Exception as error:  # a broken directory raises a dozen kinds, struct.error among them
            raise SheetRefused(DAMAGED) from error
        if sum(member.file_size for member in members) > LIMITS.unpacked_bytes:
            raise SheetRefused(TOO_LARGE)
        if any(member.flag_bits & ENCRYPTED for member in members):
            raise SheetRefused(LOCKED)
        self._members = {folded(member.filename): member for member in members}
        if len(self._members) != len(members):
            raise SheetRefused(DAMAGED)
        self._left = LIMITS.unpacked_bytes

    def __contains__(self, name: str) -> bool:
        return folded(name) in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, folded, in the directory's order."""
        return tuple(self._members)

    def part(self, name: str) -> bytearray | None:
        """One member unpacked, or None where there is none of that name."""
        member = self._members.get(folded(name))
        if member is None:
            return None
        try:
            with self._zip.open(member) as stream:
                content = bytearray()  # grows in place, where one large read would need twice its size
                while piece := stream.read(PIECE):
                    content += piece
                    if len(content) > self._left:
                        raise SheetRefused(TOO_LARGE)
        except SheetRefused:
            raise
        except Exception as error:  # zlib.error, BadZipFile, NotImplementedError, EOFError, struct.error ...
            raise SheetRefused(DAMAGED) from error
        self._left -= len(content)
        return content


def folded(name: str) -> str:
    """Part names are compared without case; some programs write them with backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()
