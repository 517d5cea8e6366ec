"""The list of participants as it leaves the house: its headings are the import's, so that it can come back in."""

from cohorts.exclusions import readable, reader_of
from cohorts.forms.filters import ParticipantFilter
from cohorts.listing import in_order
from cohorts.models import Participant
from cohorts.spreadsheets import FIELDS
from elements.contract import Column, Export

_LABELS = {field.code: field.label for field in FIELDS}
AT_ONCE = 500  # rows read from the database at a time
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Field of the import: what the column means to whoever opens the file.
MEANINGS = {
    "name": "Full name",
    "email": "The address used at work; it tells people apart",
    "side": "Which side of a pair, in the cohort's own words",
    "role_title": "Job title",
    "grade": "Doctor's grade or Agenda for Change band, as written by the person or the lead",
    "staff_group": "National staff group",
    "directorates": "Directorates or specialties, separated by semicolons",
    "sites": "Sites, separated by semicolons",
    "working_pattern": "Working days, as written; where only days are known, those days",
    "leaves_on": "The day the person leaves this organisation, as day/month/year",
    "manager_name": "Line manager or supervisor",
    "manager_email": "Address of the line manager or supervisor",
    "offers": "What a partner could come and see, separated by semicolons",
    "wants": "What the person would like to see, separated by semicolons",
    "interests": "Interests, separated by semicolons",
    "idea": "Improvement idea",
    "exclusions": "Who should not be the partner, separated by semicolons; what names the reader is left out",
    "phone": "Telephone, as text",
    "organisation": "Organisation",
    "statement": "What the person hopes for",
    "biography": "What the partner may read about the person",
    "second_email": "An address that survives a move to another trust",
    "adjustments": "Adjustments the person needs",
}
WIDTHS = {"name": 26, "email": 34, "role_title": 28, "offers": 40, "wants": 40, "statement": 60, "biography": 60}
COLUMNS = (
    *(Column(_LABELS[code], meaning, WIDTHS.get(code, 20)) for code, meaning in MEANINGS.items()),
    Column("Stage in the programme", "Draft, applied, accepted, reserve list, declined, withdrawn or completed", 20),
)


def rows(user, cohort, query):
    """One tuple a participant, in the order and with the filters of the page; two queries, few rows in memory."""
    asked = ParticipantFilter(query, cohort=cohort).asked
    found = Participant.objects.visible_to(user).asked_for(cohort, **asked)
    reader = reader_of(user, cohort)
    ordered = in_order(found, query.get("sort", "")).select_related("user", "organisation", "staff_group")
    for one in ordered.iterator(chunk_size=AT_ONCE):
        yield (
            one.name,
            one.user.email,
            cohort.label(one.side),
            one.role_title,
            one.grade_text,
            one.staff_group.label if one.staff_group else "",
            one.directorates,
            one.sites,
            one.working_pattern or ", ".join(WEEKDAYS[int(day)] for day in one.days),
            one.leaves_on,
            one.manager_name,
            one.manager_email,
            one.offers,
            one.wants,
            one.interests,
            one.idea,
            readable(one.kept_apart_from, reader.of(one)),
            one.phone,
            one.organisation.name if one.organisation else "",
            one.statement,
            one.biography,
            one.second_email,
            one.adjustments,
            one.get_state_display(),
        )


PARTICIPANTS = Export(
    name="participants",
    title="Participants",
    row_meaning="One person who has applied to this cohort or takes part in it, as the list showed it when exported.",
    columns=COLUMNS,
    rows=rows,
    permission="cohorts.export_people",
    filename="participants",
)
