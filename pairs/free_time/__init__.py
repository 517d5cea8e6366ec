"""Bench: when several people are free together, and when a rota file says that somebody is not.

Pure Python: busy intervals and usual hours in, free stretches of days out; text of an iCalendar file in, intervals out.
"""

from pairs.free_time.finding import HALF_HOUR, FreeDay, Person, best, free_days, halves
from pairs.free_time.reading import MOST_BYTES, MOST_SHIFTS, ReadRota, RotaRefused, read_rota
from pairs.free_time.spans import LONDON, Hours, Span, midnight, moment

__all__ = [
    "HALF_HOUR",
    "LONDON",
    "MOST_BYTES",
    "MOST_SHIFTS",
    "FreeDay",
    "Hours",
    "Person",
    "ReadRota",
    "RotaRefused",
    "Span",
    "best",
    "free_days",
    "halves",
    "midnight",
    "moment",
    "read_rota",
]
