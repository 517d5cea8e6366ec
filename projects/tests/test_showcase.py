"""The showcase: its order, what owners give to it, the file that they bring, and each project on one page of paper."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cohorts.choices import Side
from cohorts.models import Participant
from elements import files
from elements.registry import kind_named
from pairs.tests.test_views import text_of
from pairs.tests.worlds import person
from projects import actions, sheets, to_do
from projects.actions.showcase import PRESENTS
from projects.choices import Shape
from projects.models import Action, Annotation, Deck, Measure, Milestone, Point, Project, Recalculation
from projects.presenting import Presented, presented_in, programme
from projects.tests import decks as brought
from projects.tests.test_portfolio import browser, changed
from projects.tests.worlds import BEGUN_ON, begun, read
from reminders.models import Message
from tests.benchmarks.turns import asked

pytestmark = pytest.mark.django_db
WORDS = {"abstract": "Letters went out on the day.", "gain_patients": "No second visit", "gain_service": "Fewer calls"}
PROBLEM = "Nobody reads the fax"


def told(project, doctor) -> Project:
    actions.write_for_showcase(project=project, by=doctor.user, now=timezone.now(), **WORDS)
    return read(project)


def measured(project, number=24, **more) -> Measure:
    given = {"kind": "outcome", "good": "up", "name": "Letters on the day", "unit": "%", "is_main": True, **more}
    measure = Measure.objects.create(project=project, **given)
    first = date(2027, 2, 1)
    points = [
        Point(measure=measure, day=first + timedelta(weeks=n), value=60 + n % 5 + 15 * (n > 12)) for n in range(number)
    ]
    Point.objects.bulk_create(points)
    return measure


def pdf_of(person, project) -> PdfReader:
    answer = browser(person).get(reverse("project_sheet", args=[project.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def text(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def order(cohort, lead) -> list[str]:
    return [each.title for each in programme(cohort, user=lead)]


def test_the_order_is_moved_with_buttons_and_comes_back_to_the_moved_line(two):
    lead, pair, doctor, _ = two
    client, page = browser(lead), reverse("showcase_list", args=[pair.cohort.pk])
    a, b, c = (begun(pair, doctor, title=title) for title in "ABC")
    for each in (a, b, c, a):
        client.post(page, {"project": str(each.pk)})
    assert order(pair.cohort, lead) == ["A", "B", "C"]
    answer = client.post(reverse("showcase_move", args=[c.pk]), {"up": "1"})
    assert answer["Location"] == f"{page}#project-{c.pk}"
    assert f'id="project-{c.pk}" tabindex="-1"' in client.get(page).content.decode()
    assert order(pair.cohort, lead) == ["A", "C", "B"]
    client.post(reverse("showcase_move", args=[a.pk]), {"up": "1"})
    assert order(pair.cohort, lead) == ["A", "C", "B"]
    client.post(reverse("showcase_move", args=[a.pk]), {"down": "1"})
    assert order(pair.cohort, lead) == ["C", "A", "B"]
    client.post(reverse("showcase_take_out", args=[a.pk]))
    client.post(reverse("showcase_take_out", args=[a.pk]))
    assert order(pair.cohort, lead) == ["C", "B"]
    assert [each.place for each in programme(pair.cohort, user=lead)] == [1, 2]
    client.post(reverse("showcase_move", args=[a.pk]), {"up": "1"})
    assert order(pair.cohort, lead) == ["C", "B"]


def test_what_is_no_project_of_the_cohort_is_not_added(two):
    lead, pair, doctor, _ = two
    begun(pair, doctor)
    for key in ("", "nonsense", "00000000-0000-0000-0000-000000000000"):
        answer = browser(lead).post(reverse("showcase_list", args=[pair.cohort.pk]), {"project": key})
        assert answer.status_code == 200
        assert "Choose a project" in answer.content.decode()
    assert not Project.objects.exclude(place=None).exists()


def test_the_page_says_who_is_told_of_what(two):
    lead, pair, doctor, _ = two
    project, client = begun(pair, doctor, shape=Shape.FRIEND), browser(lead)
    page = reverse("showcase_list", args=[pair.cohort.pk])
    said = "Owners are told when you put their project on it; moving it and taking it out tell nobody."
    assert said in client.get(page).content.decode()
    client.post(page, {"project": str(project.pk)})
    assert [each.recipient for each in Message.objects.filter(kind=PRESENTS)] == [doctor.user]
    client.post(reverse("showcase_move", args=[project.pk]), {"up": "1"})
    Message.objects.update(state="sent", sent_at=timezone.now())
    client.post(reverse("showcase_take_out", args=[project.pk]))
    assert Message.objects.filter(kind=PRESENTS).count() == 1


def test_moving_is_no_activity_of_the_project(two):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor)
    before = Project.objects.get().changed_at
    actions.add_to_showcase(project=project, by=lead)
    assert Project.objects.get().changed_at == before


def test_owners_are_told_that_they_present_and_asked_for_the_abstract_until_it_is_there(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    project = begun(pair, doctor, title="Beds known by ten", shape=Shape.FRIEND)

    def steps():
        return [*to_do.next_steps(participants=[doctor, manager], on=BEGUN_ON)]

    assert steps() == []
    for _ in range(2):
        actions.add_to_showcase(project=project, by=lead)
    with django_assert_num_queries(1):
        [step] = steps()
    assert (step.participant, step.label) == (doctor, "Write the abstract of “Beds known by ten” for the showcase")
    assert step.url == reverse("project_showcase_edit", args=[project.pk])
    message, kind = Message.objects.get(kind=PRESENTS), kind_named(PRESENTS)
    assert message.recipient == doctor.user
    assert [kind.wanted(message.ref, each.user) for each in (doctor, manager)] == [True, False]
    assert "still missing" in kind.context(message.ref, doctor.user)["next"]
    told(project, doctor)
    assert steps() == []
    assert "Its abstract is there" in kind.context(message.ref, doctor.user)["next"]
    actions.take_out_of_showcase(project=project, by=lead)
    assert not kind.wanted(message.ref, doctor.user)


def test_who_is_put_on_again_is_told_again_and_hears_once_of_what_was_undone_at_once(two):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    told_of = Message.objects.filter(kind=PRESENTS)
    actions.add_to_showcase(project=project, by=lead)
    told_of.update(state="sent", sent_at=timezone.now())
    for _ in range(2):
        actions.take_out_of_showcase(project=project, by=lead)
        actions.add_to_showcase(project=project, by=lead)
    assert sorted(each.state for each in told_of) == ["cancelled", "queued", "sent"]


def test_leads_read_what_is_given_once_it_presents_and_has_an_abstract(two):
    lead, pair, doctor, _ = two
    project, page = begun(pair, doctor, problem=PROBLEM), "project_showcase"
    address, client = reverse(page, args=[project.pk]), browser(lead)
    actions.add_to_showcase(project=project, by=lead)
    assert client.get(address).status_code == 403
    told(project, doctor)
    shown = client.get(address).content.decode()
    assert all(words in shown for words in WORDS.values())
    assert PROBLEM not in shown
    actions.take_out_of_showcase(project=project, by=lead)
    assert client.get(address).status_code == 403


def test_owners_write_and_critical_friends_read(two):
    _, pair, doctor, manager = two
    project = begun(pair, doctor, shape=Shape.FRIEND)
    edit = reverse("project_showcase_edit", args=[project.pk])
    assert browser(manager.user).post(edit, WORDS).status_code == 403
    assert browser(doctor.user).post(edit, WORDS).status_code == 302
    assert (
        WORDS["abstract"] in browser(manager.user).get(reverse("project_showcase", args=[project.pk])).content.decode()
    )
    with pytest.raises(actions.NotYours):
        actions.write_for_showcase(project=project, by=manager.user, now=timezone.now(), **WORDS)


def test_a_text_that_may_name_a_patient_is_looked_at_first(two):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    answer = browser(doctor.user).post(
        reverse("project_showcase_edit", args=[project.pk]), {"abstract": "We saw Mrs Ivy Thornton, NHS 943 476 5919"}
    )
    assert answer.status_code == 200
    assert Project.objects.get().abstract == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slides.pdf", brought.PDF),
        ("slides.PDF", brought.PDF),
        ("slides.pptx", brought.pptx()),
        ("poster.png", brought.PNG),
        ("poster.jpeg", brought.JPEG),
        ("<script>é\u202e.jpg", brought.JPEG),
    ],
)
def test_a_file_goes_in_and_comes_out_as_an_attachment_under_a_safe_name(two, name, content):
    lead, pair, doctor, _ = two
    project = begun(pair, doctor, title='Letters "on" the day\u2014é/..\\')
    sent = {"file": brought.uploaded(name, content)}
    assert browser(doctor.user).post(reverse("deck_upload", args=[project.pk]), sent).status_code == 302
    answer = browser(doctor.user).get(reverse("deck_download", args=[project.pk]))
    assert answer.content == content
    kind = files.kind_of(content)
    assert answer["Content-Type"] == kind.content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="letters-on-the-daye-slides.{kind.endings[0]}"'
    shown = browser(doctor.user).get(reverse("project_showcase", args=[project.pk])).content.decode()
    assert "<script>é" not in shown
    assert browser(lead).get(reverse("deck_download", args=[project.pk])).status_code == 403


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slides.pdf", b"<html><script>alert(1)</script></html>"),
        ("slides.pdf", b"MZ\x90\x00"),
        ("slides.pdf", brought.PNG),
        ("slides.pdf", b"%PDF-1.7 cut off"),
        ("slides.exe", brought.PDF),
        ("slides", brought.PDF),
        ("slides.pptx", b"PK\x03\x04 nonsense"),
        ("slides.pptx", brought.pptx(brought.MACRO)),
        ("slides.pptx", brought.pptx(**{"ppt/vbaProject.bin": "macro"})),
        ("slides.pptx", brought.zipped({"word/document.xml": "<w/>"})),
        ("slides.pptx", brought.pptx()[:-30]),
        *(("slides.pptx", brought.spoiled(packed)) for packed in brought.WAYS_TO_PACK),
        ("slides.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("slides.pdf", b""),
        ("slides.pdf", brought.PDF + b"\n" * files.LARGEST + b"%%EOF"),
    ],
)
def test_what_is_something_else_than_it_says_is_refused_in_words(two, name, content):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    sent = {"file": SimpleUploadedFile(name, content)}
    answer = browser(doctor.user).post(reverse("deck_upload", args=[project.pk]), sent)
    assert answer.status_code == 200
    assert "nhsuk-error-summary" in answer.content.decode()
    assert not Deck.objects.exists()


def test_a_list_of_too_many_parts_is_not_unpacked():
    many = brought.pptx(**{f"ppt/part-{'x' * 100}-{number}": "" for number in range(4000)})
    assert files.kind_of(many) is None


def test_a_file_is_replaced_and_removed(two):
    _, pair, doctor, _ = two
    project, client = begun(pair, doctor), browser(doctor.user)
    for name, content in (("a.pdf", brought.PDF), ("b.png", brought.PNG)):
        client.post(reverse("deck_upload", args=[project.pk]), {"file": brought.uploaded(name, content)})
    assert Deck.objects.get().name == "b.png"
    for _ in range(2):
        assert client.post(reverse("deck_remove", args=[project.pk])).status_code == 302
    assert not Deck.objects.exists()
    assert client.get(reverse("deck_download", args=[project.pk])).status_code == 404


@pytest.mark.parametrize("chart", ["run", "xmr"])
def test_the_sheet_is_one_tagged_page_with_a_described_chart(two, chart):
    _, pair, doctor, manager = two
    project = told(begun(pair, doctor, problem=PROBLEM), doctor)
    measure = measured(project, chart=chart, target=90)
    Recalculation.objects.create(measure=measure, day=date(2027, 5, 3), reason="New form", by=doctor.user)
    Annotation.objects.create(measure=measure, day=date(2027, 5, 3), words="New form")
    Milestone.objects.create(project=project, title="Pilot", state="reached", reached_on=date(2027, 4, 1))
    steps = {"cohort": pair.cohort, "project": project, "owner": doctor, "said_on": date(2027, 2, 3)}
    Action.objects.create(words="Tell ward 8", goes_to="Ward 8’s manager", due_on=date(2027, 9, 1), **steps)
    document = pdf_of(doctor.user, project)
    shown = text(document)
    assert len(document.pages) == 1
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for words in (
        *(doctor.name, manager.name, WORDS["abstract"], "No second visit", "Fewer calls", "Letters on the day"),
        *("60%, on Monday 1 February 2027", "78%, on Monday 12 July 2027", "Pilot, on Thursday 1 April 2027"),
        f"Tell ward 8 ({doctor.name}, by Wednesday 1 September 2027; after the programme Ward 8’s manager)",
        *("A: Monday 3 May 2027", "1: Monday 3 May 2027: New form", "Owners"),
    ):
        assert words in shown, words
    assert "chart of Letters on the day" in alternatives(document)


def alternatives(document: PdfReader) -> str:
    """The words that stand for pictures."""
    return " ".join(str(each.get_object().get("/Alt", "")) for each in objects(document))


def objects(document: PdfReader):
    for number in range(1, len(document.xref_objStm) + len(document.xref.get(0, {})) + 1):
        found = document.get_object(number)
        if hasattr(found, "get"):
            yield found


def test_a_lead_reads_no_problem_and_no_chart_on_paper_and_no_figures_before_it_presents(two):
    lead, pair, doctor, _ = two
    project = told(begun(pair, doctor, title="Faster post", problem=PROBLEM), doctor)
    measure = measured(project, definition="Sent by five", source="Post book", unit="% of letters")
    Point.objects.update(note="Bank holiday")
    Recalculation.objects.create(measure=measure, day=date(2027, 5, 3), reason="Nora came back", by=doctor.user)
    Annotation.objects.create(measure=measure, day=date(2027, 5, 3), words="New form")
    values = ("60% of letters, on Monday 1 February 2027", "78% of letters, on Monday 12 July 2027")
    presented = (*WORDS.values(), "Letters on the day", *values)
    # Three of these its owners read on their paper, whose picture has the words of the chart in it.
    confided = (PROBLEM, "Nora came back", "worked out anew", "median", "Sent by five", "Post book", "Bank holiday")

    def told_to(person) -> list[str]:
        document = pdf_of(person, project)
        shown = f"{text(document)} {alternatives(document)}"
        return [words for words in (*presented, *confided, "New form", "un chart") if words in shown]

    assert told_to(lead) == []
    actions.add_to_showcase(project=project, by=lead)
    assert told_to(lead) == list(presented)
    owners = told_to(doctor.user)
    assert [words for words in owners if words not in presented] == [*confided[1:4], "New form", "un chart"]
    whole = PdfReader(io.BytesIO(browser(lead).get(reverse("showcase_pdf", args=[pair.cohort.pk])).content))
    shown = f"{text(whole)} {alternatives(whole)}"
    assert all(words in shown for words in presented)
    assert not [words for words in (*confided, "New form", "un chart") if words in shown]


def test_an_abstract_of_150_words_stands_whole_and_a_longer_one_ends_with_a_sentence(two):
    _, pair, doctor, _ = two
    project = begun(pair, doctor, shape=Shape.FRIEND, problem=PROBLEM)
    assert PROBLEM in text(pdf_of(doctor.user, project))
    words = "Waiting for letters takes patients and staff a long time. "
    changed(project, abstract=words * 18)
    shown = text(pdf_of(doctor.user, project))
    assert shown.count("a long time.") == 18
    assert PROBLEM not in shown
    assert "Owner " in shown
    changed(project, abstract=words * 40)
    assert text(pdf_of(doctor.user, project)).count("a long time.") == 18
    assert "a long time. …" in text(pdf_of(doctor.user, project))


@pytest.mark.parametrize("much", [3, 8, 34])
def test_whatever_there_is_to_say_stays_on_one_page(two, much):
    """A little under and over what has room at the usual size, and the longest that anything may be."""
    _, pair, doctor, _ = two
    words = "Waiting for letters takes patients and staff a long time. "
    project = begun(pair, doctor, title=words * (3 if much > 8 else 1), problem=words * much)
    aim = {"aim": (words * much)[:300], "aim_amount": (words * much)[:200], "aim_for": (words * much)[:200]}
    changed(project, **aim, gain_patients=(words * much)[:1000], gain_service=(words * much)[:1000])
    measured(project, name=words * 2, unit="letters a week")
    for number in range(12):
        reached = {"state": "reached", "reached_on": date(2027, 4, 1)}
        Milestone.objects.create(project=project, title=(words * 2)[:90] + str(number), **reached)
        steps = {"cohort": pair.cohort, "project": project, "owner": doctor, "said_on": date(2027, 2, 3)}
        Action.objects.create(words=(words * 2)[:90], due_on=date(2027, 9, 1), **steps)
    assert len(pdf_of(doctor.user, project).pages) == 1


def test_figures_that_no_chart_can_show_leave_the_rest_of_the_page(two):
    _, pair, doctor, _ = two
    project = begun(pair, doctor)
    measured(project, number=1, name="日本\u200b<b>", unit="%" * 40)
    assert "60" in text(pdf_of(doctor.user, project))
    Measure.objects.update(baseline=50)
    assert "60" in text(pdf_of(doctor.user, project))


def test_all_pages_of_the_showcase_come_in_order_with_as_many_questions(two):
    lead, pair, doctor, _ = two
    address = reverse("showcase_pdf", args=[pair.cohort.pk])
    assert browser(lead).get(address).status_code == 302
    for title in ("First", "Second"):
        project = told(begun(pair, doctor, title=title, problem=PROBLEM), doctor)
        measured(project)
        actions.add_to_showcase(project=project, by=lead)
    silent = begun(pair, doctor, title="Without words", problem=PROBLEM)
    actions.add_to_showcase(project=silent, by=lead)
    actions.move_in_showcase(project=Project.objects.get(title="Second"), up=True, by=lead)
    document = PdfReader(io.BytesIO(browser(lead).get(address).content))
    assert len(document.pages) == 4
    assert [
        title in page.extract_text()
        for title, page in zip(("Second", "First", "Without words"), document.pages[1:], strict=True)
    ] == [True] * 3
    assert PROBLEM not in text(document)
    assert f"{doctor.name} and " in document.pages[0].extract_text()
    assert f"{doctor.name} and " in browser(lead).get(reverse("showcase_list", args=[pair.cohort.pk])).text
    with asked() as few:
        sheets.showcase(programme(pair.cohort, user=lead)[:2])
    with asked() as many:
        sheets.showcase(programme(pair.cohort, user=lead))
    assert many.number <= few.number + 2  # those that owners wrote nothing for are asked about apart


HIDDEN = {
    "problem": "Heron problem",
    "stakeholders": "Heron stakeholders",
    "patients_voice": "Heron voices",
    "gain_patients": "Heron gain",
    "gain_service": "Heron service",
    "learned": "Heron learned",
    "registration": "Heron registration",
    "aim": "Heron aim",
}


def test_everybody_who_takes_part_reads_the_order_and_nothing_confided(two, django_assert_num_queries):
    lead, pair, doctor, manager = two
    page = reverse("running_order", args=[pair.cohort.pk])
    other = person(pair.cohort, Side.A, 8)
    assert "No project is on the programme yet" in text_of(browser(other.user).get(page))
    second, first, _ = (begun(pair, doctor, title=title) for title in ("Wren", "Kite", "Heron beside it"))
    told(first, doctor)
    Project.objects.filter(pk=first.pk).update(**HIDDEN)
    measured(first, name="Heron measure")
    Milestone.objects.create(project=first, title="Heron milestone")
    given = {"name": "heron.pdf", "content_type": "application/pdf", "content": brought.PDF}
    actions.keep_deck(project=read(first), by=doctor.user, now=timezone.now(), **given)
    for project in (first, second):
        actions.add_to_showcase(project=project, by=lead)
    with django_assert_num_queries(2):
        shown = presented_in(pair.cohort)
    assert shown == [
        Presented("Kite", f"{doctor.name} and {manager.name}", WORDS["abstract"]),
        Presented("Wren", f"{doctor.name} and {manager.name}", ""),
    ]
    for reader in (other.user, doctor.user, manager.user, lead):
        said = text_of(browser(reader).get(page))
        assert said.index("Kite") < said.index(WORDS["abstract"]) < said.index("Wren") < said.index("No abstract yet.")
        assert "Heron" not in said
        assert "heron" not in browser(reader).get(page).content.decode().lower()


STATES = {"accepted": 200, "completed": 200, "withdrawn": 404, "applied": 403}


@pytest.mark.parametrize(("state", "status"), STATES.items())
def test_who_does_not_take_part_does_not_read_the_order(two, state, status):
    _, pair, _, _ = two
    other = person(pair.cohort, Side.A, 8)
    Participant.objects.filter(pk=other.pk).update(state=state)
    assert browser(other.user).get(reverse("running_order", args=[pair.cohort.pk])).status_code == status


def test_the_page_of_the_pair_leads_to_the_order(two):
    lead, pair, doctor, _ = two
    page = reverse("running_order", args=[pair.cohort.pk])
    assert f'href="{page}"' in browser(doctor.user).get(pair.get_absolute_url()).content.decode()
    shown = Project.objects.get(pk=begun(pair, doctor).pk)
    assert f'href="{page}"' in browser(doctor.user).get(reverse("project_showcase", args=[shown.pk])).content.decode()
    assert f'href="{page}"' in browser(lead).get(reverse("showcase_list", args=[pair.cohort.pk])).content.decode()


def test_a_file_that_is_too_large_to_be_received_says_how_large_one_may_be(two):
    _, pair, doctor, _ = two
    page = reverse("deck_upload", args=[begun(pair, doctor).pk])
    sent = SimpleUploadedFile("poster.pdf", b"%PDF-" + b"x" * 25 * 1024**2)
    answer = browser(doctor.user).post(page, {"file": sent})
    assert answer.status_code == 413
    said = answer.content.decode()
    assert "This page takes one file of at most 10 MB" in said
    assert f'href="{page}"' in said
