"""Points in the order of time, checked once at the door of the bench."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from numbers import Real

import numpy as np
import numpy.typing as npt

from projects.spc.refusals import DatesOutOfOrder, DayTwice, NoDay, NoNumber, NotFinite, TooLarge

Values = npt.NDArray[np.float64]
LARGEST = 1e15
# By how much two figures may differ that are equal in decimals: some hundred times what pairwise sums lose, and still
# less than one part in ten thousand million.
ROUNDING = 1e-13


@dataclass(frozen=True)
class Series:
    """`days` and `values` (shape n, float64), strictly in the order of time; no value is missing or infinite."""

    days: tuple[date, ...]
    values: Values

    def __len__(self) -> int:
        return len(self.days)


def series_of(points: Iterable[tuple[date, object]]) -> Series:
    """Points as (day, value), in the order of time; a value is an int, a float or a Decimal, in any unit.

    Raises NoDay, DatesOutOfOrder, DayTwice, NoNumber, NotFinite or TooLarge, with the index of the point.
    """
    days: list[date] = []
    values: list[float] = []
    for index, (day, value) in enumerate(points):
        if not isinstance(day, date) or isinstance(day, datetime):
            raise NoDay(f"Point {index + 1} has no day.", index)
        if days and day <= days[-1]:
            if day == days[-1]:
                raise DayTwice(f"Point {index + 1} is of the same day as the point before it.", index)
            raise DatesOutOfOrder(f"Point {index + 1} is earlier than the point before it.", index)
        days.append(day)
        values.append(number(value, f"Point {index + 1}", index))
    return Series(tuple(days), np.array(values, dtype=np.float64))


def number(value: object, named: str, index: int | None = None) -> float:
    """A value as a float. Raises NoNumber, NotFinite or TooLarge, about what is `named`."""
    if not isinstance(value, Real | Decimal) or isinstance(value, bool):
        raise NoNumber(f"{named} is not a number.", index)
    try:
        found = float(value)
    except OverflowError:
        raise TooLarge(f"{named} is too large a number.", index) from None
    except ValueError:  # a Decimal that signals
        raise NotFinite(f"{named} is not a finite number.", index) from None
    if not isfinite(found):
        raise NotFinite(f"{named} is not a finite number.", index)
    if abs(found) > LARGEST:
        raise TooLarge(f"{named} is too large a number.", index)
    return found


def rounding(values: Values) -> float:
    """What two figures made from these values may differ by and still be called equal: a mean of 0.1, 0.1 and 0.1 is
    no more than 0.1.
    """
    return ROUNDING * max(float(values.max()), -float(values.min())) if len(values) else 0.0
