"""Doctors' grades from the foundation programme to consultant; residents were called juniors until September 2024.

`rank` places the grades of different ladders beside each other by years since qualifying, roughly: it sorts lists and
decides nothing. Which level of seniority a grade means is each cohort's own table.
"""

from decimal import Decimal

from cohorts.taxonomies.row import Entry


def _years(prefix: str, label: str, first: int, years: int, *, also: str = "") -> tuple[Entry, ...]:
    """One row a year of a training ladder: ST1 to ST8 and their like, the first of them at rank `first`."""
    return tuple(
        Entry(
            f"{prefix}{year}",
            f"{prefix}{year} ({label} year {year})",
            Decimal(first + year - 1),
            (f"{prefix} {year}", f"{label} year {year}", *([f"{also}{year}", f"{also} {year}"] if also else [])),
        )
        for year in range(1, years + 1)
    )


GRADES = (
    Entry("F1", "F1 (foundation year 1)", Decimal(1), ("FY1", "foundation year 1", "foundation doctor year 1")),
    Entry("F2", "F2 (foundation year 2)", Decimal(2), ("FY2", "foundation year 2", "foundation doctor year 2")),
    *_years("CT", "core training", 3, 3),
    *_years("IMT", "internal medicine training", 3, 3, also="IM"),
    Entry("ACCS", "ACCS (acute care common stem)", Decimal(3), ("acute care common stem",)),
    *_years("GPST", "GP specialty training", 3, 3, also="GPR"),
    *_years("ST", "specialty training", 3, 8),
    Entry("SpR", "Specialist registrar", Decimal(7), ("SpR", "specialist registrar", "registrar", "StR", "reg")),
    Entry("JCF", "Junior clinical fellow", Decimal(3), ("JCF",)),
    Entry("LED", "Locally employed doctor", Decimal(4), ("LED", "clinical fellow", "trust grade", "trust doctor")),
    Entry("SCF", "Senior clinical fellow", Decimal(6), ("SCF",)),
    Entry("SD", "Specialty doctor", Decimal(8), ("SD", "SAS", "SAS doctor")),
    Entry("AS", "Associate specialist", Decimal(10), ("AS",)),
    Entry("SPC", "Specialist (SAS)", Decimal(10), ("SPC", "specialist", "specialist grade")),
    Entry(
        "CON",
        "Consultant",
        Decimal(11),
        ("CON", "consultant (new)", "new consultant", "locum consultant", "cons"),
    ),
    Entry("GP", "General practitioner", Decimal(11), ("GP", "general practitioner", "salaried GP", "GP partner")),
)
