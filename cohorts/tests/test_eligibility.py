"""What an import says about grades and bands that the cohort does not take, and the way to change that."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.actions import importing, make_cohort
from cohorts.eligibility import takes
from cohorts.models import Rung, Term
from cohorts.preview import preview
from cohorts.tests.factories import LeadFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PEOPLE = (
    "Name;E-mail;Side;Grade or band\nAnn Lee;ann@trust.example;doctor;ST4\nBob Day;bob@trust.example;manager;Band 8a\n"
)


@pytest.fixture
def cohort():
    programme = ProgrammeFactory()
    made = make_cohort(
        programme=programme,
        preset="imperial",
        name="One",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 10, 31),
        by=LeadFactory(cohort=None, programme=programme).user,
    )
    LeadFactory(cohort=made)
    return made


@pytest.fixture
def lead(cohort, client):
    found = LeadFactory(cohort=cohort).user
    client.force_login(found)
    return found


def upload(cohort, lead):
    return importing.keep_upload(
        cohort=cohort, content=PEOPLE.encode(), file_name="people.csv", organisation="", by=lead
    )


def rungs(cohort):
    return cohort.rungs.select_related("term")


def test_what_a_cohort_takes_is_said_compactly(cohort):
    assert takes(rungs(cohort), "a") == "ST3 to ST8 and Specialist registrar"
    assert takes(rungs(cohort), "b") == "Band 6 and Band 7"
    cohort.rungs.filter(term__code__in=["5", "8a", "VSM"]).update(eligible_b=True)
    assert takes(rungs(cohort), "b") == "Band 5 to Band 8a and Very senior manager"
    cohort.rungs.filter(term__code="7").update(eligible_b=False)
    assert takes(rungs(cohort), "b") == "Band 5, Band 6, Band 8a and Very senior manager"
    cohort.rungs.filter(term__list="band").update(eligible_b=True)
    assert takes(rungs(cohort), "b") == "every band"
    cohort.rungs.update(eligible_b=False)
    assert takes(rungs(cohort), "b") == ""


def test_ladders_that_meet_in_the_list_stay_apart(cohort):
    cohort.rungs.update(eligible_a=False)
    cohort.rungs.filter(term__code__in=["CT1", "CT2", "CT3", "IMT1"]).update(eligible_a=True)
    assert takes(rungs(cohort), "a") == "CT1 to CT3 and IMT1"


def test_a_cohort_of_own_labels_says_those(cohort):
    own = Term.objects.create(list="band", code="x", label="Local grade X", cohort=cohort, sort_order=1)
    Rung.objects.create(cohort=cohort, term=own, eligible_b=True)
    assert takes(rungs(cohort), "b") == "Local grade X, Band 6 and Band 7"


def test_the_warning_says_who_is_eligible(cohort, lead):
    [(line, warned)] = preview(upload(cohort, lead)).open_warnings()
    assert (line.name, warned.cell) == ("Bob Day", "D3")
    assert warned.words == "“Band 8a” is not eligible. This cohort takes Band 6 and Band 7 on the manager side."
    cohort.rungs.update(eligible_b=False)
    [(_, warned)] = preview(upload(cohort, lead)).open_warnings()
    assert warned.words == "“Band 8a” is not eligible. This cohort takes no grade or band on the manager side yet."


def test_a_lead_changes_who_is_eligible_and_is_back_at_the_sheet(cohort, lead, client):
    sheet = upload(cohort, lead)
    change = f"{reverse('rung_edit', args=[cohort.pk])}?back=import"
    for address in ("import_preview", "import_warnings"):
        assert change in client.get(reverse(address, args=[sheet.pk])).content.decode()
    ticked = {f"rung-{rung.pk}-eligible_{side}": "on" for rung in cohort.rungs.all() for side in "ab"}
    back = reverse("import_preview", args=[sheet.pk])
    assert f'href="{back}">Cancel' in client.get(change).content.decode()
    answer = client.post(change, ticked)
    assert answer.url == reverse("import_preview", args=[sheet.pk])
    assert change not in client.get(answer.url).content.decode()
    assert preview(sheet).open_warnings() == []
    importing.drop_import(upload=sheet, by=lead)
    assert f'href="{cohort.get_absolute_url()}">Cancel' in client.get(change).content.decode()
    assert client.post(change, ticked).url == cohort.get_absolute_url()
