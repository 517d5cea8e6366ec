"""How known programmes ran, as starting points of a cohort: every value is the lead's to change."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.taxonomies.bands import BANDS
from cohorts.taxonomies.grades import GRADES

MONTHLY = 28  # days: a month of meetings is four weeks, so that the weekday stays
ALL_GRADES = tuple(entry.code for entry in GRADES)
ALL_BANDS = tuple(entry.code for entry in BANDS)
FOUNDATION = ("F1", "F2")
CORE = (
    "CT1",
    "CT2",
    "CT3",
    "IMT1",
    "IMT2",
    "IMT3",
    "ACCS",
    "GPST1",
    "GPST2",
    "GPST3",
    "ST1",
    "ST2",
    "JCF",
    "LED",
    "SCF",
)
REGISTRARS = ("ST3", "ST4", "ST5", "ST6", "ST7", "ST8", "SpR")
BAND_5_UP = ("5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM")

# Seniority from 1 to 5, so that a doctor and a manager can be compared; each cohort changes its own copy.
LEVELS: dict[str, int] = {
    **dict.fromkeys(("1", "2", "3", "4", "5", "MT", "F1", "F2"), 1),
    **dict.fromkeys(("6", "CT1", "CT2", "CT3", "IMT1", "IMT2", "IMT3", "ACCS", "GPST1", "GPST2", "GPST3", "ST1"), 2),
    **dict.fromkeys(("ST2", "JCF", "LED"), 2),
    **dict.fromkeys(("7", "ST3", "ST4", "ST5", "SCF"), 3),
    **dict.fromkeys(("8a", "8b", "ST6", "ST7", "ST8", "SpR", "SD"), 4),
    **dict.fromkeys(("8c", "8d", "9", "VSM", "NED", "AS", "SPC", "CON", "GP"), 5),
}


@dataclass(frozen=True)
class Preset:
    """The values a cohort starts from; `eligible_a` and `eligible_b` are codes of grades and bands."""

    code: str
    name: str
    about: str
    months: int
    conversations_target: int
    visits_target: int
    workshops_planned: int
    eligible_a: tuple[str, ...] = ALL_GRADES
    eligible_b: tuple[str, ...] = ALL_BANDS
    meets_every: int = MONTHLY
    project_required: bool = True
    elements_off: tuple[str, ...] = ()
    labels: tuple[str, str, str, str] = ("doctor", "doctors", "manager", "managers")

    def values(self) -> dict:
        """What a form for a new cohort is filled in with."""
        label_a, plural_a, label_b, plural_b = self.labels
        return {
            "label_a": label_a,
            "plural_a": plural_a,
            "label_b": label_b,
            "plural_b": plural_b,
            "meets_every": self.meets_every,
            "conversations_target": self.conversations_target,
            "visits_target": self.visits_target,
            "workshops_planned": self.workshops_planned,
            "project_required": self.project_required,
            "elements_off": list(self.elements_off),
        }


PRESETS: dict[str, Preset] = {
    preset.code: preset
    for preset in (
        Preset(
            "imperial",
            "Imperial",
            "Registrars with managers of bands 6 and 7. Nine months, a conversation each month, six workshops.",
            months=9,
            conversations_target=9,
            visits_target=2,
            workshops_planned=6,
            eligible_a=REGISTRARS,
            eligible_b=("6", "7"),
        ),
        Preset(
            "guys",
            "Guy's and St Thomas'",
            "Doctors from the foundation years up with managers from band 5 up. The length is yours to choose.",
            months=9,
            conversations_target=9,
            visits_target=2,
            workshops_planned=4,
            eligible_a=ALL_GRADES,
            eligible_b=BAND_5_UP,
        ),
        Preset(
            "birmingham",
            "Birmingham",
            "Doctors in training with managers of every level. Six months and a joint workshop each month.",
            months=6,
            conversations_target=6,
            visits_target=2,
            workshops_planned=6,
            eligible_a=FOUNDATION + CORE + REGISTRARS,
        ),
        Preset(
            "york",
            "York",
            "Clinical professions with managers. Four months, four meetings of each pair and three of the group.",
            months=4,
            conversations_target=4,
            visits_target=1,
            workshops_planned=3,
            eligible_a=ALL_GRADES + ALL_BANDS,
            project_required=False,
            elements_off=("surgeries",),
            labels=("clinician", "clinicians", "manager", "managers"),
        ),
        Preset(
            "blank",
            "Blank",
            "Every grade and band, six months and nothing else decided.",
            months=6,
            conversations_target=6,
            visits_target=1,
            workshops_planned=0,
            project_required=False,
        ),
    )
}


def end_of(*, starts_on: date, months: int) -> date:
    """The last day of so many months: nine months from 1 February 2027 end on 31 October 2027.

    Where the last month has no such day, it ends with its last one.
    """
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    longest = monthrange(year, month)[1]
    if starts_on.day > longest:
        return date(year, month, longest)
    return date(year, month, starts_on.day) - timedelta(days=1)
