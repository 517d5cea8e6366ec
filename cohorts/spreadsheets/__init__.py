"""A sheet of applicants as hospitals save them, read into people: bytes in, dataclasses out.

`read_sheet` turns an uploaded file into a `Sheet` of plain values or refuses it in words; `guess_columns` says
what its columns are; `parse_rows` makes an `Entry` of each person, with every problem at the address of its
cell. Pure Python beside python-calamine: no Django, no database.
"""

from cohorts.spreadsheets.entries import Entry, Problem, parse_rows
from cohorts.spreadsheets.fields import FIELDS, TEMPLATE_HEADINGS, Field, missing_fields
from cohorts.spreadsheets.folding import fold
from cohorts.spreadsheets.grades import Grade, grade_key
from cohorts.spreadsheets.headings import guess_columns
from cohorts.spreadsheets.limits import LIMITS, Limits, SheetRefused
from cohorts.spreadsheets.names import name_key, same_but_poorer
from cohorts.spreadsheets.reading import read_sheet
from cohorts.spreadsheets.sheet import Broken, Cell, Row, Sheet, sheet_from_json, sheet_to_json
from cohorts.spreadsheets.sides import SIDE_WORDS, side_words
from cohorts.spreadsheets.tables import Table, read_table, separator_of
from cohorts.spreadsheets.vocabulary import Vocabulary

__all__ = [
    "FIELDS",
    "LIMITS",
    "SIDE_WORDS",
    "TEMPLATE_HEADINGS",
    "Broken",
    "Cell",
    "Entry",
    "Field",
    "Grade",
    "Limits",
    "Problem",
    "Row",
    "Sheet",
    "SheetRefused",
    "Table",
    "Vocabulary",
    "fold",
    "grade_key",
    "guess_columns",
    "missing_fields",
    "name_key",
    "parse_rows",
    "read_sheet",
    "read_table",
    "same_but_poorer",
    "separator_of",
    "sheet_from_json",
    "sheet_to_json",
    "side_words",
]
