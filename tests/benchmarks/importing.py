"""Import of 5,000 people from a workbook, uploaded and confirmed, against reading and writing them plainly."""

import io
from datetime import date
from functools import partial
from statistics import median

import python_calamine
import xlsxwriter
from allauth.account.models import EmailAddress
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from cohorts.actions import importing
from cohorts.choices import Side, State
from cohorts.models import Participant
from tests.benchmarks.population import empty_cohort
from tests.benchmarks.turns import against, asked, cpu

SIZE, ROUNDS, QUERIES = 5_000, 3, 20
HEADINGS = ("Name", "E-mail address", "Doctor or manager", "Job title", "Grade or band", "Directorate or specialty")
HEADINGS += ("Site(s)", "Working days", "Leaves the trust on", "Line manager or supervisor")
HEADINGS += ("What I can let a partner see", "What I would like to see", "Interests", "Improvement idea")


def rows():
    """CPU of the two actions, and their statements; each turn is a new cohort and new people."""
    turns = [(_ours(number), _reference(number)) for number in range(ROUNDS)]
    mine, theirs = (median(column) for column in zip(*turns, strict=True))
    found = [against(f"import of {SIZE:,} people", mine, theirs, 2.5)]
    found.append(against(f"import of {SIZE:,} people, queries", _statements(), QUERIES, 1))
    return found


def sheet(label) -> bytes:
    """A workbook of SIZE people of whom nobody is known."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for number in range(SIZE):
            values = (f"Person {label} {number}", f"{label}-{number}@trust.example")
            values += (
                ("doctor", f"Registrar {number}", "ST4") if number % 2 else ("manager", f"Lead {number}", "Band 7")
            )
            values += ("Respiratory", "Riverside; Hillside", "Mon to Thurs", "31/07/2028", f"Dr Boss {number}")
            values += ("ward round; bed meeting", "board meeting", "safety; flow", f"Idea {number % 20}")
            page.write_row(number + 1, 0, values)
    return target.getvalue()


def _ours(number):
    cohort, lead = empty_cohort(f"import-{number}")
    return cpu(partial(_import, cohort, lead, sheet(f"ours{number}")))


def _import(cohort, lead, content):
    upload = importing.keep_upload(cohort=cohort, content=content, file_name="people.xlsx", organisation="", by=lead)
    written = importing.confirm_import(upload=upload, by=lead)
    if written["new"] != SIZE:
        raise AssertionError(f"Not everybody was imported: {written}")


def _statements() -> int:
    cohort, lead = empty_cohort("import-counted")
    content = sheet("counted")
    with asked() as seen:
        _import(cohort, lead, content)
    return seen.for_the_work


def _reference(number):
    cohort = empty_cohort(f"import-reference-{number}")[0]
    return cpu(partial(_read_check_upsert, cohort, sheet(f"plain{number}")))


@transaction.atomic
def _read_check_upsert(cohort, content):
    """What anybody would write who trusts the sheet: fixed columns, checked values, three bulk upserts."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    checked = [_checked(row) for row in book.get_sheet_by_index(0).to_python()[1:]]
    User.objects.bulk_create(
        (User(email=each["email"], name=each["name"], password="!") for each in checked),
        update_conflicts=True,
        unique_fields=["email"],
        update_fields=["name"],
    )
    users = {user.email: user for user in User.objects.filter(email__in=[each["email"] for each in checked])}
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=user, email=email, verified=True, primary=True) for email, user in users.items()),
        ignore_conflicts=True,
    )
    Participant.objects.bulk_create(
        (Participant(cohort=cohort, user=users[each.pop("email")], state=State.ACCEPTED, **each) for each in checked),
        update_conflicts=True,
        unique_fields=["cohort", "user"],
        update_fields=["name", "role_title", "grade_text", "directorates", "sites", "leaves_on", "offers", "wants"],
    )


def _checked(row):
    """One row as columns; raises what a wrong cell raises."""
    name, email, side, title, grade, directorate, sites, pattern, leaves, manager, offers, wants, interests, idea = row
    validate_email(email)
    if not name or len(name) > 200 or side not in {"doctor", "manager"}:
        raise ValueError(f"This row is wrong: {row}")
    day, month, year = leaves.split("/")
    return {
        "email": email.strip().casefold(),
        "name": name.strip(),
        "side": Side.A if side == "doctor" else Side.B,
        "role_title": title,
        "grade_text": grade,
        "directorates": [directorate],
        "sites": [each.strip() for each in sites.split(";")],
        "working_pattern": pattern,
        "leaves_on": date(int(year), int(month), int(day)),
        "manager_name": manager,
        "offers": [each.strip() for each in offers.split(";")],
        "wants": [each.strip() for each in wants.split(";")],
        "interests": [each.strip() for each in interests.split(";")],
        "idea": idea,
    }
