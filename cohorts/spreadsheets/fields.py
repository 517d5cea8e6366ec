"""What a column of an application sheet can be."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """One thing asked of an applicant. `longest` is in characters; for a list, of each entry."""

    code: str
    label: str
    required: bool = False
    hint: str = ""
    longest: int = 200


FIELDS: tuple[Field, ...] = (
    Field("name", "Name", True, "Aisha Hassan, or Hassan, Aisha"),
    Field("email", "E-mail address", True, "The work address; it tells people apart", 254),
    Field("side", "Doctor or manager", True, "Doctor or manager, in the cohort's own words", 60),
    Field("role_title", "Job title", hint="General Manager"),
    Field("grade", "Grade or band", hint="ST4, Consultant, Band 8a", longest=100),
    Field("staff_group", "Staff group", hint="Medical and Dental"),
    Field("directorates", "Directorate or specialty", hint="Several are separated by semicolons"),
    Field("sites", "Site(s)", hint="Several are separated by semicolons or a slash"),
    Field("working_pattern", "Working days", hint="Full time, Mon-Thu, Not Fridays"),
    Field("leaves_on", "Leaves the trust on", hint="31/07/2027; end of rotation or contract", longest=40),
    Field("manager_name", "Line manager or supervisor", hint="Name"),
    Field("manager_email", "E-mail of line manager or supervisor", longest=254),
    Field("offers", "What I can let a partner see", hint="Several are separated by semicolons"),
    Field("wants", "What I would like to see", hint="Several are separated by semicolons"),
    Field("interests", "Interests", hint="Several are separated by semicolons"),
    Field("idea", "Improvement idea", longest=2_000),
    Field("exclusions", "Should not be paired with", hint="Names or e-mails, separated by semicolons"),
    Field("phone", "Telephone", hint="07700 900123", longest=40),
    Field("organisation", "Organisation"),
    Field("statement", "What I hope for", hint="Up to 250 words", longest=5_000),
    Field("biography", "About me", hint="Up to 100 words; shown to the partner", longest=2_000),
    Field("second_email", "Second e-mail address", hint="One that survives a rotation", longest=254),
    Field("previous_partner", "Previous partner (not to be paired again)", hint="Name or e-mail"),
    Field("adjustments", "Adjustments needed", longest=2_000),
    Field("first_name", "First name, where it has its own column", longest=100),
    Field("last_name", "Last name, where it has its own column", longest=99),
)
BY_CODE = {field.code: field for field in FIELDS}
LISTS = frozenset(("directorates", "sites", "offers", "wants", "interests", "exclusions"))
LONG_TEXTS = frozenset(("idea", "statement", "biography", "adjustments"))
PARTS_OF_NAME = frozenset(("first_name", "last_name"))
TEMPLATE_HEADINGS: tuple[str, ...] = tuple(
    field.label for field in FIELDS if field.code not in PARTS_OF_NAME | {"previous_partner"}
)


def missing_fields(mapping: dict[int, str]) -> tuple[Field, ...]:
    """Required fields that no column of the mapping fills."""
    given = set(mapping.values())
    if given >= PARTS_OF_NAME:
        given.add("name")
    return tuple(field for field in FIELDS if field.required and field.code not in given)
