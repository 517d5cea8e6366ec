"""Rows of a sheet made by hand, and what is read from them."""

from cohorts.spreadsheets import Row, Sheet, Vocabulary, parse_rows

BASE = {"name": "Aisha Hassan", "email": "aisha@trust.example", "side": "doctor"}


def entry_of(date_system=1900, vocabulary=None, **cells):
    """One parsed row of a sheet whose columns are the given fields."""
    given = BASE | cells
    return entries_of([tuple(given.values())], tuple(given), date_system, vocabulary)[0]


def entries_of(rows, codes, date_system=1900, vocabulary=None):
    letters = tuple("ABCDEFGHIJKLMNOP"[: len(codes)])
    numbered = tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2))
    sheet = Sheet("", codes, 1, numbered, (), letters, date_system)
    return parse_rows(sheet, dict(enumerate(codes)), vocabulary or Vocabulary())


def codes_of(entry):
    return [(problem.level, problem.cell, problem.code) for problem in entry.problems]
