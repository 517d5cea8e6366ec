"""From an idea to a signal in words: a pair improves something, its leads help, a critical friend reviews, it is shown.

It runs with and without scripts. Boxes are found by their names, which are those of the columns, so that the words on
the labels can be changed without this test.
"""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from elements import clock
from pairedlearning.demo_projects import LATE
from projects.models import Cycle, Measure, Milestone, Point, Project, Review, SupportRequest
from tests.journeys.test_pair import World, everything_read_by, hand_out, sign_in, world
from tests.journeys.walking import DESK, PHONE, Walk

__all__ = ["hand_out", "world"]
pytestmark = pytest.mark.django_db(transaction=True)
IDEA = "Letters reach the GP a week late"
TITLE, NEW_TITLE = "Letters on the day", "Discharge letters on the day"

# What a pair writes for itself and its critical friend, each word in one place: no page of a lead holds any of them.
SAID = {
    "problem": "quokka",
    "stakeholders": "wombat",
    "what patients say": "numbat",
    "a definition": "bilby",
    "a plan": "potoroo",
    "a prediction": "dugong",
    "a review": "echidna",
}
# What leads are to read.
ASKED, ANSWERED, EVIDENCE, ABSTRACT = "cassowary", "galah", "lyrebird", "kookaburra"


def test_a_pair_goes_from_an_idea_to_the_showcase(world, hand_out):
    participant = world.pair.memberships.get(participant__user=world.doctor).participant
    participant.idea = IDEA  # which leads read: it stands in the application
    participant.save()
    maya, tom, lead = hand_out(PHONE), hand_out(PHONE), hand_out(DESK)
    for walk, who in ((maya, world.doctor), (tom, world.manager), (lead, world.lead)):
        sign_in(walk, who)
    project = begin_from_the_idea(maya, world)
    agree_on_an_aim(maya, project)
    measure = name_a_measure(maya, project)
    paste_figures(maya, measure)
    read_the_signal(maya, measure)
    log_a_cycle(maya, project)
    ask_for_support(maya, project)
    give_support(lead, world)
    maya.page.goto(f"{maya.address}{SupportRequest.objects.get().get_absolute_url()}")
    maya.see(re.compile(ANSWERED))
    first, second = (add_milestone(maya, project, title) for title in ("Baseline measured", "First change tested"))
    for milestone in (first, second):
        reach(maya, milestone)
    review(tom, project, first)
    maya.page.goto(f"{maya.address}{Review.objects.get().get_absolute_url()}")
    maya.see(re.compile(SAID["a review"]))
    maya.look()
    present(maya, project)
    what_the_lead_sees(lead, world, project)


def go(walk: Walk, name: str, *ids) -> None:
    """Open a page by its name, and look at it."""
    walk.page.goto(f"{walk.address}{reverse(name, args=ids)}")
    walk.look()


def fill(walk: Walk, **boxes: str | date) -> None:
    """Each box of the form in the middle of the page, by its name; of a day three, of a choice the button."""
    form = walk.page.get_by_role("main").locator("form").last
    for name, words in boxes.items():
        if isinstance(words, date):
            for number, part in enumerate((words.day, words.month, words.year)):
                form.locator(f"[name={name}_{number}]").fill(str(part))
        elif form.locator(f"[name={name}][type=radio]").count():
            form.locator(f"[name={name}][value='{words}']").check()
        elif form.locator(f"select[name={name}]").count():
            form.locator(f"select[name={name}]").select_option(words)
        else:
            form.locator(f"[name={name}]").fill(words)


def send(walk: Walk) -> None:
    """Press the button of that form, and look at what comes."""
    with walk.page.expect_navigation():
        walk.page.get_by_role("main").locator("form button[type=submit]").last.click()
    walk.look()


def refused(walk: Walk) -> None:
    """The page says what is wrong, and what was typed is there."""
    expect(walk.page.locator(".nhsuk-error-summary")).to_be_visible()
    walk.look()


def begin_from_the_idea(maya: Walk, world: World) -> Project:
    maya.page.goto(f"{maya.address}{world.pair.get_absolute_url()}")
    maya.follow("Your projects")
    maya.look()
    maya.follow("Start from your idea")
    maya.look()
    expect(maya.page.locator("[name=problem]")).to_have_value(re.compile(IDEA))
    expect(maya.page.locator("[name=title]")).to_have_value(IDEA)
    fill(maya, title="")
    send(maya)
    refused(maya)
    fill(maya, title=TITLE, shape="friend")
    send(maya)
    project = Project.objects.get()
    assert maya.page.url.endswith(project.get_absolute_url())
    go(maya, "project_edit", project.pk)
    fill(
        maya,
        title=NEW_TITLE,
        problem=f"{IDEA}: {SAID['problem']}",
        stakeholders=f"The ward clerks, and the {SAID['stakeholders']} practice",
        patients_voice=f"My GP knew nothing: {SAID['what patients say']}",
    )
    send(maya)
    maya.see(NEW_TITLE)
    return project


def agree_on_an_aim(maya: Walk, project: Project) -> None:
    go(maya, "project_aim", project.pk)
    fill(maya, aim="Letters reach the GP", aim_amount="9 of 10 within a day, from 6", aim_for="all who go home")
    fill(maya, aim_by=clock.today() + timedelta(days=120))
    send(maya)
    maya.see("Aim agreed")


def name_a_measure(maya: Walk, project: Project) -> Measure:
    go(maya, "measure_create", project.pk)
    send(maya)
    refused(maya)
    fill(
        maya,
        name="Letters that come late",
        kind="outcome",
        good="down",
        definition=f"Sent more than a day after: the {SAID['a definition']} list",
        unit="of 100",
        chart="xmr",
        baseline="12",
    )
    send(maya)
    return Measure.objects.get()


def paste_figures(maya: Walk, measure: Measure) -> None:
    """Twenty-four weeks; one that cannot be read is named, and nothing is half saved."""
    first = clock.today() - timedelta(weeks=len(LATE))
    lines = [f"{first + timedelta(weeks=place):%d/%m/%Y}\t{value}" for place, value in enumerate(LATE)]
    go(maya, "point_paste", measure.pk)
    box = maya.page.get_by_role("main").locator("[name=text]")
    box.fill("\n".join([*lines[:2], lines[2].replace("15", "fifteen"), *lines[3:]]))
    send(maya)
    refused(maya)
    maya.see(re.compile(r"\b(Row|Line|row|line) 3\b"))
    expect(box).to_have_value(re.compile("fifteen"))
    assert not Point.objects.exists()
    box.fill("\n".join(lines))
    send(maya)
    assert Point.objects.count() == len(LATE)


def read_the_signal(maya: Walk, measure: Measure) -> None:
    """In words, beside the picture, and in a table of every point."""
    go(maya, "measure_detail", measure.pk)
    maya.see(re.compile(r"(better|improve|below|same side|one side)", re.IGNORECASE))
    picture = maya.page.get_by_role("img", name=re.compile("chart", re.IGNORECASE))
    assert picture.evaluate("image => image.decode().then(() => image.currentSrc.includes('size=narrow'))")
    assert maya.page.get_by_role("main").locator("tbody tr").count() >= len(LATE)


def log_a_cycle(maya: Walk, project: Project) -> None:
    go(maya, "cycle_create", project.pk)
    fill(maya, plan=f"Begin the letter on the round: {SAID['a plan']}")
    send(maya)
    refused(maya)
    fill(maya, prediction=f"Half are finished in time: {SAID['a prediction']}", starts_on=clock.today())
    send(maya)
    cycle = Cycle.objects.get()
    for name, boxes in (
        ("cycle_do", {"did": "Four days of five"}),
        ("cycle_study", {"studied": "A third, not half"}),
        ("cycle_act", {"act": "adapt", "act_words": "Once more with the pharmacist"}),
    ):
        go(maya, name, cycle.pk)
        fill(maya, **boxes)
        send(maya)
    maya.page.goto(f"{maya.address}{cycle.get_absolute_url()}")
    maya.see(re.compile(SAID["a prediction"]))
    maya.look()


def ask_for_support(maya: Walk, project: Project) -> None:
    go(maya, "support_create", project.pk)
    send(maya)
    refused(maya)
    fill(maya, kind="data", words=f"The list of the {ASKED} system, each week")
    send(maya)


def give_support(lead: Walk, world: World) -> None:
    lead.page.goto(f"{lead.address}/")
    lead.see(re.compile("Request for support waiting: 1"))
    lead.see(re.compile("It was asked less than a working day ago"))
    lead.look()
    asked = SupportRequest.objects.get()
    lead.page.goto(f"{lead.address}{asked.get_absolute_url()}")
    lead.see(re.compile(ASKED))
    lead.look()
    go(lead, "support_answer", asked.pk)
    send(lead)
    refused(lead)
    fill(lead, state="done", answer=f"The {ANSWERED} team sends it from Monday")
    send(lead)
    asked.refresh_from_db()
    assert (asked.answered_by, asked.state) == (world.lead, "done")


def add_milestone(maya: Walk, project: Project, title: str) -> Milestone:
    go(maya, "milestone_create", project.pk)
    fill(maya, title=title, due_on=clock.today() + timedelta(days=7))
    send(maya)
    return Milestone.objects.get(title=title)


def reach(maya: Walk, milestone: Milestone) -> None:
    go(maya, "milestone_edit", milestone.pk)
    fill(maya, state="reached", evidence=f"On the chart, says the {EVIDENCE}")
    if maya.page.locator("[name=reached_on_0]").count():
        fill(maya, reached_on=clock.today())
    send(maya)
    milestone.refresh_from_db()
    assert milestone.state == "reached"


def review(tom: Walk, project: Project, milestone: Milestone) -> None:
    """The partner is critical friend: he reads everything, changes nothing, and says what he thinks."""
    tom.page.goto(f"{tom.address}/")
    tom.look()
    tom.page.goto(f"{tom.address}{project.get_absolute_url()}")
    tom.see(NEW_TITLE)
    tom.look()
    expect(
        tom.page.get_by_role("main").locator(f"a[href='{reverse('project_aim', args=[project.pk])}']")
    ).to_have_count(0)
    go(tom, "review_create", milestone.pk)
    send(tom)
    refused(tom)
    fill(
        tom,
        strong="You asked the practices first",
        worries=f"Who goes on when the {SAID['a review']} rotates?",
        ask="What would you stop doing?",
        next_words="Ask pharmacy before Friday",
    )
    send(tom)


def present(maya: Walk, project: Project) -> None:
    go(maya, "project_showcase_edit", project.pk)
    fill(
        maya,
        abstract=f"How a letter leaves with the patient: {ABSTRACT}",
        gain_patients="Their GP knows",
        gain_service="Nobody rings the ward",
    )
    send(maya)


def what_the_lead_sees(lead: Walk, world: World, project: Project) -> None:
    """She runs the showcase, and meets no word that is the pair's."""
    go(lead, "showcase_list", world.pair.cohort_id)
    fill(lead, project=str(project.pk))
    send(lead)
    lead.see(re.compile(NEW_TITLE))
    lead.follow(re.compile("^Abstract"))
    lead.see(re.compile(ABSTRACT))
    lead.look()
    lead.page.goto(f"{lead.address}{project.get_absolute_url()}")
    lead.see("First change tested")
    lead.look()
    read = everything_read_by(world.lead)
    leaks = [(path, what) for path, text in read.items() for what, word in SAID.items() if word in text]
    assert leaks == []
    assert [word for word in (ASKED, EVIDENCE, ABSTRACT) if word not in "".join(read.values())] == []
    her_own = "".join(everything_read_by(world.doctor).values())
    assert [what for what, word in SAID.items() if word not in her_own] == [], "the search finds what is there"
