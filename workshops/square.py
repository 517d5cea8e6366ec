"""An address as a square that the cameras of phones read (QR code, ISO/IEC 18004)."""

from dataclasses import dataclass
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # white modules around it, as the standard asks


@dataclass(frozen=True)
class Square:
    """`path` is how an SVG draws the dark modules, one unit each, in a picture of `size` by `size` units."""

    size: int
    path: str


def square_of(text: str) -> Square:
    """Drawn row by row: dark modules beside each other are one rectangle."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    return Square(len(rows), "".join(_row(number, modules) for number, modules in enumerate(rows)))


def _row(number: int, modules: list[bool]) -> str:
    drawn, at = "", 0
    for is_dark, run in groupby(modules):
        width = len(list(run))
        if is_dark:
            drawn += f"M{at} {number}h{width}v1h-{width}z"
        at += width
    return drawn
