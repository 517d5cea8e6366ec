"""Which messages about projects there are: to whom each goes and why, and what stands in its text."""

from elements.contract import Kind, Placeholder
from projects.actions.projects import INVOLVED
from projects.actions.reviews import ASKED as REVIEW_ASKED
from projects.actions.reviews import WRITTEN as REVIEW_WRITTEN
from projects.actions.showcase import PRESENTS
from projects.actions.support import ANSWERED, ASKED
from projects.choices import Part
from projects.due import CYCLE, MILESTONE, NO_AIM, STEP, WAITING
from projects.involving import MEANING
from projects.letters import (
    aim_context,
    aim_is_wanted,
    answered_context,
    answered_is_wanted,
    asked_context,
    asked_is_wanted,
    cycle_context,
    cycle_is_wanted,
    involved_context,
    involved_is_wanted,
    milestone_context,
    milestone_is_wanted,
    places,
    presents_context,
    presents_is_wanted,
    review_asked_context,
    review_asked_is_wanted,
    review_context,
    review_is_wanted,
    step_context,
    step_is_wanted,
    waiting_is_wanted,
)

NAME = Placeholder("name", "what the reader is called", "Sam Ash")
PROJECT = Placeholder("project", "which project", "your project with Alex Birch")
LINK = Placeholder("link", "the page of it", "https://pairs.example/projects/1/", must_stay=True)
COHORT = Placeholder("cohort", "the programme and cohort", "Paired Learning, Spring 2027")
ASKED_BY = Placeholder("asked_by", "who asks", "Sam Ash", must_stay=True)
ASKED_ON = Placeholder("asked_on", "the day on which it was asked", "Monday 1 March 2027")
KIND_OF = Placeholder("kind", "what kind of support", "data")
WHAT = Placeholder("what", "what is open, for the subject", "Study cycle 2: what does it show?")
SENTENCE = Placeholder("sentence", "the same as a sentence", "Its results should be there by now.", must_stay=True)
OWNER = Placeholder("owner", "the owner who asks, or brings somebody in", "Sam Ash", must_stay=True)
AS_WHAT = Placeholder("part", "as what", "critical friend", must_stay=True)
MEANS = Placeholder("sentence", "what that means", MEANING[Part.FRIEND][1])
NEXT = Placeholder("next", "what to do then", "When that settles it, say so there, so that your leads know.")
TO_TELL = Placeholder("next", "what is to be written", "Its abstract is still missing. About 150 words are enough.")

KINDS = (
    Kind(
        name=INVOLVED,
        label="You are in a project",
        why="Sent to a partner whom an owner makes co-owner or critical friend of a project that is there already",
        context=involved_context,
        wanted=involved_is_wanted,
        places=places,
        placeholders=(NAME, OWNER, AS_WHAT, MEANS, LINK),
    ),
    Kind(
        name=REVIEW_WRITTEN,
        label="A review of your project",
        why="Sent to the owners of a project when their critical friend reviewed a milestone; it says nothing of it",
        context=review_context,
        wanted=review_is_wanted,
        places=places,
        confided=True,
        placeholders=(NAME, PROJECT, Placeholder("friend", "the critical friend", "Alex Birch", must_stay=True), LINK),
    ),
    Kind(
        name=REVIEW_ASKED,
        label="A review to write",
        why="Sent to a critical friend whom an owner asks to review a milestone, at most once a week",
        context=review_asked_context,
        wanted=review_asked_is_wanted,
        places=places,
        confided=True,
        placeholders=(NAME, OWNER, LINK),
    ),
    Kind(
        name=ASKED,
        label="A project asks for support",
        why="Sent to leads when the owners of a project ask for support; what they ask stands on the page",
        context=asked_context,
        wanted=asked_is_wanted,
        places=places,
        placeholders=(COHORT, ASKED_BY, ASKED_ON, KIND_OF, LINK),
    ),
    Kind(
        name=ANSWERED,
        label="An answer to your request",
        why="Sent to the owners of a project when a lead has answered what they asked; the answer stands on the page",
        context=answered_context,
        wanted=answered_is_wanted,
        places=places,
        placeholders=(NAME, PROJECT, ASKED_ON, NEXT, LINK),
    ),
    Kind(
        name=PRESENTS,
        label="Your project is on the showcase",
        why="Sent to the owners of a project when a lead puts it on the programme of the showcase",
        context=presents_context,
        wanted=presents_is_wanted,
        places=places,
        placeholders=(NAME, PROJECT, TO_TELL, LINK),
    ),
    Kind(
        name=CYCLE,
        label="A cycle to study, or to act on",
        why="Sent to owners of a project when results of a cycle should be there, and after study, because these two "
        "steps go missing",
        context=cycle_context,
        wanted=cycle_is_wanted,
        places=places,
        nudge=True,
        confided=True,
        placeholders=(NAME, PROJECT, Placeholder("number", "the number of the cycle", "2"), WHAT, SENTENCE, LINK),
    ),
    Kind(
        name=MILESTONE,
        label="A milestone that is near or late",
        why="Sent to owners of a project in the week before a milestone is due, and when it is late",
        context=milestone_context,
        wanted=milestone_is_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, PROJECT, WHAT, SENTENCE, LINK),
    ),
    Kind(
        name=STEP,
        label="A next step is due",
        why="Sent to whoever said that she would do a next step of a project, on the day on which it is due",
        context=step_context,
        wanted=step_is_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, PROJECT, Placeholder("due_on", "the day", "Monday 1 March 2027", must_stay=True), LINK),
    ),
    Kind(
        name=NO_AIM,
        label="A project without an aim",
        why="Sent to owners of a project that has no aim with amount and day four weeks after it began",
        context=aim_context,
        wanted=aim_is_wanted,
        places=places,
        nudge=True,
        placeholders=(NAME, PROJECT, LINK),
    ),
    Kind(
        name=WAITING,
        label="A request for support waits",
        why="Sent to leads when a request for support has waited for more than five working days",
        context=asked_context,
        wanted=waiting_is_wanted,
        places=places,
        nudge=True,
        placeholders=(COHORT, ASKED_BY, ASKED_ON, KIND_OF, LINK),
    ),
)
