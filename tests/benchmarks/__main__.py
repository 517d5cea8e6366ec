"""`script/bench [--json | --write] [area …]`: every figure against its reference, on a database made and thrown away.

SQLite in a temporary file, or with DATABASE_URL a database beside the one that it names; that one is not touched.
"""

import argparse
import logging
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

import tests.environment  # noqa: F401 - values of the environment that the settings ask for
from tests.benchmarks import report

# The million messages of the last come at the end.
AREAS = (
    "matching",
    "finding",
    "free_time",
    "charts",
    "drawing",
    "pages",
    "signing_in",
    "exporting",
    "importing",
    "booking",
    "posting",
)
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure against the references.")
    parser.add_argument("areas", nargs="*", metavar="area", help=f"of {', '.join(AREAS)}; all without any")
    parser.add_argument("--json", action="store_true", help="print one object by name")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    asked = parser.parse_args()
    if unknown := set(asked.areas) - set(AREAS):
        parser.error(f"There is no area called {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/real.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairedlearning.settings")
        rows, database = measured(asked.areas or AREAS, folder)
    if asked.write:
        (ROOT / "docs" / "performance.md").write_text(report.as_page(rows, database=database), encoding="utf-8")
    sys.stdout.write((report.as_json(rows) if asked.json else report.as_table(rows)) + "\n")
    return 0


def measured(areas, folder) -> tuple[list[dict], str]:
    """The rows of these areas, and the name of the database they ran on."""
    django.setup()
    logging.disable(logging.WARNING)
    from django.db import connection  # here, because the settings are read above

    connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3" if connection.vendor == "sqlite" else None
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return [row for area in areas for row in area_rows(area)], connection.display_name
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def area_rows(area: str) -> list[dict]:
    """The rows of one area, with a word on standard error while they are measured."""
    print(f"{area} …", file=sys.stderr)  # noqa: T201 - a command speaks
    return import_module(f"tests.benchmarks.{area}").rows()


if __name__ == "__main__":
    sys.exit(main())
